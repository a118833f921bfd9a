package eval

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"

	"vocero/corpus"
)

// WriteText writes the table of all documents, then up to errors errors of each
// kind. The table is the gold tools' own, letter for letter.
func (r *Report) WriteText(w io.Writer, errors int) error {
	b := bufio.NewWriter(w)
	writeTable(b, r.Scores, r.Kinds)
	if r.Missing > 0 {
		fmt.Fprintf(b, "%d gold documents have no prediction\n", r.Missing)
	}
	shown := map[string]int{}
	for _, e := range r.Errors {
		if shown[e.Kind]++; shown[e.Kind] <= errors {
			fmt.Fprintln(b, e.String())
		}
	}
	return b.Flush()
}

// WriteDetail writes a table for each language, then what the gold tools do not
// measure: calibration, clusters, documents a second, failures.
func (r *Report) WriteDetail(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, lang := range slices.Sorted(maps.Keys(r.ByLang)) {
		l := r.ByLang[lang]
		fmt.Fprintf(b, "\n%s, %d documents\n", lang, l.Documents)
		writeTable(b, l.Scores, r.Kinds)
		_, _, f := l.Total(Names()...).PRF()
		fmt.Fprintf(b, "%-13s%21.3f\n", "names", f)
	}
	r.Calibration.write(b)
	r.Clusters.write(b, "clusters (B³)")
	if r.GoldClusters != nil {
		r.GoldClusters.write(b, "of all gold")
	}
	if r.Seconds > 0 {
		fmt.Fprintf(b, "\n%d documents, %.1f a second\n", r.Documents, float64(r.Documents)/r.Seconds)
	}
	for _, f := range r.Failed {
		fmt.Fprintf(b, "failed: %s\n", f)
	}
	return b.Flush()
}

// String is the error as one line: "person: missed es-1 \"Ana Peña\"".
func (e Error) String() string {
	s := fmt.Sprintf("%s: %-6s %s %q", e.Kind, e.What, e.Document, e.Text)
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

func writeTable(w io.Writer, s scores, kinds []corpus.Kind) {
	fmt.Fprintf(w, "%-13s%7s%7s%7s   %10s%8s%8s%7s\n", "", "P", "R", "F1", "overlap F1", "value", "bound", "gold")
	for _, kind := range kinds {
		writeRow(w, string(kind), s.of(string(kind)), true)
	}
	if slices.Contains(kinds, corpus.RoleKind) {
		writeRow(w, holderLink, s.of(holderLink), false)
		writeRow(w, orgLink, s.of(orgLink), false)
	}
	p, r, f := total(s, kinds).PRF()
	fmt.Fprintf(w, "%-13s%7.3f%7.3f%7.3f\n", "all mentions", p, r, f)
}

func writeRow(w io.Writer, name string, s *Score, overlap bool) {
	p, r, f := s.Exact().PRF()
	fmt.Fprintf(w, "%-13s%7.3f%7.3f%7.3f", name, p, r, f)
	values := fmt.Sprintf("%16s", "")
	if n := s.ValueOK + s.ValueBad; n > 0 {
		values = fmt.Sprintf("%8.3f%8.3f", float64(s.ValueOK)/float64(n), float64(s.BoundOK)/float64(n))
	}
	if overlap {
		_, _, o := s.Overlap.PRF()
		fmt.Fprintf(w, "   %10.3f%s", o, values)
	} else {
		fmt.Fprintf(w, "%29s", "")
	}
	fmt.Fprintf(w, "%7d\n", s.TP+s.FN)
}

func (c *Calibration) write(w io.Writer) {
	fmt.Fprintf(w, "\n%-13s%7s%12s%7s\n", "confidence", "names", "said", "right")
	for i, b := range c.Bins {
		if b.Names > 0 {
			n := float64(b.Names)
			fmt.Fprintf(w, "%.1f to %.1f   %7d%12.3f%7.3f\n",
				float64(i)/bins, float64(i+1)/bins, b.Names, b.Confidence/n, float64(b.Right)/n)
		}
	}
	fmt.Fprintf(w, "expected calibration error %.3f\n", c.ECE())
}

func (c *Clusters) write(w io.Writer, head string) {
	fmt.Fprintf(w, "\n%-13s%7s%7s%7s%10s\n", head, "P", "R", "F1", "mentions")
	for _, kind := range Names() {
		if b := c.ByKind[kind]; b != nil {
			p, r, f := b.PRF()
			fmt.Fprintf(w, "%-13s%7.3f%7.3f%7.3f%10d\n", kind, p, r, f, b.Mentions)
		}
	}
}
