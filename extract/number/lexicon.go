package number

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// class is a set of the things that a word can be in a number.
type class uint16

const (
	numeral class = 1 << iota // dos, treinta: adds its value
	times                     // hundred, cent: multiplies what is before it
	scale                     // mil, millones: ten to the power of its value
	alone                     // a scale word that can begin a number: mil
	and                       // y, e, and, et
	part                      // medio, half, quarter
	article                   // a, un: one, before a scale word
	of                        // de, of
	point                     // coma, point
	ordinal                   // primero, twenty-first
	suffix                    // º, er, th: makes digits an ordinal
	parts                     // quintos, fifths: after the number of them
	dozen                     // docena, dozens: multiplies the whole number before it
)

// word is what a lexicon knows of one word.
type word struct {
	class         class
	value         int64 // of a numeral or a times word; the power of a scale word
	room          int64 // the most that may follow within the group
	least, most   int64 // what a times word multiplies; the rooms that an and-word fills
	alone         int64 // room of a times word that stands alone; -1 if it cannot
	part          decimal
	parts         decimal
	ordinal, rest int64 // an ordinal's value, and the most that may follow it
}

// lexicon is the words of one language.
type lexicon struct {
	words map[string]*word
	short map[string]int32 // abbreviated magnitudes as written: M, bn, Md
}

// custom is how a country writes digits.
type custom struct {
	decimal byte
	spaced  bool
}

// names lists the languages in order.
func (h *house) names() []string { return slices.Sorted(maps.Keys(h.languages)) }

// readHouse reads data/LANG.tsv and data/separators.tsv.
func readHouse(files fs.FS) (*house, error) {
	h := &house{map[string]*lexicon{}, map[string]custom{}}
	names, err := fs.Glob(files, "data/*.tsv")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		lang := strings.TrimSuffix(path.Base(name), ".tsv")
		take := h.takeSeparators
		if lang != "separators" {
			l := &lexicon{map[string]*word{}, map[string]int32{}}
			h.languages[lang], take = l, l.take
		}
		if err := eachRow(b, take); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return h, nil
}

// eachRow calls take with the columns of every line that is no comment.
func eachRow(b []byte, take func([]string) error) error {
	lines := bufio.NewScanner(bytes.NewReader(b))
	for i := 1; lines.Scan(); i++ {
		line := strings.TrimRight(lines.Text(), "\t ")
		if line == "" || line[0] == '#' {
			continue
		}
		if err := take(strings.Split(line, "\t")); err != nil {
			return fmt.Errorf("line %d: %w", i, err)
		}
	}
	return lines.Err()
}

// takeSeparators takes one row of separators.tsv.
func (h *house) takeSeparators(row []string) error {
	if len(row) != 3 || row[0] == "" || row[1] != "," && row[1] != "." || row[2] != "spaced" && row[2] != "close" {
		return fmt.Errorf("%q: want LANG or LANG-COUNTRY, separator, spaced or close", row)
	}
	for _, key := range strings.Fields(row[0]) {
		h.customs[key] = custom{row[1][0], row[2] == "spaced"}
	}
	return nil
}

// take takes one row of a lexicon: a class, its words, its figures.
func (l *lexicon) take(row []string) error {
	if len(row) < 2 {
		return fmt.Errorf("%q: want a class and its words", row)
	}
	figures, err := parseFigures(row[2:])
	if err != nil {
		return err
	}
	want, ok := arity[row[0]]
	if !ok || len(figures) != want {
		return fmt.Errorf("%q: unknown class, or not the %d figures that it takes", row, want)
	}
	for _, w := range strings.Fields(row[1]) {
		if row[0] == "short" {
			l.short[w] = int32(figures[0].coef)
			continue
		}
		key, end := Fold(nil, w, 0)
		if len(key) == 0 || end != len(w) {
			return fmt.Errorf("%q: not one word of at most %d letters", w, maxWord)
		}
		l.word(string(key)).learn(row[0], figures)
	}
	return nil
}

// arity is the number of figures in the rows of each class.
var arity = map[string]int{
	"numeral": 2, "times": 5, "scale": 1, "alone": 0, "and": 2, "part": 1,
	"article": 0, "of": 0, "point": 0, "ordinal": 2, "suffix": 0, "short": 1, "parts": 1, "dozen": 1,
}

func (l *lexicon) word(key string) *word {
	if l.words[key] == nil {
		l.words[key] = &word{}
	}
	return l.words[key]
}

// learn adds what one row says to the word.
func (w *word) learn(name string, f []decimal) {
	switch name {
	case "numeral":
		w.class |= numeral
		w.value, w.room = f[0].coef, f[1].coef
	case "times":
		w.class |= times
		w.value, w.room, w.least, w.most, w.alone = f[0].coef, f[1].coef, f[2].coef, f[3].coef, f[4].coef
	case "scale":
		w.class |= scale
		w.value = f[0].coef
	case "alone":
		w.class |= alone
	case "and":
		w.class |= and
		w.least, w.most = f[0].coef, f[1].coef
	case "part":
		w.class |= part
		w.part = f[0]
	case "parts":
		w.class |= parts
		w.parts = f[0]
	case "dozen":
		w.class |= dozen
		w.value = f[0].coef
	case "article":
		w.class |= article
	case "of":
		w.class |= of
	case "point":
		w.class |= point
	case "ordinal":
		w.class |= ordinal
		w.ordinal, w.rest = f[0].coef, f[1].coef
	case "suffix":
		w.class |= suffix
	}
}

// parseFigures reads whole numbers and decimals such as 0.25.
func parseFigures(columns []string) ([]decimal, error) {
	figures := make([]decimal, len(columns))
	for i, c := range columns {
		whole, frac, _ := strings.Cut(c, ".")
		v, err := strconv.ParseInt(whole+frac, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%q: not a number", c)
		}
		figures[i] = decimal{v, int32(-len(frac))}
	}
	return figures, nil
}
