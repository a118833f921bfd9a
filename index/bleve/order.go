package bleve

import (
	"math"

	"vocero/corpus"
	"vocero/index"
	"vocero/index/query"
)

// amountColumn reads the largest or the smallest amount of a document.
type amountColumn struct {
	column *column
	unit   string
	end    func(low, high string) string // which end of a range counts
	better func(a, b string) bool
}

// amountsOf returns the column that the hits are ordered by, or nil.
func (s *searching) amountsOf(r index.Request) (*amountColumn, error) {
	if r.Sort != index.Largest && r.Sort != index.Smallest {
		return nil, nil
	}
	a := &amountColumn{unit: r.Unit}
	if a.unit == "" {
		a.unit = unitOf(r.Query)
	}
	if a.unit == "" {
		return nil, &index.Unanswerable{Part: r.Query.String(),
			Reason: "amounts of one currency only can be put in order: name it, as in amount>0 USD"}
	}
	if r.Sort == index.Largest {
		a.end, a.better = func(_, high string) string { return high }, func(a, b string) bool { return a > b }
	} else {
		a.end, a.better = func(low, _ string) string { return low }, func(a, b string) bool { return a < b }
	}
	a.column = s.column(amountField)
	return a, nil
}

// of returns a document's amount as it is encoded, or "".
func (a *amountColumn) of(at int, doc uint32) (best string, err error) {
	numbers, err := a.column.of(at, doc)
	if err != nil {
		return "", err
	}
	for _, n := range numbers {
		unit, low, high := decodeAmount(a.column.values[n])
		if unit != a.unit {
			continue
		}
		if v := a.end(low, high); best == "" || a.better(v, best) {
			best = v
		}
	}
	return best, nil
}

// unitOf returns the unit of the first amount that a query asks for.
func unitOf(n query.Node) string {
	first := func(of []query.Node) string {
		for _, part := range of {
			if unit := unitOf(part); unit != "" {
				return unit
			}
		}
		return ""
	}
	switch n := n.(type) {
	case query.Amount:
		return n.Unit
	case query.And:
		return first(n.Of)
	case query.Or:
		return first(n.Of)
	case query.Near:
		return unitOf(n.Of)
	}
	return ""
}

// freshness weighs days by their distance to one, in days since 1970.
type freshness struct {
	day      float64
	halfLife float64 // 0 weighs nothing
	factors  map[string]float64
}

func newFreshness(f index.Freshness) freshness {
	if f.HalfLife <= 0 || f.Day.IsZero() {
		return freshness{}
	}
	return freshness{dayNumber(f.Day.Last()), float64(f.HalfLife), make(map[string]float64)}
}

func dayNumber(d corpus.Date) float64 { return float64(d.Time().Unix()) / (24 * 60 * 60) }

// factor is what a score is multiplied with: 2 for the day itself and later
// ones, towards 1 for those long before; 1 for undated releases.
func (f *freshness) factor(day string) float64 {
	if f.halfLife == 0 || day == "" {
		return 1
	}
	known, ok := f.factors[day]
	if ok {
		return known
	}
	factor := 1.0
	if d, err := corpus.ParseDate(day); err == nil {
		age := max(0, f.day-dayNumber(d.Last()))
		factor += math.Exp2(-age / f.halfLife)
	}
	f.factors[day] = factor
	return factor
}
