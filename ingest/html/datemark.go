package html

import (
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"

	"vocero/corpus"
	"vocero/ingest/day"
)

// firm are the claims of the meta elements that content management systems write
// for machines; of the others some hold the day on which the page was rendered.
func (p *page) firm() []claim {
	const surest = 12
	var firm []claim
	for _, name := range metaNames["published"][:surest] {
		for _, v := range p.metas[name] {
			firm = append(firm, claim{v, metaPlace(name)})
		}
	}
	return firm
}

func (p *page) others() []claim {
	var all []claim
	for _, o := range p.objects {
		all = append(all, p.ld(o, "datePublished", "dateCreated", "uploadDate")...)
	}
	return append(all, p.meta("published")...)
}

var (
	fullDate  = regexp.MustCompile(`(?:^|[/_=.-])((?:19|20)\d\d)[/_.-]?(0[1-9]|1[0-2])[/_.-]?(0[1-9]|[12]\d|3[01])(?:[/_.-]|T|$)`)
	looseDate = regexp.MustCompile(`/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/`)
	dayDate   = regexp.MustCompile(`(?:^|[/_-])(0[1-9]|[12]\d|3[01])[-_.](0[1-9]|1[0-2])[-_.]((?:19|20)\d\d)(?:[/_.-]|$)`)
	wordDate  = regexp.MustCompile(`/((?:19|20)\d\d)/([a-z]{3,10})/(\d{1,2})/`)
	monthDate = regexp.MustCompile(`/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])/`)
)

// addressed is the date in the page's address, else in the one under which the
// publisher wants it known: /2021/05/03/, /2021-05-03-title, /20210503,
// /03-05-2021, /2021/may/03/.
func (p *page) addressed() []claim {
	for _, ref := range append([]string{p.address.Path, p.links["canonical"]}, p.metas["og:url"]...) {
		if d := dateOfPath(ref); d != "" {
			return []claim{{d, fromURL}}
		}
	}
	return nil
}

func dateOfPath(path string) string {
	for _, form := range []*regexp.Regexp{fullDate, looseDate} {
		if m := form.FindStringSubmatch(path); m != nil {
			return m[1] + "/" + m[2] + "/" + m[3]
		}
	}
	if m := dayDate.FindStringSubmatch(path); m != nil {
		return m[3] + "/" + m[2] + "/" + m[1]
	}
	if m := wordDate.FindStringSubmatch(path); m != nil {
		return asDate(m[3] + " " + m[2] + " " + m[1])
	}
	return ""
}

// partial is the month in the page's address, for pages that tell no day.
func (p *page) partial() []claim {
	if m := monthDate.FindStringSubmatch(p.address.Path); m != nil {
		return []claim{{m[1] + "-" + m[2], fromURL}}
	}
	return nil
}

var scriptDate = regexp.MustCompile(`(?i)\\?"(?:datePublished|publishedAt|published_at|publishDate|publish_date|pubDate|publicationDate|publication_date|first_published_at|firstPublished|publishedDate|datePublication|published_time|publishTime|publication_time|createdAt|created_at|createdDate|creationDate)\\?"\s*:\s*\\?"?([0-9][0-9T:.+Z /\\-]{7,30})`)

// scripted are dates in the data that the page's scripts draw it from.
func (p *page) scripted() []claim {
	for _, s := range p.scripts {
		if m := scriptDate.FindStringSubmatch(s); m != nil {
			return []claim{{strings.ReplaceAll(m[1], `\`, ""), fromScript}}
		}
	}
	return nil
}

// timed are the dates of time elements at which something happened by their
// names, or "", those nearest to the headline first.
func (p *page) timed(b *body, what string, far int) []claim {
	var found []claim
	for _, n := range p.byHead(b, p.times) {
		if p.far(b, n) > far {
			break
		}
		if p.happened(n) == what && !b.aside(n) && isShown(n) {
			found = append(found, claim{p.readTime(n), fromTime})
		}
	}
	return found
}

// namedDates are the dates in short elements whose names speak of a date.
func (p *page) namedDates(b *body, far int) []claim {
	var found []claim
	for _, n := range p.byHead(b, p.dated) {
		if p.far(b, n) > far {
			break
		}
		if b.aside(n) || p.happened(n) == "modified" || far == nearby && !isShown(n) {
			continue
		}
		text := firstOf(attribute(n, "datetime"), attribute(n, "content"), p.read(attribute(n, "title")), attribute(n, "data-datetime"), attribute(n, "data-date"))
		if text == "" {
			if size(n, longestDateLine) > longestDateLine {
				continue
			}
			text = textOf(n)
		}
		if p.beside(text, "modified") != "" && p.beside(text, "published") == "" {
			continue
		}
		if d := p.read(text); d != "" {
			found = append(found, claim{d, fromHTML})
		}
	}
	return found
}

// isShown says whether readers see something of an element.
func isShown(n *html.Node) bool { return size(n, 0) > 0 }

// size is the text in an element, in bytes, counted to a little over most.
func size(n *html.Node, most int) int {
	if n.Type == html.TextNode {
		return len(squeeze(n.Data))
	}
	sum := 0
	for c := n.FirstChild; c != nil && sum <= most; c = c.NextSibling {
		sum += size(c, most-sum)
	}
	return sum
}

func (p *page) read(s string) string {
	if d, err := day.Parse(s); err == nil && d.Day != 0 && sensible(d) {
		return d.String()
	}
	if d, _, ok := day.Find(s, p.order()); ok && sensible(d) {
		return d.String()
	}
	return ""
}

// readTime is the day that a time element gives: of its machine's form and its
// text the text where they are a day apart, as universal time may be.
func (p *page) readTime(n *html.Node) string {
	machine, text := p.read(attribute(n, "datetime")), p.read(textOf(n))
	if machine == "" || text == "" {
		return firstOf(machine, text)
	}
	m, _ := corpus.ParseDate(machine)
	t, _ := corpus.ParseDate(text)
	if apart := m.Time().Sub(t.Time()).Abs(); apart <= 24*time.Hour {
		return text
	}
	return machine
}

// happened says by the names around a time element what happened at it.
func (p *page) happened(n *html.Node) string {
	for i := 0; n != nil && i < 3; i, n = i+1, n.Parent {
		names := strings.ToLower(attribute(n, "class") + " " + attribute(n, "itemprop"))
		switch {
		case strings.Contains(names, "publi") || strings.Contains(names, "entry-date") || hasAttribute(n, "pubdate"):
			return "published"
		case strings.Contains(names, "modif") || strings.Contains(names, "updat") && strings.TrimSpace(names) != "updated":
			return "modified" // "updated" alone is how many themes mark the day of an entry
		}
	}
	return ""
}
