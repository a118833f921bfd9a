package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// report prints what was measured, and what is aimed at beside it.
func report(peers []string, results map[string]*result, n int, asked []class) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	defer w.Flush()
	row := func(name string, value func(*result) string) {
		fmt.Fprintf(w, "%s\t", name)
		for _, p := range peers {
			fmt.Fprintf(w, "%s\t", value(results[p]))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%d releases\t%s\t\n", n, strings.Join(peers, "\t"))
	row("indexing, processor", func(r *result) string { return r.indexing.Round(time.Second / 10).String() })
	row("indexing, clock", func(r *result) string { return r.wall.Round(time.Second / 10).String() })
	row("index, bytes a byte of text", func(r *result) string { return fmt.Sprintf("%.2f", float64(r.bytes)/float64(r.textBytes)) })
	row("memory, MB", func(r *result) string { return fmt.Sprint(r.rss >> 20) })
	row("put until found", func(r *result) string { return r.visible.Round(time.Millisecond).String() })
	for _, c := range asked {
		row(c.name+", mean", func(r *result) string { return r.classes[c.name].mean.Round(time.Microsecond).String() })
		row("p95, clock", func(r *result) string { return r.classes[c.name].p95.Round(time.Microsecond).String() })
		row("hits", func(r *result) string { return fmt.Sprint(r.classes[c.name].total) })
	}
	if ours := results["vocero"]; ours != nil {
		for _, a := range aims {
			if a.class != indexing && !slices.ContainsFunc(asked, func(c class) bool { return c.name == a.class }) {
				continue
			}
			a.print(w, ours, results[a.peer])
		}
	}
}

// aim is a bound on the ratio of two peers' times, or on one figure.
type aim struct {
	class  string // or indexing
	peer   string
	factor float64
	faster bool // vocero at least so many times as fast; else at most so many times its time
}

const indexing = "indexing"

// aims are what the index is judged by.
var aims = []aim{
	{"term", "tuned", 1.3, false}, {"and", "tuned", 1.3, false}, {"or", "tuned", 1.3, false},
	{"prefix", "tuned", 1.3, false}, {"phrase", "tuned", 1.3, false},
	{"term", "fts5", 10, true}, {"or", "fts5", 10, true}, {"prefix", "fts5", 10, true}, {"and", "fts5", 2.5, true},
	{"term with 4 facets", "tuned", 10, true}, {"and with 4 facets", "tuned", 10, true},
	{"or with 4 facets", "tuned", 10, true}, {"prefix with 4 facets", "tuned", 10, true},
	{"term with 4 facets", "fts5", 5, true}, {"and with 4 facets", "fts5", 5, true},
	{"or with 4 facets", "fts5", 5, true}, {"prefix with 4 facets", "fts5", 5, true},
	{"by date", "tuned", 3, true},
	{indexing, "tuned", 1.2, false}, {indexing, "defaults", 1.6, true},
}

func (a aim) print(w *tabwriter.Writer, ours, peer *result) {
	if peer == nil || a.class == indexing && (ours.indexing == 0 || peer.indexing == 0) {
		return
	}
	time := func(r *result) float64 {
		if a.class == indexing {
			return float64(r.indexing)
		}
		return float64(r.classes[a.class].mean)
	}
	ratio, bound, met := time(ours)/time(peer), "≤", false
	if met = ratio <= a.factor; a.faster {
		ratio = 1 / ratio
		bound, met = "≥", ratio >= a.factor
	}
	verdict := "met"
	if !met {
		verdict = "MISSED"
	}
	kind := "time of"
	if a.faster {
		kind = "faster than"
	}
	fmt.Fprintf(w, "%s: %s %s\t%.2f\t%s %g\t%s\t\n", a.class, kind, a.peer, ratio, bound, a.factor, verdict)
}
