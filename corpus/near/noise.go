package near

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The bounds of texts that are looked at for noise.
const (
	smallest    = 40   // content words
	wholeNoisy  = 0.75 // part of a text that the other has
	foreignMost = 10   // surplus of a stretch that both texts have
	aimed       = 3.0  // log-likelihood ratio beyond which changes pick names and figures
	few         = 0.06 // part lost below which the other signs are weak,
	aimedFew    = 1.2  // and a lesser ratio decides
)

// isNoise says whether words changed here and there, by no pattern. Such changes
// are spread evenly and do not pick their words. Releases made from one pattern
// differ as much, but in clumps, in their first words, in names and figures, in
// the words that one of them says over and over. A logistic regression over
// these signs tells the two apart; its weights are fitted by TestBulk on
// one half of a corpus.
func (l *likeness) isNoise() bool {
	if l.size < smallest {
		return false
	}
	if l.aim >= aimed || l.outer.lost < few && l.aim >= aimedFew {
		return false
	}
	score := 0.0
	for i, sign := range l.signs() {
		score += weights[i] * sign
	}
	return score > 0
}

// signNames are the names of what signs returns.
var signNames = [...]string{"one", "inner", "inner squared", "foreign", "residual", "named", "lead", "missing", "aim",
	"size", "ratio", "whole", "dispersion", "clumps", "large dispersion", "large clumps", "large missing",
	"dispersion by loss", "clumps by loss"}

// signs are what isNoise goes by.
func (l *likeness) signs() [len(signNames)]float64 {
	lost := (l.inner.lost + l.outer.lost) / 2
	// One word in other words takes two pairs with it, and some more are lost
	// between two such: 2.4 pairs a word, where changes are spread evenly.
	const pairsByWord = 2.4
	expected := (1 - pairsByWord*lost) / (1 + pairsByWord*lost)
	dispersion, clumps := between(-3, l.spread.dispersion(), 8), between(-3, l.spread.clumps(l.both), 6)
	missing := between(-1, l.missing, 6)
	large := between(0, math.Log(float64(l.size))-6, 2) // beyond some 400 content words
	return [...]float64{1, l.inner.lost, l.inner.lost * l.inner.lost, l.outer.foreign, l.jaccard - expected,
		l.named - l.inner.lost, l.lead - l.inner.lost, missing, min(l.aim, 8),
		min(math.Log(float64(l.size)), 7), l.ratio, l.whole + l.inner.lost,
		dispersion, clumps, large * dispersion, large * clumps, large * missing,
		lost * dispersion, lost * clumps}
}

func between(low, x, high float64) float64 { return min(max(x, low), high) }

//go:embed weights.tsv
var weightsFile string

var weights = readWeights(weightsFile)

// readWeights reads a weight for each sign. The file is part of the program.
func readWeights(file string) (w [len(signNames)]float64) {
	lines := strings.Split(strings.TrimSpace(file), "\n")
	if len(lines) != len(signNames) {
		panic(fmt.Sprintf("weights.tsv has %d lines for %d signs", len(lines), len(signNames)))
	}
	for i, line := range lines {
		name, value, _ := strings.Cut(line, "\t")
		var err error
		if w[i], err = strconv.ParseFloat(value, 64); err != nil || name != signNames[i] {
			panic(fmt.Sprintf("weights.tsv, line %d: %q", i+1, line))
		}
	}
	return w
}

// window is the number of content words in which lost ones are counted.
const window = 10

// spread says how evenly the lost words are spread.
type spread struct {
	clumped      int     // lost words beside another
	windows      float64 // and the moments of what is lost in each
	sum, squares float64
}

func (s *spread) add(c *covering) {
	lost, in, run := 0, 0, 0
	for _, w := range c.words[c.from:c.to] {
		if w.foreign {
			continue
		}
		if w.lost {
			lost++
			run++
		} else {
			run = 0
		}
		switch {
		case run == 2 && w.lost:
			s.clumped += 2
		case run > 2 && w.lost:
			s.clumped++
		}
		if in++; in == window {
			s.windows++
			s.sum += float64(lost)
			s.squares += float64(lost * lost)
			lost, in = 0, 0
		}
	}
}

// dispersion is by how many standard deviations the ratio of variance to mean of
// what is lost in a window is above that of chance: Poisson's, which is 1, and
// something for words lost between two others.
func (s *spread) dispersion() float64 {
	if s.windows < 2 || s.sum == 0 {
		return 0
	}
	mean := s.sum / s.windows
	return ((s.squares/s.windows-mean*mean)/mean - 1.1) * math.Sqrt(s.windows/2)
}

// clumps is by how many standard deviations more lost words stand beside another
// than chance puts there.
func (s *spread) clumps(of counts) float64 {
	lost := float64(of.lost())
	expected := 4.5 * lost * lost / float64(max(of.all(), 1))
	return (float64(s.clumped) - expected) / math.Sqrt(2*expected+1)
}
