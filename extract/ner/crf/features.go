package crf

import (
	"vocero/extract/text"
)

// Features turns the tokens of one text into features, a sentence at a time.
// It looks once over the whole text first, for what a word is elsewhere in it.
type Features struct {
	text  *text.Text
	lang  uint32
	words []word
	// seen says of a word, by lower, how it is written elsewhere in the text.
	seen map[uint32]uint8
	runs []run
	// signs of each token, and how many tokens of a word have each sign.
	signs []uint8
	sum   map[uint32]*[8]uint16
	// long[w] is the first word of the name whose initials the word w spells.
	long map[uint32]uint32
	out  []uint32 // of the sentence at hand
}

// Row are the features of a token: those of its context and its form, then
// those that know the word by itself.
type Row struct {
	Context []uint32
	All     []uint32 // begins with Context
}

// The ways in which a word is written in a text.
const (
	seenLower   uint8 = 1 << iota // in small letters
	seenCapital                   // with a capital within a sentence
	seenAllCaps                   // in capitals, in a sentence that is not
)

// run is a row of capitalised words, with the small ones between them: it is
// most often a name, or several with a comma between.
type run struct{ first, last int } // tokens; last is its last one; none: first > last

// NewFeatures looks over t.
func NewFeatures(t *text.Text, x *Lexicon) *Features {
	f := &Features{text: t, lang: Hash(t.Lang), seen: make(map[uint32]uint8, len(t.Tokens)/2)}
	f.words = make([]word, len(t.Tokens))
	for i, token := range t.Tokens {
		f.words[i] = look(token.Of(t.Source), token.Kind, x)
	}
	for _, s := range t.Sentences {
		f.see(s)
		f.phrases(s, x)
	}
	f.findRuns()
	f.signs, f.sum, f.long = make([]uint8, len(f.words)), map[uint32]*[8]uint16{}, map[uint32]uint32{}
	for _, s := range t.Sentences {
		f.findSigns(s)
	}
	return f
}

// see notes how the words of a sentence are written.
func (f *Features) see(s text.Sentence) {
	if f.shouts(s) {
		return
	}
	for i := s.First; i < s.Last; i++ {
		w := &f.words[i]
		switch {
		case w.kind != text.Word:
		case w.allCaps:
			f.seen[w.lower] |= seenAllCaps
		case w.capital && i > s.First:
			f.seen[w.lower] |= seenCapital
		case !w.capital:
			f.seen[w.lower] |= seenLower
		}
	}
}

// shouts says whether a sentence is all in capitals, or capitalises every word,
// as headlines do: capitals say nothing there.
func (f *Features) shouts(s text.Sentence) bool {
	capitals, words := 0, 0
	for i := s.First; i < s.Last; i++ {
		if w := &f.words[i]; w.kind == text.Word && !w.join {
			words++
			if w.capital {
				capitals++
			}
		}
	}
	return words >= 4 && capitals*5 >= words*4
}

// phrases marks the words of phrases that are on a list, the longest at each word.
func (f *Features) phrases(s text.Sentence, x *Lexicon) {
	const longest = 5
	for i := s.First; i < s.Last; i++ {
		if !f.words[i].capital {
			continue
		}
		hash := f.words[i].folded
		bits, length := x.names(hash)&phraseBits, 1
		for n := 1; n < longest && i+n < s.Last; n++ {
			hash = joinPhrase(hash, f.words[i+n].folded)
			if b := x.names(hash) & phraseBits; b != 0 {
				bits, length = b, n+1
			}
		}
		for n := range length {
			f.words[i+n].names |= bits
		}
	}
}

// findRuns gives every token the row of capitals that it is part of.
func (f *Features) findRuns() {
	f.runs = make([]run, len(f.words))
	for i := range f.runs {
		f.runs[i] = run{1, 0}
	}
	for _, s := range f.text.Sentences {
		for i := s.First; i < s.Last; i++ {
			if !f.words[i].capital {
				continue
			}
			end := i
			for j := i + 1; j < s.Last && j-end <= 3 && (f.words[j].capital || f.words[j].join); j++ {
				if f.words[j].capital {
					end = j
				}
			}
			for j := i; j <= end; j++ {
				f.runs[j] = run{i, end}
			}
			i = end
		}
	}
}

