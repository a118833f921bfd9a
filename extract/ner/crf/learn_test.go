package crf

import (
	"math"
	"testing"
)

// toy is a text of two words of which the first is a person; rows are features.
var toy = struct {
	rows   [][]uint32
	labels []Label
}{[][]uint32{{1, 2}, {3}}, []Label{LabelAt(0, 0, 1), Outside}}

func TestStepLowersLoss(t *testing.T) {
	l := NewLearner(4, Penalty{Rate: 0.1, Sparse: 0.01, Small: 1})
	first := l.Step(toy.rows, toy.labels)
	last := first
	for range 50 {
		last = l.Step(toy.rows, toy.labels)
	}
	if last > first/5 {
		t.Errorf("the loss went from %g to %g only", first, last)
	}
}

// TestAdapt: adapting begins where the model is, and moves from there.
func TestAdapt(t *testing.T) {
	p := Penalty{Rate: 0.1, Sparse: 0.01, Small: 1}
	l := NewLearner(4, p)
	for range 50 {
		l.Step(toy.rows, toy.labels)
	}
	m := l.Model(Header{}, &Lexicon{})
	a := Adapt(m, p)
	for i, w := range a.weights {
		if want := float32(m.weights[i]) * m.Scale; w != want {
			t.Fatalf("weight %d begins at %g, not %g", i, w, want)
		}
		if w != 0 {
			if kept := a.update(&a.sums[i], w, 0); math.Abs(float64(kept-w)) > 1e-5 {
				t.Fatalf("weight %d goes from %g to %g without a gradient", i, w, kept)
			}
		}
	}
	other := []Label{Outside, Outside}
	first := a.Step(toy.rows, other)
	for range 50 {
		a.Step(toy.rows, other)
	}
	if last := a.Step(toy.rows, other); last > first/3 {
		t.Errorf("the loss went from %g to %g only", first, last)
	}
}
