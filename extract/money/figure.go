package money

import (
	"strings"

	"github.com/cockroachdb/apd/v3"

	"vocero/corpus"
	"vocero/extract/number"
)

// figure is one number with the unit around it, the whole of "US$ 5 millones"
// or one end of a range.
type figure struct {
	span          corpus.Span
	n             number.Number
	value         apd.Decimal
	power         int // of the scale words and the magnitude
	unit          *family
	nation        string
	percent       bool
	before, after bool // where the unit stands
	cents         bool
	code          bool // the unit after it is a code
	open          bool // "100+": a least value
	minus         bool // "$(1.3)M", "EUR -4.3 million"
}

// clear says that the figure can hardly be anything but a sum.
func (g *figure) clear() bool {
	if g.n.Scaled || g.power > 0 || g.n.Grouped {
		return true
	}
	v, ok := g.n.Int()
	return !ok || v >= 1000
}

// figure reads a number at i with the units around it. A figure without a unit
// is one too: the other end of a range may have it.
func (f *finder) figure(i int) (g figure, ok bool) {
	g.span = corpus.Span{Start: i, End: i}
	if i >= len(f.text) {
		return g, false
	}
	unit, mark, end := f.before(i)
	if unit == nil && isLetter(f.text[i]) {
		if g, ok = f.nameFirst(i); ok {
			return g, true
		}
		if !f.numbers.Begins(f.text, i) {
			return g, false
		}
		if g, ok = f.portion(i); ok {
			return g, true
		}
		g = figure{span: corpus.Span{Start: i, End: i}}
	}
	at := i
	if unit != nil {
		at = skipSpace(f.text, end)
		if at == end && at+1 < len(f.text) && f.text[at] == '-' && isDigit(f.text[at+1]) && isLetter(f.text[at-1]) {
			at++ // "USD-8 million"
		}
		if f.loss(&g, at) {
			g.span.Start = i
		} else if !f.numberAt(&g, at) && end < len(f.text) && f.text[end] == '.' {
			if at = skipSpace(f.text, end+1); at < len(f.text) && isDigit(f.text[at]) {
				f.numberAt(&g, at)
			}
		}
		if g.n.End == 0 || mark.weak && !g.clear() || mark.letter && !g.enough() {
			return g, false
		}
		g.unit, g.before = unit, true
		if mark.power > 0 && !g.n.Scaled {
			shift(&g.value, mark.power)
			g.power += mark.power
		}
	} else if !f.numberAt(&g, i) {
		return g, false
	}
	f.apart(&g)
	if i > 0 && g.unit == nil && (f.text[i-1] == '/' || f.text[i-1] == ':') {
		return g, false
	}
	f.bracketedLoss(&g)
	f.magnitude(&g)
	if g.unit == nil && f.share(&g) {
		return g, true
	}
	f.behind(&g)
	if g.unit != nil {
		f.bracketed(&g)
		f.settleSeparator(&g)
		f.addCents(&g)
	}
	return g, true
}

// apart takes back what a number after its currency joins on when it counts
// things: "R$ 5 milhões e 200 mil pessoas".
func (f *finder) apart(g *figure) {
	at := skipSpace(f.text, g.span.End)
	if g.unit == nil || !g.n.Scaled || !letterAt(f.text, at) {
		return
	}
	end := f.skipWord(at)
	if end-at < 5 || f.text[end-1] != 's' {
		return // a thing counted is a plural
	}
	if m, _ := f.words.match(f.text, at, noun|weak|cent|amid); m != nil {
		return
	}
	for k := g.n.Start; k < g.n.End; k++ {
		if f.text[k] != ' ' {
			continue
		}
		m, next := f.words.match(f.text, k+1, and)
		if next = skipSpace(f.text, next); m == nil || next >= g.n.End || !isDigit(f.text[next]) {
			continue
		}
		if n, ok := f.numbers.At(f.text[:k], g.n.Start); ok {
			g.n, g.value, g.power, g.span.End = n, n.Value, n.Power, n.End
		}
		return
	}
}

