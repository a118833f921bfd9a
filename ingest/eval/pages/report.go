package pages

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// Report keeps the scores of one extractor over both halves of a set.
type Report struct {
	Open, Held, All Score
	Spent           time.Duration // of processor time
}

// Add scores what was found in a page.
func (r *Report) Add(p Page, f Found) {
	r.All.Add(p, f)
	if p.Held() {
		r.Held.Add(p, f)
	} else {
		r.Open.Add(p, f)
	}
}

// Measure runs extract over every page, one after the other, and reports.
func Measure(set []Page, extract func(Page) Found) *Report {
	var r Report
	found := make([]Found, len(set))
	begun := processorTime()
	for i, p := range set {
		found[i] = extract(p)
	}
	r.Spent = processorTime() - begun
	for i, p := range set {
		r.Add(p, found[i])
	}
	return &r
}

// Print writes a table with a row for each half and for all.
func (r *Report) Print(w io.Writer, name string) {
	fmt.Fprintf(w, "%-28s pages  precision  recall     F1    date  author   title\n", name)
	for _, row := range []struct {
		name string
		s    *Score
	}{{"first half", &r.Open}, {"held out", &r.Held}, {"all", &r.All}} {
		fmt.Fprintf(w, "  %-26s %5d  %9.4f  %6.4f  %5.4f  %5.3f   %5.3f   %5.3f\n", row.name, row.s.Pages,
			row.s.Precision(), row.s.Recall(), row.s.F1(), row.s.Date.Accuracy(), row.s.Author.Accuracy(), row.s.Title.Accuracy())
	}
	fmt.Fprintf(w, "  %.0f pages a second of processor time\n", float64(r.All.Pages)/max(r.Spent.Seconds(), 1e-9))
}

// List writes what is wrong in the half that may be looked at.
func (r *Report) List(w io.Writer) {
	for _, part := range []struct {
		name  string
		lines []string
	}{{"missing", r.Open.MissingWith}, {"foreign", r.Open.ForeignWithout}, {"field", r.Open.WrongDetail}} {
		slices.Sort(part.lines)
		for _, line := range part.lines {
			fmt.Fprintln(w, part.name, line)
		}
	}
}
