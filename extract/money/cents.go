package money

import (
	"strings"
	"unicode/utf8"

	"vocero/extract/number"
)

// onlyCents reads a sum in cents alone: "50 centavos", "470 pence".
func (f *finder) onlyCents(g *figure, at int) {
	if strings.HasPrefix(f.text[at:], "¢") && g.unit == nil && !g.n.Scaled && g.power == 0 {
		if g.unit = f.local(); meet(g.unit, f.house.units["$"]) == nil {
			g.unit = f.house.units["$"]
		}
		g.after, g.cents, g.span.End = true, true, at+len("¢")
		shift(&g.value, -2)
		return
	}
	m, end := f.words.match(f.text, at, cent|centMark)
	if m == nil || g.unit != nil || g.n.Scaled || g.power > 0 || letterAt(f.text, end) {
		return
	}
	if m.class&cent == 0 && !f.marked(g, m, at) {
		return
	}
	g.unit, g.after, g.cents = m.cent, true, true
	if g.unit == nil {
		g.unit = f.local()
	}
	g.span.End = end
	shift(&g.value, -2)
	if next := joint(f.text, end); next > end { // "centavos de dólar"
		if o, ofEnd := f.words.match(f.text, next, of); o != nil {
			if name := joint(f.text, ofEnd); name > ofEnd {
				if u, nounEnd := f.words.match(f.text, name, noun|weak); u != nil && !letterAt(f.text, nounEnd) {
					g.unit, g.span.End = u.unit, nounEnd
				}
			}
		}
	}
}

// marked says that the mark of a cent right behind a figure makes it a sum: "75p"
// in Britain, or where pounds were told before.
func (f *finder) marked(g *figure, m *meaning, at int) bool {
	v, ok := g.n.Int()
	if !ok || g.n.Spelled || v < 1 || v > 99 || at != g.span.End || m.cent == nil {
		return false
	}
	if u := f.house.tender[f.context.Country]; u != nil && meet(u, m.cent) != nil {
		return true
	}
	last := len(f.found) - 1
	return last >= 0 && f.found[last].unit != nil && meet(f.found[last].unit, m.cent) != nil
}

// addCents adds "con cincuenta céntimos" to a sum of whole units.
func (f *finder) addCents(g *figure) {
	if g.cents || g.n.Point || g.n.Scaled && g.power > 0 && !g.n.Spelled || g.percent || !g.after && !g.before {
		return
	}
	at := joint(f.text, g.span.End)
	joined := false
	if at > g.span.End {
		if w, end := f.words.match(f.text, at, with); w != nil {
			at, joined = skipSpace(f.text, end), true
		}
	}
	n, ok := f.numbers.At(f.text, at)
	v, whole := n.Int()
	if !ok || !whole || v > 99 || at == g.span.End && (f.text[at-1] < utf8.RuneSelf || n.Digits != 2) {
		return // but "5€50"
	}
	end := f.hundredths(g, &n)
	if end == 0 {
		end = f.centsEnd(g, &n, joined)
	}
	if end == 0 {
		return
	}
	shift(&n.Value, -2)
	if _, err := exact.Add(&g.value, &g.value, &n.Value); err == nil {
		g.span.End = end
	}
}

// hundredths returns where "30/100" ends, as a cheque writes the cents n after a
// sum, with the unit again behind it maybe; or 0.
func (f *finder) hundredths(g *figure, n *number.Number) int {
	if n.Digits != 2 || !strings.HasPrefix(f.text[n.End:], "/100") {
		return 0
	}
	end := n.End + len("/100")
	if end < len(f.text) && isDigit(f.text[end]) {
		return 0
	}
	at := skipSpace(f.text, end)
	if u, _, after := f.after(at); u != nil && meet(u, g.unit) != nil {
		return after
	}
	if m, after := f.words.match(f.text, at, noun|weak); m != nil && meet(m.unit, g.unit) != nil {
		return after
	}
	return end
}

// centsEnd returns where the cents n after a sum end, or 0 if n is no cents:
// "con cincuenta céntimos", "and 43c", or two digits that nothing but the
// sentence's end or a comma follows, "25 euros con 50".
func (f *finder) centsEnd(g *figure, n *number.Number, joined bool) int {
	at := skipSpace(f.text, n.End)
	m, end := f.words.match(f.text, at, cent|centMark)
	if m != nil && !letterAt(f.text, end) && (m.class&cent != 0 || joined) {
		return end
	}
	rest := f.text[n.End:]
	if v, _ := n.Int(); !g.after && !joined || !n.Spelled && n.Digits != 2 || n.Spelled && (n.Scaled || v < 10) {
		return 0
	}
	if own, _, _ := f.after(at); own != nil {
		return 0 // "10 EUR 20 USD"
	}
	if g.span.End == n.Start && n.Digits == 2 {
		return n.End // "5€50"
	}
	if g.code && n.Digits == 2 && !n.Point && (rest == "" || rest[0] != '%') {
		return n.End // "15 USD 50"
	}
	if rest == "" || rest == "." || rest[0] == ';' || rest[0] == ')' || strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ", ") || rest[0] == '\n' {
		return n.End
	}
	return 0
}
