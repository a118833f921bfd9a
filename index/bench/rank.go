package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"vocero/corpus"
)

//go:embed testdata/judgements.txt
var judgementsText string

// judgement is a query with the grades of the releases that answer it.
type judgement struct {
	query  string
	grades map[string]int
}

func judgements() ([]judgement, error) {
	var all []judgement
	for line := range strings.Lines(judgementsText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		text, list, found := strings.Cut(line, " => ")
		if !found {
			return nil, fmt.Errorf("judgements: no => in %q", line)
		}
		j := judgement{text, make(map[string]int)}
		for _, f := range strings.Fields(list) {
			id, grade, _ := strings.Cut(f, ":")
			n, err := strconv.Atoi(grade)
			if err != nil || n < 1 || n > 3 {
				return nil, fmt.Errorf("judgements: %s of %q", f, text)
			}
			j.grades[id] = n
		}
		all = append(all, j)
	}
	return all, nil
}

// ndcg is the discounted gain of the first ten hits, by that of the best order
// that there could be.
func (j *judgement) ndcg(ids []string) float64 {
	gain := func(grade, rank int) float64 { return (math.Exp2(float64(grade)) - 1) / math.Log2(float64(rank)+2) }
	var ideal []int
	for _, grade := range j.grades {
		ideal = append(ideal, grade)
	}
	slices.SortFunc(ideal, func(a, b int) int { return b - a })
	got, best := 0.0, 0.0
	for i, id := range ids[:min(10, len(ids))] {
		got += gain(j.grades[id], i)
	}
	for i, grade := range ideal[:min(10, len(ideal))] {
		best += gain(grade, i)
	}
	return got / best
}

// ranking measures each peer by the judgements, and says of which queries.
func ranking(ctx context.Context, w io.Writer, folder, data string, peers []string) error {
	releases, err := readReleases(data)
	if err != nil {
		return err
	}
	all, err := judgements()
	if err != nil {
		return err
	}
	scores := make(map[string][]float64)
	for _, name := range peers {
		if scores[name], err = ranked(ctx, engines[name], filepath.Join(folder, name), releases, all); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "nDCG@10\t%s\t\n", strings.Join(peers, "\t"))
	line := func(name string, score func(string) float64) {
		fmt.Fprintf(t, "%s\t", name)
		for _, p := range peers {
			fmt.Fprintf(t, "%.3f\t", score(p))
		}
		fmt.Fprintln(t)
	}
	for i, j := range all {
		line(j.query, func(p string) float64 { return scores[p][i] })
	}
	line(fmt.Sprintf("mean of %d", len(all)), func(p string) float64 { return mean(scores[p]) })
	return t.Flush()
}

func mean(of []float64) float64 {
	sum := 0.0
	for _, v := range of {
		sum += v
	}
	return sum / float64(len(of))
}

// ranked puts the releases and returns the score of each judgement.
func ranked(ctx context.Context, open func(string) (engine, error), folder string, releases []release, all []judgement) ([]float64, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	e, err := open(folder)
	if err != nil {
		return nil, err
	}
	defer e.close() // it is only read from here on
	if err := e.put(ctx, releases); err != nil {
		return nil, err
	}
	var scores []float64
	for i := range all {
		ids, err := e.top(ctx, ask1(and, all[i].query))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", all[i].query, err)
		}
		scores = append(scores, all[i].ndcg(ids))
	}
	return scores, nil
}

// readReleases reads ID.txt, with the metadata in ID.json beside it, of every
// language's folder.
func readReleases(folder string) ([]release, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*", "*.txt"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("no releases in %s", folder)
	}
	var all []release
	for i, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		about, err := os.ReadFile(strings.TrimSuffix(name, ".txt") + ".json")
		if err != nil {
			return nil, err
		}
		var d struct{ Published, Publisher, Country string }
		if err := json.Unmarshal(about, &d); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		day, _ := corpus.ParseDate(d.Published) // undated where it isn't one
		title, _, _ := strings.Cut(string(text), "\n")
		r := release{Document: corpus.Document{ID: strings.TrimSuffix(filepath.Base(name), ".txt"), Version: 1,
			Lang: filepath.Base(filepath.Dir(name)), Title: title, Text: string(text),
			Published: day, Publisher: d.Publisher, Country: d.Country}}
		annotate(&r, i)
		all = append(all, r)
	}
	return all, nil
}
