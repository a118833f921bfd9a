package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vocero/corpus"

	"github.com/cockroachdb/apd/v3"
)

type release = corpus.Release

// read reads the releases of a folder, those of all files in turn, so that
// every part of them has all languages.
func read(folder string) ([]release, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.jsonl.gz"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("no *.jsonl.gz in %s", folder)
	}
	var files [][]release
	most := 0
	for _, name := range names {
		f, err := readFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		files, most = append(files, f), max(most, len(f))
	}
	var all []release
	for i := range most {
		for _, f := range files {
			if i < len(f) {
				all = append(all, f[i])
			}
		}
	}
	return all, nil
}

func readFile(name string) (releases []release, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var d struct{ ID, Lang, Title, Text, Published, Publisher string }
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			return nil, err
		}
		day, _ := corpus.ParseDate(d.Published) // undated where it isn't one
		r := release{Document: corpus.Document{ID: d.ID, Version: 1, Lang: d.Lang, Title: d.Title,
			Text: d.Text, Published: day, Publisher: d.Publisher}}
		releases = append(releases, r)
	}
	return releases, lines.Err()
}

// repeated returns the releases from first up to end of the endless row of
// them, annotated; each time round they have other ids.
func repeated(releases []release, first, end int) []release {
	var batch []release
	for i := first; i < end; i++ {
		r := releases[i%len(releases)]
		r.Document.ID = fmt.Sprintf("%s.%d", r.Document.ID, i/len(releases))
		annotate(&r, i%len(releases))
		batch = append(batch, r)
	}
	return batch
}

// annotate takes names for runs of two capitalized words and more within a
// line, and gives each third of them an amount, a date and a fact. It is what
// annotations cost an index, not what they are worth.
func annotate(r *release, n int) {
	text, a := r.Document.Text, &r.Annotations
	kinds := [...]corpus.Kind{corpus.Person, corpus.Organization, corpus.Place}
	known := make(map[string]string)
	for i, span := range capitalized(text) {
		name, kind := span.Of(text), kinds[len(span.Of(text))%3]
		id, ok := known[name]
		if !ok {
			id = fmt.Sprintf("e%d", len(a.Entities))
			known[name] = id
			a.Entities = append(a.Entities, corpus.Entity{ID: id, Kind: kind, Name: name})
		}
		a.Mentions = append(a.Mentions, corpus.Mention{Span: span, Kind: kind, Entity: id})
		switch {
		case kind == corpus.Person && i%3 == 0:
			a.Facts = append(a.Facts, corpus.Fact{Holder: id, Role: "ministro de salud", Evidence: span})
		case kind == corpus.Place:
			v := apd.New(int64(n%997*1000+i), 0)
			a.Amounts = append(a.Amounts, corpus.Amount{Span: span, Unit: "USD", Low: *v, High: *v})
			day := corpus.Date{Year: 2000 + n%25, Month: 1 + i%12, Day: 1 + n%28}
			a.Dates = append(a.Dates, corpus.DateRange{Span: span, EDTF: day.String(), From: day, To: day})
		}
	}
}

// capitalized returns the runs of two to four capitalized words.
func capitalized(text string) []corpus.Span {
	var found []corpus.Span
	run := corpus.Span{Start: -1}
	words := 0
	finish := func() {
		if words >= 2 {
			found = append(found, run)
		}
		run, words = corpus.Span{Start: -1}, 0
	}
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.IndexAny(text[at:], " \n"); i >= 0 {
			end = at + i
		}
		word := strings.TrimRightFunc(text[at:end], func(r rune) bool { return !unicode.IsLetter(r) })
		first, _ := utf8.DecodeRuneInString(word)
		if unicode.IsUpper(first) && utf8.RuneCountInString(word) > 2 {
			if words == 0 {
				run.Start = at
			}
			run.End = at + len(word)
			words++
		} else {
			finish()
		}
		if words == 4 || at+len(word) != end || end < len(text) && text[end] == '\n' {
			finish()
		}
		at = end + 1
	}
	finish()
	return found
}

// names returns the distinct names of a kind.
func names(r *release, kind corpus.Kind) []string {
	var found []string
	for i := range r.Annotations.Entities {
		if e := &r.Annotations.Entities[i]; e.Kind == kind {
			found = append(found, e.Name)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
