package bleve

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"vocero/corpus"
	"vocero/index"
	"vocero/index/query"

	"github.com/cockroachdb/apd/v3"
)

// bulk reads n releases of the shared data and gives each a person, a place,
// an amount, a date and a fact made of its own words, so that annotations cost
// about what real ones do.
func bulk(b *testing.B, n int) (releases []corpus.Release, textBytes int64) {
	files, _ := filepath.Glob("../../../shared/data/bulk/*.jsonl.gz")
	if len(files) == 0 {
		b.Skip("../../../shared/data/bulk is absent")
	}
	for _, name := range files {
		releases = append(releases, bulkFile(b, name, n/len(files)+1)...)
	}
	releases = releases[:min(n, len(releases))]
	for i := range releases {
		textBytes += int64(len(releases[i].Document.Text))
	}
	return releases, textBytes
}

func bulkFile(b *testing.B, name string, n int) (releases []corpus.Release) {
	f, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 16<<20)
	for len(releases) < n && lines.Scan() {
		var d struct{ ID, Lang, Title, Text, Published, Publisher string }
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			b.Fatal(err)
		}
		day, _ := corpus.ParseDate(d.Published) // undated where it isn't one
		r := corpus.Release{Document: corpus.Document{ID: d.ID, Version: 1, Lang: d.Lang, Title: d.Title,
			Text: d.Text, Published: day, Publisher: d.Publisher}}
		r.Annotations = madeUp(&r.Document, len(releases))
		releases = append(releases, r)
	}
	return releases
}

// madeUp annotates every 30th capitalized word.
func madeUp(d *corpus.Document, n int) (a corpus.Annotations) {
	seen := 0
	for i := 1; i+8 < len(d.Text); i++ {
		if d.Text[i-1] != ' ' || d.Text[i] < 'A' || d.Text[i] > 'Z' {
			continue
		}
		if seen++; seen%3 != 0 {
			continue
		}
		span := corpus.Span{Start: i, End: i + 6}
		kind := []corpus.Kind{corpus.Person, corpus.Organization, corpus.Place}[seen%9/3]
		id := fmt.Sprintf("e%d", len(a.Entities))
		a.Entities = append(a.Entities, corpus.Entity{ID: id, Kind: kind, Name: span.Of(d.Text)})
		a.Mentions = append(a.Mentions, corpus.Mention{Span: span, Kind: kind, Entity: id})
		switch {
		case kind == corpus.Person:
			a.Facts = append(a.Facts, corpus.Fact{Holder: id, Role: "ministro de salud"})
		case kind == corpus.Place:
			v := apd.New(int64(n%997*1000+seen), 0)
			a.Amounts = append(a.Amounts, corpus.Amount{Span: span, Unit: "USD", Low: *v, High: *v})
			day := corpus.Date{Year: 2000 + n%25, Month: 1 + seen%12, Day: 1 + n%28}
			a.Dates = append(a.Dates, corpus.DateRange{Span: span, From: day, To: day})
		}
	}
	return a
}

const bulkSize = 5000

// BenchmarkSync indexes 5,000 releases: documents a second, and bytes of index
// a byte of text.
func BenchmarkSync(b *testing.B) {
	releases, textBytes := bulk(b, bulkSize)
	var size int64
	for b.Loop() {
		folder := b.TempDir()
		ix, err := Open(folder)
		if err != nil {
			b.Fatal(err)
		}
		if err := index.Sync(b.Context(), &changes{releases: releases}, ix); err != nil {
			b.Fatal(err)
		}
		if err := ix.Close(); err != nil {
			b.Fatal(err)
		}
		size = 0
		segments, _ := filepath.Glob(filepath.Join(generations(folder).path(1), "*"))
		for _, path := range segments {
			if info, err := os.Stat(path); err == nil {
				size += info.Size()
			}
		}
	}
	b.ReportMetric(float64(len(releases)*b.N)/b.Elapsed().Seconds(), "docs/s")
	b.ReportMetric(float64(size)/float64(textBytes), "index-B/text-B")
}

// mixed is what people ask, with the four facets that a page shows.
var mixed = []string{
	"trata", "salud pública", `"ministerio de salud"`, "gobierno OR presidente", "trat*", "Kena~", "trata -salud",
	"title:salud", "person:Ministe", "place:Argent", "amount>=100K USD", "date:2015..2018", "published:2021",
	"lang:es salud", `fact(role:ministro person:Ministe)`, "near(gobierno amount>0)", "*", "justice department",
	"saúde", `"crimen organizado" amount>=1K`,
}

// BenchmarkSearch asks 20 mixed queries of 5,000 releases, with four facets.
func BenchmarkSearch(b *testing.B) {
	releases, _ := bulk(b, bulkSize)
	ix, err := Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer ix.Close()
	if err := index.Sync(b.Context(), &changes{releases: releases}, ix); err != nil {
		b.Fatal(err)
	}
	var all []time.Duration
	for b.Loop() {
		for _, text := range mixed {
			q, err := query.Parse(text)
			if err != nil {
				b.Fatal(err)
			}
			start := time.Now()
			page, err := ix.Search(b.Context(), index.Request{Query: q, Size: 10,
				Facets: index.FacetsOf(10, index.Persons, index.Orgs, index.Publishers, index.Years)})
			if err != nil {
				b.Fatal(err)
			}
			took := time.Since(start)
			all = append(all, took)
			if len(all) > len(mixed) && len(all) <= 2*len(mixed) {
				if took > 20*time.Millisecond {
					b.Logf("%-40s %6d hits %v", text, page.Total, took)
				}
			}
		}
	}
	slices.Sort(all)
	b.ReportMetric(float64(all[len(all)/2].Microseconds()), "median-µs")
	b.ReportMetric(float64(all[len(all)*95/100].Microseconds()), "p95-µs")
	b.ReportMetric(float64(all[len(all)-1].Microseconds()), "worst-µs")
}
