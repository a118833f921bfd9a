package crawl

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// rules are what robots.txt says to one crawler, by RFC 9309.
type rules struct{ lines []rule }

type rule struct {
	path  string // may hold * and end with $
	allow bool
}

// maxRobots is how much of a robots.txt is read: the RFC asks for 500 KiB.
const maxRobots = 500 << 10

// allowed asks the host's robots.txt, fetching it once. One that is not there
// allows everything; one that cannot be had because the server fails allows
// nothing for now.
func (f *Fetcher) allowed(ctx context.Context, u *url.URL) (bool, error) {
	key := u.Scheme + "://" + u.Host
	f.mu.Lock()
	known := f.robots[key]
	f.mu.Unlock()
	if known == nil {
		var err error
		if known, err = f.fetchRobots(ctx, key); err != nil {
			return false, err
		}
		f.mu.Lock()
		f.robots[key] = known
		f.mu.Unlock()
	}
	return known.allows(u.RequestURI()), nil
}

func (f *Fetcher) fetchRobots(ctx context.Context, host string) (*rules, error) {
	u, err := url.Parse(host + "/robots.txt")
	if err != nil {
		return nil, refused("%q is no address", host)
	}
	response, err := f.do(ctx, u)
	if err != nil {
		return nil, f.failure(ctx, err)
	}
	defer response.Body.Close()
	switch {
	case response.StatusCode >= http.StatusInternalServerError || response.StatusCode == http.StatusTooManyRequests:
		return nil, failed("robots.txt of %s: the server answered %s", host, response.Status)
	case response.StatusCode != http.StatusOK:
		return &rules{}, nil
	}
	b, err := io.ReadAll(io.LimitReader(response.Body, maxRobots))
	if err != nil {
		return nil, f.failure(ctx, err)
	}
	return parseRobots(string(b), f.options.UserAgent), nil
}

// parseRobots reads the groups that name the agent or, where none does, those
// for all. Groups that name one agent are one group.
func parseRobots(text, agent string) *rules {
	agent = productToken(agent)
	var own, all rules
	named, forOwn, forAll, inRules := false, false, false, false
	for line := range strings.FieldsFuncSeq(strings.TrimPrefix(text, "\ufeff"), func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := cutField(line)
		if !ok {
			continue
		}
		switch key {
		case "user-agent":
			if inRules {
				forOwn, forAll, inRules = false, false, false
			}
			switch token := productToken(value); {
			case strings.HasPrefix(strings.TrimSpace(value), "*") && token == "":
				forAll = true
			case token != "" && token == agent:
				forOwn, named = true, true
			}
		case "allow", "disallow":
			inRules = true
			r := rule{normalPath(value), key == "allow"}
			if value == "" {
				continue
			}
			if forOwn {
				own.lines = append(own.lines, r)
			}
			if forAll {
				all.lines = append(all.lines, r)
			}
		}
	}
	if named {
		return &own
	}
	return &all
}

// misspelt are the ways in which people write the fields, as crawlers forgive them.
var misspelt = map[string]string{"useragent": "user-agent", "user agent": "user-agent",
	"dissallow": "disallow", "dissalow": "disallow", "disalow": "disallow", "diasllow": "disallow", "disallaw": "disallow"}

// cutField cuts "Field: value"; a missing colon is forgiven where there is a space.
func cutField(line string) (key, value string, ok bool) {
	key, value, ok = strings.Cut(line, ":")
	if !ok {
		key, value, ok = strings.Cut(strings.TrimSpace(line), " ")
	}
	key = strings.ToLower(strings.TrimSpace(key))
	if right := misspelt[key]; right != "" {
		key = right
	}
	return key, strings.TrimSpace(value), ok
}

// productToken is the part of a crawler's name that robots.txt may name.
func productToken(agent string) string {
	agent = strings.ToLower(strings.TrimSpace(agent))
	end := strings.IndexFunc(agent, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' && r != '-' })
	if end >= 0 {
		agent = agent[:end]
	}
	return agent
}

// allows says what the longest rule that fits says; of two as long, that which
// allows. Where none fits, all is allowed.
func (r *rules) allows(uri string) bool {
	if uri == "" {
		uri = "/"
	}
	uri = normalPath(uri)
	if uri == "/robots.txt" {
		return true
	}
	longest, allow := -1, true
	for _, l := range r.lines {
		if n := len(l.path); (n > longest || n == longest && l.allow) && fits(l.path, uri) {
			longest, allow = n, l.allow
		}
	}
	return allow
}

// fits matches a path pattern against the beginning of a path, in time linear in
// the product of their lengths at worst.
func fits(pattern, path string) bool {
	anchored := strings.HasSuffix(pattern, "$")
	parts := strings.Split(strings.TrimSuffix(pattern, "$"), "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	for i, part := range parts[1:] {
		if last := i == len(parts)-2; last && anchored {
			return strings.HasSuffix(path, part)
		}
		at := strings.Index(path, part)
		if at < 0 {
			return false
		}
		path = path[at+len(part):]
	}
	return !anchored || path == ""
}

// normalPath writes what is no ASCII as %-escapes, in capitals, so that both
// sides of a comparison are written alike.
func normalPath(s string) string {
	const hex = "0123456789ABCDEF"
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 0x80:
			out.WriteByte('%')
			out.WriteByte(hex[c>>4])
			out.WriteByte(hex[c&15])
		case c == '%' && i+2 < len(s):
			out.WriteString(strings.ToUpper(s[i : i+3]))
			i += 2
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}
