// Package address compares web addresses: it writes one and the same address
// always alike, says what two of them have in common, what belongs to a
// section of a site, and which are traps.
//
//	u, err := address.Parse("HTTPS://Ministry.example:443/a/../nota?utm_source=x#top")
//	u.String() // https://ministry.example/nota
package address

import (
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// MaxLength is the longest address that is followed, in bytes.
const MaxLength = 2048

// Parse reads an absolute http or https address and normalises it: scheme, host
// (as its ASCII form) and %-escapes are written in one way, dots in the path are
// followed, and what does not change the page is taken off: the fragment, the
// default port, names and passwords, and parameters that only say where a
// reader came from or which session he has. The order of the parameters stays:
// to some servers it matters.
func Parse(s string) (*url.URL, error) {
	if len(s) > MaxLength {
		return nil, fmt.Errorf("an address of %d bytes", len(s))
	}
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return nil, err
	}
	return Normalize(u)
}

// Normalize is Parse for an address that has been read already; u stays as it is.
func Normalize(u *url.URL) (*url.URL, error) {
	n := &url.URL{Scheme: strings.ToLower(u.Scheme)}
	if n.Scheme != "http" && n.Scheme != "https" {
		return nil, fmt.Errorf("%q: only http and https are fetched", u.Scheme)
	}
	host, err := asciiHost(u.Hostname())
	if err != nil {
		return nil, err
	}
	if port := u.Port(); port != "" && port != map[string]string{"http": "80", "https": "443"}[n.Scheme] {
		host += ":" + port
	}
	n.Host = host
	p := withoutSession(escape(u.EscapedPath()))
	if p == "" {
		p = "/"
	}
	if n.Path, err = url.PathUnescape(dots(p)); err != nil {
		return nil, err
	}
	n.RawPath = dots(p)
	n.RawQuery = query(u.RawQuery)
	return n, nil
}

// asciiHost writes a host in small ASCII letters: ministério.example becomes
// xn--ministrio-g4a.example. What no registry would take, but servers have
// (under_scores), stays.
func asciiHost(host string) (string, error) {
	host = strings.ToLower(strings.TrimRight(host, "."))
	if host == "" {
		return "", errors.New("an address without a host")
	}
	if strings.Contains(host, ":") { // IPv6
		return "[" + host + "]", nil
	}
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		return ascii, nil
	}
	for _, c := range []byte(host) {
		if c >= 0x80 || strings.IndexByte(" \"<>\\^`{}|%/?#@", c) >= 0 || c < ' ' {
			return "", fmt.Errorf("%q is no host", host)
		}
	}
	return host, nil
}

// dots follows . and .. in an escaped path, and joins slashes that stand
// together; a slash at the end stays.
func dots(p string) string {
	cleaned := path.Clean("/" + p)
	if strings.HasSuffix(p, "/") && cleaned != "/" || (strings.HasSuffix(p, "/.") || strings.HasSuffix(p, "/..")) && cleaned != "/" {
		cleaned += "/"
	}
	return cleaned
}

// escape writes %-escapes in capitals, undoes those of letters, digits and -._~
// (RFC 3986, 6.2.2), and escapes what is no ASCII or not allowed bare.
func escape(s string) string {
	const hex = "0123456789ABCDEF"
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			c = byte(unhex(s[i+1])<<4 | unhex(s[i+2]))
			i += 2
			if unreserved(c) {
				out.WriteByte(c)
				continue
			}
			out.Write([]byte{'%', hex[c>>4], hex[c&15]})
			continue
		}
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{}|%", c) >= 0 {
			out.Write([]byte{'%', hex[c>>4], hex[c&15]})
			continue
		}
		out.WriteByte(c)
	}
	return out.String()
}

func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// withoutSession takes a ";jsessionid=…" off a path.
func withoutSession(p string) string {
	at := strings.Index(strings.ToLower(p), ";jsessionid=")
	if at < 0 {
		return p
	}
	rest := p[at+1:]
	if end := strings.IndexAny(rest, "/;"); end >= 0 {
		return p[:at] + rest[end:]
	}
	return p[:at]
}

// parameters.txt lists parameters that do not change the page, a name a line;
// * at the end stands for any end.
//
//go:embed parameters.txt
var parameters string

var idle, idlePrefixes = readParameters(parameters)

func readParameters(text string) (names map[string]bool, prefixes []string) {
	names = map[string]bool{}
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		for _, name := range strings.Fields(line) {
			if prefix, open := strings.CutSuffix(name, "*"); open {
				prefixes = append(prefixes, prefix)
			} else {
				names[name] = true
			}
		}
	}
	return names, prefixes
}

// query is a query without the parameters that do not change the page.
func query(raw string) string {
	if raw == "" {
		return ""
	}
	var kept []string
	for part := range strings.SplitSeq(raw, "&") {
		name, _, _ := strings.Cut(part, "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		if part == "" || isIdle(strings.ToLower(name)) {
			continue
		}
		kept = append(kept, escape(part))
	}
	return strings.Join(kept, "&")
}

func isIdle(name string) bool {
	return idle[name] || slices.ContainsFunc(idlePrefixes, func(p string) bool { return strings.HasPrefix(name, p) })
}

// SameSite says whether two hosts are one site's: equal but for "www.".
func SameSite(a, b *url.URL) bool {
	return strings.TrimPrefix(a.Host, "www.") == strings.TrimPrefix(b.Host, "www.")
}

// SamePage says whether two addresses of a site most likely are of one page: it
// tells a canonical address that can be believed from the site-wide ones that
// templates put into every page. They may differ in parameters, in the way in
// which the path begins, in the ending of its last segment or the slash after it.
func SamePage(a, b *url.URL) bool {
	return SameSite(a, b) && stem(a) != "" && stem(a) == stem(b) && (a.RawQuery == "" || b.RawQuery == "" || a.RawQuery == b.RawQuery)
}

// stem is the last segment of a path without its ending.
func stem(u *url.URL) string {
	last := path.Base(u.Path)
	if ending := path.Ext(last); len(ending) <= len(".xhtml") {
		last = strings.TrimSuffix(last, ending)
	}
	return strings.Trim(last, "/")
}
