package near

import "iter"

// covering is what of a text is in another.
type covering struct {
	words    []covered
	from, to int     // what is left without a head and a tail that the other lacks
	whole    float64 // part of all words that the other has
	foreign  int     // greatest surplus of a stretch of another text
}

type covered struct {
	named   bool
	lost    bool // not in the other text beside the same neighbour
	foreign bool // in a stretch of another text
}

// cover looks up each content word, with a neighbour, in other. A foreign
// stretch at the very beginning is a head, one at the very end a tail; they
// count as foreign only where they are longer than a headline or a usual tail.
func (t *Text) cover(other *Text) *covering {
	n := len(t.content)
	c := &covering{words: make([]covered, n), to: n}
	for i, k := range t.content {
		c.words[i] = covered{named: k.named, lost: true}
	}
	for i := 1; i < n; i++ {
		if other.pairs[pair(t.content[i-1], t.content[i])] {
			c.words[i-1].lost, c.words[i].lost = false, false
		}
	}
	for _, w := range c.words {
		if !w.lost {
			c.whole += 1 / float64(n)
		}
	}
	const edge = 2 // words that chance may leave outside a head or tail
	for s := range stretches(c.words) {
		long := true
		switch {
		case s.start <= edge:
			c.from, long = s.end, s.end > headline
		case s.end >= n-edge:
			size := s.end - s.start
			c.to, long = s.start, float64(size) > tail*float64(n) || size > longTail
		case s.surplus >= foreign:
			for i := s.start; i < s.end; i++ {
				c.words[i].foreign = true
			}
		}
		if long {
			c.foreign = max(c.foreign, s.surplus)
		}
	}
	return c
}

// rates gives the parts that are lost between head and tail.
func (c *covering) rates() rates {
	var r rates
	part := 1 / float64(max(c.to-c.from, 1))
	for _, w := range c.words[c.from:c.to] {
		if w.lost {
			r.lost += part
		}
		if w.foreign {
			r.foreign += part
		}
	}
	return r
}

// counts counts the words between head and tail that are in no foreign stretch.
func (c *covering) counts() counts {
	var n counts
	for _, w := range c.words[c.from:c.to] {
		lost := 0
		if w.lost {
			lost = 1
		}
		switch {
		case w.foreign:
		case w.named:
			n.named++
			n.lostNamed += lost
		default:
			n.plain++
			n.lostPlain += lost
		}
	}
	return n
}

// stretch is a part of a text in which more words are lost than kept.
type stretch struct {
	start, end int
	surplus    int // lost words less kept ones
}

// stretches yields the parts whose surplus is at least 4: random changes of one
// word in ten make one in some thousand words. A part ends where its surplus is
// used up, or has fallen by that of a foreign stretch.
func stretches(words []covered) iter.Seq[stretch] {
	const least = 4
	return func(yield func(stretch) bool) {
		s, sum := stretch{}, 0
		for i, w := range words {
			switch {
			case w.lost && sum == 0:
				s, sum = stretch{i, i + 1, 1}, 1
				continue
			case w.lost:
				sum++
			case sum > 0:
				sum--
			default:
				continue
			}
			if sum > s.surplus {
				s.end, s.surplus = i+1, sum
			}
			if sum == 0 || s.surplus-sum >= foreign {
				if s.surplus >= least && !yield(s) {
					return
				}
				s, sum = stretch{}, 0
			}
		}
		if s.surplus >= least {
			yield(s)
		}
	}
}

// leadWords is how many words a text begins with that say what it is about.
const leadWords = 12

// lead is the part of the first words that is lost.
func (c *covering) lead() float64 {
	lost := 0
	for _, w := range c.words[:min(leadWords, len(c.words))] {
		if w.lost {
			lost++
		}
	}
	return float64(lost) / leadWords
}
