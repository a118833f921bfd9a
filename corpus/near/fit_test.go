package near

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

// example is a pair of texts with its signs.
type example struct {
	signs [len(signNames)]float64
	copy  bool
	names string
}

// fitWeights fits a logistic regression by Newton's method: copies are made of
// releases, the others are pairs of releases that share a band and much of their
// words. Pairs with nine pairs of words in ten in common are left out: they are
// copies, or one of the other rules decides.
func fitWeights(t *testing.T, all []item) {
	var fitted []item
	for _, it := range all {
		if !it.judged() {
			fitted = append(fitted, it)
		}
	}
	examples := append(madeCopies(fitted), lookalikes(all)...)
	const (
		penalty = 2e-5
		weight  = 20 // of a pair that is none, against a copy
	)
	mean, deviation := moments(examples)
	n := len(signNames)
	w := make([]float64, n)
	for range 60 {
		gradient, hessian := make([]float64, n), make([][]float64, n)
		for i := range hessian {
			hessian[i] = make([]float64, n)
			gradient[i] = penalty * float64(len(examples)) * w[i]
			hessian[i][i] = penalty * float64(len(examples))
		}
		for _, e := range examples {
			z := standard(e.signs, mean, deviation)
			p := 1 / (1 + math.Exp(-min(max(dot(w, z), -30), 30)))
			target, times := 0.0, float64(weight)
			if e.copy {
				target, times = 1, 1
			}
			for i := range z {
				gradient[i] += (p - target) * times * z[i]
				for j := range z {
					hessian[i][j] += times * p * (1 - p) * z[i] * z[j]
				}
			}
		}
		for i, step := range solve(hessian, gradient) {
			w[i] -= step
		}
	}
	highest, name := math.Inf(-1), ""
	for _, e := range examples {
		if score := dot(w, standard(e.signs, mean, deviation)); !e.copy && score > highest {
			highest, name = score, e.names
		}
	}
	const margin = 0.15
	raw := unstandard(w, mean, deviation)
	raw[0] -= highest + margin
	var b strings.Builder
	for i, name := range signNames {
		fmt.Fprintf(&b, "%s\t%.4f\n", name, raw[i])
	}
	t.Logf("%d examples; the pair nearest to the threshold is %s", len(examples), name)
	if err := os.WriteFile("weights.tsv", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func madeCopies(all []item) (examples []example) {
	e := newEditor(all)
	const sample = 3000
	for i := range sample {
		it := &all[e.r.IntN(len(all))]
		text := e.edit(it.text, [...]float64{.1, .1, .05, .02}[i%4], i/4%4)
		switch i / 16 % 4 {
		case 1:
			text += "\n" + e.boilerplate()
		case 2:
			text = e.headline(text)
		case 3:
			text = e.headline(text) + "\n" + e.boilerplate()
		}
		if l, ok := noisy(it.read, Read(text)); ok {
			examples = append(examples, example{l.signs(), true, it.id})
		}
	}
	return examples
}

// lookalikes are pairs of which the first release is not judged.
func lookalikes(all []item) (examples []example) {
	buckets := make(map[int64][]int32)
	for i := range all {
		for _, k := range all[i].read.Bands() {
			buckets[k] = append(buckets[k], int32(i))
		}
	}
	compared := make(map[[2]int32]bool)
	for _, in := range buckets {
		for i := range in {
			for j := range in[:i] {
				pair := [2]int32{in[j], in[i]}
				a, b := &all[in[j]], &all[in[i]]
				if compared[pair] || a.judged() || a.read.hash == b.read.hash {
					continue
				}
				compared[pair] = true
				const alike = .88
				if l, ok := noisy(a.read, b.read); ok && l.jaccard <= alike && jaccard(a.read.content, b.read.content) <= alike {
					examples = append(examples, example{l.signs(), false, a.id + " and " + b.id})
				}
			}
		}
	}
	return examples
}

// noisy measures two texts of which isNoise looks at the signs.
func noisy(a, b *Text) (*likeness, bool) {
	n, m := len(a.content), len(b.content)
	if min(n, m) < smallest || float64(min(n, m)) < ratio*float64(max(n, m)) {
		return nil, false
	}
	x, y := a.cover(b), b.cover(a)
	if max(x.whole, y.whole) < wholeNoisy || min(x.foreign, y.foreign) >= foreignMost {
		return nil, false
	}
	return measure(a, b, x, y), true
}

func moments(examples []example) (mean, deviation []float64) {
	mean, deviation = make([]float64, len(signNames)), make([]float64, len(signNames))
	for _, e := range examples {
		for i, s := range e.signs {
			mean[i] += s / float64(len(examples))
		}
	}
	for _, e := range examples {
		for i, s := range e.signs {
			deviation[i] += (s - mean[i]) * (s - mean[i]) / float64(len(examples))
		}
	}
	for i := range deviation {
		deviation[i] = math.Sqrt(deviation[i]) + 1e-9
	}
	mean[0], deviation[0] = 0, 1 // the constant
	return mean, deviation
}

func standard(signs [len(signNames)]float64, mean, deviation []float64) []float64 {
	z := make([]float64, len(signs))
	for i, s := range signs {
		z[i] = (s - mean[i]) / deviation[i]
	}
	return z
}

func unstandard(w, mean, deviation []float64) []float64 {
	raw := make([]float64, len(w))
	for i := range w {
		raw[i] = w[i] / deviation[i]
		if i > 0 {
			raw[0] -= raw[i] * mean[i]
		}
	}
	return raw
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// solve gives x of a·x = b by Gauss's elimination with pivots.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		pivot := i
		for r := i + 1; r < n; r++ {
			if math.Abs(a[r][i]) > math.Abs(a[pivot][i]) {
				pivot = r
			}
		}
		a[i], a[pivot], b[i], b[pivot] = a[pivot], a[i], b[pivot], b[i]
		for r := i + 1; r < n; r++ {
			f := a[r][i] / a[i][i]
			for c := i; c < n; c++ {
				a[r][c] -= f * a[i][c]
			}
			b[r] -= f * b[i]
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = b[i]
		for c := i + 1; c < n; c++ {
			x[i] -= a[i][c] * x[c]
		}
		x[i] /= a[i][i]
	}
	return x
}
