// Package gold reads annotated releases: the text with inline tags that say
// what a perfect extractor finds in it, and the facts beside it.
//
//	documents, err := gold.Read("../shared/gold/train")
//
// A folder holds for each release NAME.tagged, the text with its tags, and
// NAME.json, which may say lang, country, published, publisher and url.
package gold

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"vocero/corpus"
	"vocero/extract/date"
)

// Excluded is the kind of what is left out of the count: a thing found there
// is neither right nor wrong.
const Excluded corpus.Kind = "x"

// Document is an annotated release.
type Document struct {
	corpus.Document
	Mentions []Mention // by place; what lies within another comes after it
}

// Mention is a tagged part of the text.
type Mention struct {
	Span    corpus.Span
	Kind    corpus.Kind // one of corpus's kinds, or Excluded
	ID      string      // of a name: one per person, organization or place of the document
	Holders []string    // of a role: the IDs of the persons who hold it
	Orgs    []string    // of a role: the IDs of the names within it
	Status  corpus.Status
	Value   string // of an amount "USD 7200000", a percentage "30.5", a date in EDTF
	Mod     corpus.Bound
}

// Read returns the annotated releases of folder and the folders within it, in
// the order of their names. A release with a fault is left out, and the error,
// which joins those of all of them, says which; the others are returned with it.
func Read(folder string) ([]Document, error) {
	var out []Document
	var faults []error
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".tagged" {
			return err
		}
		d, err := readFile(path)
		if err != nil {
			faults = append(faults, err)
			return nil
		}
		out = append(out, d)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read annotated releases: %w", err)
	}
	return out, errors.Join(faults...)
}

func readFile(path string) (Document, error) {
	tagged, err := os.ReadFile(path)
	if err != nil {
		return Document{}, fmt.Errorf("read annotated release: %w", err)
	}
	d, err := Parse(string(tagged))
	if err != nil {
		return Document{}, fmt.Errorf("read %s: %w", path, err)
	}
	base := strings.TrimSuffix(path, ".tagged")
	d.ID = filepath.Base(base)
	beside, err := os.ReadFile(base + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		return d, nil
	}
	if err != nil {
		return Document{}, fmt.Errorf("read annotated release: %w", err)
	}
	if err := d.describe(beside); err != nil {
		return Document{}, fmt.Errorf("read %s.json: %w", base, err)
	}
	return d, nil
}

// describe fills d from the JSON beside it.
func (d *Document) describe(beside []byte) error {
	var facts struct{ Lang, Country, Published, Publisher, URL, Title string }
	if err := json.Unmarshal(beside, &facts); err != nil {
		return err
	}
	d.Lang, d.Country, d.Publisher, d.URL = facts.Lang, facts.Country, facts.Publisher, facts.URL
	d.Title = facts.Title
	published, err := parsePublished(facts.Published, facts.Lang)
	d.Published = published
	return err
}

// parsePublished reads a day of publication as the sidecars give it: in ISO 8601,
// day/month/year as Brazilian sites write it, or a year and a month in words of
// the language; of other words only the year is kept.
func parsePublished(s, lang string) (corpus.Date, error) {
	if s == "" {
		return corpus.Date{}, nil
	}
	if t, err := time.Parse("02/01/2006", s); err == nil {
		return corpus.DateOf(t), nil
	}
	if year, _, ok := strings.Cut(s, " "); ok && len(year) == 4 {
		for _, d := range date.Find(s, date.Context{Lang: lang}) {
			if d, err := corpus.ParseDate(d.EDTF); err == nil {
				return d, nil
			}
		}
		s = year
	}
	return corpus.ParseDate(s)
}
