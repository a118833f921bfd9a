package money

import (
	"slices"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// strength says how far a mark can be trusted.
type strength struct {
	weak   bool // a code that is also a word
	letter bool // a single letter
	power  int  // of ten, of a mark of millions
}

// before finds the sign or code of a currency that begins at i, as it stands
// before a figure.
func (f *finder) before(i int) (u *family, s strength, end int) {
	if i > 0 && i < len(f.text) && isLetter(f.text[i]) && !strings.Contains(f.text[i:min(i+4, len(f.text))], "$") {
		if isDigit(f.text[i-1]) || f.text[i-1] == '-' && i > 1 && isLetter(f.text[i-2]) {
			return nil, s, i // "1B/2A", "USB-B/2.0"
		}
	}
	return f.mark(i, func(m *mark) bool { return m.before })
}

// after finds one as it stands after a figure.
func (f *finder) after(i int) (u *family, s strength, end int) {
	return f.mark(i, func(m *mark) bool { return m.after })
}

// mark finds the longest sign or code at i.
func (f *finder) mark(i int, fits func(*mark) bool) (u *family, s strength, end int) {
	if i >= len(f.text) {
		return nil, s, i
	}
	rest := f.text[i:]
	for k := range f.house.marks[rest[0]] {
		m := &f.house.marks[rest[0]][k]
		if !strings.HasPrefix(rest, m.text) || !fits(m) {
			continue
		}
		end = i + len(m.text)
		if m.endsInLetter() && letterAt(f.text, end) {
			continue
		}
		if m.text == "$" && end < len(f.text) && isUpper(f.text[end]) {
			continue // a share's symbol: "1,300,000 $MAO"
		}
		if m.countries != nil && !slices.Contains(m.countries, f.context.Country) {
			if !m.elsewhere {
				continue
			}
			return m.unit, strength{weak: f.context.Country != ""}, end
		}
		return m.unit, strength{letter: m.countries != nil && !m.elsewhere && m.power == 0, power: m.power}, end
	}
	return f.code(i)
}

// code finds an ISO 4217 code at i, with a "$" after it maybe.
func (f *finder) code(i int) (u *family, s strength, end int) {
	end = i + 3
	if end > len(f.text) || !isLetter(f.text[i]) || !isLetter(f.text[i+1]) || !isLetter(f.text[i+2]) || letterAt(f.text, end) {
		return nil, s, i
	}
	code := f.text[i:end]
	if !isUpper(code[0]) || !isUpper(code[1]) || !isUpper(code[2]) {
		title := isUpper(code[0])
		code = strings.ToUpper(code)
		if t := f.house.codes[code]; !t.anyCase || t.weak && title {
			return nil, s, i // "Pen 0.5 mg"
		}
	}
	t := f.house.codes[code]
	u = f.house.units[code]
	if u == nil || t.never {
		return nil, s, i
	}
	if next := skipSpace(f.text, end); next < len(f.text) && f.text[next] == '$' && f.house.units["$"].has(code) {
		end = next + 1 // "CAD $5,000"
	}
	return u, strength{weak: t.weak && u.in(f.context.Country, f.context.Published) == ""}, end
}

// belongsToNext says whether a mark after a figure belongs to the figure that
// follows it: "en 2021 USD 5 millones".
func (f *finder) belongsToNext(g *figure, at, end int, u *family) bool {
	numberEnd := g.span.End
	next := skipSpace(f.text, end)
	if next >= len(f.text) || !isDigit(f.text[next]) && f.text[next] != '(' {
		return false
	}
	if g.before && g.unit == u && f.text[end-1] == '$' {
		return true // a table's row: "$ 3,472   $ (3,713)"
	}
	if f.text[next] == '(' {
		return false
	}
	if at == numberEnd && next > end || u == f.house.units["EUR"] && next > end {
		return false
	}
	if n, ok := f.numbers.At(f.text, next); ok {
		if m, _ := f.words.match(f.text, skipSpace(f.text, n.End), cent); m != nil || n.Digits == 2 && !n.Point && !n.Scaled && !f.yearLike(g) {
			return false // "15 USD 50"
		}
		if own, _, _ := f.after(skipSpace(f.text, n.End)); own != nil {
			return false // "10 EUR 20 USD"
		}
	}
	before, _, _ := f.before(at)
	return before != nil
}

// yearLike says whether a figure may be a year.
func (f *finder) yearLike(g *figure) bool {
	v, ok := g.n.Int()
	return ok && g.n.Digits == 4 && !g.n.Grouped && v >= 1800 && v < 2100
}

// magnitude reads an abbreviated magnitude after the number: "$10K", "€ 1,2 Md".
// Without a currency before it, one must follow.
func (f *finder) magnitude(g *figure) {
	if g.unit != nil && f.plus(g) {
		return
	}
	at := skipSpace(f.text, g.span.End)
	p, end, ok := f.numbers.Short(f.text, at)
	if !ok {
		return
	}
	if end < len(f.text) && f.text[end] == '.' {
		if letterAt(f.text, end+1) {
			return // "M.N."
		}
		if end-at > 2 {
			end++ // mill.
		}
	}
	if g.unit == nil {
		next := skipSpace(f.text, end)
		if m, ofEnd := f.words.match(f.text, next, of); m != nil {
			next = joint(f.text, ofEnd)
		}
		u, _, _ := f.after(next)
		if m, _ := f.words.match(f.text, next, noun|country); u == nil && m == nil {
			return
		}
	} else if at > g.span.End && p == 3 && g.n.Scaled {
		return
	}
	shift(&g.value, p)
	g.power += p
	g.span.End = end
}

// plus reads the scale word of "$100+ million" and "$100-plus million".
func (f *finder) plus(g *figure) bool {
	if g.n.Scaled || g.span.End == len(f.text) {
		return false
	}
	at := g.span.End + 1
	switch f.text[at-1] {
	case '+':
	case '-':
		m, end := f.words.match(f.text, at, afterMin)
		if m == nil {
			return false
		}
		at = end
	default:
		return false
	}
	p, end, ok := f.numbers.Scale(f.text, skipSpace(f.text, at))
	if !ok || letterAt(f.text, end) {
		return false
	}
	shift(&g.value, p)
	g.power, g.span.End, g.open = p, end, true
	return true
}

// share reads the sign or the words of a percentage after the number.
func (f *finder) share(g *figure) bool {
	at := skipSpace(f.text, g.span.End)
	if at < len(f.text) && f.text[at] == '%' {
		if at+1 < len(f.text) && (isDigit(f.text[at+1]) || letterAt(f.text, at+1)) {
			return false // part of an address
		}
		g.percent, g.after, g.span.End = true, true, at+1
		return true
	}
	if strings.HasPrefix(f.text[min(at, len(f.text)):], "-") {
		at++
	}
	m, end := f.words.match(f.text, at, percent|points|barePoints)
	if m == nil && g.value.Cmp(apd.New(1, 0)) < 0 { // "1/4 de punto porcentual"
		if o, ofEnd := f.words.match(f.text, at, of); o != nil {
			next := joint(f.text, ofEnd)
			if a, articleEnd := f.words.match(f.text, next, article); a != nil {
				next = joint(f.text, articleEnd)
			}
			m, end = f.words.match(f.text, next, percent|points)
		}
	}
	if m == nil || letterAt(f.text, end) || m.class&(percent|points) == 0 && !f.besideShare(g, end) {
		return false
	}
	g.percent, g.after, g.span.End = true, true, end
	return true
}

// portion reads a fraction in words of a percentage or of its points: "medio punto
// porcentual", "three quarters of a percentage point".
func (f *finder) portion(i int) (g figure, ok bool) {
	n, ok := f.numbers.Portion(f.text, i)
	if !ok {
		return g, false
	}
	g.n, g.value, g.span = n, n.Value, n.Span
	return g, f.share(&g)
}

// mostPoints is what a change of a percentage can hardly reach: more points
// are those of an index or a table.
const mostPoints = 50

// besideShare says that "puntos" are those of a percentage: one stands before
// them in the clause, and they are not points of something.
func (f *finder) besideShare(g *figure, end int) bool {
	if len(f.found) == 0 || g.value.Cmp(apd.New(mostPoints, 0)) >= 0 {
		return false
	}
	last := &f.found[len(f.found)-1]
	if !last.percent || g.span.Start-last.span.End > 250 {
		return false
	}
	for i := last.span.End; i < g.span.Start; i++ {
		if c := f.text[i]; c == '\n' || c == ';' || c == '.' && f.text[i+1] == ' ' {
			return false
		}
	}
	m, _ := f.words.match(f.text, skipSpace(f.text, end), of)
	return m == nil
}
