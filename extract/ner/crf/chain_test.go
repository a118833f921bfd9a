package crf

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestForwardBackward compares the sums over all rows of labels with those that
// go over each row by itself.
func TestForwardBackward(t *testing.T) {
	const n = 4
	random := rand.New(rand.NewPCG(1, 2))
	var transitions [Labels * Labels]float32
	for i := range transitions {
		transitions[i] = float32(random.NormFloat64())
	}
	var c chain
	c.reset(n, &transitions)
	for i := range c.local {
		for l := range c.local[i] {
			c.local[i][l] = float32(3 * random.NormFloat64())
		}
	}
	c.forwardBackward()
	var total float64
	var top []Label
	best := math.Inf(-1)
	at := [n][Labels]float64{}
	each(n, func(labels []Label) {
		score := 0.0
		for i, l := range labels {
			score += float64(c.local[i][l])
			if i > 0 {
				score += float64(transitions[int(labels[i-1])*Labels+int(l)])
			}
		}
		if score > best {
			best, top = score, append([]Label(nil), labels...)
		}
		p := math.Exp(score)
		total += p
		for i, l := range labels {
			at[i][l] += p
		}
	})
	for i := range n {
		for l, p := range c.marginals(i) {
			if want := at[i][l] / total; math.Abs(p-want) > 1e-6 {
				t.Errorf("token %d, label %d: %g, not %g", i, l, p, want)
			}
		}
	}
	if got, want := c.logProbability(0, top), best-math.Log(total); math.Abs(got-want) > 1e-6 {
		t.Errorf("the best row has log probability %g, not %g", got, want)
	}
	for i, l := range c.best() {
		if l != top[i] {
			t.Fatalf("the best row is %v, not %v", c.best(), top)
		}
	}
}

// each calls do with every well-formed row of n labels.
func each(n int, do func([]Label)) {
	row := make([]Label, 0, n)
	var extend func(before Label)
	extend = func(before Label) {
		if len(row) == n {
			if Follows(before, Outside) {
				do(row)
			}
			return
		}
		for l := range Label(Labels) {
			if Follows(before, l) {
				row = append(row, l)
				extend(l)
				row = row[:len(row)-1]
			}
		}
	}
	extend(Outside)
}

// TestForwardBackwardOfLongSentences: nothing under- or overflows.
func TestForwardBackwardOfLongSentences(t *testing.T) {
	var transitions [Labels * Labels]float32
	for i := range transitions {
		transitions[i] = float32(i%7) * 9
	}
	var c chain
	c.reset(20_000, &transitions)
	for i := range c.local {
		for l := range c.local[i] {
			c.local[i][l] = float32((i*31+l*17)%400 - 200)
		}
	}
	c.forwardBackward()
	for _, i := range []int{0, 10_000, 19_999} {
		sum := 0.0
		for _, p := range c.marginals(i) {
			sum += p
		}
		if math.Abs(sum-1) > 1e-6 {
			t.Errorf("the labels of token %d sum to %g", i, sum)
		}
	}
}
