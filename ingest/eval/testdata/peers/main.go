// Command peers says how well other extractors do on the pages that ingest/eval
// measures this one with. It is a module of its own: what it measures is no part
// of the program.
//
//	cd ingest/eval/testdata/peers && go run . ../../../../../shared/data/web/trafilatura
package main

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	trafilatura "github.com/markusmobius/go-trafilatura"

	"vocero/corpus"
	"vocero/ingest"
	"vocero/ingest/eval/pages"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: peers FOLDER")
		os.Exit(2)
	}
	set, err := pages.Load(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(2)
	}
	pages.Measure(set, vocero).Print(os.Stdout, "vocero")
	pages.Measure(set, readable).Print(os.Stdout, "go-readability")
	pages.Measure(set, trafilated(false)).Print(os.Stdout, "go-trafilatura")
	pages.Measure(set, trafilated(true)).Print(os.Stdout, "go-trafilatura, fallback")
}

func vocero(p pages.Page) pages.Found {
	doc, err := ingest.Decode(context.Background(), corpus.Raw{URL: p.Address, Bytes: p.Bytes})
	if err != nil {
		return pages.Found{}
	}
	return pages.Found{Text: doc.Text, Date: doc.Published.String(), Author: doc.Author, Title: doc.Title}
}

func readable(p pages.Page) pages.Found {
	address, _ := url.Parse(p.Address) // nil where it is none
	a, err := readability.FromReader(bytes.NewReader(p.Bytes), address)
	if err != nil || a.Node == nil {
		return pages.Found{}
	}
	var text strings.Builder
	if err := a.RenderText(&text); err != nil {
		return pages.Found{}
	}
	found := pages.Found{Text: text.String(), Title: a.Title(), Author: a.Byline()}
	if published, err := a.PublishedTime(); err == nil {
		found.Date = published.Format(time.DateOnly)
	}
	return found
}

func trafilated(fallback bool) func(pages.Page) pages.Found {
	return func(p pages.Page) pages.Found {
		address, _ := url.Parse(p.Address)
		a, err := trafilatura.Extract(bytes.NewReader(p.Bytes), trafilatura.Options{OriginalURL: address, EnableFallback: fallback, ExcludeComments: true})
		if err != nil {
			return pages.Found{}
		}
		found := pages.Found{Text: a.ContentText, Title: a.Metadata.Title, Author: a.Metadata.Author}
		if !a.Metadata.Date.IsZero() {
			found.Date = a.Metadata.Date.Format(time.DateOnly)
		}
		return found
	}
}
