// Package feed reads RSS, Atom and JSON Feed: each entry is a release, given in
// the feed itself or to be fetched from its link.
//
//	f, err := feed.Parse(bytes, "https://ministry.example/feed")
//	for _, entry := range f.Entries { … }
package feed

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/json"

	"vocero/corpus"
)

// Feed is one page of a feed.
type Feed struct {
	Title   string
	Site    string // the page that the feed is about, or ""
	Next    string // the page of older entries, or ""
	Entries []Entry
}

// Entry is a release that a feed announces.
type Entry struct {
	URL     string       // absolute
	Given   corpus.Given // title, day, language and publisher as the feed says them
	Updated time.Time    // the last change that the feed names, or zero
	Content string       // the release as HTML where the feed carries it whole, else ""
}

// Is says whether a document most likely is a feed, by its beginning.
func Is(b []byte) bool {
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), " \t\r\n")
	head := bytes.ToLower(b[:min(len(b), 2048)])
	if bytes.HasPrefix(head, []byte("{")) {
		return bytes.Contains(head, []byte("jsonfeed.org/version"))
	}
	if bytes.Contains(head, []byte("<html")) {
		return false
	}
	for _, root := range []string{"<rss", "<feed", "<rdf:rdf"} {
		if bytes.Contains(head, []byte(root)) {
			return true
		}
	}
	return false
}

// Parse reads a feed that was had at address. The error is a [corpus.Failure].
func Parse(b []byte, address string) (f Feed, err error) {
	defer func() { // the parser is another's: a feed must not end the run
		if r := recover(); r != nil {
			err = &corpus.Failure{Reason: corpus.Malformed, Detail: fmt.Sprint("feed: ", r)}
		}
	}()
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	parsed, err := parser.Parse(bytes.NewReader(b))
	if err != nil {
		return Feed{}, &corpus.Failure{Reason: corpus.Malformed, Detail: "feed: " + err.Error()}
	}
	base, err := url.Parse(address)
	if err != nil {
		base = &url.URL{}
	}
	f = Feed{Title: text(parsed.Title), Site: absolute(base, parsed.Link), Next: absolute(base, next(parsed, base))}
	for _, item := range parsed.Items {
		f.Entries = append(f.Entries, entryOf(parsed, item, base))
	}
	return f, nil
}

// next is the address of the next page: as RFC 5005 has it in Atom and RSS, as
// JSON Feed has it, or as WordPress counts pages without saying so.
func next(f *gofeed.Feed, base *url.URL) string {
	switch original := f.OriginalFeed().(type) {
	case *atom.Feed:
		for _, link := range original.Links {
			if link.Rel == "next" {
				return link.Href
			}
		}
	case *json.Feed:
		return original.NextURL
	}
	for _, link := range f.Extensions["atom"]["link"] {
		if link.Attrs["rel"] == "next" {
			return link.Attrs["href"]
		}
	}
	if strings.Contains(strings.ToLower(f.Generator), "wordpress.org") && len(f.Items) > 0 {
		return nextOfWordPress(base)
	}
	return ""
}

func nextOfWordPress(base *url.URL) string {
	page := 1
	query := base.Query()
	if _, err := fmt.Sscan(query.Get("paged"), &page); err != nil || page < 1 {
		page = 1
	}
	query.Set("paged", fmt.Sprint(page+1))
	older := *base
	older.RawQuery = query.Encode()
	return older.String()
}

func entryOf(f *gofeed.Feed, item *gofeed.Item, base *url.URL) Entry {
	link := absolute(base, cmp.Or(item.Link, addressOf(item.GUID)))
	e := Entry{URL: link, Given: corpus.Given{Title: text(item.Title), URL: link, Publisher: text(f.Title), Lang: language(f.Language)}}
	for _, t := range []*time.Time{item.PublishedParsed, item.UpdatedParsed} {
		if t != nil && e.Given.Published == "" {
			e.Given.Published = corpus.DateOf(*t).String()
		}
	}
	for _, t := range []*time.Time{item.UpdatedParsed, item.PublishedParsed} {
		if t != nil && t.After(e.Updated) {
			e.Updated = *t
		}
	}
	if whole(item.Content, item.Description) {
		e.Content = "<html><body><article>" + item.Content + "</article></body></html>"
	}
	return e
}

// least is the length in bytes of markup that may be a whole release.
const least = 600

// whole says whether an entry's content is the release and not its beginning.
func whole(content, summary string) bool {
	end := strings.TrimSpace(text(tags.Replace(content)))
	if len(content) < least || len(content) <= len(summary) {
		return false
	}
	end = strings.TrimRight(end[max(0, len(end)-400):], " \n")
	for _, mark := range []string{"…", "...", "[…]", "[...]", "&hellip;", "[&#8230;]"} {
		if strings.HasSuffix(end, mark) {
			return false
		}
	}
	end = strings.ToLower(end)
	for _, more := range []string{"leer más", "seguir leyendo", "read more", "continue reading", "leia mais", "lire la suite", "ver más"} {
		if at := strings.LastIndex(end, more); at >= 0 && len(end)-at < 60 {
			return false
		}
	}
	return true
}

// tags takes off the ends of elements that close a text.
var tags = strings.NewReplacer("</p>", "", "</a>", "", "</div>", "", "</span>", "", "<br>", "", "<br/>", "", "<br />", "")

// addressOf is a GUID that is an address.
func addressOf(guid string) string {
	if strings.HasPrefix(guid, "http://") || strings.HasPrefix(guid, "https://") {
		return guid
	}
	return ""
}

func absolute(base *url.URL, ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" {
		return ""
	}
	u, err := base.Parse(ref)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.String()
}

// text is a title without escapes, which feeds often put in twice.
func text(s string) string { return strings.Join(strings.Fields(html.UnescapeString(s)), " ") }

// language is the ISO 639-1 code that a feed's language begins with.
func language(s string) string {
	code, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "_", "-"), "-")
	if len(code) != 2 {
		return ""
	}
	return code
}
