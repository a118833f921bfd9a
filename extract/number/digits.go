package number

import (
	"vocero/corpus"

	"github.com/cockroachdb/apd/v3"
)

// maxDigits is the most digits that a number can have; longer runs are keys,
// accounts and noise.
const maxDigits = 36

// maxGroups is the most separators that a number can have.
const maxGroups = 12

// figures is what a run of digits means.
type figures struct {
	value    decimal // when small
	small    bool    // value holds it
	doubtful bool
	other    decimal
}

// rescale sets other to the doubtful reading times ten to the power.
func (f *figures) rescale(other *apd.Decimal, power int32) bool {
	d := f.other
	d.exp += power
	return d.set(other)
}

// separator is one mark between two groups of digits.
type separator struct {
	mark  byte // '.', ',', '\'' or ' '
	after int  // digits that follow it
}

// shape is a run of digits and separators as it is written.
type shape struct {
	end    int
	first  int // digits before the first separator
	zero   bool
	marks  [maxGroups]separator
	n      int
	digits int
	wild   bool // too many digits or separators to be a number
}

// decimal is the mark that parts decimals by a shape that leaves no doubt, or 0:
// the last of two different ones, or the other of one that groups twice.
func (s *shape) decimal() byte {
	if s.wild || s.n < 2 || !groups(s, 0) {
		return 0
	}
	first, last := s.marks[0].mark, s.marks[s.n-1]
	switch {
	case first != '.' && first != ',' || last.mark != '.' && last.mark != ',':
		return 0
	case last.mark != first:
		return last.mark
	case last.after != 3:
		return 0
	case first == '.':
		return ','
	}
	return '.'
}

// startsDigits says whether a number in digits can begin at pos: at a digit, or
// at a decimal separator that a digit follows.
func startsDigits(text string, pos int) bool {
	if isDigit(text, pos) {
		return true
	}
	return (text[pos] == '.' || text[pos] == ',') && isDigit(text, pos+1) && !isDigit(text, pos-1)
}

func isDigit(text string, i int) bool {
	return i >= 0 && i < len(text) && text[i]-'0' <= 9
}

// digits reads the digits at pos with their separators.
func (r *Reader) digits(text string, pos int) (Number, figures, bool) {
	s := r.measure(text, pos)
	n := Number{Span: corpus.Span{Start: pos, End: s.end}}
	decimals, doubtful, ok := r.settle(&s)
	if !ok {
		return n, figures{}, false
	}
	n.Digits = s.digits - decimals
	n.Grouped = s.n > 1 || s.n == 1 && decimals == 0
	n.Point = decimals > 0
	f := figures{small: s.digits <= 18, doubtful: doubtful}
	if !f.small {
		return n, f, setDigits(&n.Value, text[pos:s.end], decimals)
	}
	coef := coefficient(text[pos:s.end])
	f.value = decimal{coef, int32(-decimals)}
	if n.Doubtful = doubtful; doubtful {
		f.other = decimal{coef, int32(decimals - 3)}
		f.other.set(&n.Other)
	}
	return n, f, f.value.set(&n.Value)
}

// measure finds the run of digits at pos and its separators.
func (r *Reader) measure(text string, pos int) shape {
	var s shape
	i := pos
	for isDigit(text, i) {
		i++
	}
	s.first, s.digits, s.zero = i-pos, i-pos, i > pos && text[pos] == '0'
	for {
		mark, next := r.mark(text, i, &s)
		if mark == 0 {
			break
		}
		j := next
		for isDigit(text, j) {
			j++
		}
		if mark == ' ' && (j-next != 3 || s.first > 3 || s.zero) {
			break // two numbers beside each other
		}
		if s.n < maxGroups {
			s.marks[s.n] = separator{mark, j - next}
		}
		s.n++
		s.digits += j - next
		i = j
	}
	s.end = i
	s.wild = s.digits > maxDigits || s.n > maxGroups
	return s
}

