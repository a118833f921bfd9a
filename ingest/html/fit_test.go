package html

import (
	"context"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"vocero/ingest/charset"
	"vocero/ingest/eval/pages"
)

var fit = flag.String("fit", "", "a folder of ingest/eval's: write lexicon/weights.txt by the half of it that may be looked at")

// TestWeights reads lexicon/weights.txt strictly: each mark has one weight.
func TestWeights(t *testing.T) {
	if *fit != "" {
		file := fitted(t, *fit)
		if err := os.WriteFile("lexicon/weights.txt", []byte(file), 0o644); err != nil {
			t.Fatal(err)
		}
		weightsFile = file
	}
	known := map[string]bool{bias: true}
	for _, m := range marks {
		known[m.name] = true
	}
	for row := range strings.Lines(weightsFile) {
		name, value, ok := strings.Cut(strings.TrimSpace(row), ": ")
		if strings.HasPrefix(row, "#") || strings.TrimSpace(row) == "" {
			continue
		}
		if _, err := strconv.ParseFloat(value, 64); !ok || err != nil || !known[name] {
			t.Errorf("row %q: %v", row, err)
		}
		delete(known, name)
	}
	if len(known) > 0 {
		t.Errorf("no weights of %v", known)
	}
}

// fitted is the file of weights that tells best the lines which hold a string
// that a page's text must hold from those with one that it must not. Lines on
// which all agree count a little, so that they stay as they are.
func fitted(t *testing.T, folder string) string {
	set, err := pages.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	var r regression
	some := rand.New(rand.NewPCG(1, 2))
	for _, p := range set {
		if !p.Held() {
			r.addPage(p, some)
		}
	}
	weights := r.solve()
	var out strings.Builder
	fmt.Fprintf(&out, `# What the marks of a line are worth for its being part of the article: its votes
# by points, and what else is known of it (weigh.go). A logistic regression of
# %d lines of the first half of ingest/eval's pages, made by
#
#	go test ./ingest/html -run TestWeights -fit ../../../shared/data/web/trafilatura

`, len(r.rows))
	for i, m := range marks {
		fmt.Fprintf(&out, "%s: %.3f\n", m.name, weights[i])
	}
	fmt.Fprintf(&out, "%s: %.3f\n", bias, weights[len(marks)])
	return out.String()
}

// regression is a logistic regression of lines.
type regression struct {
	rows  [][]float64
	is    []float64 // 1 for a line of an article
	count []float64 // how much it counts
}

func (r *regression) addPage(p pages.Page, some *rand.Rand) {
	const agreed, most, little, surely, surelyNot = 40, 1, 0.1, 5, -1
	base, err := url.Parse(p.Address)
	if err != nil {
		base = &url.URL{}
	}
	root, err := tree(context.Background(), charset.Decode(p.Bytes, ""))
	if err != nil {
		panic(err) // nobody ends that context
	}
	b := newBody(root)
	said := gather(root, base, &b.judge)
	a := describe(said, b)
	candidates, _ := b.vote(context.Background(), root, said, &a)
	var rest []*candidate
	for i := range candidates {
		c := &candidates[i]
		with, without := holdsAny(c.text, p.With), holdsAny(c.text, p.Without)
		switch {
		case c.caption:
		case with != without:
			r.add(c, with, most)
		case !with && (c.sum >= surely || c.sum <= surelyNot):
			rest = append(rest, c)
		}
	}
	some.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	for _, c := range rest[:min(agreed, len(rest))] {
		r.add(c, c.sum >= surely, little)
	}
}

func holdsAny(text string, of []string) bool {
	for _, s := range of {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}

func (r *regression) add(c *candidate, is bool, count float64) {
	row := make([]float64, len(marks)+1)
	for i, m := range marks {
		row[i] = m.of(c)
	}
	row[len(marks)] = 1
	r.rows, r.is, r.count = append(r.rows, row), append(r.is, 0), append(r.count, count)
	if is {
		r.is[len(r.is)-1] = 1
	}
}

// solve finds the weights by Newton's method, with a penalty of half their
// squares.
func (r *regression) solve() []float64 {
	n := len(marks) + 1
	w := make([]float64, n)
	for range 25 {
		slope, curve := make([]float64, n), make([][]float64, n)
		for i := range n {
			slope[i], curve[i] = -w[i], make([]float64, n)
			curve[i][i] = 1
		}
		for k, row := range r.rows {
			sum := 0.0
			for i, x := range row {
				sum += w[i] * x
			}
			p := 1 / (1 + math.Exp(-sum))
			for i, x := range row {
				if x == 0 {
					continue
				}
				slope[i] += r.count[k] * (r.is[k] - p) * x
				for j, y := range row {
					curve[i][j] += r.count[k] * p * (1 - p) * x * y
				}
			}
		}
		step := eliminate(curve, slope)
		for i := range w {
			w[i] += step[i]
		}
	}
	return w
}

// eliminate solves a·x = b for a positive definite a, which it changes.
func eliminate(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		for k := i + 1; k < n; k++ {
			f := a[k][i] / a[i][i]
			for j := i; j < n; j++ {
				a[k][j] -= f * a[i][j]
			}
			b[k] -= f * b[i]
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = b[i]
		for j := i + 1; j < n; j++ {
			x[i] -= a[i][j] * x[j]
		}
		x[i] /= a[i][i]
	}
	return x
}
