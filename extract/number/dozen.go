package number

import "vocero/corpus"

// dozens multiplies a whole number by the dozen after it, if one is: "2 docenas".
func (r *Reader) dozens(text string, n Number) Number {
	w, end, ok := r.words.is(text, n.End, dozen)
	v, whole := n.Int()
	if !ok || !whole || v < 1 {
		return n
	}
	n.End = end
	n.Value.SetInt64(int64(v) * w.value)
	return n
}

// aDozen reads a dozen after an article or a half: "a dozen", "half a dozen",
// "media docena".
func (r *Reader) aDozen(text string, pos int) (Number, bool) {
	w, end := r.words.look(text, pos)
	if w == nil || w.class&(part|article) == 0 {
		return Number{}, false
	}
	n := Number{Span: corpus.Span{Start: pos, End: end}, Spelled: true}
	if w.class&part != 0 {
		if _, next, ok := r.words.is(text, end, article); ok {
			end = next
		}
	}
	of, end, ok := r.words.is(text, end, dozen)
	if !ok || w.class&article == 0 && w.part != (decimal{5, -1}) {
		return Number{}, false
	}
	n.End = end
	count := of.value
	if w.class&article == 0 {
		count /= 2
	}
	n.Value.SetInt64(count)
	return n, true
}
