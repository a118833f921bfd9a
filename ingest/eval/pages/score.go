package pages

import (
	"strings"
)

// Found is what an extractor took out of a page.
type Found struct {
	Text   string
	Date   string // YYYY-MM-DD
	Author string
	Title  string
}

// Score counts, over the pages that were added to it.
type Score struct {
	Pages                                    int
	TruePositive, FalseNegative              int // strings of With that are in the text, and that are not
	FalsePositive, TrueNegative              int // strings of Without
	Date, Author, Title                      Exact
	MissingWith, ForeignWithout, WrongDetail []string // what went wrong, a line each
}

// Exact counts fields that are known: those found exactly, and all.
type Exact struct{ Right, Wrong, Missed int }

// Add scores one page.
func (s *Score) Add(p Page, f Found) {
	s.Pages++
	for _, w := range p.With {
		if strings.Contains(f.Text, w) {
			s.TruePositive++
		} else {
			s.FalseNegative++
			s.MissingWith = append(s.MissingWith, p.File+": "+w)
		}
	}
	for _, w := range p.Without {
		if strings.Contains(f.Text, w) {
			s.FalsePositive++
			s.ForeignWithout = append(s.ForeignWithout, p.File+": "+w)
		} else {
			s.TrueNegative++
		}
	}
	s.exact(&s.Date, "date", p, f.Date, p.Date)
	s.exact(&s.Author, "author", p, f.Author, p.Author)
	s.exact(&s.Title, "title", p, f.Title, p.Title)
}

// exact compares a field that is known; case and white space do not count.
func (s *Score) exact(e *Exact, field string, p Page, found, known string) {
	known, found = plain(known), plain(found)
	switch {
	case known == "":
	case found == known:
		e.Right++
	default:
		if found == "" {
			e.Missed++
		} else {
			e.Wrong++
		}
		s.WrongDetail = append(s.WrongDetail, p.File+": "+field+" is "+known+", found "+found)
	}
}

// plain makes one of the ways in which fields and lists of names are written.
func plain(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	return separators.Replace(s)
}

var separators = strings.NewReplacer("; ", ", ", " / ", ", ", " und ", ", ", " and ", ", ", " & ", ", ", "’", "'", "–", "-")

// Precision is the part of the strings found that the text must hold.
func (s *Score) Precision() float64 {
	return ratio(s.TruePositive, s.TruePositive+s.FalsePositive)
}

// Recall is the part of the strings that the text must hold that were found.
func (s *Score) Recall() float64 {
	return ratio(s.TruePositive, s.TruePositive+s.FalseNegative)
}

// F1 is the harmonic mean of precision and recall.
func (s *Score) F1() float64 {
	return ratio(2*s.TruePositive, 2*s.TruePositive+s.FalsePositive+s.FalseNegative)
}

// Accuracy is the part of the known fields that were found exactly.
func (e Exact) Accuracy() float64 { return ratio(e.Right, e.Right+e.Wrong+e.Missed) }

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