// loss reads a figure below nought after its currency: "$(1.3)M", "$(0.5) million",
// "EUR -4.3 million".
func (f *finder) loss(g *figure, at int) bool {
	if at+1 >= len(f.text) || !isDigit(f.text[at+1]) {
		return false
	}
	was := *g
	switch {
	case f.text[at] == '-' && f.text[at-1] == ' ':
		g.minus = f.numberAt(g, at+1)
	case f.text[at] == '(' && f.numberAt(g, at+1) && strings.HasPrefix(f.text[g.span.End:], ")"):
		g.minus = true
		g.span.End++
		if p, end, ok := f.numbers.Scale(f.text, skipSpace(f.text, g.span.End)); ok && !g.n.Scaled {
			shift(&g.value, p)
			g.power, g.span.End = p, end
		}
	}
	if !g.minus {
		*g = was
	}
	return g.minus
}

// bracketedLoss reads the magnitude of "(£0.2)M", a figure below nought.
func (f *finder) bracketedLoss(g *figure) {
	start := g.span.Start
	if g.unit == nil || start == 0 || f.text[start-1] != '(' || !strings.HasPrefix(f.text[g.span.End:], ")") {
		return
	}
	if p, end, ok := f.numbers.Short(f.text, g.span.End+1); ok {
		shift(&g.value, p)
		g.power, g.minus = p, true
		g.span = corpus.Span{Start: start - 1, End: end}
	}
}

// bracketed narrows a unit that several currencies share to the code or the
// country that stands in brackets behind it: "$4 million (CAD)", "$4 million
// (US)". The span leaves it out.
func (f *finder) bracketed(g *figure) {
	at := skipSpace(f.text, g.span.End)
	if len(g.unit.members) < 2 || at >= len(f.text) || f.text[at] != '(' {
		return
	}
	if u, _, end := f.code(at + 1); u != nil && end < len(f.text) && f.text[end] == ')' && meet(g.unit, u) != nil {
		g.unit, g.nation = u, ""
		return
	}
	m, end := f.words.match(f.text, at+1, country)
	if m == nil || g.unit.in(m.country, corpus.Date{}) == "" {
		return
	}
	if strings.HasPrefix(f.text[end:], ")") || strings.HasPrefix(f.text[end:], ".)") {
		g.nation = m.country
	}
}

// nameFirst reads "guaraníes 5.000.000": a currency's name before a figure that
// can hardly be anything but its sum.
func (f *finder) nameFirst(i int) (g figure, ok bool) {
	m, end := f.words.match(f.text, i, noun|weak)
	if m == nil {
		return g, false
	}
	at := skipSpace(f.text, end)
	if at == end || at >= len(f.text) || !isDigit(f.text[at]) || !f.numberAt(&g, at) {
		return g, false
	}
	if v, whole := g.n.Int(); whole && v < 10_000 && !g.n.Scaled && !g.n.Grouped {
		return g, false
	}
	if m.class&noun == 0 && g.n.Point && !g.n.Scaled && !g.n.Grouped {
		return g, false // "en términos reales 2.4"
	}
	if _, _, unitEnd := f.after(skipSpace(f.text, g.n.End)); unitEnd > skipSpace(f.text, g.n.End) {
		return g, false
	}
	g.span.Start, g.unit, g.before = i, m.unit, true
	f.settleSeparator(&g)
	return g, true
}

// enough says whether a figure is large enough after a mark that is a mere
// letter: Q4 is a quarter, Q18.5 a sum.
func (g *figure) enough() bool {
	if g.clear() || g.n.Point {
		return true
	}
	v, ok := g.n.Int()
	return ok && v >= 10
}

