package language

import (
	_ "embed"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

//go:embed classes.txt
var classTable string

// How the classifier is learned: snippets are drawn evenly from the classes, a
// share of each one's features is left out so that a short sample's own words
// do not decide alone, and the weights follow the gradient of softmax
// regression with a step that falls to zero.
const (
	snippets             = 300_000
	shortest             = 20 // bytes of a snippet
	longest              = 300
	leftOut              = 0.5
	firstStep            = 2.0
	decay                = 3e-3
	seed1, seed2         = 2024, 17
	quantum      float64 = 127
)

// Train learns a profile from texts by language (ISO 639-1, as in classes.txt).
// The same texts give the same profile on machines that round alike.
func Train(texts map[string]string) (*Profile, error) {
	classes, err := parseClasses(classTable)
	if err != nil {
		return nil, err
	}
	for _, c := range classes {
		for _, l := range c.languages {
			if len(texts[l]) <= longest {
				return nil, fmt.Errorf("train language %s: %d bytes of text are too few", l, len(texts[l]))
			}
		}
	}
	t := &trainer{classes: classes, random: rand.New(rand.NewPCG(seed1, seed2))}
	for i := range snippets {
		want := i % len(classes)
		t.learn(want, t.snippet(texts, &classes[want]), 1-float64(i)/snippets)
	}
	return t.profile(), nil
}

type trainer struct {
	classes []class
	random  *rand.Rand
	weights [1 << bucketBits][maxClasses]float32
	found   []uint16
}

// snippet draws a piece of a class's text, from one word's beginning to another's end.
func (t *trainer) snippet(texts map[string]string, c *class) string {
	text := texts[c.languages[t.random.IntN(len(c.languages))]]
	n := shortest + int(float64(longest-shortest)*math.Pow(t.random.Float64(), 2))
	at := t.random.IntN(len(text) - n)
	piece := text[at : at+n]
	first, last := strings.IndexByte(piece, ' '), strings.LastIndexByte(piece, ' ')
	if first < 0 || last <= first {
		return ""
	}
	return piece[first+1 : last]
}

// learn takes one step of the gradient; left falls from 1 to 0 over the training.
func (t *trainer) learn(want int, snippet string, left float64) {
	t.found = buckets(t.found[:0], snippet)
	kept := t.found[:0]
	for _, b := range t.found {
		if t.random.Float64() >= leftOut {
			kept = append(kept, b)
		}
	}
	if len(kept) == 0 {
		return
	}
	scale := 1 / math.Sqrt(float64(len(kept)))
	share := t.shares(kept, scale)
	share[want]--
	step := firstStep * left * scale
	for _, b := range kept {
		row := &t.weights[b]
		for c := range t.classes {
			row[c] -= float32(step * (share[c] + decay*float64(row[c])))
		}
	}
}

// shares are the probabilities of the classes (softmax).
func (t *trainer) shares(kept []uint16, scale float64) (share [maxClasses]float64) {
	for _, b := range kept {
		for c := range t.classes {
			share[c] += float64(t.weights[b][c])
		}
	}
	highest := math.Inf(-1)
	for c := range t.classes {
		share[c] *= scale
		highest = max(highest, share[c])
	}
	total := 0.0
	for c := range t.classes {
		share[c] = math.Exp(share[c] - highest)
		total += share[c]
	}
	for c := range t.classes {
		share[c] /= total
	}
	return share
}

// profile brings the weights to a byte each, by the largest of them.
func (t *trainer) profile() *Profile {
	largest := 0.0
	for b := range t.weights {
		for _, w := range t.weights[b] {
			largest = max(largest, math.Abs(float64(w)))
		}
	}
	p := &Profile{classes: t.classes}
	for b := range t.weights {
		for c := range t.classes {
			p.weights[b][c] = int8(math.Round(float64(t.weights[b][c]) / largest * quantum))
		}
	}
	return p
}
