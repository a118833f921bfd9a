package crf

import "vocero/extract/text"

// The signs by which a place in the text says what a word there is. What they
// say at one place helps at all others where the word stands.
const (
	afterTitle     uint8 = 1 << iota // Dr. X, senator X
	afterForename                    // Ana X
	forenameOfMore                   // X Ruiz, X being a known forename
	withOrgWord                      // in a row of capitals that has a word of organizations
	headOfOrg                        // at the head of such a row
	afterIn                          // alone after en, in, em, à
	bracketed                        // alone in brackets, after a row of capitals
	withPlaceWord                    // in a row of capitals with a word of places, or before it
)

// The lists of Lexicon.NameBits that signs look at.
const (
	forenameBits = 1<<0 | 1<<2
	surnameBits  = 1<<1 | 1<<3
	titleBit     = 1 << 4
	orgBit       = 1 << 5
	placeBit     = 1 << 6
)

var ins = hashes("en", "in", "em", "à", "at", "no", "na")

func (f *Features) findSigns(s text.Sentence) {
	if f.shouts(s) {
		return
	}
	for i := s.First; i < s.Last; i++ {
		r := f.runs[i]
		if r.first != i || r.first > r.last {
			continue
		}
		f.signsOfRun(r, s)
	}
}

func (f *Features) signsOfRun(r run, s text.Sentence) {
	var names uint16
	for i := r.first; i <= r.last; i++ {
		names |= f.words[i].names
	}
	before, b2, after := f.at(r.first-1, s), f.at(r.first-2, s), f.at(r.last+1, s)
	title := before.names&titleBit != 0 || b2.names&titleBit != 0 && before.kind == text.Punct
	alone := r.first == r.last
	for i := r.first; i <= r.last; i++ {
		w := &f.words[i]
		if !w.capital {
			continue
		}
		var g uint8
		if title {
			g |= afterTitle
		}
		if i > r.first {
			if b := &f.words[i-1]; b.capital && b.names&forenameBits != 0 || b.join && i-2 >= r.first && f.words[i-2].names&forenameBits != 0 {
				g |= afterForename
			}
		}
		if i < r.last && w.names&forenameBits != 0 && f.words[i+1].capital {
			g |= forenameOfMore
		}
		if (names&orgBit != 0 || f.orgBefore(r, s)) && (w.names&orgBit == 0 || !alone) {
			g |= withOrgWord
			if i == r.first {
				g |= headOfOrg
			}
		}
		if alone && ins[before.lower] {
			g |= afterIn
		}
		if names&placeBit != 0 || before.names&placeBit != 0 || b2.names&placeBit != 0 && before.join {
			g |= withPlaceWord
		}
		f.sign(i, g)
	}
	if alone && f.words[r.first].allCaps && before.kind == text.Punct && after.kind == text.Punct {
		if p := f.run(r.first-2, s); p.first <= p.last && p.last == r.first-2 {
			f.sign(r.first, bracketed)
			f.long[f.words[r.first].lower] = f.words[p.first].lower
		}
	}
}

func (f *Features) run(i int, s text.Sentence) run {
	if i < s.First || i >= s.Last {
		return run{1, 0}
	}
	return f.runs[i]
}

// orgBefore says whether a word of organizations in small letters stands before
// a row of capitals: "universidad de", "ministère de la".
func (f *Features) orgBefore(r run, s text.Sentence) bool {
	return f.at(f.headBefore(r, s), s).names&orgBit != 0
}

// headBefore is the word before a row of capitals and the small words of it.
func (f *Features) headBefore(r run, s text.Sentence) int {
	i := r.first - 1
	for n := 0; n < 3 && i > s.First && f.words[i].join; n++ {
		i--
	}
	return i
}

func (f *Features) sign(i int, g uint8) {
	f.signs[i] |= g
	sum := f.sum[f.words[i].lower]
	if sum == nil {
		sum = &[8]uint16{}
		f.sum[f.words[i].lower] = sum
	}
	for k := range sum {
		if g>>k&1 != 0 {
			sum[k]++
		}
	}
}

// elsewhere are the signs that a word has at other places in the text.
func (f *Features) elsewhere(i int) (g uint32) {
	sum := f.sum[f.words[i].lower]
	if sum == nil {
		return 0
	}
	for k, n := range sum {
		if n > uint16(f.signs[i]>>k&1) {
			g |= 1 << k
		}
	}
	return g
}
