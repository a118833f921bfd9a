package date

import (
	"unicode/utf8"

	"vocero/extract/number"
)

// token is a word, phrase, number or sign that can be part of a date.
type token struct {
	start, end int
	entry      *entry // of the lexicon, or nil
	class      class
	num        int  // of a number
	digits     int8 // it is written with; 0 when spelled
	ordinal    bool
	roman      bool
	glued      bool // nothing between it and the token before
	capital    bool
	group      bool // digits with a separator: "2,020"; no year
	sign       byte
}

// triggers are the classes that a date has at least one of.
const triggers = isMonth | isWeekday | isSeason | isUnit | isToday | isHoliday | isDecade | isQuarterSign | isYearSign

// maxRun bounds the tokens that are looked at together.
const maxRun = 2048

// scan reads the text once and hands on every run of tokens that may hold a
// date. A run ends at a word that no date has, or at a new paragraph.
func (p *parser) scan(do func()) {
	p.run = p.run[:0]
	worth := false
	flush := func() {
		if worth {
			do()
		}
		p.run, worth = p.run[:0], false
	}
	for i := 0; i < len(p.text); {
		next, paragraph := space(p.text, i)
		if paragraph || len(p.run) >= maxRun {
			flush()
		}
		if next >= len(p.text) || p.clues != nil && !p.clues.full.IsZero() {
			break
		}
		t, ok := p.token(next)
		if !ok {
			flush()
			i = t.end
			continue
		}
		t.glued = next == i && len(p.run) > 0
		worth = worth || t.class&triggers != 0 || t.digits > 0 || t.num > 999 || p.lex.paired && t.num > 10
		p.run = append(p.run, t)
		i = t.end
	}
	flush()
}

// space skips white space and says whether it holds an empty line.
func space(text string, pos int) (end int, paragraph bool) {
	lines := 0
	for end = pos; end < len(text); {
		size := spaceSize(text, end)
		if size == 0 {
			break
		}
		if text[end] == '\n' {
			lines++
		}
		end += size
	}
	return end, lines > 1
}

func skipSpace(text string, pos int) int {
	for pos < len(text) {
		size := spaceSize(text, pos)
		if size == 0 {
			break
		}
		pos += size
	}
	return pos
}

// spaceSize gives the size of the white space at pos: plain, no-break, thin.
func spaceSize(text string, pos int) int {
	switch c := text[pos]; {
	case c == ' ' || c == '\n' || c == '\t' || c == '\r':
		return 1
	case c == 0xC2 && pos+1 < len(text) && text[pos+1] == 0xA0:
		return 2
	case c == 0xE2 && pos+2 < len(text) && text[pos+1] == 0x80 && (text[pos+2] == 0xAF || text[pos+2] <= 0x8B && text[pos+2] >= 0x80):
		return 3
	}
	return 0
}

func digit(text string, i int) bool { return i >= 0 && i < len(text) && text[i]-'0' <= 9 }

// sign gives the sign at pos in plain ASCII and its size: ’ is ', – is -.
func sign(text string, pos int) (byte, int) {
	if text[pos] < utf8.RuneSelf {
		return text[pos], 1
	}
	r, size := utf8.DecodeRuneInString(text[pos:])
	switch r {
	case '’', '‘', '´', 'ʼ', 'ʹ', 'ꞌ', '′', '‵':
		return '\'', size
	case '–', '—', '‐', '‑', '−':
		return '-', size
	}
	return 0, size
}

// token reads the token at pos; when there is none that a date has, ok is
// false and its end is where to read on.
func (p *parser) token(pos int) (t token, ok bool) {
	if digit(p.text, pos) {
		return p.digits(pos)
	}
	c, size := sign(p.text, pos)
	letter, end := number.Fold(p.buffer[:0], p.text, pos)
	if end == pos {
		t = token{start: pos, end: pos + size, class: isSign, sign: c}
		switch c {
		case ',', '.', '/', '(', ')', '\'':
			return t, true
		case '&':
			t.class |= isAnd
			return t, spaceSize(p.text, min(t.end, len(p.text)-1)) > 0 // Sat & Sun
		case '-', '~':
			t.class |= isTo
			return t, true
		}
		return t, false
	}
	if len(letter) == 0 {
		return token{end: end}, false
	}
	return p.word(pos, end)
}

// word reads a word of the lexicon, or a number in words.
func (p *parser) word(pos, end int) (token, bool) {
	t := token{start: pos, capital: capital(p.text, pos)}
	t.entry, t.end = p.lex.longest(p.text, pos)
	if t.entry != nil {
		t.class = t.entry.class
		if t.class&isExact != 0 && t.class&isSince != 0 && plain(p.text[pos:t.end]) {
			t.class &^= isSince // des
		}
	}
	if p.numbers.Begins(p.text, pos) {
		p.spelled(&t)
	}
	if t.capital && end-pos <= 6 {
		if v, after, ok := number.Roman(p.text, pos); ok && t.entry == nil && after == end {
			p.number(&t, v, after)
			t.roman = true
		}
		if v, after, ok := number.Roman(p.text[:end-1], pos); ok && t.entry == nil && after == end-1 && p.text[after] == 'e' {
			p.number(&t, v, end) // XXe
			t.roman = true
		}
	}
	if t.end <= pos {
		return token{end: end}, false
	}
	if digit(p.text, t.end) && t.class&(isQuarterSign|isHalfSign|isYearSign) == 0 && !(t.class&isMonth != 0 && t.capital) {
		return token{end: end}, false // COP30
	}
	p.abbreviation(&t)
	return t, true
}