// mark returns the separator at i, if a digit follows it, and where that is.
func (r *Reader) mark(text string, i int, s *shape) (mark byte, next int) {
	if i >= len(text) {
		return 0, i
	}
	switch c := text[i]; c {
	case '.', ',', '\'':
		mark, next = c, i+1
	case 0xC2: // ´ or a no-break space
		if i+1 < len(text) && text[i+1] == 0xB4 {
			mark, next = '\'', i+2
		} else if size := spaceAt(text, i); size > 0 {
			mark, next = ' ', i+size
		}
	case 0xE2: // ‘ ’ or a narrow space
		if i+2 < len(text) && text[i+1] == 0x80 && (text[i+2] == 0x98 || text[i+2] == 0x99) {
			mark, next = '\'', i+3
		} else if size := spaceAt(text, i); size > 0 {
			mark, next = ' ', i+size
		}
	case ' ':
		if r.spaced && !(s.n > 0 && s.marks[min(s.n, maxGroups)-1].mark != ' ') {
			mark, next = ' ', i+1
		}
	default:
		if size := spaceAt(text, i); size > 0 && c != '\t' {
			mark, next = ' ', i+size
		}
	}
	if mark == 0 || !isDigit(text, next) {
		return 0, i
	}
	return mark, next
}

// settle decides which of the digits are decimals. The shape decides where it
// can; a single separator before three digits is left to the country's custom.
func (r *Reader) settle(s *shape) (decimals int, doubtful, ok bool) {
	if s.wild || s.digits == 0 {
		return 0, false, false
	}
	if s.n == 0 {
		return 0, false, true
	}
	last := s.marks[s.n-1]
	if s.n == 1 {
		return r.single(s, last)
	}
	for i := range s.n - 1 {
		if !groups(s, i) {
			return 0, false, false
		}
	}
	switch prev := s.marks[s.n-2].mark; {
	case last.mark == prev:
		return 0, false, last.after == 3
	case last.mark == '\'' || last.mark == ' ':
		return 0, false, false
	case last.after == 3 && prev == '\'': // 5'000,000
		return 0, false, true
	default:
		return last.after, false, true
	}
}

// single settles a number with one separator only.
func (r *Reader) single(s *shape, only separator) (decimals int, doubtful, ok bool) {
	switch {
	case only.mark == ' ':
		return 0, false, only.after == 3
	case only.mark == '\'' && only.after == 3 && s.first <= 3 && s.first > 0:
		return 0, false, true
	case only.mark == '\'':
		return only.after, false, only.after <= 2 && s.first > 0
	case only.after != 3 || s.first > 3 || s.first == 0 || s.zero:
		return only.after, false, true
	case only.mark == r.decimal:
		return 3, true, true
	}
	return 0, true, true
}

// groups says whether separator i can be one between thousands: three digits
// after it, or two as in India (12,34,567), and the same mark as before it.
func groups(s *shape, i int) bool {
	m := s.marks[i]
	if s.first > 3 || s.first == 0 || i > 0 && s.marks[i-1].mark != m.mark && s.marks[i-1].mark != '\'' {
		return false
	}
	return m.after == 3 || m.after == 2 && m.mark == ',' && s.marks[s.n-1].mark == ','
}

// coefficient gives the digits of s as one integer; there are at most 18.
func coefficient(s string) int64 {
	var v int64
	for i := range len(s) {
		if d := s[i] - '0'; d <= 9 {
			v = v*10 + int64(d)
		}
	}
	return v
}

// setDigits sets d to the digits of s, of which the last are decimals.
func setDigits(d *apd.Decimal, s string, decimals int) bool {
	digits := make([]byte, 0, maxDigits)
	for i := range len(s) {
		if s[i]-'0' <= 9 {
			digits = append(digits, s[i])
		}
	}
	if _, ok := d.Coeff.SetString(string(digits), 10); !ok {
		return false
	}
	d.Exponent = int32(-decimals)
	return true
}
