// Package feed reads RSS and Atom: each entry is a release, given in the feed
// itself or to be fetched from its link.
//
//	entries, err := feed.Parse(bytes)
package feed

import (
	"bytes"
	"fmt"
	"html"
	"time"

	"github.com/mmcdole/gofeed"

	"vocero/corpus"
)

// Entry is a release that a feed announces.
type Entry struct {
	URL     string
	Given   corpus.Given // title, day and publisher as the feed says them
	Content string       // the release as HTML where the feed carries it whole, else ""
}

// Parse reads a feed. The error is a [corpus.Failure].
func Parse(b []byte) (entries []Entry, err error) {
	defer func() { // the parser is another's: a feed must not end the run
		if r := recover(); r != nil {
			err = &corpus.Failure{Reason: corpus.Malformed, Detail: fmt.Sprint("feed: ", r)}
		}
	}()
	f, err := gofeed.NewParser().Parse(bytes.NewReader(b))
	if err != nil {
		return nil, &corpus.Failure{Reason: corpus.Malformed, Detail: "feed: " + err.Error()}
	}
	for _, item := range f.Items {
		entries = append(entries, entryOf(f, item))
	}
	return entries, nil
}

func entryOf(f *gofeed.Feed, item *gofeed.Item) Entry {
	e := Entry{URL: item.Link, Given: corpus.Given{Title: html.UnescapeString(item.Title), URL: item.Link, Publisher: f.Title}}
	for _, t := range []*time.Time{item.PublishedParsed, item.UpdatedParsed} {
		if t != nil && e.Given.Published == "" {
			e.Given.Published = corpus.DateOf(*t).String()
		}
	}
	if item.Content != "" {
		e.Content = "<html><body><article>" + item.Content + "</article></body></html>"
	}
	return e
}
