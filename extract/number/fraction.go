package number

import (
	"unicode/utf8"

	"vocero/corpus"
)

// vulgar are the fractions that are one sign, in thousandths.
func vulgar(r rune) (thousandths int64, ok bool) {
	switch r {
	case '½':
		return 500, true
	case '¼':
		return 250, true
	case '¾':
		return 750, true
	case '⅛':
		return 125, true
	case '⅜':
		return 375, true
	case '⅝':
		return 625, true
	case '⅞':
		return 875, true
	}
	return 0, false
}

// Fraction reads a fraction in digits or in one sign that begins at byte pos,
// with the whole number before it, if any: "1/4", "1-1/4", "2 1/2", "½", "3¾".
// Only fractions that are exact decimals are read, halves to sixty-fourths.
func (r *Reader) Fraction(text string, pos int) (Number, bool) {
	n := Number{Span: corpus.Span{Start: pos}}
	whole, end := smallInt(text, pos)
	if end == pos {
		part, end, ok := fractionSign(text, pos)
		n.End = end
		return n, ok && part.set(&n.Value)
	}
	if part, end, ok := slash(text, whole, end); ok {
		n.End = end
		return n, part.set(&n.Value)
	}
	at := gap(text, end)
	part, after, ok := fractionSign(text, at)
	if !ok && at > end {
		top, slashAt := smallInt(text, at)
		part, after, ok = slash(text, top, slashAt)
	}
	if !ok || part.coef == 0 || part.exp == 0 {
		return n, false
	}
	n.End = after
	return n, part.plus(decimal{whole, 0}).set(&n.Value)
}

// smallInt reads at most three digits that are not part of more.
func smallInt(text string, pos int) (int64, int) {
	end := pos
	for isDigit(text, end) {
		if end++; end-pos > 3 {
			return 0, pos
		}
	}
	return coefficient(text[max(pos, 0):max(end, 0)]), end
}

// slash reads the "/4" of a fraction below one.
func slash(text string, top int64, pos int) (decimal, int, bool) {
	if pos >= len(text) || text[pos] != '/' {
		return decimal{}, pos, false
	}
	bottom, end := smallInt(text, pos+1)
	if end == pos+1 || top == 0 || top >= bottom || end < len(text) && text[end] == '/' {
		return decimal{}, pos, false
	}
	switch bottom {
	case 2, 4, 5, 8, 10, 16, 32, 64:
		return decimal{top * (1_000_000 / bottom), -6}, end, true
	}
	return decimal{}, pos, false
}

func fractionSign(text string, pos int) (decimal, int, bool) {
	if pos >= len(text) {
		return decimal{}, pos, false
	}
	r, size := utf8.DecodeRuneInString(text[pos:])
	v, ok := vulgar(r)
	return decimal{v, -3}, pos + size, ok
}

// Portion reads a fraction in words that begins at byte pos, with what ties it to
// the whole: "medio", "tres cuartos de", "a quarter of a", "half a", "one tenth
// of one". Only fractions that are exact decimals are read.
func (r *Reader) Portion(text string, pos int) (Number, bool) {
	n, ok := r.Part(text, pos)
	if !ok {
		return n, false
	}
	if _, next, ok := r.words.is(text, n.End, of); ok {
		n.End = next
	}
	if one, next, ok := r.words.is(text, n.End, article|numeral); ok && (one.class&article != 0 || one.value == 1) {
		n.End = next
	}
	return n, true
}

// Part reads a fraction in words that begins at byte pos: "medio", "tres cuartos",
// "a quarter", "one tenth". Only fractions that are exact decimals are read.
func (r *Reader) Part(text string, pos int) (Number, bool) {
	n := Number{Span: corpus.Span{Start: pos}, Spelled: true}
	w, end := r.words.look(text, min(pos, len(text)))
	if w == nil {
		return n, false
	}
	if w.class&part != 0 {
		n.End = end
		return n, w.part.set(&n.Value)
	}
	if w.class&(article|numeral|times|alone) == 0 {
		return n, false
	}
	count := decimal{1, 0}
	if w.class&article == 0 || w.class&numeral != 0 {
		whole, ok := r.At(text, pos)
		v, exact := whole.Int()
		if !ok || !exact || v < 1 || v > 999_999 {
			return n, false
		}
		count.coef, end = int64(v), whole.End
	}
	of, next, ok := r.words.is(text, end, part|parts)
	if !ok {
		return n, false
	}
	each := of.parts
	if of.class&parts == 0 {
		each = of.part
	}
	n.End = next
	return n, decimal{count.coef * each.coef, each.exp}.set(&n.Value)
}