// Sentence returns the features of each token of s; they are good until the
// next call.
func (f *Features) Sentence(s text.Sentence) []Row {
	f.out = f.out[:0]
	loud := f.shouts(s)
	state := quotes{}
	type place struct{ context, end int }
	places := make([]place, s.Last-s.First)
	for i := s.First; i < s.Last; i++ {
		state.next(f.text.Word(i))
		f.context(i, s, loud, state)
		places[i-s.First].context = len(f.out)
		f.word(i, s)
		places[i-s.First].end = len(f.out)
	}
	rows := make([]Row, len(places))
	at := 0
	for i, p := range places {
		rows[i] = Row{f.out[at:p.context:p.context], f.out[at:p.end:p.end]}
		at = p.end
	}
	return rows
}

// quotes says what a token stands within.
type quotes struct{ bracket, quote bool }

func (q *quotes) next(token string) {
	switch token {
	case "(", "[":
		q.bracket = true
	case ")", "]":
		q.bracket = false
	case "“", "«":
		q.quote = true
	case "”", "»":
		q.quote = false
	case `"`:
		q.quote = !q.quote
	}
}

// edge stands for the words beyond a sentence's ends.
var edge = word{lower: 1, folded: 1, shape: 1}

func (f *Features) at(i int, s text.Sentence) *word {
	if i < s.First || i >= s.Last {
		return &edge
	}
	return &f.words[i]
}

func (f *Features) add(template, a, b uint32) { f.out = append(f.out, join(template, a, b)) }

// The templates are numbered in the order in which they are added; what is in
// a number never changes for a model of one version.
func (f *Features) context(i int, s text.Sentence, loud bool, q quotes) {
	w := f.at(i, s)
	b1, b2, b3 := f.at(i-1, s), f.at(i-2, s), f.at(i-3, s)
	a1, a2, a3 := f.at(i+1, s), f.at(i+2, s), f.at(i+3, s)
	style := bits(loud, i == s.First, q.bracket, q.quote)
	known := uint32(f.seen[w.lower])

	f.add(0, 0, f.lang)
	f.add(1, w.shape, style)
	f.add(2, w.shape, known)
	f.add(3, join(3, b1.shape, w.shape), a1.shape)
	f.add(4, join(4, b2.shape, b1.shape), join(4, w.shape, join(4, a1.shape, a2.shape)))
	f.add(5, b1.lower, w.shape)
	f.add(6, a1.lower, w.shape)
	f.add(7, b2.lower, w.shape)
	f.add(8, a2.lower, w.shape)
	f.add(9, b3.lower, 0)
	f.add(10, a3.lower, 0)
	f.add(11, b2.lower, b1.lower)
	f.add(12, a1.lower, a2.lower)
	f.add(13, b1.lower, a1.lower)
	for n := range 4 {
		f.add(20+uint32(n), w.affixes[4+n], bits(w.capital, w.allCaps))
	}
	f.clusters(w, b1, b2, a1, a2)
	if !w.capital {
		f.small(i, s, w, b1)
	}
	f.lists(w, b1, a1, style)
	f.runFeatures(i, s, w)
	f.farther(i, s, w)
}

// farther adds what other places in the text say of the word, and what stands
// around it beyond the small words.
func (f *Features) farther(i int, s text.Sentence, w *word) {
	if w.capital {
		g := f.elsewhere(i)
		f.add(70, g, w.shape)
		f.add(71, g, bits(f.runs[i].first == i, f.runs[i].last == i))
		for k := range 8 {
			if g>>k&1 != 0 {
				f.add(72, uint32(k), 0)
			}
		}
		if long := f.long[w.lower]; long != 0 {
			f.add(73, long, w.shape)
		}
		f.add(77, uint32(f.signs[i]), 0)
	}
	r := f.runs[i]
	if r.first <= r.last {
		head := f.at(f.headBefore(r, s), s)
		f.add(74, head.lower, uint32(min(i-r.first, 2)))
		f.add(75, uint32(head.cluster), uint32(min(i-r.first, 2)))
		return
	}
	for n := 1; n <= 4; n++ {
		a := f.at(i+n, s)
		if a.join {
			continue
		}
		f.add(76, w.lower, join(76, a.shape, uint32(a.names)&phraseBits))
		break
	}
}

