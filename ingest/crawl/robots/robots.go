// Package robots reads robots.txt as RFC 9309 asks, with the fields that the RFC
// leaves to crawlers: Crawl-delay and Sitemap.
//
//	file := robots.Parse(body)
//	rules := file.For(robots.Token("vocero/1.0"))
//	if rules.Allow("/prensa/nota?id=7") { … }
package robots

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// MaxBytes is how much of a robots.txt is read: the RFC asks for 500 KiB at least.
const MaxBytes = 500 << 10

// File is a robots.txt.
type File struct {
	Sitemaps []string // as written, in their order
	lines    []line
}

// Rules are what a robots.txt says to one crawler. The zero Rules allow everything.
type Rules struct {
	Delay time.Duration // wanted between two requests, 0 where none is named
	rules []rule
}

// rule is an Allow or Disallow; its path may hold * and end with $.
type rule struct {
	path  string
	allow bool
}

type line struct {
	field field
	value string
}

type field int

const (
	userAgent field = iota
	allow
	disallow
	crawlDelay
	sitemap
)

// fields has the fields, and the ways in which people misspell them that
// crawlers forgive.
var fields = map[string]field{
	"user-agent": userAgent, "useragent": userAgent, "user agent": userAgent,
	"allow":    allow,
	"disallow": disallow, "dissallow": disallow, "dissalow": disallow, "disalow": disallow, "diasllow": disallow, "disallaw": disallow,
	"crawl-delay": crawlDelay, "crawldelay": crawlDelay,
	"sitemap": sitemap, "site-map": sitemap,
}

// Parse reads a robots.txt. Any bytes can be read: lines that say nothing are
// passed over, and so is what follows the first MaxBytes.
func Parse(b []byte) *File {
	text := strings.TrimPrefix(string(b[:min(len(b), MaxBytes)]), "\ufeff")
	f := &File{}
	for text := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		l, ok := parseLine(text)
		switch {
		case !ok:
		case l.field != sitemap:
			f.lines = append(f.lines, l)
		case l.value != "" && len(f.Sitemaps) < maxSitemaps:
			f.Sitemaps = append(f.Sitemaps, l.value)
		}
	}
	return f
}

// maxSitemaps bounds what one file can send a crawler after.
const maxSitemaps = 500

// parseLine cuts "Field: value"; a missing colon is forgiven where there is a space.
func parseLine(text string) (line, bool) {
	text, _, _ = strings.Cut(text, "#")
	key, value, ok := strings.Cut(text, ":")
	if !ok {
		key, value, _ = strings.Cut(strings.TrimSpace(text), " ")
	}
	field, known := fields[strings.ToLower(strings.TrimSpace(key))]
	return line{field, strings.TrimSpace(value)}, known
}

// For returns the rules of the groups that name the crawler or, where none does,
// of those for all. Groups that name one crawler are one group. token is its
// name as [Token] has it; capitals do not matter.
func (f *File) For(token string) Rules {
	token = strings.ToLower(token)
	var own, all Rules
	found, forOwn, forAll, inRules := false, false, false, false
	for _, l := range f.lines {
		if l.field == userAgent {
			if inRules {
				forOwn, forAll, inRules = false, false, false
			}
			switch named := Token(l.value); {
			case named == "" && strings.HasPrefix(l.value, "*"):
				forAll = true
			case named != "" && named == token:
				forOwn, found = true, true
			}
			continue
		}
		inRules = inRules || l.field != crawlDelay
		if forOwn {
			own.add(l)
		}
		if forAll {
			all.add(l)
		}
	}
	if found {
		return own
	}
	return all
}

func (r *Rules) add(l line) {
	switch {
	case l.field == crawlDelay:
		if s, err := strconv.ParseFloat(l.value, 64); err == nil && s > 0 && s < maxDelay.Seconds() {
			r.Delay = time.Duration(s * float64(time.Second))
		}
	case l.value != "":
		path := pattern(l.value)
		r.rules = append(r.rules, rule{path, l.field == allow})
		// To allow a folder's index page is to allow the folder, as the reference parser has it.
		if slash := strings.LastIndexByte(path, '/'); l.field == allow && slash >= 0 && strings.HasPrefix(path[slash:], "/index.htm") {
			r.rules = append(r.rules, rule{path[:slash+1] + "$", true})
		}
	}
}

// maxDelay is the longest Crawl-delay that is taken for meant: a day and more
// are most often milliseconds or mistakes.
const maxDelay = 24 * time.Hour

// Token is the part of a crawler's User-Agent that robots.txt may name, in
// small letters: letters, - and _ at its beginning.
func Token(agent string) string {
	agent = strings.ToLower(strings.TrimSpace(agent))
	end := strings.IndexFunc(agent, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' && r != '-' })
	if end >= 0 {
		agent = agent[:end]
	}
	return agent
}

// Allow says whether the crawler may fetch uri, a path with its query as a
// request sends it: what the longest rule that fits says; of two as long, that
// which allows. Where none fits, all is allowed.
func (r *Rules) Allow(uri string) bool {
	if uri == "" {
		uri = "/"
	}
	uri = upperEscapes(uri)
	if uri == "/robots.txt" {
		return true
	}
	longest, allowed := -1, true
	for _, l := range r.rules {
		if n := len(l.path); (n > longest || n == longest && l.allow) && fits(l.path, uri) {
			longest, allowed = n, l.allow
		}
	}
	return allowed
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

// pattern writes a rule's path as a request would send it: what is no ASCII as
// %-escapes.
func pattern(path string) string {
	const hex = "0123456789ABCDEF"
	var out strings.Builder
	for _, c := range []byte(path) {
		if c < 0x80 {
			out.WriteByte(c)
		} else {
			out.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return upperEscapes(out.String())
}

// upperEscapes writes %-escapes in capitals, so that both sides of a comparison
// are written alike.
func upperEscapes(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	out := []byte(s)
	for i := 0; i+2 < len(out); i++ {
		if out[i] == '%' {
			copy(out[i+1:], bytes.ToUpper(out[i+1:i+3]))
			i += 2
		}
	}
	return string(out)
}
