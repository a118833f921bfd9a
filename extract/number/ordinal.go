package number

import "vocero/corpus"

// Ordinal reads the ordinal number that begins at byte pos: "1º", "1.er",
// "21st", "primero", "vigésimo primero", "twenty-first".
func (r *Reader) Ordinal(text string, pos int) (Number, bool) {
	if pos < 0 || pos >= len(text) {
		return Number{}, false
	}
	value, end, ok := r.ordinalWords(text, pos)
	if isDigit(text, pos) {
		value, end, ok = r.ordinalDigits(text, pos)
	}
	if !ok {
		return Number{}, false
	}
	n := Number{Span: corpus.Span{Start: pos, End: end}, Spelled: !isDigit(text, pos)}
	n.Value.SetInt64(value)
	return n, true
}

// ordinalDigits reads up to four digits, a full stop maybe, and a suffix.
func (r *Reader) ordinalDigits(text string, pos int) (value int64, end int, ok bool) {
	end = pos
	for isDigit(text, end) && end-pos < 5 {
		end++
	}
	if end-pos > 4 {
		return 0, pos, false
	}
	value = coefficient(text[pos:end])
	at := end
	if at < len(text) && text[at] == '.' {
		at++
	}
	w, end := r.words.look(text, at)
	return value, end, w != nil && w.class&suffix != 0
}

// ordinalWords reads an ordinal in one word, or in two or three, of which the
// last is an ordinal: "vigésimo primero", "twenty-first", "vingt et unième".
func (r *Reader) ordinalWords(text string, pos int) (value int64, end int, ok bool) {
	w, end := r.words.look(text, pos)
	if w == nil {
		return 0, pos, false
	}
	room := w.rest
	switch {
	case w.class&ordinal != 0:
		value, ok = w.ordinal, true
	case w.class&(numeral|times) != 0:
		value, room = w.value, w.room
	default:
		return 0, pos, false
	}
	next := end
	if _, after, and := r.words.is(text, end, and); and {
		next = after
	}
	if last, lastEnd, found := r.words.is(text, next, ordinal); found && last.ordinal <= room {
		return value + last.ordinal, lastEnd, true
	}
	return value, end, ok
}

// Begins says whether the word at byte pos is one that a number, an ordinal or a
// fraction in words can begin with.
func (r *Reader) Begins(text string, pos int) bool {
	w, _ := r.words.look(text, pos)
	return w != nil && w.class&(numeral|times|alone|part|article|ordinal) != 0
}

// Short reads an abbreviated magnitude at byte pos, as it follows digits:
// "M", "bn", "Md", "k". It returns its power of ten and its end. Letter case
// counts, and no letter or digit may follow.
func (r *Reader) Short(text string, pos int) (power, end int, ok bool) {
	end = pos
	for end < len(text) && isLetter(text[end]) {
		end++
	}
	if end == pos || end-pos > 6 || isDigit(text, end) || end < len(text) && text[end] >= 0xC3 && text[end] < 0xCE {
		return 0, pos, false
	}
	p, ok := r.words.short[text[pos:end]]
	return int(p), end, ok
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// Scale reads a scale word at byte pos, as it follows a unit in "75 USD
// million". It returns its power of ten and its end.
func (r *Reader) Scale(text string, pos int) (power, end int, ok bool) {
	w, end := r.words.look(text, min(pos, len(text)))
	if w == nil || w.class&scale == 0 {
		return 0, pos, false
	}
	return int(w.value), end, true
}