// numberAt reads the number itself.
func (f *finder) numberAt(g *figure, at int) bool {
	n, ok := f.numbers.At(f.text, at)
	if !ok {
		if at < len(f.text) && f.text[at] == 0xC2 {
			n, ok = f.numbers.Fraction(f.text, at)
		}
		if !ok {
			return false
		}
	} else if !n.Spelled && !n.Scaled && n.End < len(f.text) && strings.IndexByte("/- \xc2", f.text[n.End]) >= 0 {
		if q, ok := f.numbers.Fraction(f.text, at); ok && q.End > n.End {
			n = q
		}
	}
	g.n, g.value, g.power = n, n.Value, n.Power
	g.span.End = n.End
	if n.Value.Exponent < 0 && !n.Scaled && !n.Point { // "1 1/2 million"
		if p, end, ok := f.numbers.Scale(f.text, skipSpace(f.text, n.End)); ok && !letterAt(f.text, end) {
			shift(&g.value, p)
			g.power, g.span.End = p, end
		}
	}
	return true
}

// behind reads the unit after a number: "5 €", "5 millones de soles", "5 MDP".
func (f *finder) behind(g *figure) {
	at := skipSpace(f.text, g.span.End)
	if at >= len(f.text) {
		return
	}
	u, mark, end := f.after(at)
	if mark.weak && g.n.Spelled && !g.n.Scaled {
		u = nil // "un SOS"
	}
	if u != nil && !f.belongsToNext(g, at, end, u) {
		if f.join(g, u, "", end) {
			g.code = isLetter(f.text[at])
			f.scaleBehind(g)
		}
		return
	}
	if at < len(f.text) && f.text[at] == '-' && g.unit == nil {
		at++ // "12-cent", "5-million-dollar"
	}
	if m, end := f.words.match(f.text, at, scaled); m != nil && !letterAt(f.text, end) {
		if f.join(g, m.unit, "", end) {
			shift(&g.value, m.power)
			g.power += m.power
		}
		return
	}
	if g.n.Scaled || g.power > 0 {
		if m, end := f.words.match(f.text, at, amid); m != nil {
			at = joint(f.text, end) // "5 millones adicionales de euros"
		}
	}
	if m, end := f.words.match(f.text, at, of); m != nil {
		if next := joint(f.text, end); next > end {
			if u, _, end := f.after(next); u != nil && !f.belongsToNext(g, next, end, u) {
				f.join(g, u, "", end)
				return
			}
			if g.n.Scaled || g.power > 0 || g.n.Grouped && g.millions() {
				at = next
			}
		}
	}
	f.name(g, at)
}

// millions says that a figure in digits is one of millions, which "de" joins to
// its unit: "10.000.000 de pesos".
func (g *figure) millions() bool { return g.value.Cmp(million) >= 0 }

var million = apd.New(1_000_000, 0)

// scaleBehind reads the scale word of "75 USD million".
func (f *finder) scaleBehind(g *figure) {
	at := skipSpace(f.text, g.span.End)
	if p, end, ok := f.numbers.Scale(f.text, at); ok && at > g.span.End && g.power == 0 && !g.n.Scaled && !letterAt(f.text, end) {
		shift(&g.value, p)
		g.power, g.span.End = p, end
	}
}

// name reads the name of a currency, with the country that it is of.
func (f *finder) name(g *figure, at int) {
	nation := ""
	start := at
	if m, end := f.words.match(f.text, at, country); m != nil {
		if next := joint(f.text, end); next > end {
			if _, nounEnd := f.words.match(f.text, next, noun|weak); nounEnd > next {
				nation, start = m.country, next
			}
		}
	}
	m, end := f.words.match(f.text, start, noun|weak)
	if m == nil || letterAt(f.text, end) {
		f.onlyCents(g, at)
		return
	}
	if next := joint(f.text, end); nation == "" && next > end {
		if c, countryEnd := f.words.match(f.text, next, country); c != nil && m.unit.in(c.country, corpus.Date{}) != "" {
			nation, end = c.country, countryEnd
		}
	}
	if nation != "" && m.unit.in(nation, corpus.Date{}) == "" {
		nation = ""
		start = at
		if m, end = f.words.match(f.text, start, noun|weak); m == nil {
			return
		}
	}
	if m.class&noun == 0 && nation == "" && !f.credible(g, m, end) {
		return
	}
	if !f.join(g, m.unit, nation, end) {
		return
	}
	if next := skipSpace(f.text, end); next > end { // "pesos MXN", "pesos M.N."
		if u, _, codeEnd := f.after(next); u != nil && len(u.members) == 1 && m.unit.has(u.members[0].code) {
			f.join(g, u, nation, codeEnd)
		}
	}
}

