package crf

import "math"

// chain is a sentence as the model sees it: the score of each label at each
// token, and of each label after another. Its arrays are used again for the
// next sentence.
type chain struct {
	n           int
	local       [][Labels]float32
	transitions *[Labels * Labels]float32
	steps       [Labels * Labels]float64 // exp of transitions
	emit        [][Labels]float64        // exp of local, the greatest of a token 1
	alpha, beta [][Labels]float64        // sums over all that ends, and begins, there
	scale       []float64                // what alpha was divided by
	mass        float64
	back        [][Labels]Label
}

// score gives the sentence with these features its scores.
func (c *chain) score(m *Model, rows []Row) {
	c.reset(len(rows), &m.transitions)
	for i, row := range rows {
		m.score(row.All, &c.local[i])
	}
}

func (c *chain) reset(n int, transitions *[Labels * Labels]float32) {
	c.n, c.transitions = n, transitions
	if cap(c.local) < n {
		c.local = make([][Labels]float32, n)
		c.alpha, c.beta = make([][Labels]float64, n), make([][Labels]float64, n)
		c.emit, c.scale = make([][Labels]float64, n), make([]float64, n)
		c.back = make([][Labels]Label, n)
	}
	c.local, c.alpha, c.beta, c.back = c.local[:n], c.alpha[:n], c.beta[:n], c.back[:n]
	c.emit, c.scale = c.emit[:n], c.scale[:n]
}

// allowed[b] lists the labels that may come before b, following those after a.
var allowed, following = neighbours()

func neighbours() (before, after [Labels][]Label) {
	for a := range Label(Labels) {
		for b := range Label(Labels) {
			if Follows(a, b) {
				before[b] = append(before[b], a)
				after[a] = append(after[a], b)
			}
		}
	}
	return before, after
}

// best is the most probable row of labels that is well formed (Viterbi).
func (c *chain) best() []Label {
	labels := make([]Label, c.n)
	if c.n == 0 {
		return labels
	}
	negative := float32(math.Inf(-1))
	var now, next [Labels]float32
	for b := range Label(Labels) {
		now[b] = negative
		if Follows(Outside, b) {
			now[b] = c.local[0][b]
		}
	}
	for i := 1; i < c.n; i++ {
		for b := range Label(Labels) {
			top, from := negative, Outside
			for _, a := range allowed[b] {
				if v := now[a] + c.transitions[int(a)*Labels+int(b)]; v > top {
					top, from = v, a
				}
			}
			next[b], c.back[i][b] = top+c.local[i][b], from
		}
		now = next
	}
	top := negative
	for _, a := range allowed[Outside] { // what may end a sentence
		if now[a] > top {
			top, labels[c.n-1] = now[a], a
		}
	}
	for i := c.n - 1; i > 0; i-- {
		labels[i-1] = c.back[i][labels[i]]
	}
	return labels
}

// floor keeps a label's share of a token from being nothing at all, so that
// sums over well-formed rows of labels are never zero.
const floor = -60

// forwardBackward fills emit, alpha, beta, scale and mass. Each token's alpha
// sums to one, which keeps long sentences from underflow (Rabiner, 1989); the
// probability of label l at i is then alpha[i][l]*beta[i][l]/mass.
func (c *chain) forwardBackward() {
	if c.n == 0 {
		return
	}
	for at, t := range c.transitions {
		c.steps[at] = math.Exp(float64(t))
	}
	for i := range c.n {
		c.emitAt(i)
	}
	for b := range Label(Labels) {
		c.alpha[0][b], c.beta[c.n-1][b] = 0, 0
		if Follows(Outside, b) {
			c.alpha[0][b] = c.emit[0][b]
		}
		if Follows(b, Outside) {
			c.beta[c.n-1][b] = 1
		}
	}
	c.scale[0] = normalize(&c.alpha[0])
	for i := 1; i < c.n; i++ {
		before, now := &c.alpha[i-1], &c.alpha[i]
		for b := range Label(Labels) {
			sum := 0.0
			for _, a := range allowed[b] {
				sum += before[a] * c.steps[int(a)*Labels+int(b)]
			}
			now[b] = c.emit[i][b] * sum
		}
		c.scale[i] = normalize(now)
	}
	for i := c.n - 2; i >= 0; i-- {
		var after [Labels]float64
		for b := range after {
			after[b] = c.emit[i+1][b] * c.beta[i+1][b] / c.scale[i+1]
		}
		for a := range Label(Labels) {
			sum := 0.0
			for _, b := range following[a] {
				sum += c.steps[int(a)*Labels+int(b)] * after[b]
			}
			c.beta[i][a] = sum
		}
	}
	c.mass = 0
	for l := range Labels {
		c.mass += c.alpha[c.n-1][l] * c.beta[c.n-1][l]
	}
}

func (c *chain) emitAt(i int) {
	local := &c.local[i]
	top := local[0]
	for _, v := range local[1:] {
		top = max(top, v)
	}
	for l, v := range local {
		c.emit[i][l] = math.Exp(max(float64(v-top), floor))
	}
}

func normalize(p *[Labels]float64) float64 {
	sum := 0.0
	for _, v := range p {
		sum += v
	}
	for l := range p {
		p[l] /= sum
	}
	return sum
}

// marginals are the probabilities of the labels of token i.
func (c *chain) marginals(i int) (p [Labels]float64) {
	for l := range p {
		p[l] = c.alpha[i][l] * c.beta[i][l] / c.mass
	}
	return p
}

// logProbability is the logarithm of the probability that the labels stand at
// from, whatever stands elsewhere.
func (c *chain) logProbability(from int, labels []Label) float64 {
	p := math.Log(c.alpha[from][labels[0]])
	for i := 1; i < len(labels); i++ {
		p += math.Log(c.steps[int(labels[i-1])*Labels+int(labels[i])] * c.emit[from+i][labels[i]] / c.scale[from+i])
	}
	return min(p+math.Log(c.beta[from+len(labels)-1][labels[len(labels)-1]]/c.mass), 0)
}
