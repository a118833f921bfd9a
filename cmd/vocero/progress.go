package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"vocero/ingest"
)

// bar shows on a terminal how far an ingest has come; elsewhere it is silent.
type bar struct {
	w     io.Writer // nil where there is no terminal
	drawn bool
}

func newBar(stderr io.Writer) *bar {
	if !isTerminal(stderr) {
		return &bar{}
	}
	return &bar{w: stderr}
}

const barCells = 24

func (b *bar) show(p ingest.Progress) {
	if b.w == nil {
		return
	}
	b.drawn = true
	fmt.Fprint(b.w, "\r\x1b[K", progressLine(p))
}

func progressLine(p ingest.Progress) string {
	rate := fmt.Sprintf("%.0f/s", p.Rate())
	if p.Total == 0 {
		return fmt.Sprintf("%d taken in  %s", p.Done(), rate)
	}
	full := min(barCells, barCells*p.Done()/p.Total)
	cells := strings.Repeat("█", full) + strings.Repeat("░", barCells-full)
	line := fmt.Sprintf("%s %d/%d  %s", cells, p.Done(), p.Total, rate)
	if left := p.Left(); left > 0 {
		line += "  " + left.Round(time.Second).String() + " left"
	}
	return line
}

// end leaves the terminal's line to what comes next.
func (b *bar) end() {
	if b.drawn {
		fmt.Fprint(b.w, "\r\x1b[K")
	}
}

// writeSummary says on stderr what became of the inputs, or prints it as JSON.
func (p *program) writeSummary(s ingest.Summary) error {
	if p.asJSON {
		return json.NewEncoder(p.stdout).Encode(summaryJSON(s))
	}
	fmt.Fprintf(p.stderr, "%d new, %d changed, %d unchanged, %d failed in %s\n",
		s.New, s.Changed, s.Unchanged, s.Failed, s.Elapsed.Round(time.Millisecond))
	const shown = 20
	for i, f := range s.Failures {
		if i == shown {
			fmt.Fprintf(p.stderr, "  … and %d more: vocero status --failures\n", s.Failed-shown)
			break
		}
		fmt.Fprintf(p.stderr, "  %s: %s\n", printable(cmp.Or(f.Path, f.URL, f.Key, "input")), printable(f.Failure.Error()))
	}
	return nil
}

func summaryJSON(s ingest.Summary) any {
	type failure struct {
		Input  string `json:"input"`
		Reason string `json:"reason"`
		Detail string `json:"detail,omitempty"`
	}
	failures := []failure{}
	for _, f := range s.Failures {
		failures = append(failures, failure{cmp.Or(f.Path, f.URL, f.Key, "input"), string(f.Failure.Reason), f.Failure.Detail})
	}
	return struct {
		New       int       `json:"new"`
		Changed   int       `json:"changed"`
		Unchanged int       `json:"unchanged"`
		Failed    int       `json:"failed"`
		Seconds   float64   `json:"seconds"`
		Failures  []failure `json:"failures"`
	}{s.New, s.Changed, s.Unchanged, s.Failed, s.Elapsed.Seconds(), failures}
}
