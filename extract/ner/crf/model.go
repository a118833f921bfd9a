// Package crf is the model behind the tagger of names: a linear-chain
// conditional random field over the tokens of a sentence, with hashed features
// and weights of one byte:
//
//	model, err := crf.Read(file)
//	tagger := crf.NewTagger(model)
//	names := tagger.Find(t) // t is a *text.Text
//
// Lafferty, McCallum and Pereira (2001) describe the model; the labels are BILOU
// (Ratinov and Roth, 2009). What a token looks like to it is in features.go.
package crf

import (
	"vocero/corpus"
)

// Label is what a token is within a name: one of Labels.
type Label uint8

// Outside is the label of a token in no name. The others are, for each kind,
// Begin, Inside, Last and Unit (a name of one token), in this order.
const Outside Label = 0

// The places of a token within a name.
const (
	begin = iota
	inside
	last
	unit
)

// kinds are the kinds of names, in the order of their labels.
var kinds = [...]corpus.Kind{corpus.Person, corpus.Organization, corpus.Place}

// Labels is the number of labels.
const Labels = 1 + 4*len(kinds)

// KindIndex returns the place of kind among the model's kinds, or -1.
func KindIndex(kind corpus.Kind) int {
	for i, k := range kinds {
		if k == kind {
			return i
		}
	}
	return -1
}

// LabelAt is the label of token i of n in a name of the kind with that index.
func LabelAt(kind, i, n int) Label {
	place := inside
	switch {
	case n == 1:
		place = unit
	case i == 0:
		place = begin
	case i == n-1:
		place = last
	}
	return Label(1 + 4*kind + place)
}

func (l Label) kind() int  { return int(l-1) / 4 }
func (l Label) place() int { return int(l-1) % 4 }
func (l Label) opens() bool {
	return l != Outside && (l.place() == begin || l.place() == unit)
}
func (l Label) closes() bool {
	return l != Outside && (l.place() == last || l.place() == unit)
}

// Follows says whether b may come after a; Outside stands for the sentence's
// edges too.
func Follows(a, b Label) bool {
	if a == Outside || a.closes() {
		return b == Outside || b.opens()
	}
	return b != Outside && !b.opens() && b.kind() == a.kind()
}

// Model is a trained tagger: read it with Read, or let train make one. It is
// not changed once made.
type Model struct {
	Header
	weights     []int8                   // of bucket b and label l: weights[b*Labels+l]
	transitions [Labels * Labels]float32 // from a to b: transitions[a*Labels+b]
	lexicon     *Lexicon
}

// Header says what a model is and how it was made.
type Header struct {
	Bits      int     `json:"bits"`      // features hash into 1<<Bits buckets
	Scale     float32 `json:"scale"`     // what a weight of 1 is worth
	Data      string  `json:"data"`      // SHA-256 of the training data, see train
	Texts     string  `json:"texts"`     // SHA-256 of the texts that classes of words were learnt from
	Options   string  `json:"options"`   // of the training, as they print
	Documents int     `json:"documents"` // trained on
	// Slope and Offset make confidences of the model's probabilities:
	// 1/(1+exp(-(Slope*logit(p)+Offset))), fitted on releases left out.
	Slope  float64 `json:"slope"`
	Offset float64 `json:"offset"`
}

// Lexicon is what the model knows of words.
func (m *Model) Lexicon() *Lexicon { return m.lexicon }

// New makes a model of weights as training left them, quantised to a byte each.
func New(h Header, weights []float32, transitions [Labels * Labels]float32, lexicon *Lexicon) *Model {
	var top float32
	for _, w := range weights {
		top = max(top, w, -w)
	}
	h.Scale = top / 127
	m := &Model{Header: h, weights: make([]int8, len(weights)), transitions: transitions, lexicon: lexicon}
	for i, w := range weights {
		if h.Scale > 0 {
			m.weights[i] = int8(round(w / h.Scale))
		}
	}
	return m
}

func round(x float32) float32 {
	if x < 0 {
		return float32(int(x - 0.5))
	}
	return float32(int(x + 0.5))
}

// score adds up the weights of a token's features for every label.
func (m *Model) score(features []uint32, out *[Labels]float32) {
	var sum [Labels]int32
	mask := uint32(1)<<m.Bits - 1
	for _, f := range features {
		at := int(f&mask) * Labels
		row := m.weights[at : at+Labels : at+Labels]
		for l := range row {
			sum[l] += int32(row[l])
		}
	}
	for l, s := range sum {
		out[l] = float32(s) * m.Scale
	}
}
