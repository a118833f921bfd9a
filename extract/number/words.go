package number

// look finds what the lexicon knows of the word at pos, and the word's end.
func (l *lexicon) look(text string, pos int) (*word, int) {
	var buf [2 * maxWord]byte
	key, end := Fold(buf[:0], text, pos)
	if len(key) == 0 {
		return nil, end
	}
	return l.words[string(key)], end
}

// is looks for a word of the class after the gap at pos.
func (l *lexicon) is(text string, pos int, c class) (w *word, end int, ok bool) {
	at := gap(text, pos)
	if at == pos {
		return nil, pos, false
	}
	w, end = l.look(text, at)
	return w, end, w != nil && w.class&c != 0
}

// spell reads on from s.end as far as the words go on with the number.
func (r *Reader) spell(text string, s *sum) {
	if !s.open {
		if !r.begin(text, s) {
			return
		}
	}
	before := *s // as it was before the group that is being read
	before.open, before.group = false, decimal{}
	for !s.done {
		was := *s
		switch r.step(text, s) {
		case stepOn:
			if s.open && !was.open {
				before = was
			}
			if !s.open {
				s.closed = s.end
			}
		case stepBack: // the group belongs to the next number: "mil e dois mil"
			if before.n > 0 {
				*s = before
			} else {
				*s = was
			}
			return
		case stepEnd:
			*s = was
			return
		}
	}
}

// step is how reading one more piece of a number went.
type step int

const (
	stepEnd  step = iota // nothing more belongs to it
	stepOn               // one piece more
	stepBack             // the last group does not belong to it
)

// begin reads the first word of a number.
func (r *Reader) begin(text string, s *sum) bool {
	w, end := r.words.look(text, s.end)
	if w == nil {
		return false
	}
	switch {
	case w.class&part != 0 && r.portion(text, w, end, s):
		return true
	case w.class&numeral != 0:
		s.add(w.value, w.room)
	case w.class&times != 0:
		if !s.times(w) {
			return false
		}
	case w.class&alone != 0:
		if !s.scale(int32(w.value), true) {
			return false
		}
	case w.class&article != 0:
		if _, _, ok := r.words.is(text, end, scale|times); !ok {
			return r.articled(text, end, s)
		}
		s.add(1, 0)
	default:
		return false
	}
	s.end = end
	return true
}

// articled reads "a quarter of a million" after its article.
func (r *Reader) articled(text string, end int, s *sum) bool {
	w, end, ok := r.words.is(text, end, part)
	return ok && r.portion(text, w, end, s)
}

// portion reads "medio millón", "half a million", "a quarter of a million"
// from after its first word, up to the scale word.
func (r *Reader) portion(text string, w *word, end int, s *sum) bool {
	at := end
	for range 2 { // of, a
		if _, next, ok := r.words.is(text, at, of|article); ok {
			at = next
		}
	}
	if _, _, ok := r.words.is(text, at, scale); !ok {
		return false
	}
	s.digits(w.part, at)
	return true
}

// step reads one more word, or and-word and word, of a number.
func (r *Reader) step(text string, s *sum) step {
	at := gap(text, s.end)
	if at == s.end && !(s.open && s.last == 0 && isDigit(text, at-1)) {
		return stepEnd
	}
	if isDigit(text, at) {
		return r.stepDigits(text, at, s)
	}
	w, end := r.words.look(text, at)
	if w == nil {
		return stepEnd
	}
	back := stepEnd
	var ok bool
	switch {
	case w.class&scale != 0:
		ok = s.scale(int32(w.value), false)
		back = stepBack
	case w.class&times != 0:
		ok = s.times(w)
	case w.class&part != 0 && s.open && s.group == decimal{1, 0}:
		return r.stepDemi(text, w, end, s)
	case w.class&numeral != 0:
		ok = s.add(w.value, w.room)
	case w.class&point != 0:
		return r.stepPoint(text, end, s)
	case w.class&and != 0:
		return r.stepAnd(text, w, end, s)
	}
	if !ok {
		return back
	}
	s.end = end
	return stepOn
}

// stepDemi reads "demi" in "un demi-million".
func (r *Reader) stepDemi(text string, w *word, end int, s *sum) step {
	if _, _, ok := r.words.is(text, end, scale); !ok {
		return stepEnd
	}
	s.digits(w.part, end)
	return stepOn
}

