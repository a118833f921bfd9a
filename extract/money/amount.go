package money

import (
	"strings"

	"github.com/cockroachdb/apd/v3"

	"vocero/corpus"
)

// amount reads the amount or range that begins at i, and returns where to go
// on; end is i when there is nothing.
func (f *finder) amount(i int) (end int, ok bool) {
	first, ok := f.figure(i)
	if !ok {
		return i, false
	}
	low := first // takes the unit and the scale of the other end
	if high, ok := f.rangeEnd(&low); ok {
		f.keepRange(&low, &high)
		return high.span.End, true
	}
	if !first.has() && !f.elided(&first) {
		return i, false
	}
	f.keep(&first)
	return first.span.End, true
}

// has says whether the figure has a unit.
func (g *figure) has() bool { return g.unit != nil || g.percent }

// elided gives a figure in millions whose unit is left out that of the sum
// before it in the sentence, or the country's after a noun of money: "una
// inversión de 74 millones; …".
func (f *finder) elided(g *figure) bool {
	if !(g.n.Scaled && (g.n.Spelled || g.millions())) || !f.closed(g.span.End) {
		return false
	}
	if before := strings.TrimRight(f.text[:g.span.Start], " "); g.n.Spelled && before != "" && isDigit(before[len(before)-1]) {
		return false // the end of another number: "3 mil 500"
	}
	if v, ok := g.n.Int(); ok && v == 1000 && g.n.Spelled || f.sized(g.span.Start) {
		return false
	}
	if f.follows(g.span.Start, sumNoun) {
		g.unit = f.local()
	}
	for i := len(f.found) - 1; i >= 0 && g.span.Start-f.found[i].span.End < 250; i-- {
		if last := &f.found[i]; !last.percent && !strings.ContainsAny(f.text[last.span.End:g.span.Start], "\n.") {
			g.unit, g.nation = last.unit, last.nation
			break
		}
	}
	return g.unit != nil
}

// sized says that a unit in capitals stands before a figure: "UF 1,2 millones".
func (f *finder) sized(start int) bool {
	at := start
	for at > 0 && f.text[at-1] == ' ' {
		at--
	}
	end := at
	for at > 0 && isUpper(f.text[at-1]) {
		at--
	}
	return end-at > 1 && (at == 0 || !letterAt(f.text, at-1))
}

// closed says whether nothing that could be a unit follows at pos.
func (f *finder) closed(pos int) bool {
	if pos >= len(f.text) || strings.IndexByte(".,;)\n", f.text[pos]) >= 0 {
		return true
	}
	at := skipSpace(f.text, pos)
	m, _ := f.words.match(f.text, at, and|to)
	return m != nil && at > pos
}

// rangeEnd reads the other end of a range after its first figure.
func (f *finder) rangeEnd(first *figure) (second figure, ok bool) {
	sep, at := f.connector(first)
	if sep == 0 {
		return second, false
	}
	second, ok = f.figure(at)
	if !ok || !second.has() && !first.has() || first.cents != second.cents && second.has() && first.has() {
		return second, false
	}
	switch {
	case first.has() && second.has():
		ok = f.bothUnits(first, &second, sep)
	case second.has():
		ok = f.lastUnit(first, &second, sep)
	default:
		ok = f.firstUnit(first, &second, sep)
	}
	if !ok {
		return second, false
	}
	f.inherit(first, &second)
	order := first.value.Cmp(&second.value)
	if first.minus && second.minus {
		order = -order // "$(4.9)–$(4.4)M"
	}
	return second, order < 0
}

// hyphen is the connector that is no word.
const hyphen class = 1 << 63

// connector reads what joins the ends of a range after the first figure.
func (f *finder) connector(first *figure) (sep class, at int) {
	pos := min(skipSpace(f.text, first.span.End), len(f.text))
	for _, dash := range []string{"-", "–", "—"} {
		if strings.HasPrefix(f.text[pos:], dash) {
			if m, end := f.words.match(f.text, pos+len(dash), to); m != nil && strings.HasPrefix(f.text[end:], dash) {
				return to, end + len(dash) // "a $5-to-$7-million range"
			}
			return hyphen, skipSpace(f.text, pos+len(dash))
		}
	}
	if pos == first.span.End {
		return 0, pos
	}
	m, end := f.words.match(f.text, pos, to|or|and)
	if m == nil || letterAt(f.text, end) {
		return 0, pos
	}
	sep = m.class & (to | or | and)
	if sep&and != 0 {
		if !f.follows(first.span.Start, between) {
			return 0, pos
		}
	}
	at = joint(f.text, end)
	for range 2 {
		a, next := f.words.match(f.text, at, article)
		if a == nil || joint(f.text, next) == next {
			break
		}
		at = joint(f.text, next)
	}
	return sep, at
}

