package query

import (
	"fmt"
	"strings"

	"vocero/corpus"
)

// dates reads the value of date or published after its comparison.
func (p *parser) dates(f FieldName, op string) (Node, error) {
	p.space()
	start := p.at
	run := p.run()
	low, high, ranged := strings.Cut(run, "..")
	from, err := p.date(start, low, ranged && high != "")
	if err != nil {
		return nil, err
	}
	to := from
	if ranged {
		if to, err = p.date(start+len([]rune(low))+2, high, low != ""); err != nil {
			return nil, err
		}
	}
	d := Dates{Published: f == published}
	switch {
	case ranged && op != ":" && op != "=":
		return nil, p.fail(start, "a range after "+op, fmt.Sprintf("write %s:%s", f, run))
	case op == ":" || op == "=":
		d.From, d.To = from, to
	case op == ">=":
		d.From = from
	case op == ">":
		d.From = corpus.DateOf(from.Last().Time().AddDate(0, 0, 1))
	case op == "<=":
		d.To = from
	default:
		d.To = corpus.DateOf(from.First().Time().AddDate(0, 0, -1))
	}
	if d.From.Year > maxYear || !d.To.IsZero() && d.To.Year < 1 {
		return nil, p.fail(start, "no day lies there", "")
	}
	if first, last := d.Days(); !last.IsZero() && first.Compare(last) > 0 {
		return nil, p.fail(start, "the range ends before it begins", "")
	}
	p.space()
	return d, nil
}

const maxYear = 9999

// date reads one end of a range; it may be open if the other isn't.
func (p *parser) date(at int, s string, mayOpen bool) (corpus.Date, error) {
	if s == "" && mayOpen {
		return corpus.Date{}, nil
	}
	if s == "" {
		return corpus.Date{}, p.fail(at, "a date is missing", "write 2021, 2021-05 or 2021-05-17")
	}
	d, err := corpus.ParseDate(s)
	if err != nil || d.Year == 0 {
		return corpus.Date{}, p.fail(at, s+" is no date", "write 2021, 2021-05 or 2021-05-17")
	}
	return d, nil
}
