package crf

import (
	"math"

	"vocero/corpus"
	"vocero/extract/text"
)

// Tagger finds names with a model. It is safe for concurrent use.
type Tagger struct{ model *Model }

// NewTagger makes a tagger of m.
func NewTagger(m *Model) *Tagger { return &Tagger{m} }

// Model is the tagger's model.
func (g *Tagger) Model() *Model { return g.model }

// Header says what the tagger's model is.
func (g *Tagger) Header() Header { return g.model.Header }

// Find returns the names in t, in order, none overlapping. Confidence is how
// often names of its probability are right.
func (g *Tagger) Find(t *text.Text) []corpus.Mention {
	found := g.find(t, true)
	for i := range found {
		found[i].Confidence = g.model.confidence(found[i].Confidence)
	}
	return found
}

// FindRaw is Find before names of units and bodies are parted, with the model's
// own probability for Confidence: on these Header's Slope and Offset are fitted.
func (g *Tagger) FindRaw(t *text.Text) []corpus.Mention { return g.find(t, false) }

func (g *Tagger) find(t *text.Text, parted bool) []corpus.Mention {
	features := NewFeatures(t, g.model.lexicon)
	d := newDocument(t, features)
	d.parted = parted
	var c chain
	for _, s := range t.Sentences {
		c.score(g.model, features.Sentence(s))
		d.encourage(s, &c)
		c.forwardBackward()
		d.note(s, &c)
	}
	d.agree()
	names := make([][]name, len(t.Sentences))
	for i, s := range t.Sentences {
		names[i] = d.names(s, &c)
	}
	d.headlines(names, &c)
	var found []corpus.Mention
	for _, inSentence := range names {
		found = append(found, d.mentions(inSentence)...)
	}
	return found
}

func (m *Model) confidence(p float64) float64 {
	const most = 1 - 1e-6
	p = min(max(p, 1-most), most)
	if m.Slope == 0 {
		return p
	}
	return 1 / (1 + math.Exp(-(m.Slope*math.Log(p/(1-p)) + m.Offset)))
}
