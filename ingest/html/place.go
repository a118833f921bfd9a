package html

import (
	_ "embed"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

//go:embed lexicon/country.txt
var countryFile string

// countryWords are the domains that name no country, and those that do in
// another way than by their own two letters.
var countryWords = parseLists(countryFile)

// publisher is the name of the site or of the body that publishes on it.
func (p *page) publisher(o map[string]any) claim {
	var linked []claim
	for _, name := range p.namesOf(o["publisher"]) {
		linked = append(linked, claim{name, fromLinkedData})
	}
	for _, o := range p.objects {
		if isKind(o, "Organization", "NewsMediaOrganization", "GovernmentOrganization", "WebSite") {
			linked = append(linked, p.ld(o, "name")...)
		}
	}
	c := first(inOrder(linked, p.og("site_name"), p.meta("publisher")), publisherName)
	if c.value == "" {
		c = claim{p.siteOfTitle(), fromHTML}
	}
	if c.value == "" {
		return claim{}
	}
	return c
}

// publisherName is a name without a mark of copyright; an address is none.
func publisherName(s string) string {
	s = unescape(s)
	s = strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(s, "Copyright"), "copyright"), " ©(c)0123456789-,.")
	const longest = 120
	if len(s) < 2 || len(s) > longest || strings.Contains(s, "://") {
		return ""
	}
	return s
}

// siteOfTitle is the last part of the page's title where its host bears it out.
func (p *page) siteOfTitle() string {
	for _, mark := range []string{" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • "} {
		if at := strings.LastIndex(p.title, mark); at > 0 {
			if tail := p.title[at+len(mark):]; hostNames(p.address.Hostname(), tail) {
				return tail
			}
		}
	}
	return ""
}

// hostNames says whether a part of a host is a site's name: oas.org and OAS,
// ministerio-ejemplo.gob.pe and Ministerio Ejemplo.
func hostNames(host, name string) bool {
	const least = 4
	joined := strings.ReplaceAll(bare(name), " ", "")
	for label := range strings.SplitSeq(host, ".") {
		label = strings.ReplaceAll(label, "-", "")
		if label == joined || len(label) >= least && len(joined) >= least && strings.HasPrefix(joined, label) && len(joined) <= len(label)+4 || len(joined) >= 2*least && strings.HasPrefix(label, joined) {
			return joined != ""
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(strings.TrimPrefix(host, "www."), "-", ""), ".", "") == joined && joined != ""
}

// country is where the publisher is: what its address says, then its linked
// data, then the locale, of which software puts in en-US and es-ES everywhere.
func (p *page) country(o map[string]any) claim {
	if c := countryOf(p.address.Hostname()); c != "" {
		return claim{c, fromURL}
	}
	var claims []claim
	for _, o := range append([]map[string]any{o}, p.objects...) {
		if at, ok := o["address"].(map[string]any); ok {
			claims = append(claims, p.ld(at, "addressCountry")...)
		}
	}
	if c := first(inOrder(claims, p.meta("country")), countryCode); c.value != "" {
		return c
	}
	return first(inOrder([]claim{{p.locale, fromHTML}}, p.og("locale"), p.meta("lang")), region)
}

// countryCode is the ISO 3166-1 code that a value is or begins with.
func countryCode(s string) string {
	code, _, _ := strings.Cut(s, "-")
	if len(code) != 2 || strings.ToUpper(code) != code {
		return ""
	}
	return code
}

// countryOf is the country that a host's domain names, or "".
func countryOf(host string) string {
	for _, named := range countryWords["named"] {
		domain, code, _ := strings.Cut(named, "=")
		if strings.HasSuffix("."+host, "."+domain) && !(domain == "eu" && strings.Count(host, ".") < 2) {
			return code
		}
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	if len(last) != 2 || last == host || slices.Contains(countryWords["sold"], last) || !isLetters(last) {
		return ""
	}
	return strings.ToUpper(last)
}

func isLetters(s string) bool {
	for _, c := range s {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// language is the ISO 639-1 code that a locale begins with: "es-PE", "pt_BR".
func language(locale string) string {
	code, _, _ := strings.Cut(strings.ReplaceAll(locale, "_", "-"), "-")
	code = strings.ToLower(code)
	if len(code) != 2 || !isLetters(code) {
		return ""
	}
	return code
}

// region is the ISO 3166-1 code that a locale ends with. en-US and es-ES are
// what software puts in everywhere, and say nothing.
func region(locale string) string {
	_, code, _ := strings.Cut(strings.ReplaceAll(locale, "_", "-"), "-")
	if code = strings.ToUpper(code); len(code) != 2 || code == "US" || code == "ES" || !isLetters(strings.ToLower(code)) {
		return ""
	}
	return code
}

// canonical is the address under which the publisher wants the page known. One
// that names the first page of the site is a mistake.
func (p *page) canonical(o map[string]any) claim {
	return first(inOrder([]claim{{p.links["canonical"], fromHTML}}, p.og("url"), p.ld(o, "url")), func(ref string) string {
		u, err := p.address.Parse(ref)
		if ref == "" || err != nil || !u.IsAbs() || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return ""
		}
		if strings.Trim(u.Path, "/") == "" && u.RawQuery == "" && (strings.Trim(p.address.Path, "/") != "" || p.address.RawQuery != "") {
			return ""
		}
		return withoutFragment(u)
	})
}

func withoutFragment(u *url.URL) string {
	c := *u
	c.Fragment, c.RawFragment = "", ""
	return c.String()
}

// section is the part of the site that the article stands in.
func (p *page) section(b *body, o map[string]any) claim {
	return first(inOrder(p.ld(o, "articleSection"), p.meta("section"), p.item("articlesection"), p.trail(b)), func(s string) string {
		const longest = 80
		if s = unescape(s); len(s) > longest || strings.Contains(s, "://") {
			return ""
		}
		return s
	})
}

// trail is the last step before this page on the way from the first one.
func (p *page) trail(b *body) []claim {
	for _, o := range p.objects {
		if !isKind(o, "BreadcrumbList") {
			continue
		}
		steps, _ := o["itemListElement"].([]any)
		var names []string
		for _, s := range steps {
			step, _ := s.(map[string]any)
			name := stringOf(step["name"])
			if item, ok := step["item"].(map[string]any); ok && name == "" {
				name = stringOf(item["name"])
			}
			names = append(names, name)
		}
		if len(names) >= 3 {
			return []claim{{names[len(names)-2], fromLinkedData}}
		}
	}
	for _, n := range p.crumbs {
		var steps []string
		elements(n, func(c *html.Node) bool {
			if c.Data == "a" {
				steps = append(steps, textOf(c))
			}
			return true
		})
		if len(steps) >= 2 {
			return []claim{{steps[len(steps)-1], fromHTML}}
		}
	}
	return nil
}
