package eval

import (
	"math"
	"strconv"
	"strings"

	"vocero/corpus"
)

// sameValue says whether a predicted value is the gold one. Gold that could not
// tell the currency (XXX) takes any.
func sameValue(kind corpus.Kind, got, want string) bool {
	if got == "" {
		return false
	}
	switch kind {
	case corpus.Money:
		g, w := strings.Fields(got), strings.Fields(want)
		if len(g) != 2 || len(w) != 2 || g[0] != w[0] && w[0] != "XXX" {
			return false
		}
		return sameFigures(g[1], w[1], func(x, y float64) bool {
			return math.Abs(x-y) <= 1e-6*max(1, math.Abs(y))
		})
	case corpus.Percent:
		return sameFigures(strings.TrimRight(got, "%"), want, func(x, y float64) bool {
			return math.Abs(x-y) < 1e-9
		})
	}
	return got == want
}

// sameFigures compares a figure, or both ends of a range.
func sameFigures(got, want string, same func(x, y float64) bool) bool {
	g, w := strings.Split(got, ".."), strings.Split(want, "..")
	if len(g) != len(w) {
		return false
	}
	for i := range g {
		x, errX := strconv.ParseFloat(g[i], 64)
		y, errY := strconv.ParseFloat(w[i], 64)
		if errX != nil || errY != nil || !same(x, y) {
			return false
		}
	}
	return true
}
