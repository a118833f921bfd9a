package fetch

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vocero/ingest/crawl/address"
)

// The bounds of a redirect by a page: one that waits longer is for readers who
// stay, and one that stands further down is none.
const (
	longestRefresh = 5 // seconds
	refreshHead    = 64 << 10
)

// refreshed is the address to which a page sends on by <meta http-equiv=refresh>,
// normalised, or nil. One that loads itself again does not send on.
func refreshed(u *url.URL, a *Answer) *url.URL {
	if a.Status != http.StatusOK || !isPage(a) {
		return nil
	}
	where := refreshOf(a.Bytes[:min(len(a.Bytes), refreshHead)])
	to, err := u.Parse(where)
	if where == "" || err != nil {
		return nil
	}
	next, err := address.Normalize(to)
	if err != nil || next.String() == u.String() {
		return nil
	}
	return next
}

func isPage(a *Answer) bool {
	return strings.Contains(strings.ToLower(a.ContentType), "html") || a.ContentType == "" && strings.HasPrefix(http.DetectContentType(a.Bytes), "text/html")
}

// refreshOf is the address in the refresh of a page's head. What stands in a
// noscript is for browsers without scripts, a page of its own.
func refreshOf(head []byte) string {
	z := html.NewTokenizer(bytes.NewReader(head))
	for noscript := false; ; {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch {
			case t.DataAtom == atom.Body:
				return ""
			case t.DataAtom == atom.Noscript:
				noscript = true
			case t.DataAtom == atom.Meta && !noscript && strings.EqualFold(attribute(t, "http-equiv"), "refresh"):
				return refreshTo(attribute(t, "content"))
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); atom.Lookup(name) == atom.Noscript {
				noscript = false
			}
		}
	}
}

// refreshForm is a number of seconds and, after it, an address: the HTML
// standard, "shared declarative refresh steps".
var refreshForm = regexp.MustCompile(`(?i)^\s*(\d+)[\d.]*(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?(?:'([^']*)|"([^"]*)|([^'"].*))`)

func refreshTo(content string) string {
	m := refreshForm.FindStringSubmatch(content)
	if m == nil {
		return ""
	}
	if seconds, err := strconv.Atoi(m[1]); err != nil || seconds > longestRefresh {
		return ""
	}
	return strings.TrimSpace(m[2] + m[3] + m[4])
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
