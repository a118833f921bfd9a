package near

import "math"

// What Copies goes by, besides the weights of isNoise. TestBulk measures it.
const (
	ratio    = 0.4  // size of the smaller text to the larger, at least
	foreign  = 8    // surplus of lost words by which a stretch is of another text
	headline = 16   // content words at the beginning of both that may be others
	tail     = 0.2  // part of both texts at the end that may be another,
	longTail = 80   // but not beyond so many content words
	whole    = 0.85 // part of a text that the other has, at least: in short ones the headline counts

	exact     = 0.005 // part lost of a text that stands in another as it is
	additions = 0.25  // part of that other, between its head and tail, that is new, at most
	touched   = 0.025 // part lost of both texts where an editor touched a few places,
	renamed   = 0.035 // and of the names and figures: beyond, it is about something else
)

// Copies says whether one of the texts is, as a whole, in the other.
//
// What is left of both when their heads and tails are set aside is compared.
// Either one stands in the other as it is, with something added; or a few
// places changed in both; or words changed here and there, as by retyping,
// translation back and forth or faulty recognition, see isNoise.
func Copies(a, b *Text) bool {
	if a.hash == b.hash {
		return true
	}
	n, m := len(a.content), len(b.content)
	if min(n, m) < shortest || float64(min(n, m)) < ratio*float64(max(n, m)) {
		return false
	}
	x, y := a.cover(b), b.cover(a)
	if max(x.whole, y.whole) < wholeNoisy || min(x.foreign, y.foreign) >= foreignMost {
		return false // the most common case by far, and the cheapest
	}
	return measure(a, b, x, y).copies()
}

// likeness is how two texts compare.
type likeness struct {
	ratio   float64 // size of the smaller to that of the larger
	whole   float64 // part of the text that is better covered, head and tail included
	size    int     // content words of the smaller text
	foreign int     // the greatest surplus that both texts have a stretch with
	inner   rates   // of the text of which less is lost
	outer   rates   // of the other
	both    counts  // of both together, without foreign stretches
	named   float64 // lesser of both rates at which names and figures are lost
	aim     float64 // lesser of both texts', see counts.aim
	lead    float64 // lesser part lost of both texts' first words
	missing float64 // greater of both texts', see Text.missing
	jaccard float64 // of pairs of content words
	spread  spread
}

func (l *likeness) copies() bool {
	switch {
	case l.whole >= whole && l.foreign < foreign && l.inner.lost <= exact && l.outer.lost <= additions:
		return true
	case l.whole >= whole && l.foreign < foreign && l.outer.lost <= touched:
		return l.both.rateOfNamed() <= renamed
	}
	return l.isNoise()
}

// rates are the parts of a text, between head and tail, that the other lacks.
type rates struct {
	lost    float64
	foreign float64 // of it in foreign stretches
}

func measure(a, b *Text, x, y *covering) *likeness {
	n, m := len(a.content), len(b.content)
	of, in := x.counts(), y.counts()
	l := &likeness{
		ratio: float64(min(n, m)) / float64(max(n, m)), size: min(n, m),
		whole: max(x.whole, y.whole), foreign: min(x.foreign, y.foreign),
		inner: x.rates(), outer: y.rates(),
		both:    of.plus(in),
		named:   min(of.rateOfNamed(), in.rateOfNamed()),
		aim:     min(of.aim(), in.aim()),
		lead:    min(x.lead(), y.lead()),
		missing: max(a.missing(b, x), b.missing(a, y)),
		jaccard: jaccard(a.content[x.from:x.to], b.content[y.from:y.to]),
	}
	if l.outer.lost < l.inner.lost {
		l.inner, l.outer = l.outer, l.inner
	}
	l.spread.add(x)
	l.spread.add(y)
	return l
}

// jaccard is the part of the pairs of words that two texts share.
func jaccard(a, b []token) float64 {
	of := make(map[uint64]bool, len(a))
	for i := 1; i < len(a); i++ {
		of[pair(a[i-1], a[i])] = true
	}
	all, shared := len(of), 0
	seen := make(map[uint64]bool, len(b))
	for i := 1; i < len(b); i++ {
		p := pair(b[i-1], b[i])
		switch {
		case seen[p]:
		case of[p]:
			shared++
		default:
			all++
		}
		seen[p] = true
	}
	return float64(shared) / float64(max(all, 1))
}

// missing is by how much other lacks more of the words that the text has more
// than once, between head and tail, than chance takes away: each counts once if
// it is there twice, and so on. What a release is about, it names again and
// again.
func (t *Text) missing(other *Text, c *covering) float64 {
	times := make(map[uint64]int)
	for i := c.from; i < c.to; i++ {
		if !c.words[i].foreign {
			times[t.content[i].word]++
		}
	}
	has := make(map[uint64]bool, len(other.content))
	for _, k := range other.content {
		has[k.word] = true
	}
	rate, n := c.rates().lost, 0.0
	for word, k := range times {
		n -= 2 * float64(k-1) * math.Pow(rate, float64(k))
		if !has[word] {
			n += float64(k - 1)
		}
	}
	return n
}

// counts are words of a text, and how many of them the other text lacks.
type counts struct {
	named, lostNamed int // names and figures
	plain, lostPlain int // other words
}

func (c counts) plus(d counts) counts {
	return counts{c.named + d.named, c.lostNamed + d.lostNamed, c.plain + d.plain, c.lostPlain + d.lostPlain}
}

func (c counts) rateOfNamed() float64 { return float64(c.lostNamed) / float64(max(c.named, 1)) }
func (c counts) all() int             { return c.named + c.plain }
func (c counts) lost() int            { return c.lostNamed + c.lostPlain }

// aim is the log-likelihood ratio (Dunning 1993) of two rates of change, that of
// names and figures and that of other words, against one for both; 0 unless
// names and figures change twice as often.
func (c counts) aim() float64 {
	if c.named == 0 || c.plain == 0 || c.rateOfNamed() <= 2*float64(c.lostPlain)/float64(c.plain) {
		return 0
	}
	of := func(x, n int) float64 {
		return fit(x, n, float64(x)/float64(n)) - fit(x, n, float64(c.lost())/float64(c.all()))
	}
	return of(c.lostNamed, c.named) + of(c.lostPlain, c.plain)
}

// fit is the log-likelihood of x in n at a rate.
func fit(x, n int, rate float64) float64 {
	l := 0.0
	if x > 0 {
		l += float64(x) * math.Log(rate)
	}
	if x < n {
		l += float64(n-x) * math.Log(1-rate)
	}
	return l
}
