package robots_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"vocero/ingest/crawl/robots"
)

// The cases of the standard's reference parser, where they are at hand.
func TestReferenceCases(t *testing.T) {
	b, err := os.ReadFile("../../../../shared/data/web/robots/cases.json")
	if err != nil {
		t.Skip("the reference cases are not there:", err)
	}
	var cases []struct {
		Test, Robots, UA, URL string
		Allow                 bool
	}
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) != 142 {
		t.Errorf("%d cases, not 142", len(cases))
	}
	for _, c := range cases {
		rules := robots.Parse([]byte(c.Robots)).For(c.UA)
		if got := rules.Allow(requestURI(c.URL)); got != c.Allow {
			t.Errorf("%s: %q may fetch %q: %v, not %v, by\n%s", c.Test, c.UA, c.URL, got, c.Allow, c.Robots)
		}
	}
}

// requestURI is the path and query of an address, as written: the cases hold
// addresses that are not escaped.
func requestURI(address string) string {
	_, rest, found := strings.Cut(address, "://")
	if !found {
		rest = address
	}
	at := strings.IndexAny(rest, "/?")
	if at < 0 {
		return "/"
	}
	uri, _, _ := strings.Cut(rest[at:], "#")
	return "/" + strings.TrimPrefix(uri, "/")
}

func TestAllow(t *testing.T) {
	const text = `# the newsroom
User-agent: *
Disallow: /admin
Disallow: /*?s=
Disallow: /a*b*c$
Allow: /admin/prensa

User-agent: vocero
User-agent: other
Disallow: /privado
`
	file := robots.Parse([]byte(text))
	all, own := file.For("somebody"), file.For(robots.Token("Vocero/1.0 (+https://vocero.example)"))
	for uri, want := range map[string][2]bool{ // all, own
		"/":                 {true, true},
		"/admin/x":          {false, true},
		"/admin/prensa/1":   {true, true},
		"/nota?s=agua":      {false, true},
		"/privado":          {true, false},
		"/aXXbYYc":          {false, true},
		"/aXXbYYcZ":         {true, true},
		"/robots.txt":       {true, true},
		"/PRIVADO":          {true, true},
		"":                  {true, true},
		"/%61dmin":          {true, true}, // escapes of ASCII are another path, as the reference parser has it
		"/admin/prensa?s=1": {true, true},
	} {
		if got := [2]bool{all.Allow(uri), own.Allow(uri)}; got != want {
			t.Errorf("%q: %v, want %v", uri, got, want)
		}
	}
}

func TestDelayAndSitemaps(t *testing.T) {
	const text = "Sitemap: https://a.example/sitemap.xml\nUser-agent: *\nCrawl-delay: 2.5\nSitemap: /noticias.xml\n" +
		"User-agent: vocero\nCrawl-delay: 10\nDisallow:\n\nUser-agent: mad\nCrawl-delay: 9999999\n"
	file := robots.Parse([]byte(text))
	if want := []string{"https://a.example/sitemap.xml", "/noticias.xml"}; !slices.Equal(file.Sitemaps, want) {
		t.Errorf("sitemaps %q, want %q", file.Sitemaps, want)
	}
	for agent, want := range map[string]time.Duration{"vocero": 10 * time.Second, "mad": 0} {
		if got := file.For(agent).Delay; got != want {
			t.Errorf("%s: delay %v, want %v", agent, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /a*b$\nAllow: /\nCrawl-delay: 1\nSitemap: x"), "vocero", "/a/b?c")
	f.Add([]byte("\xef\xbb\xbfuser agent vocero\rdisallow /%aa\xff#x"), "", "%")
	f.Fuzz(func(t *testing.T, b []byte, agent, uri string) {
		file := robots.Parse(b)
		rules := file.For(agent)
		if rules.Delay < 0 {
			t.Errorf("delay %v", rules.Delay)
		}
		allowed := rules.Allow(uri)
		if !allowed && !strings.Contains(strings.ToLower(string(b)), "d") {
			t.Error("disallowed by nothing")
		}
		if !rules.Allow("/robots.txt") {
			t.Error("robots.txt itself is not allowed")
		}
	})
}
