package crf

import (
	"math"

	"vocero/corpus"
	"vocero/extract/text"
)

// document is what the model thinks of a whole text. A name seen clearly in one
// place is so recognised in others: a surname after the full name, an acronym
// without its brackets, a headline in capitals.
type document struct {
	text        *text.Text
	features    *Features
	transitions *[Labels * Labels]float32
	local       [][Labels]float32 // of each token, as the model scores it
	thought     []thought         // of each token, what it is
	words       map[uint32]*tally
	parted      bool // whether units are parted from their bodies
}

// thought is the probability of being in no name, or in one of each kind.
type thought [1 + len(kinds)]float64

// tally sums thoughts over all places where a word stands in capitals.
type tally struct {
	sum   thought
	times int
}

func newDocument(t *text.Text, f *Features) *document {
	n := len(t.Tokens)
	return &document{text: t, features: f, local: make([][Labels]float32, n), thought: make([]thought, n), words: map[uint32]*tally{}}
}

// note keeps what the model thinks of a sentence, taken by itself.
func (d *document) note(s text.Sentence, c *chain) {
	d.transitions = c.transitions
	copy(d.local[s.First:s.Last], c.local)
	for i := s.First; i < s.Last; i++ {
		t := &d.thought[i]
		for l, p := range c.marginals(i - s.First) {
			t[kindOf(Label(l))] += p
		}
		if !d.repeats(i) {
			continue
		}
		w := d.words[d.features.words[i].lower]
		if w == nil {
			w = &tally{}
			d.words[d.features.words[i].lower] = w
		}
		w.times++
		for k, p := range t {
			w.sum[k] += p
		}
	}
}

func kindOf(l Label) int {
	if l == Outside {
		return 0
	}
	return 1 + l.kind()
}

// repeats says whether a token takes part: words with a capital.
func (d *document) repeats(i int) bool {
	w := &d.features.words[i]
	return w.capital && w.kind == text.Word
}

// eager makes up for a model that is too shy where it was not trained, and finds
// too few names of publishers never seen.
const eager = 0.75

// encourage makes names likelier in a sentence: a word with a capital is less
// likely to be in none. Small words get nothing, or names would run on over them.
// Where capitals say nothing, only the first word of a name gets it.
func (d *document) encourage(s text.Sentence, c *chain) {
	loud := d.features.shouts(s)
	for i := range c.local {
		switch {
		case loud:
			for l := range Label(Labels) {
				if l.opens() {
					c.local[i][l] += eager
				}
			}
		case d.features.words[s.First+i].capital:
			c.local[i][Outside] -= eager
		}
	}
}

// agreement says how strongly a word goes with what is thought of it elsewhere:
// as no name, and as one of each kind. Persons are spoken of by the same words
// all through a text; the words of bodies stand in much else. What is all in
// capitals goes with acronyms.
var agreement, acronyms = thought{0.5, 4, 1, 1.5}, thought{2, 2, 2, 2}

// agree moves the scores of each word towards what is thought of it elsewhere.
func (d *document) agree() {
	for i := range d.local {
		if !d.repeats(i) {
			continue
		}
		w := d.words[d.features.words[i].lower]
		others := float64(w.times - 1)
		if others < 1 {
			continue
		}
		strength := &agreement
		if d.features.words[i].allCaps {
			strength = &acronyms
		}
		sure := others / (others + 1)
		for l := range Label(Labels) {
			k := kindOf(l)
			own := d.thought[i][k]
			d.local[i][l] += float32(strength[k] * sure * ((w.sum[k]-own)/others - own))
		}
	}
}

// name is a name as it was found: its tokens, from first to last, its kind, and
// the probability that the model gives it.
type name struct {
	first, last, kind int
	p                 float64
}

// names are the names of a sentence.
func (d *document) names(s text.Sentence, c *chain) []name {
	c.reset(s.Last-s.First, d.transitions)
	copy(c.local, d.local[s.First:s.Last])
	labels := c.best()
	c.forwardBackward()
	var found []name
	for i := 0; i < len(labels); i++ {
		if labels[i] == Outside {
			continue
		}
		from := i
		for !labels[i].closes() {
			i++
		}
		p := math.Exp(c.logProbability(from, labels[from:i+1]))
		found = append(found, name{s.First + from, s.First + i, labels[i].kind(), p})
	}
	return d.whole(found)
}

// whole joins the parts of a person's name that have particles alone between
// them: "João Batista" dos "Santos Filho".
func (d *document) whole(names []name) []name {
	out := names[:0]
	for _, n := range names {
		if last := len(out) - 1; last >= 0 && out[last].kind == n.kind && kinds[n.kind] == corpus.Person && d.particles(out[last].last+1, n.first) {
			out[last].last = n.last
			out[last].p = min(out[last].p, n.p)
			continue
		}
		out = append(out, n)
	}
	return out
}

// particles says whether the tokens from one up to another are particles, three
// at most.
func (d *document) particles(from, to int) bool {
	for i := from; i < to; i++ {
		if w := &d.features.words[i]; w.capital || !unitWords()["particle"][w.folded] {
			return false
		}
	}
	return from < to && to-from <= 3
}

// mentions are names with their places in the text, units parted from bodies.
func (d *document) mentions(names []name) []corpus.Mention {
	var found []corpus.Mention
	for _, n := range names {
		m := corpus.Mention{
			Span:       corpus.Span{Start: d.text.Tokens[n.first].Start, End: d.text.Tokens[n.last].End},
			Kind:       kinds[n.kind],
			Confidence: n.p,
		}
		if d.parted {
			found = d.part(found, n.first, n.last, m)
		} else {
			found = append(found, m)
		}
	}
	return found
}
