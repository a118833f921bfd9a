package query

import (
	"fmt"
	"regexp"
	"strings"

	"vocero/corpus"

	"github.com/cockroachdb/apd/v3"
)

// amount reads the value of amount or percent after its comparison.
func (p *parser) amount(f FieldName, op string) (Node, error) {
	p.space()
	start := p.at
	run := p.run()
	if f == percent {
		run = strings.ReplaceAll(run, "%", "")
	}
	var a Amount
	low, high, ranged := strings.Cut(run, "..")
	from, err := p.limit(start, low, ranged && high != "")
	if err != nil {
		return nil, err
	}
	to := from
	if ranged {
		if to, err = p.limit(start+len([]rune(low))+2, high, low != ""); err != nil {
			return nil, err
		}
	}
	switch {
	case ranged && op != ":" && op != "=":
		return nil, p.fail(start, "a range after "+op, fmt.Sprintf("write %s:%s", f, run))
	case op == ":" || op == "=":
		a.From, a.To = from, to
	case op[0] == '>':
		a.From = Limit{from.Value, op == ">"}
	default:
		a.To = Limit{from.Value, op == "<"}
	}
	if !a.From.IsZero() && !a.To.IsZero() && a.From.Value.Cmp(a.To.Value) > 0 {
		return nil, p.fail(start, "the range ends before it begins", "")
	}
	if a.Unit = corpus.PercentUnit; f == money {
		a.Unit = p.currency()
	}
	p.space()
	return a, nil
}

// limit reads one end of a range; it may be open if the other isn't.
func (p *parser) limit(at int, s string, mayOpen bool) (Limit, error) {
	if s == "" && mayOpen {
		return Limit{}, nil
	}
	v, problem := parseNumber(s)
	if problem != "" {
		return Limit{}, p.fail(at, problem, "write it as 1500000, 1.5M, 20K or 3B")
	}
	return Limit{Value: v}, nil
}

// currency reads the ISO 4217 code that may follow an amount.
func (p *parser) currency() string {
	back := p.at
	p.space()
	if code := p.run(); currencies()[code] && (p.end() || !strings.ContainsRune(":<>=(", p.peek())) {
		return code
	}
	p.at = back
	return ""
}

var (
	plainNumber   = regexp.MustCompile(`^\d{1,40}(?:[.,]\d{1,40})?$`)
	groupedNumber = regexp.MustCompile(`^\d{1,3}(?:(?:\.\d{3}){2,7}(?:,\d{1,12})?|(?:,\d{3}){2,7}(?:\.\d{1,12})?|\.\d{3},\d{1,2}|,\d{3}\.\d{1,2})$`)
	doubtful      = regexp.MustCompile(`^[1-9]\d{0,2}[.,]\d{3}$`)
)

// parseNumber reads a figure with its scale; problem says why it can't.
func parseNumber(s string) (v *apd.Decimal, problem string) {
	digits := strings.TrimRight(s, "KkMBT")
	exponent, known := map[string]int32{"": 0, "K": 3, "k": 3, "M": 6, "MM": 6, "B": 9, "T": 12}[s[len(digits):]]
	switch {
	case s == "":
		return nil, "an amount is missing"
	case !known:
		return nil, s + " is no amount"
	case doubtful.MatchString(digits) && exponent == 0:
		return nil, fmt.Sprintf("%s may be a thousand or a fraction", s)
	case groupedNumber.MatchString(digits):
		digits = ungroup(digits)
	case plainNumber.MatchString(digits):
		digits = strings.Replace(digits, ",", ".", 1)
	default:
		return nil, s + " is no amount"
	}
	v, _, err := apd.NewFromString(digits)
	if err != nil {
		return nil, s + " is no amount"
	}
	v.Exponent += exponent
	v.Reduce(v)
	return v, ""
}

// ungroup takes the separators of thousands out; the last kind of separator
// is the decimal one if it stands once.
func ungroup(s string) string {
	last := s[strings.LastIndexAny(s, ".,")]
	whole, fraction := s, ""
	if strings.Count(s, string(last)) == 1 {
		whole, fraction, _ = strings.Cut(s, string(last))
		fraction = "." + fraction
	}
	return strings.NewReplacer(".", "", ",", "").Replace(whole) + fraction
}