// word adds the features that know a word by itself. Training leaves them out
// for some tokens, and so learns from context.
func (f *Features) word(i int, s text.Sentence) {
	w, b1, b2, a1, a2 := f.at(i, s), f.at(i-1, s), f.at(i-2, s), f.at(i+1, s), f.at(i+2, s)
	f.add(60, w.lower, 0)
	f.add(61, w.lower, w.shape)
	f.add(62, b1.lower, w.lower)
	f.add(63, w.lower, a1.lower)
	f.add(64, w.lower, f.lang)
	f.add(65, w.affixes[2], w.shape)
	f.add(66, w.affixes[3], w.shape)
	f.add(67, join(67, b2.lower, b1.lower), w.lower)
	f.add(68, join(68, w.lower, a1.lower), a2.lower)
	if f.runs[i].first <= f.runs[i].last {
		f.add(69, f.phrase(f.runs[i]), uint32(i-f.runs[i].first))
	}
}

func (f *Features) clusters(w, b1, b2, a1, a2 *word) {
	c := uint32(w.cluster)
	f.add(30, c, w.shape)
	f.add(31, uint32(b1.cluster), w.shape)
	f.add(32, uint32(a1.cluster), w.shape)
	f.add(33, uint32(b1.cluster), c)
	f.add(34, c, uint32(a1.cluster))
	f.add(35, uint32(b2.cluster), uint32(b1.cluster))
	f.add(36, uint32(a1.cluster), uint32(a2.cluster))
	f.add(80, uint32(w.broad), w.shape)
	f.add(81, uint32(b1.broad), join(81, uint32(w.broad), uint32(a1.broad)))
	f.add(82, join(82, uint32(b2.broad), uint32(b1.broad)), w.shape)
	f.add(83, join(83, uint32(a1.broad), uint32(a2.broad)), w.shape)
	f.add(84, join(84, uint32(b1.broad), w.shape), uint32(a1.broad))
}

// small adds how far a small word is from the capitals on both sides: names
// rarely go on for long in small letters.
func (f *Features) small(i int, s text.Sentence, w, b1 *word) {
	const most = 7
	back, ahead := 1, 1
	for back < most && i-back >= s.First && !f.words[i-back].capital {
		back++
	}
	if i-back < s.First {
		back = most + 1
	}
	for ahead < most && i+ahead < s.Last && !f.words[i+ahead].capital {
		ahead++
	}
	if i+ahead >= s.Last {
		ahead = most + 1
	}
	f.add(90, uint32(back), uint32(ahead))
	f.add(91, uint32(back), join(91, uint32(w.broad), f.lang))
	f.add(92, uint32(back), join(92, uint32(b1.broad), uint32(w.cluster)))
}

func (f *Features) lists(w, b1, a1 *word, style uint32) {
	names := uint32(w.names)
	f.add(40, names, w.shape)
	f.add(41, names, style)
	f.add(42, uint32(b1.names), names)
	f.add(43, names, uint32(a1.names))
	f.add(44, uint32(b1.names), join(44, names, uint32(a1.names)))
	for bit := uint32(1); bit <= names; bit <<= 1 {
		if names&bit != 0 {
			f.add(45, bit, bits(w.capital))
		}
	}
}

// runFeatures say what the token's row of capitals begins and ends with, what
// stands before and after it, and where in it the token is.
func (f *Features) runFeatures(i int, s text.Sentence, w *word) {
	r := f.runs[i]
	if r.first > r.last {
		f.add(50, 0, 0)
		return
	}
	head, tail := f.at(r.first, s), f.at(r.last, s)
	before, after := f.at(r.first-1, s), f.at(r.last+1, s)
	place := uint32(min(i-r.first, 3)*4 + min(r.last-i, 3))
	f.add(50, 1, place)
	f.add(51, head.lower, place)
	f.add(52, tail.lower, place)
	f.add(53, before.lower, place)
	f.add(54, after.lower, place)
	f.add(55, join(55, before.lower, after.lower), place)
	f.add(56, uint32(head.names), join(56, uint32(tail.names), place))
	f.add(57, uint32(before.cluster), place)
	f.add(58, head.lower, w.lower)
	f.add(59, uint32(head.cluster), place)
}

func (f *Features) phrase(r run) uint32 {
	h := f.words[r.first].lower
	for i := r.first + 1; i <= min(r.last, r.first+7); i++ {
		h = joinPhrase(h, f.words[i].lower)
	}
	return h
}

func bits(flags ...bool) uint32 {
	var n uint32
	for i, flag := range flags {
		if flag {
			n |= 1 << i
		}
	}
	return n
}