// bothUnits says whether two figures with units of their own are one range.
func (f *finder) bothUnits(first, second *figure, sep class) bool {
	if first.percent != second.percent || sep == or {
		return false
	}
	if !first.percent && meet(first.unit, second.unit) == nil {
		return false
	}
	return sep&and != 0 || sep == hyphen || !f.changing(first.span.Start)
}

// lastUnit says whether the unit of the second figure is also the first one's.
func (f *finder) lastUnit(first, second *figure, sep class) bool {
	if second.before && !second.after || !first.value.Coeff.IsUint64() && first.n.Spelled {
		return false
	}
	if v, ok := first.n.Int(); ok && v == 1 && first.n.Spelled && (sep != hyphen || !second.n.Spelled) {
		return false
	}
	if first.n.Start > 0 && (f.text[first.n.Start-1] == '-' || f.text[first.n.Start-1] == '/') {
		return false
	}
	if second.power > 0 && !first.n.Scaled {
		falls := shifted(first.value, second.power).Cmp(&second.value) >= 0
		if f.yearLike(first) && (falls || second.n.Grouped) || falls && sep != hyphen && f.changing(first.span.Start) {
			return false // "en 2022 - 5.000 millones", "pasó de 644 a 350 millones"
		}
	}
	first.unit, first.nation, first.percent = second.unit, second.nation, second.percent
	return true
}

// firstUnit says whether the unit before the first figure is also the second one's.
func (f *finder) firstUnit(first, second *figure, sep class) bool {
	if !first.before || first.after || second.n.Spelled && !second.n.Scaled {
		return false
	}
	second.unit = first.unit
	f.magnitude(second)
	if letterAt(f.text, second.span.End) || second.span.End < len(f.text) && f.text[second.span.End] == '-' {
		return false
	}
	if sep != hyphen && sep&and == 0 && !second.n.Scaled && second.power == 0 && letterAt(f.text, skipSpace(f.text, second.span.End)) {
		return false
	}
	return true
}

// inherit gives the first figure the scale of the second: "5 y 7 millones",
// "3.000 a 4.000 millones", but not "500 a 2 millones".
func (f *finder) inherit(first, second *figure) {
	if first.power > 0 || first.n.Scaled || second.power == 0 || first.after && !first.percent {
		return
	}
	scaled := shifted(first.value, second.power)
	if scaled.Cmp(&second.value) < 0 || first.minus && second.minus {
		first.value = *scaled
	}
}

// changing says whether a verb of change stands shortly before a range, so
// that its ends are two amounts: "pasó de $5 a $7".
func (f *finder) changing(start int) bool {
	return f.near(start, change, 8) != nil
}

// follows says whether a phrase of the class stands right before start, but
// for articles.
func (f *finder) follows(start int, want class) bool {
	m, _ := f.preceding(start, want)
	return m != nil
}

// keep adds a figure to what was found.
func (f *finder) keep(g *figure) {
	f.add(g, candidate{span: g.span, low: g.value, high: g.value, unit: g.unit, nation: g.nation, percent: g.percent})
}

// keepRange adds a range.
func (f *finder) keepRange(first, second *figure) {
	c := candidate{low: first.value, high: second.value, percent: first.percent, nation: second.nation}
	c.span = corpus.Span{Start: first.span.Start, End: second.span.End}
	if !c.percent {
		c.unit = meet(first.unit, second.unit)
	}
	if c.nation == "" {
		c.nation = first.nation
	}
	if first.minus && second.minus {
		c.low.Neg(&c.low)
		c.high.Neg(&c.high)
	}
	f.add(first, c)
}

