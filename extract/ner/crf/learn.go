package crf

import "math"

// Learner makes the weights of a model from sentences with their labels, by
// FTRL-Proximal (McMahan and others, 2013): online gradient descent with a rate
// of its own for each weight, and penalties that leave most weights at zero.
type Learner struct {
	penalty     Penalty
	bits        int
	weights     []float32 // as New takes them
	sums        []sums    // of each weight
	transitions [Labels * Labels]float32
	tsums       [Labels * Labels]sums
	chain       chain
}

// sums are what FTRL keeps beside a weight.
type sums struct{ z, n float32 }

// Penalty tunes a Learner.
type Penalty struct {
	Rate   float64 // α: the first step's size
	Sparse float64 // λ1: what a weight must be worth not to be zero
	Small  float64 // λ2: how strongly weights are kept small
}

// NewLearner begins with all weights at zero; features hash into 1<<bits buckets.
func NewLearner(bits int, p Penalty) *Learner {
	size := Labels << bits
	return &Learner{penalty: p, bits: bits, weights: make([]float32, size), sums: make([]sums, size)}
}

// Adapt begins with the weights of a model that was learnt from much; what
// comes moves them.
func Adapt(m *Model, p Penalty) *Learner {
	l := NewLearner(m.Bits, p)
	for i, w := range m.weights {
		l.begin(&l.weights[i], &l.sums[i], float32(w)*m.Scale)
	}
	for i, w := range m.transitions {
		l.begin(&l.transitions[i], &l.tsums[i], w)
	}
	return l
}

// begin gives a weight its value, and the sums with which the next step goes on
// from there as if it had been learnt in some steps.
func (l *Learner) begin(weight *float32, s *sums, w float32) {
	const steps = 4
	if w == 0 {
		return
	}
	p := l.penalty
	*weight = w
	s.n = steps
	s.z = float32(-float64(w)*((beta+math.Sqrt(steps))/p.Rate+p.Small) - math.Copysign(p.Sparse, float64(w)))
}

// Model is the model as learnt so far.
func (l *Learner) Model(h Header, lexicon *Lexicon) *Model {
	h.Bits = l.bits
	return New(h, l.weights, l.transitions, lexicon)
}

// Step learns from one sentence: the features of its tokens and their labels.
// It returns the loss before the step, the negative logarithm of the
// probability that the model gave to the labels.
func (l *Learner) Step(rows [][]uint32, labels []Label) float64 {
	if len(rows) == 0 {
		return 0
	}
	c := &l.chain
	c.reset(len(rows), &l.transitions)
	mask := uint32(1)<<l.bits - 1
	for i, row := range rows {
		c.local[i] = [Labels]float32{}
		for _, f := range row {
			at := int(f&mask) * Labels
			for k, w := range l.weights[at : at+Labels] {
				c.local[i][k] += w
			}
		}
	}
	c.forwardBackward()
	loss := -c.logProbability(0, labels)
	l.learnTransitions(labels)
	for i, row := range rows {
		l.learnToken(row, i, labels[i], mask)
	}
	return loss
}

// least is the gradient below which a step is not worth its time.
const least = 1e-3

func (l *Learner) learnToken(row []uint32, i int, gold Label, mask uint32) {
	gradient := l.chain.marginals(i)
	gradient[gold]--
	var worth [Labels]int
	n := 0
	for k, g := range gradient {
		if math.Abs(g) >= least {
			worth[n] = k
			n++
		}
	}
	for _, f := range row {
		at := int(f&mask) * Labels
		for _, k := range worth[:n] {
			l.weights[at+k] = l.update(&l.sums[at+k], l.weights[at+k], gradient[k])
		}
	}
}

func (l *Learner) learnTransitions(labels []Label) {
	c := &l.chain
	var gradient [Labels * Labels]float64
	for i := 1; i < c.n; i++ {
		for b := range Label(Labels) {
			after := c.emit[i][b] * c.beta[i][b] / (c.scale[i] * c.mass)
			for _, a := range allowed[b] {
				at := int(a)*Labels + int(b)
				gradient[at] += c.alpha[i-1][a] * c.steps[at] * after
			}
		}
		gradient[int(labels[i-1])*Labels+int(labels[i])]--
	}
	for at, g := range gradient {
		if math.Abs(g) >= least {
			l.transitions[at] = l.update(&l.tsums[at], l.transitions[at], g)
		}
	}
}

// beta is FTRL's β, which keeps first steps small.
const beta = 1

// update moves one weight against its gradient g and returns it.
func (l *Learner) update(s *sums, w float32, g float64) float32 {
	p := l.penalty
	before := math.Sqrt(float64(s.n))
	s.n += float32(g * g)
	root := math.Sqrt(float64(s.n))
	s.z += float32(g - (root-before)/p.Rate*float64(w))
	sum := float64(s.z)
	if math.Abs(sum) <= p.Sparse {
		return 0
	}
	return float32(-(sum - math.Copysign(p.Sparse, sum)) / ((beta+root)/p.Rate + p.Small))
}
