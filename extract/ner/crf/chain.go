package crf

import "math"

// chain is a sentence as the model sees it: the score of each label at each
// token, and of each label after another. Its arrays are used again for the
// next sentence.
type chain struct {
	n           int
	local       [][Labels]float32
	transitions *[Labels * Labels]float32
	alpha, beta [][Labels]float64 // log sums over all that ends, and begins, there
	logZ        float64
	back        [][Labels]Label
}

func (c *chain) score(m *Model, rows [][]uint32) {
	c.reset(len(rows), &m.transitions)
	for i, row := range rows {
		m.score(row, &c.local[i])
	}
}

func (c *chain) reset(n int, transitions *[Labels * Labels]float32) {
	c.n, c.transitions = n, transitions
	if cap(c.local) < n {
		c.local = make([][Labels]float32, n)
		c.alpha, c.beta = make([][Labels]float64, n), make([][Labels]float64, n)
		c.back = make([][Labels]Label, n)
	}
	c.local, c.alpha, c.beta, c.back = c.local[:n], c.alpha[:n], c.beta[:n], c.back[:n]
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

// forwardBackward fills alpha, beta and logZ, in logarithms.
func (c *chain) forwardBackward() {
	if c.n == 0 {
		return
	}
	negative := math.Inf(-1)
	for b := range Label(Labels) {
		c.alpha[0][b] = negative
		if Follows(Outside, b) {
			c.alpha[0][b] = float64(c.local[0][b])
		}
		c.beta[c.n-1][b] = negative
		if Follows(b, Outside) {
			c.beta[c.n-1][b] = 0
		}
	}
	var terms [Labels]float64
	for i := 1; i < c.n; i++ {
		for b := range Label(Labels) {
			for k, a := range allowed[b] {
				terms[k] = c.alpha[i-1][a] + float64(c.transitions[int(a)*Labels+int(b)])
			}
			c.alpha[i][b] = float64(c.local[i][b]) + logSum(terms[:len(allowed[b])])
		}
	}
	for i := c.n - 2; i >= 0; i-- {
		for a := range Label(Labels) {
			for k, b := range following[a] {
				terms[k] = c.beta[i+1][b] + float64(c.transitions[int(a)*Labels+int(b)]) + float64(c.local[i+1][b])
			}
			c.beta[i][a] = logSum(terms[:len(following[a])])
		}
	}
	for l := range Labels {
		terms[l] = c.alpha[c.n-1][l] + c.beta[c.n-1][l]
	}
	c.logZ = logSum(terms[:])
}

// logProbability is the logarithm of the probability that the labels stand at
// from, whatever stands elsewhere.
func (c *chain) logProbability(from int, labels []Label) float64 {
	p := c.alpha[from][labels[0]]
	for i := 1; i < len(labels); i++ {
		p += float64(c.transitions[int(labels[i-1])*Labels+int(labels[i])]) + float64(c.local[from+i][labels[i]])
	}
	return min(p+c.beta[from+len(labels)-1][labels[len(labels)-1]]-c.logZ, 0)
}

// logSum is log Σ exp(x).
func logSum(xs []float64) float64 {
	top := math.Inf(-1)
	for _, x := range xs {
		top = max(top, x)
	}
	if math.IsInf(top, -1) {
		return top
	}
	sum := 0.0
	for _, x := range xs {
		if d := x - top; d > -30 {
			sum += math.Exp(d)
		}
	}
	return top + math.Log(sum)
}