// add completes a candidate with its sign, its bound and what it restates.
func (f *finder) add(g *figure, c candidate) {
	if g.percent && !g.n.Spelled && f.negative(c.span.Start) {
		c.span.Start--
		c.low.Neg(&c.low)
		if c.high.Cmp(&g.value) == 0 {
			c.high.Neg(&c.high)
		}
	}
	if g.minus && c.low.Cmp(&c.high) == 0 {
		c.low.Neg(&c.low)
		c.high = c.low
	}
	if g.percent && c.span.Start > 0 && f.text[c.span.Start-1] == '+' {
		c.span.Start--
	}
	if at := f.minusWord(c.span.Start); g.percent && at < c.span.Start && c.low.Cmp(&c.high) == 0 && !c.low.Negative {
		c.span.Start = at
		c.low.Neg(&c.low)
		c.high = c.low
	}
	if c.bound = f.bound(c.span); c.bound == "" && g.open {
		c.bound = corpus.Min
	}
	if c.low.Cmp(&c.high) != 0 && c.bound != corpus.About {
		c.bound = "" // "desde 500 hasta 5000" gives both ends
	}
	c.restates = f.restated(c.span.Start)
	f.found = append(f.found, c)
	normal(&f.found[len(f.found)-1].low)
	normal(&f.found[len(f.found)-1].high)
}

// minusWord returns where the word for minus right before start begins, or start:
// "menos 0,3 %", but not "al menos 3 %" nor "dos menos 3 %".
func (f *finder) minusWord(start int) int {
	var words [8]word
	n := f.wordsBefore(start, &words)
	if n == 0 {
		return start
	}
	last := words[len(words)-1]
	if m, end := f.words.match(f.text, last.start, minus); m == nil || end != last.end || skipSpace(f.text, end) != start {
		return start
	}
	for _, w := range words[len(words)-n : len(words)-1] {
		if m, end := f.words.match(f.text, w.start, bounds|afterMin); m != nil && end == last.end {
			return start
		}
	}
	if n > 1 { // "poco menos", "más o menos", "mucho menos"
		if m, _ := f.words.match(f.text, words[len(words)-2].start, of|to|change|article); m == nil {
			return start
		}
	}
	return last.start
}

// negative says whether a minus sign, not a hyphen, stands right before start.
func (f *finder) negative(start int) bool {
	return start > 0 && f.text[start-1] == '-' && (start == 1 || f.text[start-2] == ' ' || f.text[start-2] == '(')
}

// normal writes a value without an exponent above nought or trailing zeros
// after the point.
func normal(d *apd.Decimal) {
	d.Reduce(d)
	if d.Exponent > 0 {
		shift(d, 0)
	}
}

// restated returns the index plus one of the amount that the one at start, in
// brackets right after it, gives again in another unit.
func (f *finder) restated(start int) int {
	if len(f.found) == 0 {
		return 0
	}
	at := f.found[len(f.found)-1].span.End
	at = skipSpace(f.text, at)
	if at >= start || f.text[at] != '(' && f.text[at] != '[' || start-at > 60 {
		return 0
	}
	for at++; at < start; {
		m, end := f.words.match(f.text, at, restate|bounds|article)
		if m == nil {
			return 0
		}
		next := skipSpace(f.text, end)
		if next == end && next < start {
			return 0
		}
		at = next
	}
	return len(f.found)
}

// word is a word before an amount.
type word struct{ start, end int }

// preceding finds the longest phrase of the classes that ends right before
// start, or before the articles that stand there.
func (f *finder) preceding(start int, want class) (found *meaning, at int) {
	var words [8]word
	n := f.wordsBefore(start, &words)
	for _, w := range words[len(words)-n:] {
		m, end := f.words.match(f.text, w.start, want)
		if m == nil {
			continue
		}
		for range 3 {
			at := end
			if at < len(f.text) && f.text[at] == '.' {
				at++
			}
			at = joint(f.text, at)
			if at >= start {
				return m, w.start
			}
			a, next := f.words.match(f.text, at, article)
			if a == nil || next > start {
				break
			}
			end = next
		}
	}
	return nil, start
}

// near finds a phrase of the classes among the last words before start.
func (f *finder) near(start int, want class, most int) *meaning {
	var words [8]word
	n := min(most, f.wordsBefore(start, &words))
	for _, w := range words[len(words)-n:] {
		if m, _ := f.words.match(f.text, w.start, want); m != nil {
			return m
		}
	}
	return nil
}

