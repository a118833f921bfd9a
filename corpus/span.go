package corpus

import "unicode/utf8"

// Span is a half-open range of byte offsets into a document's text.
type Span struct {
	Start, End int
}

// Len is the number of bytes that s covers.
func (s Span) Len() int { return s.End - s.Start }

// Of returns the part of text that s covers.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Overlaps says whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Contains says whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Points converts byte offsets into a text to Unicode code points and back.
// It costs one pass over the text to make and constant time to ask.
type Points struct {
	text string
	// every[i] is the code point offset of byte i*stride, which every lookup
	// then counts on from.
	every []int32
}

const stride = 64

// NewPoints prepares the conversion for text.
func NewPoints(text string) *Points {
	p := &Points{text: text, every: make([]int32, 0, len(text)/stride+1)}
	n := int32(0)
	for i := 0; i < len(text); i++ {
		if i%stride == 0 {
			p.every = append(p.every, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return p
}

// Of returns the number of code points before byte offset b.
// b is clamped to the text.
func (p *Points) Of(b int) int {
	b = min(max(b, 0), len(p.text))
	if b == 0 {
		return 0
	}
	block := (b - 1) / stride
	n := int(p.every[block])
	for i := block * stride; i < b; i++ {
		if utf8.RuneStart(p.text[i]) {
			n++
		}
	}
	return n
}

// Byte returns the byte offset of code point n, clamped to the text.
func (p *Points) Byte(n int) int {
	lo, hi := 0, len(p.every)
	for lo < hi { // the last block that begins at or before n
		mid := (lo + hi) / 2
		if int(p.every[mid]) <= n {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return 0
	}
	at := int(p.every[lo-1])
	for i := (lo - 1) * stride; i < len(p.text); i++ {
		if utf8.RuneStart(p.text[i]) {
			if at == n {
				return i
			}
			at++
		}
	}
	return len(p.text)
}
