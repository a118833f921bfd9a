// Command vectors measures the readers of amounts, numbers and dates on
// single sentences and prints one table of all files of a folder:
//
//	go run ./extract/eval/vectors ../shared/data/vectors/dev
//
// The files and the rule of matching are described in their README; -v lists
// the cases that fail, -out writes the predictions of each file as JSON lines.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
)

func main() {
	verbose := flag.Bool("v", false, "list the cases that fail")
	out := flag.String("out", "", "folder to write the predictions to")
	match := flag.String("files", "*", "which files, by name without .jsonl")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: vectors [-v] [-out DIR] [-files PATTERN] FOLDER")
		os.Exit(2)
	}
	if err := run(os.Stdout, flag.Arg(0), *match, *out, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "vectors:", err)
		os.Exit(1)
	}
}

// run scores every file of the folder and prints the table.
func run(w io.Writer, folder, match, out string, verbose bool) error {
	names, err := filepath.Glob(filepath.Join(folder, match+".jsonl"))
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("no file %s.jsonl in %s", match, folder)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "file\tcases\tright\t%\tspans\texact\ttrimmed\tvalue\tfound\tfalse\t")
	for _, name := range names {
		t, err := file(w, name, out, verbose)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprintf(table, "%s\t%d\t%d\t%.1f\t%d\t%d\t%d\t%d\t%d\t%d\t\n", strings.TrimSuffix(filepath.Base(name), ".jsonl"),
			t.cases, t.right, 100*float64(t.right)/float64(max(t.cases, 1)), t.spans, t.exact, t.trimmed, t.value, t.found, t.wrong)
	}
	return table.Flush()
}

// file scores one file.
func file(w io.Writer, name, out string, verbose bool) (total, error) {
	cases, err := readCases(name)
	if err != nil {
		return total{}, err
	}
	var t total
	answers := make([]answer, len(cases))
	for i := range cases {
		c := &cases[i]
		answers[i] = answer{c.ID, predict(c)}
		s := score(c, answers[i].Spans)
		t.add(s)
		if verbose && !s.ok {
			report(w, c, answers[i].Spans)
		}
	}
	if out == "" {
		return t, nil
	}
	return t, writeAnswers(filepath.Join(out, filepath.Base(name)), answers)
}

// report prints a case that failed.
func report(w io.Writer, c *vector, got []span) {
	fmt.Fprintf(w, "%s %s %s %s\n", c.ID, c.Country, c.Ref, c.Text)
	for _, e := range c.Expect {
		fmt.Fprintf(w, "\twant %q %s", c.cut(e.span), e.Value)
		for _, v := range e.Alts {
			fmt.Fprintf(w, " or %s", v)
		}
		fmt.Fprintln(w)
	}
	for _, s := range got {
		fmt.Fprintf(w, "\tgot  %q %s\n", c.cut(s), s.Value)
	}
}
