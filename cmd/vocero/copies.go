package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"vocero/cmd/internal/api"
)

// alsoPublished says where else a release was published: "also published by
// Ministerio de Salud (es-2), Gobierno (es-7) and 3 more", or "" nowhere.
func alsoPublished(c *api.Copies) string {
	const named = 3 // the rest is counted
	if c == nil {
		return ""
	}
	var by []string
	for _, m := range c.Others[:min(named, len(c.Others))] {
		by = append(by, fmt.Sprintf("%s (%s)", cmp.Or(m.Publisher, m.URL, m.Title), m.ID))
	}
	by = slices.Clip(by)
	text := "also published by " + strings.Join(by, ", ")
	if more := c.Total - 1 - len(by); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// copiesOf says how many of the releases are copies, where some are.
func copiesOf(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d of them copies, ", n)
}
