package day

import (
	_ "embed"
	"strings"

	"vocero/corpus"
)

//go:embed months.txt
var monthsFile string

// months gives the number of a month by its name, in any language.
var months = parseMonths(monthsFile)

// IsMonth says whether a word in small letters names a month in any language.
func IsMonth(word string) bool { return months[word] != 0 }

func parseMonths(file string) map[string]int {
	numbers := map[string]int{}
	for row := range strings.Lines(file) {
		_, list, ok := strings.Cut(row, ":")
		if !ok || strings.HasPrefix(row, "#") {
			continue
		}
		for i, names := range strings.Split(list, ";") {
			for name := range strings.SplitSeq(names, ",") {
				numbers[strings.TrimSpace(name)] = i + 1
			}
		}
	}
	return numbers
}

// dateAt reads the date that parts begin with.
func dateAt(parts []part, order Order) (corpus.Date, bool) {
	if len(parts) < 3 {
		return corpus.Date{}, false
	}
	for _, form := range []func([]part, Order) (corpus.Date, bool){yearFirst, inFigures, dayInWords, monthInWords} {
		if d, ok := form(parts, order); ok {
			return d, true
		}
	}
	return corpus.Date{}, false
}

// yearFirst is 2021-05-03, 2021/5/3, 2021.05.03, 2021年5月3日, 2021-05-03T10:00.
func yearFirst(p []part, _ Order) (corpus.Date, bool) {
	if !p[0].isYear() {
		return corpus.Date{}, false
	}
	if len(p) >= 5 && p[1].text == "年" && p[3].text == "月" && p[2].isShort() && p[4].isShort() {
		return valid(number(p[0].text), number(p[2].text), number(p[4].text))
	}
	if !p[1].isShort() || !p[2].isShort() || !separates(p[0].mark) || p[1].mark != p[0].mark {
		return corpus.Date{}, false
	}
	return valid(number(p[0].text), number(p[1].text), number(p[2].text))
}

// inFigures is 3/5/2021, 03.05.2021, 03-05-21.
func inFigures(p []part, order Order) (corpus.Date, bool) {
	if !p[0].isShort() || !p[1].isShort() || !p[2].number || !separates(strings.TrimSpace(p[0].mark)) || strings.TrimSpace(p[1].mark) != strings.TrimSpace(p[0].mark) {
		return corpus.Date{}, false
	}
	year := number(p[2].text)
	switch {
	case p[2].isYear():
	case len(p[2].text) == 2 && len(p[0].text) == 2 && len(p[1].text) == 2 && year < 70 && p[0].mark != ":":
		year += 2000
	default:
		return corpus.Date{}, false
	}
	day, month := number(p[0].text), number(p[1].text)
	if month > 12 || order == MonthFirst && day <= 12 {
		day, month = month, day
	}
	return valid(year, month, day)
}

// dayInWords is 3 de mayo de 2021, 3. Mai 2021, 1er mai 2021, 3rd of May, 2021,
// 3 mayo, 2021 and 03-may-2021.
func dayInWords(p []part, _ Order) (corpus.Date, bool) {
	if !p[0].isShort() || strings.Contains(p[0].mark, ":") {
		return corpus.Date{}, false
	}
	rest := skip(p[1:], "de", "of", "del", "d", "er", "st", "nd", "rd", "th", "º", "°", "ª", "o", "do", "di", "den", "the")
	if len(rest) == 0 || months[rest[0].text] == 0 {
		return corpus.Date{}, false
	}
	month := months[rest[0].text]
	rest = skip(rest[1:], "de", "del", "of", "do", "di", "año")
	if len(rest) == 0 || !rest[0].isYear() {
		return corpus.Date{}, false
	}
	return valid(number(rest[0].text), month, number(p[0].text))
}

// monthInWords is May 3, 2021, mayo 3 de 2021, Mayo 03, 2021 and, as programs
// write it, May 3 14:57:21 CEST 2021.
func monthInWords(p []part, _ Order) (corpus.Date, bool) {
	month := months[p[0].text]
	if month == 0 || !p[1].isShort() {
		return corpus.Date{}, false
	}
	rest := skip(p[2:], "st", "nd", "rd", "th", "de", "del", "of")
	if len(rest) >= 4 && rest[0].isShort() && rest[0].mark == ":" && rest[1].isShort() && rest[1].mark == ":" && rest[2].isShort() {
		rest = rest[3:]
		if !rest[0].number && len(rest) > 1 {
			rest = rest[1:]
		}
	}
	if len(rest) == 0 || !rest[0].isYear() || strings.ContainsAny(p[1].mark, ".:") && !strings.HasPrefix(p[1].mark, ". ") {
		return corpus.Date{}, false
	}
	return valid(number(rest[0].text), month, number(p[1].text))
}

// skip leaves out up to two of the words at the beginning of p.
func skip(p []part, words ...string) []part {
	for range 2 {
		if len(p) == 0 || p[0].number || !contains(words, p[0].text) {
			break
		}
		p = p[1:]
	}
	return p
}

func contains(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}

func separates(mark string) bool { return mark == "-" || mark == "/" || mark == "." || mark == "–" }

func (p part) isYear() bool {
	if !p.number || len(p.text) != 4 {
		return false
	}
	n := number(p.text)
	return n >= firstYear && n <= lastYear
}

func (p part) isShort() bool { return p.number && len(p.text) <= 2 }