// stepAnd reads an and-word with the word after it: a numeral for which there
// is the right room, or a half.
func (r *Reader) stepAnd(text string, w *word, end int, s *sum) step {
	if at := gap(text, end); isDigit(text, at) && at > end && s.beyond() {
		return r.stepDigits(text, at, s)
	}
	next, nextEnd, ok := r.words.is(text, end, numeral|times|article|part)
	if !ok {
		return stepEnd
	}
	if next.class&(article|numeral) != 0 {
		if p, pEnd, ok := r.words.is(text, nextEnd, part); ok && (next.class&article != 0 || next.value == 1) {
			next, nextEnd = p, pEnd
		}
	}
	if next.class&part != 0 && next.part == (decimal{5, -1}) && s.half() {
		s.end = nextEnd
		return stepOn
	}
	room := s.room
	if !s.open && s.n > 0 {
		room = 999
	}
	if room < w.least || room > w.most || next.class&(numeral|times) == 0 {
		return stepEnd
	}
	if next.class&times != 0 && next.alone < 0 || !s.add(next.value, max(next.room, 0)) {
		return stepEnd
	}
	s.end = nextEnd
	return stepOn
}

// stepDigits reads the digits in "mil 200", "2 millones 500 mil" and "22 mil
// 821.5 millones".
func (r *Reader) stepDigits(text string, at int, s *sum) step {
	end := at
	for isDigit(text, end) && end-at < 4 {
		end++
	}
	whole := end - at
	if s.open || s.n == 0 || whole > 3 || text[at] == '0' && whole < 3 {
		return stepEnd
	}
	decimals := 0
	if end < len(text) && (text[end] == '.' || text[end] == ',') && isDigit(text, end+1) {
		for end++; isDigit(text, end) && decimals < 3; end++ {
			decimals++
		}
		if decimals > 2 || end < len(text)-1 && (text[end] == '.' || text[end] == ',') && isDigit(text, end+1) {
			return stepEnd
		}
	}
	last := s.terms[s.n-1].scale
	if w, _, ok := r.words.is(text, end, scale); ok {
		if int32(w.value) >= last && (last != 3 || s.n > 1 || w.value == 3) {
			return stepEnd // but "18 mil 500 millones" goes on
		}
	} else if whole != 3 || last != 3 {
		return stepEnd
	}
	s.digits(decimal{coefficient(text[at:end]), int32(-decimals)}, end)
	s.point = decimals > 0
	return stepOn
}

// stepPoint reads a spelled decimal: the words after "coma" are its digits.
func (r *Reader) stepPoint(text string, end int, s *sum) step {
	if !s.open || s.last == 0 && s.room == 0 && s.group.coef != 0 || s.group.exp != 0 {
		return stepEnd
	}
	frac, digits := r.decimals(text, end)
	if digits == 0 {
		return stepEnd
	}
	for range digits {
		s.group.coef *= 10
	}
	s.group.coef += frac.group.coef
	s.group.exp -= int32(digits)
	s.last, s.room, s.point, s.end = 0, 0, true, frac.end
	return stepOn
}

// decimals reads the words after a spelled decimal separator, zeros first, and
// says how many digits they are.
func (r *Reader) decimals(text string, pos int) (s sum, digits int) {
	s.end = pos
	zeros := 0
	for zeros < 6 {
		w, end, ok := r.words.is(text, s.end, numeral)
		if !ok || w.value != 0 {
			break
		}
		zeros++
		s.end = end
	}
	if w, end, ok := r.words.is(text, s.end, numeral); ok {
		s.add(w.value, w.room)
		s.end = end
		s.last = 0
		for r.stepDecimal(text, &s) {
		}
	}
	for v := s.group.coef; v > 0; v /= 10 {
		digits++
	}
	return s, zeros + digits
}

// stepDecimal reads one more word, with an and-word before it or not, of the
// digits after a spelled decimal separator.
func (r *Reader) stepDecimal(text string, s *sum) bool {
	w, end, ok := r.words.is(text, s.end, numeral|and)
	if ok && w.class&and != 0 && s.room >= w.least && s.room <= w.most {
		w, end, ok = r.words.is(text, end, numeral)
	}
	if !ok || w.class&numeral == 0 || !s.add(w.value, w.room) {
		return false
	}
	s.end = end
	return true
}
