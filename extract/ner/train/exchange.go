package train

import (
	"context"
	"math"
)

// exchange puts words that occur alike into classes by the exchange algorithm
// (Kneser and Ney, 1993; Martin, Liermann and Ney, 1998): each word goes to the
// class with which a bigram model of classes gives the texts the greatest
// probability, over and over.
type exchange struct {
	n             int // classes
	before, after [][]neighbour
	class         []int       // of each word, or -1
	pairs, turned [][]float64 // bigrams of classes: pairs[a][b], turned[b][a]
	left, right   []float64   // of a class: bigrams that it begins, and ends
	logs          []float64   // n·log n for small n

	l, r   []float64 // of the word at hand: how often it stands after, and before, each class
	ls, rs []int     // the classes for which they are not 0
	self   float64
	nl, nr float64
	gain   []float64
}

func newExchange(n int, before, after [][]neighbour) *exchange {
	x := &exchange{n: n, before: before, after: after, class: make([]int, len(before)), logs: make([]float64, 1<<16)}
	for i := range x.class {
		x.class[i] = -1
	}
	for i := range x.logs {
		x.logs[i] = float64(i) * math.Log(max(float64(i), 1))
	}
	x.pairs, x.turned = make([][]float64, n), make([][]float64, n)
	for i := range n {
		x.pairs[i], x.turned[i] = make([]float64, n), make([]float64, n)
	}
	x.left, x.right = make([]float64, n), make([]float64, n)
	x.l, x.r, x.gain = make([]float64, n), make([]float64, n), make([]float64, n)
	return x
}

// neighbours are the classes beside each class, for which they stand as words.
func (x *exchange) neighbours() (before, after [][]neighbour) {
	before, after = make([][]neighbour, x.n), make([][]neighbour, x.n)
	for a, row := range x.pairs {
		for b, n := range row {
			if n > 0 {
				after[a] = append(after[a], neighbour{uint32(b), uint32(n)})
				before[b] = append(before[b], neighbour{uint32(a), uint32(n)})
			}
		}
	}
	return before, after
}

// run gives every word a class: the frequent ones one each at first, the others
// the best; then goes over all of them again, sweeps times.
func (x *exchange) run(ctx context.Context, sweeps int) error {
	for w := range x.class {
		if w%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		x.look(w)
		to := w
		if w >= x.n {
			to = x.best()
		}
		x.move(w, to, 1)
	}
	for range sweeps {
		for w := range x.class {
			if w%1000 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			x.look(w)
			x.move(w, x.class[w], -1)
			x.look(w)
			x.move(w, x.best(), 1)
		}
	}
	return nil
}

// look counts the classes beside a word.
func (x *exchange) look(w int) {
	for _, c := range x.ls {
		x.l[c] = 0
	}
	for _, c := range x.rs {
		x.r[c] = 0
	}
	x.self, x.nl, x.nr = 0, 0, 0
	x.ls = x.beside(x.before[w], w, x.l, x.ls[:0])
	x.rs = x.beside(x.after[w], w, x.r, x.rs[:0])
	for _, b := range x.after[w] {
		if int(b.word) == w {
			x.self = float64(b.times)
		}
	}
	for _, c := range x.ls {
		x.nr += x.l[c]
	}
	for _, c := range x.rs {
		x.nl += x.r[c]
	}
	x.nl, x.nr = x.nl+x.self, x.nr+x.self
}

func (x *exchange) beside(of []neighbour, w int, sums []float64, seen []int) []int {
	for _, b := range of {
		c := x.class[b.word]
		if c < 0 || int(b.word) == w {
			continue
		}
		if sums[c] == 0 {
			seen = append(seen, c)
		}
		sums[c] += float64(b.times)
	}
	return seen
}

// move puts the word that was looked at into a class, or with sign -1 takes it out.
func (x *exchange) move(w, c int, sign float64) {
	add := func(a, b int, n float64) {
		x.pairs[a][b] += n
		x.turned[b][a] += n
	}
	for _, b := range x.ls {
		add(b, c, sign*x.l[b])
		x.left[b] += sign * x.l[b]
	}
	for _, b := range x.rs {
		add(c, b, sign*x.r[b])
		x.right[b] += sign * x.r[b]
	}
	add(c, c, sign*x.self)
	x.left[c] += sign * x.nl
	x.right[c] += sign * x.nr
	x.class[w] = c
	if sign < 0 {
		x.class[w] = -1
	}
}

func (x *exchange) nLogN(n float64) float64 {
	if i := int(n); i < len(x.logs) {
		return x.logs[i]
	}
	return n * math.Log(n)
}

// best is the class where the word that was looked at, which is in none, does most.
func (x *exchange) best() int {
	gain := x.gain
	for b := range gain {
		gain[b] = x.nLogN(x.left[b]) - x.nLogN(x.left[b]+x.nl) + x.nLogN(x.right[b]) - x.nLogN(x.right[b]+x.nr)
	}
	for _, c := range x.ls {
		x.rise(x.pairs[c], x.l[c])
	}
	for _, c := range x.rs {
		x.rise(x.turned[c], x.r[c])
	}
	for _, c := range x.ls {
		x.itself(c)
	}
	top := 0
	for b := range gain {
		if gain[b] > gain[top] {
			top = b
		}
	}
	return top
}

// rise adds what n more bigrams do with each class.
func (x *exchange) rise(row []float64, n float64) {
	k := int(n)
	if k >= len(x.logs)/2 {
		for b, m := range row {
			x.gain[b] += x.nLogN(m+n) - x.nLogN(m)
		}
		return
	}
	logs := x.logs
	alone := logs[k]
	for b, m := range row {
		switch i := int(m); {
		case i == 0:
			x.gain[b] += alone
		case i+k < len(logs):
			x.gain[b] += logs[i+k] - logs[i]
		default:
			x.gain[b] += (m+n)*math.Log(m+n) - m*math.Log(m)
		}
	}
}

// itself corrects what rise did for a class c that stands both before and after
// the word: there the bigrams of both sides fall together in one cell.
func (x *exchange) itself(c int) {
	if x.r[c] == 0 {
		return
	}
	m := x.pairs[c][c]
	x.gain[c] += x.nLogN(m+x.l[c]+x.r[c]+x.self) - x.nLogN(m+x.l[c]) - x.nLogN(m+x.r[c]) + x.nLogN(m)
}