// wordsBefore collects the last words of the clause before start into the end
// of words, in order, and returns how many there are.
func (f *finder) wordsBefore(start int, words *[8]word) (n int) {
	end := start
	least := max(0, start-100)
	for n < len(words) {
		for end > least && strings.IndexByte(" -'\xa0\xc2", f.text[end-1]) >= 0 {
			end--
		}
		if end > least+1 && f.text[end-1] == '.' && isLetter(f.text[end-2]) {
			end-- // aprox.
		} else if end > least+2 && f.text[end-3:end] == "’" {
			end -= 3
		}
		at := end
		for at > least && (isLetter(f.text[at-1]) || f.text[at-1] >= 0x80) {
			at--
		}
		if at == end {
			return n
		}
		n++
		words[len(words)-n] = word{at, end}
		end = at
	}
	return n
}

// bound finds the bound that the words around an amount give it.
func (f *finder) bound(span corpus.Span) corpus.Bound {
	if b := f.boundSign(span.Start); b != "" {
		return b
	}
	if m, at := f.preceding(span.Start, bounds); m != nil {
		if m.class&atLeast != 0 && (f.preset(at) || f.left(at)) || m.class&atMost != 0 && f.reached(at) {
			return ""
		}
		return boundOf(m.class)
	}
	if before, ok := strings.CutSuffix(f.text[:span.Start], ", "); ok { // "de, al menos, 5 millones"
		if m, at := f.preceding(len(before), bounds); m != nil && strings.HasSuffix(f.text[:at], ", ") {
			return boundOf(m.class)
		}
	}
	if rest := f.text[span.End:]; rest != "" && rest[0] == '+' && (len(rest) == 1 || !isDigit(rest[1]) && !isLetter(rest[1]) && rest[1] != '$') {
		return corpus.Min // not "$200+$5" nor "20 €+IVA"
	}
	if at := joint(f.text, span.End); at > span.End {
		if m, end := f.words.match(f.text, at, afterMin|afterMax|afterAbout); m != nil && !letterAt(f.text, end) {
			return boundOf(m.class)
		}
	}
	return ""
}

// preset says that the word at pos that looks like a lower bound is part of what
// the amount is: "el salario mínimo de $500.000".
func (f *finder) preset(pos int) bool { return f.follows(pos, setMin) }

// left says that the lower bound at pos tells of the percentage that a change left,
// after the one that it came to: "fue de 4.98 %, desde 4.69 % en mayo".
func (f *finder) left(pos int) bool {
	m, _ := f.words.match(f.text, pos, since)
	return m != nil && len(f.found) > 0 && f.found[len(f.found)-1].percent && f.sameSentence(f.found[len(f.found)-1].span.End, pos)
}

// sameSentence says that a sentence goes on from one place to another near it.
func (f *finder) sameSentence(from, to int) bool {
	return to-from < besideRate && !strings.ContainsAny(f.text[from:to], ";\n") && !strings.Contains(f.text[from:to], ". ")
}

// reached says that the upper bound at pos tells where a change ended instead:
// "cayó hasta el 3,68 %", but not "subió con tasas de hasta el 5 %".
func (f *finder) reached(pos int) bool {
	if m, end := f.words.match(f.text, pos, to); m == nil || end <= pos {
		return false
	}
	return f.near(pos, reach, 6) != nil && !f.follows(pos, of)
}

// boundSign reads a sign before an amount.
func (f *finder) boundSign(start int) corpus.Bound {
	before := strings.TrimRight(f.text[max(0, start-4):start], " ")
	for sign, b := range boundSigns {
		if strings.HasSuffix(before, sign) {
			return b
		}
	}
	return ""
}

var boundSigns = map[string]corpus.Bound{
	"~": corpus.About, "≈": corpus.About, "±": corpus.About, ">": corpus.Over, "<": corpus.Under, "≥": corpus.Min, "≤": corpus.Max,
}

func boundOf(c class) corpus.Bound {
	switch {
	case c&(atLeast|afterMin) != 0:
		return corpus.Min
	case c&(atMost|afterMax) != 0:
		return corpus.Max
	case c&over != 0:
		return corpus.Over
	case c&under != 0:
		return corpus.Under
	case c&(about|afterAbout) != 0:
		return corpus.About
	}
	return ""
}
