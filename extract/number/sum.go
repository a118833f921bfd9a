package number

import "github.com/cockroachdb/apd/v3"

// decimal is a small exact decimal: coef times ten to the exp.
type decimal struct {
	coef int64
	exp  int32
}

// largest bounds a coefficient so that sums and ten-fold steps cannot overflow.
const largest = 1 << 59

// set puts the value into d, as a whole number where it is one, and says
// whether it is of a size that a text can mean.
func (v decimal) set(d *apd.Decimal) bool {
	if v.exp > 40 || v.coef > largest || v.coef < 0 {
		return false
	}
	for v.exp > 0 && v.coef < largest/10 {
		v.coef *= 10
		v.exp--
	}
	for v.exp < 0 && v.coef%10 == 0 {
		v.coef /= 10
		v.exp++
	}
	d.SetFinite(v.coef, v.exp)
	return true
}

// plus adds two decimals; one that grows too large to hold becomes negative.
func (v decimal) plus(w decimal) decimal {
	if v.coef == 0 {
		return w
	}
	if w.coef == 0 {
		return v
	}
	if v.exp < w.exp {
		v, w = w, v
	}
	for v.exp > w.exp {
		if v.coef >= largest/10 {
			return decimal{-1, 0}
		}
		v.coef *= 10
		v.exp--
	}
	return decimal{v.coef + w.coef, v.exp}
}

// term is a finished part of a spelled number, "dos mil" in "dos mil cien".
type term struct {
	value decimal
	scale int32 // the power of ten of its scale word
}

// sum is a spelled number while it is read: terms of falling scale, and the
// group of words after them that no scale word has followed yet.
type sum struct {
	end    int // of what was read
	closed int // end at the last scale word, 0 before one
	terms  [6]term
	n      int
	group  decimal
	open   bool  // there is a group
	last   int64 // the value that the group's last word added
	before int64 // the room before that word
	room   int64 // the next word of the group can be at most this
	scaled bool
	point  bool
	done   bool // nothing may follow
}

// digits begins the group with digits.
func (s *sum) digits(v decimal, end int) {
	s.group, s.open, s.last, s.before, s.room, s.end = v, true, 0, 0, 0, end
}

// total is the number read so far.
func (s *sum) total() decimal {
	t := s.group
	for i := range s.n {
		t = t.plus(s.terms[i].value)
	}
	return t
}

// beyond says that the last word was a scale word of a million or more.
func (s *sum) beyond() bool { return !s.open && s.n > 0 && s.terms[s.n-1].scale >= 6 }

// drop takes back the small number in words after a scale word of a million or
// more: in "$45 million and five executives" it counts other things.
func (s *sum) drop() {
	if s.open && !s.done && s.n > 0 && s.terms[s.n-1].scale >= 6 {
		s.group, s.open, s.end = decimal{}, false, s.closed
	}
}

// add takes a number word of value v, after which at most room may follow.
func (s *sum) add(v, room int64) bool {
	if !s.open {
		if s.n > 0 && s.terms[s.n-1].scale < 3 {
			return false
		}
		s.group, s.open, s.before = decimal{v, 0}, true, 0
	} else {
		if s.group.exp != 0 || v == 0 || v > s.room {
			return false
		}
		s.group.coef += v
		s.before = s.room
	}
	s.last, s.room = v, room
	return true
}

// times takes a word that multiplies what is before it: hundred, cent, vingt.
func (s *sum) times(w *word) bool {
	if !s.open {
		return w.alone >= 0 && s.add(w.value, w.alone)
	}
	g := s.group.coef
	switch {
	case s.group.exp == 0 && g >= w.least && g <= w.most:
		s.group.coef = g * w.value
	case s.last >= w.least && s.last <= w.most && s.last*w.value <= s.before:
		s.group.coef += s.last * (w.value - 1)
	default:
		return w.alone >= 0 && s.add(w.value, w.alone)
	}
	s.last, s.room = 0, w.room
	return true
}

// scale takes a scale word of ten to the k: it multiplies all that is smaller.
func (s *sum) scale(k int32, alone bool) bool {
	v, n := s.group, s.n
	for n > 0 && s.terms[n-1].scale < k {
		n--
		v = v.plus(s.terms[n].value)
	}
	if !s.open && n == s.n {
		if !alone {
			return false
		}
		v = decimal{1, 0}
	}
	if n == len(s.terms) || n > 0 && s.terms[n-1].scale == k || v.coef <= 0 {
		return false
	}
	v.exp += k
	s.terms[n] = term{v, k}
	s.n, s.group, s.open, s.scaled = n+1, decimal{}, false, true
	s.last, s.room = 0, 0
	return true
}

// half takes "y medio" after a group or a scale word.
func (s *sum) half() bool {
	switch {
	case s.open && s.group.exp == 0:
		s.group = decimal{s.group.coef*10 + 5, -1}
		s.last, s.room = 0, 0
	case !s.open && s.n > 0:
		s.group, s.open = decimal{5, s.terms[s.n-1].scale - 1}, true
		s.done = true
	default:
		return false
	}
	return true
}

// power is the power of ten that scale words gave to the figure before them,
// 0 when other parts of the number follow.
func (s *sum) power(figure decimal) int {
	if s.n != 1 || s.open || s.terms[0].value.coef != figure.coef {
		return 0
	}
	return int(s.terms[0].value.exp - figure.exp)
}
