package eval

import (
	"fmt"
	"math"

	"vocero/corpus"
)

// bins is the number of equal ranges that confidences are sorted into.
const bins = 10

// Calibration says how often names of a confidence are right. A confidence of 0
// is one that was not given, and is not counted.
type Calibration struct {
	Bins [bins]Bin `json:"bins"` // of confidences 0 to 0.1, 0.1 to 0.2 …
}

// Bin holds the names of one range of confidence.
type Bin struct {
	Names      int     `json:"names"`
	Right      int     `json:"right"`      // span and kind as in gold
	Confidence float64 `json:"confidence"` // sum over the names
}

// ECE is the expected calibration error (Naeini, Cooper and Hauskrecht 2015):
// the distance between a bin's mean confidence and its share of right names, on
// average over the names. It is 0 without names.
func (c *Calibration) ECE() float64 {
	names, distance := 0, 0.0
	for i := range c.Bins {
		names += c.Bins[i].Names
		distance += math.Abs(c.Bins[i].Confidence - float64(c.Bins[i].Right))
	}
	if names == 0 {
		return 0
	}
	return distance / float64(names)
}

func (c *Calibration) add(d *pair) {
	for _, kind := range Names() {
		gold, found := d.gold.ofKind(kind, d.text), d.found.ofKind(kind, d.text)
		for _, at := range found.order {
			c.addName(found.at[at], gold.at[at] != nil)
		}
	}
}

func (c *Calibration) addName(m *GoldMention, right bool) {
	if m.Confidence <= 0 {
		return
	}
	b := &c.Bins[min(int(m.Confidence*bins), bins-1)]
	b.Names++
	b.Confidence += m.Confidence
	if right {
		b.Right++
	}
}

// Clusters says how well the mentions of one individual are kept together and
// those of two apart, over the names that were found where gold has them.
type Clusters struct {
	ByKind map[corpus.Kind]*B3 `json:"by_kind"`
}

// B3 is the B-cubed measure (Bagga and Baldwin 1998), summed over mentions:
// for each, the share of its found cluster that is of its individual
// (precision), and the share of its individual's mentions in that cluster (recall).
type B3 struct {
	Mentions  int     `json:"mentions"`
	Precision float64 `json:"precision_sum"`
	Recall    float64 `json:"recall_sum"`
}

// PRF returns B-cubed precision, recall and their F1, each 0 without mentions.
func (b *B3) PRF() (p, r, f1 float64) {
	if b.Mentions == 0 {
		return 0, 0, 0
	}
	p, r = b.Precision/float64(b.Mentions), b.Recall/float64(b.Mentions)
	if p+r > 0 {
		f1 = 2 * p * r / (p + r)
	}
	return p, r, f1
}

func (c *Clusters) add(d *pair) {
	for _, kind := range Names() {
		if c.ByKind[kind] == nil {
			c.ByKind[kind] = &B3{}
		}
		c.ByKind[kind].add(d, kind)
	}
}

// add counts one document. A mention that was linked to no individual is one by itself.
func (b *B3) add(d *pair, kind corpus.Kind) {
	gold, found := d.gold.ofKind(kind, d.text), d.found.ofKind(kind, d.text)
	type link struct{ gold, found string }
	both, ofGold, ofFound := map[link]int{}, map[string]int{}, map[string]int{}
	var links []link
	for _, at := range gold.order {
		m := found.at[at]
		if m == nil {
			continue
		}
		l := link{gold.at[at].ID, m.ID}
		if l.found == "" {
			l.found = fmt.Sprintf("%d alone", len(links))
		}
		links = append(links, l)
		both[l]++
		ofGold[l.gold]++
		ofFound[l.found]++
	}
	for _, l := range links {
		b.Mentions++
		b.Precision += float64(both[l]) / float64(ofFound[l.found])
		b.Recall += float64(both[l]) / float64(ofGold[l.gold])
	}
}
