package address

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// Scope says which addresses belong to a crawl. Patterns are host/path with *
// for any run of characters: "ministry.example/noticias/*", "*.gob.example/*".
// One that begins with / is a path of any host of the site.
type Scope struct {
	site             *url.URL
	include, exclude []*regexp.Regexp
}

// NewScope makes the scope of the site of start: all of it where include is
// empty, less what exclude names.
func NewScope(start *url.URL, include, exclude []string) (Scope, error) {
	s := Scope{site: start}
	var err error
	if s.include, err = compile(include); err != nil {
		return Scope{}, err
	}
	s.exclude, err = compile(exclude)
	return s, err
}

func compile(patterns []string) ([]*regexp.Regexp, error) {
	var out []*regexp.Regexp
	for _, p := range patterns {
		p = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(p), "https://"), "http://")
		if p == "" {
			return nil, fmt.Errorf("an empty pattern of addresses")
		}
		host, path, found := strings.Cut(p, "/")
		quoted := strings.ReplaceAll(regexp.QuoteMeta(path), `\*`, ".*")
		if !found {
			quoted = ".*"
		}
		hosts := strings.ReplaceAll(regexp.QuoteMeta(strings.TrimPrefix(strings.ToLower(host), "www.")), `\*`, "[^/]*")
		if host == "" {
			hosts = "[^/]*"
		}
		re, err := regexp.Compile("^(?:www\\.)?" + hosts + "/" + quoted + "$")
		if err != nil {
			return nil, fmt.Errorf("the pattern %q: %w", p, err)
		}
		out = append(out, re)
	}
	return out, nil
}

// Why says why an address is out of scope, or "".
func (s Scope) Why(u *url.URL) string {
	name := u.Host + u.RequestURI()
	for _, re := range s.exclude {
		if re.MatchString(name) {
			return "excluded"
		}
	}
	for _, re := range s.include {
		if re.MatchString(name) {
			return ""
		}
	}
	switch {
	case len(s.include) > 0:
		return "not included"
	case !SameSite(u, s.site):
		return "another site"
	}
	return ""
}

// Named says whether a pattern of the scope's own includes the address.
func (s Scope) Named(u *url.URL) bool { return len(s.include) > 0 && s.Why(u) == "" }