// spelled makes t the number or ordinal in words that begins where it does.
func (p *parser) spelled(t *token) {
	if n, ok := p.numbers.At(p.text, t.start); ok && n.End >= t.end && !n.Point {
		if v, whole := n.Int(); whole {
			p.number(t, v, n.End)
		}
	}
	if n, ok := p.numbers.Ordinal(p.text, t.start); ok && n.End >= t.end {
		v, _ := n.Int()
		p.number(t, v, n.End)
		t.ordinal = true
	}
}

// number makes t the number v, and a word of the lexicon too if both end together.
func (p *parser) number(t *token, v, end int) {
	if end > t.end {
		t.entry, t.class = nil, 0
	}
	t.num, t.end = v, end
	t.class |= isNumber
}

// abbreviation takes the full stop of "Nov." into the token.
func (p *parser) abbreviation(t *token) {
	if t.class&isWeak != 0 && t.end < len(p.text) && p.text[t.end] == '.' {
		t.end++
	}
}

// digits reads one to four digits, with an ordinal's suffix or the s of a
// decade. Longer numbers, and those tied to letters or signs, are no dates.
func (p *parser) digits(pos int) (token, bool) {
	end, v := pos, 0
	for digit(p.text, end) {
		if end-pos < 5 {
			v = v*10 + int(p.text[end]-'0')
		}
		end++
	}
	t := token{start: pos, end: end, class: isNumber, num: v, digits: int8(min(end-pos, 9))}
	if end-pos > 4 || p.tied(pos) {
		return t, false
	}
	t.group = grouped(p.text, pos, end)
	if end == len(p.text) {
		return t, true
	}
	if n, ok := p.numbers.Ordinal(p.text, pos); ok && end-pos <= 2 {
		t.ordinal, t.end = true, n.End
		return t, true
	}
	return t, p.suffix(&t)
}

// tied says whether digits hang on the letter or sign before them: "A4", "$5".
func (p *parser) tied(pos int) bool {
	if pos == 0 {
		return false
	}
	switch c := p.text[pos-1]; {
	case c == '$' || c == '#' || c == '@' || c == '_' || c == '+' || c == '=' || c == ':':
		return true
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		last := len(p.run) - 1 // T2, FY2024
		return last < 0 || p.run[last].end != pos || p.run[last].class&(isQuarterSign|isHalfSign|isYearSign|isMonth) == 0
	case c >= utf8.RuneSelf:
		r, _ := utf8.DecodeLastRuneInString(p.text[:pos])
		return r == '€' || r == '£' || r >= 0xC0 && r < 0x180
	}
	return false
}

// suffix settles what the letters right after digits make of them.
func (p *parser) suffix(t *token) bool {
	c, _ := sign(p.text, t.end)
	switch {
	case c == '\'' && t.num%10 == 0 && t.end+1 < len(p.text) && p.text[t.end+1] == 's':
		t.end++
		fallthrough
	case c == 's' && t.num%10 == 0 && (t.digits == 2 || t.digits == 4):
		if _, end := number.Fold(p.buffer[:0], p.text, t.end); end == t.end+1 {
			t.end++
			t.class |= isDecade
			return true
		}
		return false
	case c == '%':
		return false
	}
	letters, end := number.Fold(p.buffer[:0], p.text, t.end)
	if end == t.end {
		return true
	}
	if e := p.lex.root.next[string(letters)]; e != nil && e.entry != nil {
		return e.entry.class&(isMonth|isQuarterSign|isHalfSign|isYearSign|isOf|isTo|isAnd) != 0
	}
	return false
}

// grouped says whether digits are part of a longer number: "2,020", "0.2021".
func grouped(text string, start, end int) bool {
	if fractionOf(text, start) {
		return true
	}
	if start > 1 && text[start-1] == ',' && digit(text, start-2) && end-start != 4 { // but "Dec. 31,2024"
		return true
	}
	if end+3 < len(text) && text[end] == ' ' && end-start < 4 && digit(text, end+1) && digit(text, end+2) && digit(text, end+3) && !digit(text, end+4) {
		return true
	}
	if end < len(text) && (text[end] == ',' || text[end] == '.') && digit(text, end+1) {
		n := end + 1
		for digit(text, n) {
			n++
		}
		return n-end-1 != 4 && text[end] == ',' || n-end-1 == 3
	}
	return false
}

// fractionOf says that the digits at start follow the point of a number in
// groups: the 31 of "6,107.31".
func fractionOf(text string, start int) bool {
	if start < 2 || text[start-1] != '.' || !digit(text, start-2) {
		return false
	}
	i := start - 2
	for digit(text, i) && start-i < 8 {
		i--
	}
	return i > 0 && text[i] == ',' && digit(text, i-1)
}

// capital says whether an upper-case letter begins at pos.
func capital(text string, pos int) bool {
	if pos >= len(text) {
		return false
	}
	c := text[pos]
	return c >= 'A' && c <= 'Z' || c == 0xC3 && pos+1 < len(text) && text[pos+1] >= 0x80 && text[pos+1] <= 0x9E
}
