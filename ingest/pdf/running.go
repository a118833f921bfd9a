package pdf

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Where lines are looked for that repeat: so many of a page's outermost lines,
// in this part of its height.
const (
	marginRows = 4
	marginPart = 0.16
)

// withoutRunning takes out the lines that repeat at the top or the bottom of
// pages, but for numbers, and the numbers of pages. What stands at the top of
// the first page stays: it says whose release it is, and often of which day.
func withoutRunning(lines [][]row, pages []page) [][]row {
	seen := map[string]int{}
	for i, rows := range lines {
		for key := range marginKeys(rows, pages[i].height) {
			seen[key]++
		}
	}
	out := make([][]row, len(lines))
	for i, rows := range lines {
		running := map[int]bool{}
		for key, at := range marginKeys(rows, pages[i].height) {
			repeats := seen[key] >= 2 && 3*seen[key] >= len(pages)
			if i == 0 && strings.HasPrefix(key, "top ") && !pageNumber.MatchString(rows[at].text) {
				rows[at].repeats = repeats
				continue
			}
			if repeats || pageNumber.MatchString(rows[at].text) && (len(pages) > 1 || strings.ContainsFunc(rows[at].text, unicode.IsLetter)) {
				running[at] = true
			}
		}
		for j, r := range rows {
			if !running[j] {
				out[i] = append(out[i], r)
			}
		}
	}
	return out
}

// pageNumber is a line that says nothing but which page it is.
var pageNumber = regexp.MustCompile(`(?i)^[\s\-–—|·•]*(?:p[aá]g(?:ina|\.)?|page|p\.|seite|folio)?[\s.:º°]*\d{1,4}(?:\s*(?:de|of|sur|/|von|-)\s*\d{1,4})?[\s\-–—|·•.]*$`)

// marginKeys gives the lines in a page's margins, by what is the same of them
// on every page, with their place among rows.
func marginKeys(rows []row, height float64) map[string]int {
	at := make([]int, len(rows))
	for i := range at {
		at[i] = i
	}
	slices.SortFunc(at, func(a, b int) int { return cmp.Compare(rows[a].y0, rows[b].y0) })
	keys := map[string]int{}
	for n, i := range at {
		r := rows[i]
		top := n < marginRows && r.y1 < marginPart*height
		bottom := n >= len(at)-marginRows && r.y0 > (1-marginPart)*height
		if !top && !bottom {
			continue
		}
		place := "top "
		if bottom {
			place = "bottom "
		}
		keys[place+pattern(r.text)] = i
	}
	return keys
}

// pattern is a line with every number as one sign.
func pattern(text string) string {
	var out strings.Builder
	number := false
	for _, r := range strings.ToLower(text) {
		switch {
		case unicode.IsDigit(r):
			if !number {
				out.WriteByte('0')
			}
			number = true
			continue
		case unicode.IsLetter(r):
			out.WriteRune(r)
		}
		number = false
	}
	return out.String()
}