// credible says whether an everyday word that is also a currency's name means
// the currency.
func (f *finder) credible(g *figure, m *meaning, end int) bool {
	if v, ok := g.n.Int(); ok && v == 1 && g.n.Spelled {
		return false
	}
	if g.unit != nil {
		return true
	}
	own := m.unit.in(f.context.Country, f.context.Published) != ""
	scaled := g.n.Scaled || g.power > 0
	if next := joint(f.text, end); next > end && !(own && scaled) {
		if o, _ := f.words.match(f.text, next, of); o != nil {
			return false // "200 libras de café", "60 million pounds of waste"
		}
	}
	known := f.context.Country != "" && f.context.Country != "INT"
	if scaled {
		return own || !known || m.class&measure == 0
	}
	return own || f.context.Country == ""
}

// local is the currency of the document's country, or the unknown one.
func (f *finder) local() *family {
	if u := f.house.tender[f.context.Country]; u != nil {
		return u
	}
	return f.house.units[unknownUnit]
}

// join gives the figure the unit after it, if it agrees with one before it.
func (f *finder) join(g *figure, u *family, nation string, end int) bool {
	both := meet(g.unit, u)
	if both == nil {
		return false
	}
	g.unit, g.nation, g.after, g.span.End = both, nation, true, end
	return true
}

// settleSeparator takes the other reading of a doubtful number where money
// makes the first one odd: nobody writes a price with three decimals ending in
// nought, nor, in Spanish, Portuguese or French, a whole sum with three.
func (f *finder) settleSeparator(g *figure) {
	if !g.n.Doubtful || !g.n.Point || f.quoted(g) {
		return
	}
	places := g.n.Value
	places.Reduce(&places)
	odd := g.n.Power == 6 && places.Exponent > 3 // "3.450 millones": the third decimal is nought
	if (odd || !g.n.Scaled) && f.context.Lang != "en" {
		extra := g.power - g.n.Power
		g.value = g.n.Other
		shift(&g.value, extra)
	}
}

// quoted says that a figure of one or two digits before the point is a rate of
// exchange or the price of a measure, which are told to three places: "el dólar
// cerró en 3.745 soles", "1,549 euros por litro".
func (f *finder) quoted(g *figure) bool {
	if g.n.Scaled || g.power > 0 || g.n.Value.Cmp(apd.New(100, 0)) >= 0 {
		return false
	}
	if m, _ := f.words.match(f.text, joint(f.text, g.span.End), per); m != nil {
		f.rateEnd = g.span.End
		return true
	}
	if f.house.tender[f.context.Country] == nil || meet(g.unit, f.local()) == nil {
		return false
	}
	if f.near(g.span.Start, rate, 8) != nil {
		f.rateEnd = g.span.End
		return true
	}
	return f.rateEnd > 0 && f.sameSentence(f.rateEnd, g.span.Start)
}

// besideRate is how far behind a rate of exchange another one may be, in bytes.
const besideRate = 120

// exact computes with more digits than a sum of money has.
var exact = apd.BaseContext.WithPrecision(80)

// shifted is a value times a power of ten.
func shifted(v apd.Decimal, power int) *apd.Decimal {
	var d apd.Decimal
	d.Set(&v)
	shift(&d, power)
	return &d
}

// shift multiplies a value by a power of ten.
func shift(d *apd.Decimal, power int) {
	d.Exponent += int32(power)
	if d.Exponent > 0 && d.Exponent < 60 {
		ten := apd.NewBigInt(10)
		d.Coeff.Mul(&d.Coeff, ten.Exp(ten, apd.NewBigInt(int64(d.Exponent)), nil))
		d.Exponent = 0
	}
}
