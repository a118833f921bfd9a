package bleve

import (
	"fmt"
	"strings"

	"vocero/corpus"

	"github.com/cockroachdb/apd/v3"
)

// encodeDecimal writes d so that bytes compare as the numbers do, exactly: a
// sign, the exponent of the first digit, the digits. Negative ones are written
// with every digit turned around and a mark that sorts after all digits.
func encodeDecimal(d *apd.Decimal) string {
	var r apd.Decimal
	r.Reduce(d)
	if r.Form != apd.Finite || r.Sign() == 0 {
		return "1"
	}
	digits := r.Coeff.String()
	const bias = 50_000 // apd bounds exponents to ±100,000; amounts stay far within
	exponent := min(max(int(r.Exponent)+len(digits)-1+bias, 0), 2*bias-1)
	s := fmt.Sprintf("%05d%s", exponent, digits)
	if !r.Negative {
		return "2" + s
	}
	turned := []byte(s)
	for i, c := range turned {
		turned[i] = '0' + '9' - c
	}
	return "0" + string(turned) + "~"
}

// encodeAmount makes an amount one term: its unit and its two ends.
func encodeAmount(a *corpus.Amount) string {
	return a.Unit + separator + encodeDecimal(&a.Low) + separator + encodeDecimal(&a.High)
}

const separator = "|"

// decodeAmount takes a term of encodeAmount apart; the ends stay encoded.
func decodeAmount(term string) (unit, low, high string) {
	unit, ends, _ := strings.Cut(term, separator)
	low, high, _ = strings.Cut(ends, separator)
	return unit, low, high
}

// encodeDates makes a range of days one term, in which open ends are the
// first and last day that there are.
func encodeDates(from, to corpus.Date) string {
	first, last := "0000-00-00", "9999-99-99"
	if !from.IsZero() {
		first = from.First().String()
	}
	if !to.IsZero() {
		last = to.Last().String()
	}
	return first + separator + last
}

// band names the power of ten that an amount's upper end lies in, as in
// "USD 1M..10M".
func band(a *corpus.Amount) string {
	var r apd.Decimal
	r.Reduce(&a.High)
	power := int(r.Exponent) + len(r.Coeff.String()) - 1
	switch {
	case r.Sign() <= 0 || r.Form != apd.Finite:
		return ""
	case power < 0:
		return a.Unit + " 0..1"
	case power >= 15:
		return a.Unit + " 1000T.."
	}
	return a.Unit + " " + round(power) + ".." + round(power+1)
}

// round writes ten to a power below 16.
func round(power int) string {
	if power == 15 {
		return "1000T"
	}
	return [...]string{"1", "10", "100"}[power%3] + [...]string{"", "K", "M", "B", "T"}[power/3]
}
