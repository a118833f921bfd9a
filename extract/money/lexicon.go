package money

import (
	"bufio"
	"cmp"
	"embed"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/bojanz/currency"

	"vocero/corpus"
)

//go:embed data/*.tsv
var data embed.FS

// family is the currencies that one name or sign can mean.
type family struct {
	name    string
	abroad  string            // meant in a country that has none of them
	unknown map[string]string // meant without a country, by language; "" is any
	members []member
}

// member is a currency, where it is legal tender and until when.
type member struct {
	code      string
	countries []string
	until     corpus.Date // zero: still
}

// mark is a sign or an abbreviation of a currency.
type mark struct {
	text          string
	unit          *family
	before, after bool
	countries     []string // where it means money; empty: everywhere
	elsewhere     bool     // in other countries too, with a clear figure
	power         int      // of ten, that the mark tells too: MM$
}

// treatment says how a code is read; the zero value is as it stands.
type treatment struct {
	anyCase, weak, never bool
}

// house is all the data, read once.
type house struct {
	units     map[string]*family
	marks     [256][]mark // by first byte, longest first
	codes     map[string]treatment
	languages map[string]*phrases
	members   map[string]member  // by code
	tender    map[string]*family // by country
}

var load = sync.OnceValue(func() *house {
	h, err := readHouse()
	if err != nil {
		panic("extract/money: embedded data: " + err.Error()) // the package's tests read it
	}
	return h
})

// readHouse reads the data files, those that others refer to first.
func readHouse() (*house, error) {
	h := &house{units: map[string]*family{}, codes: map[string]treatment{},
		languages: map[string]*phrases{}, members: livingCurrencies(), tender: map[string]*family{}}
	steps := []struct {
		file string
		take func([]string) error
	}{
		{"currencies", h.takeCurrency}, {"families", h.takeFamily}, {"marks", h.takeMark}, {"codes", h.takeCodes},
	}
	for _, s := range steps {
		if err := eachRow("data/"+s.file+".tsv", s.take); err != nil {
			return nil, err
		}
	}
	if err := h.tenders(); err != nil {
		return nil, err
	}
	names, err := data.ReadDir("data")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		lang := strings.TrimSuffix(path.Base(name.Name()), ".tsv")
		if len(lang) != 2 {
			continue
		}
		p := &phrases{meanings: map[string]*meaning{}, longest: map[string]int{}}
		h.languages[lang] = p
		if err := eachRow("data/"+name.Name(), func(row []string) error { return p.take(h, row) }); err != nil {
			return nil, err
		}
	}
	for i := range h.marks {
		slices.SortStableFunc(h.marks[i], func(a, b mark) int { return cmp.Compare(len(b.text), len(a.text)) })
	}
	return h, nil
}

// tenders makes each currency a unit and notes the one of each country.
func (h *house) tenders() error {
	for code, m := range h.members {
		u, err := h.unit(code)
		if err != nil {
			return err
		}
		if !m.until.IsZero() {
			continue
		}
		for _, c := range m.countries {
			h.tender[c] = u
		}
	}
	_, err := h.unit(unknownUnit)
	return err
}

// livingCurrencies lists CLDR's currencies with the countries that use them.
func livingCurrencies() map[string]member {
	m := map[string]member{}
	for _, code := range currency.GetCurrencyCodes() {
		m[code] = member{code: code}
	}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			country := string(a) + string(b)
			if code, ok := currency.ForCountryCode(country); ok {
				c := m[code]
				c.code, c.countries = code, append(c.countries, country)
				m[code] = c
			}
		}
	}
	return m
}

// eachRow calls take with the columns of every line that is no comment.
func eachRow(name string, take func([]string) error) error {
	f, err := data.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for i := 1; lines.Scan(); i++ {
		line := strings.TrimRight(lines.Text(), "\t ")
		if line == "" || line[0] == '#' {
			continue
		}
		if err := take(strings.Split(line, "\t")); err != nil {
			return fmt.Errorf("%s line %d: %w", name, i, err)
		}
	}
	return lines.Err()
}

// takeCurrency takes a currency that has ended.
func (h *house) takeCurrency(row []string) error {
	if len(row) != 3 {
		return fmt.Errorf("%q: want code, countries, last day", row)
	}
	until, err := corpus.ParseDate(row[2])
	if err != nil {
		return err
	}
	h.members[row[0]] = member{row[0], strings.Fields(row[1]), until}
	return nil
}

// takeFamily takes a family of currencies.
func (h *house) takeFamily(row []string) error {
	if len(row) != 4 {
		return fmt.Errorf("%q: want family, abroad, unknown, members", row)
	}
	f := &family{name: row[0], abroad: row[1], unknown: map[string]string{}}
	for _, u := range strings.Fields(row[2]) {
		lang, code, ok := strings.Cut(u, "=")
		if !ok {
			lang, code = "", u
		}
		f.unknown[lang] = code
	}
	for _, code := range strings.Fields(row[3]) {
		m, ok := h.members[code]
		if !ok {
			return fmt.Errorf("%q: no such currency", code)
		}
		f.members = append(f.members, m)
	}
	h.units[row[0]] = f
	return nil
}

// unit returns the family of a name, or a code as a family of its own.
func (h *house) unit(name string) (*family, error) {
	if f := h.units[name]; f != nil {
		return f, nil
	}
	m, ok := h.members[name]
	if !ok && name != unknownUnit {
		return nil, fmt.Errorf("%q: no such currency or family", name)
	}
	f := &family{name: name, abroad: name, unknown: map[string]string{"": name}, members: []member{m}}
	if !ok {
		f.members = nil
	}
	h.units[name] = f
	return f, nil
}

// takeMark takes marks of one meaning.
func (h *house) takeMark(row []string) error {
	if len(row) < 3 {
		return fmt.Errorf("%q: want marks, unit, place", row)
	}
	u, err := h.unit(row[1])
	if err != nil {
		return err
	}
	place, digits, scaled := strings.Cut(row[2], "+")
	m := mark{unit: u, before: place != "after", after: place != "before"}
	if scaled {
		if m.power, err = power(digits); err != nil {
			return err
		}
	}
	if len(row) > 3 {
		var others string
		others, m.elsewhere = strings.CutPrefix(row[3], "*")
		m.countries = strings.Fields(others)
	}
	for _, m.text = range strings.Fields(row[0]) {
		m.text = strings.ReplaceAll(m.text, "_", " ")
		h.marks[m.text[0]] = append(h.marks[m.text[0]], m)
	}
	return nil
}

// takeCodes takes codes that are treated alike.
func (h *house) takeCodes(row []string) error {
	if len(row) != 2 {
		return fmt.Errorf("%q: want treatment, codes", row)
	}
	for _, code := range strings.Fields(row[1]) {
		t := h.codes[code]
		switch row[0] {
		case "any":
			t.anyCase = true
		case "weak":
			t.weak = true
		case "never":
			t.never = true
		default:
			return fmt.Errorf("%q: no such treatment", row[0])
		}
		h.codes[code] = t
	}
	return nil
}

// power reads the power of ten of a scaled row.
func power(s string) (int, error) {
	p, err := strconv.Atoi(s)
	if err != nil {
		return 0, fmt.Errorf("%q: not a power of ten", s)
	}
	return p, nil
}

// endsInLetter says whether the mark needs a boundary after it.
func (m *mark) endsInLetter() bool {
	r, _ := utf8.DecodeLastRuneInString(m.text)
	return unicode.IsLetter(r)
}
