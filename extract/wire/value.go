package wire

import (
	"fmt"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"vocero/corpus"
)

// FormatAmount writes an amount's value: "USD 7200000" or
// "USD 2000000..3000000" for money, "30.5" or "10..12" for a percentage.
func FormatAmount(a *corpus.Amount) string {
	figure := plain(&a.Low)
	if a.Low.Cmp(&a.High) != 0 {
		figure += ".." + plain(&a.High)
	}
	if a.Kind() == corpus.Percent {
		return figure
	}
	return a.Unit + " " + figure
}

// ParseAmount reads what FormatAmount wrote for kind into Unit, Low and High.
func ParseAmount(kind corpus.Kind, value string) (corpus.Amount, error) {
	a := corpus.Amount{Unit: corpus.PercentUnit}
	figure := value
	if kind == corpus.Money {
		var ok bool
		if a.Unit, figure, ok = strings.Cut(value, " "); !ok || len(a.Unit) != 3 {
			return corpus.Amount{}, fmt.Errorf("money %q: not a code and a figure", value)
		}
	}
	low, high, isRange := strings.Cut(figure, "..")
	if !isRange {
		high = low
	}
	for _, side := range []struct {
		digits string
		into   *apd.Decimal
	}{{low, &a.Low}, {high, &a.High}} {
		if strings.Trim(side.digits, "-.0123456789") != "" {
			return corpus.Amount{}, fmt.Errorf("%s %q: not a plain figure", kind, value)
		}
		if _, _, err := side.into.SetString(side.digits); err != nil {
			return corpus.Amount{}, fmt.Errorf("%s %q: %w", kind, value, err)
		}
	}
	return a, nil
}

// plain writes d without exponent and without zeros at the end of its fraction.
func plain(d *apd.Decimal) string {
	s := d.Text('f')
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}
