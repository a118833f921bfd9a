package train

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"vocero/extract/text"
)

// reader counts the words and bigrams of texts.
type reader struct {
	ids   map[string]uint32
	words []string
	count []uint32
	pairs []uint64 // a bigram each: first word in the upper half
}

func newReader() *reader {
	r := &reader{ids: map[string]uint32{}}
	r.id("\n") // before and after each sentence
	return r
}

func (r *reader) id(w string) uint32 {
	n, ok := r.ids[w]
	if !ok {
		w = strings.Clone(w)
		n = uint32(len(r.words))
		r.ids[w] = n
		r.words, r.count = append(r.words, w), append(r.count, 0)
	}
	r.count[n]++
	return n
}

func (r *reader) read(source, lang string) {
	t := text.Parse(source, lang)
	for _, s := range t.Sentences {
		before := r.id("\n")
		for i := s.First; i < s.Last; i++ {
			w := r.id(written(t.Word(i)))
			r.pairs = append(r.pairs, uint64(before)<<32|uint64(w))
			before = w
		}
		r.pairs = append(r.pairs, uint64(before)<<32)
	}
}

// written is a word as classes have it.
func written(w string) string {
	if !strings.ContainsFunc(w, unicode.IsDigit) {
		return w
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsDigit(c) {
			return '0'
		}
		return c
	}, w)
}

// neighbour is a word, or class, that stands beside another, and how often.
type neighbour struct{ word, times uint32 }

// frequent renumbers the words that occur often enough, the most frequent
// first, and returns them with their neighbours before and after.
func (r *reader) frequent(least uint32) (words []string, before, after [][]neighbour) {
	var order []uint32
	for id, n := range r.count {
		if n >= least {
			order = append(order, uint32(id))
		}
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(r.count[b], r.count[a]), cmp.Compare(r.words[a], r.words[b]))
	})
	number := make([]int, len(r.words))
	for i := range number {
		number[i] = -1
	}
	for n, id := range order {
		number[id] = n
		words = append(words, r.words[id])
	}
	before, after = make([][]neighbour, len(words)), make([][]neighbour, len(words))
	slices.Sort(r.pairs)
	for i := 0; i < len(r.pairs); {
		j := i
		for j < len(r.pairs) && r.pairs[j] == r.pairs[i] {
			j++
		}
		a, b, n := number[r.pairs[i]>>32], number[uint32(r.pairs[i])], uint32(j-i)
		if a >= 0 && b >= 0 {
			after[a] = append(after[a], neighbour{uint32(b), n})
			before[b] = append(before[b], neighbour{uint32(a), n})
		}
		i = j
	}
	return words, before, after
}
