package html

import (
	"cmp"
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vocero/corpus"
	"vocero/ingest/day"
)

//go:embed lexicon/dates.txt
var datesFile string

// dateWords are the words before dates in texts, by what happened on them.
var dateWords = parseLists(datesFile)

// published is the day of publication. What the page tells machines, its
// address and what it shows to people often differ, by a zone, a template or a
// copy from another page: each source has a say, and the day with the most wins.
func (p *page) published(b *body, o map[string]any) claim {
	said := newTally()
	said.add(100, p.addressed()) // made once, and never by a template
	said.add(3, p.ld(o, "datePublished"))
	said.addAll(3, p.firm())
	said.add(3, p.item("datepublished", "schema:datepublished", "pubdate"))
	said.add(2.5, p.marked(b, "published"))
	said.add(2.25, p.inWords(b, "published"))
	said.add(2, p.namedDates(b, nearby))
	said.add(1.75, p.unmarked(b, nearby))
	said.addAll(1.5, p.others())
	said.add(1.25, p.scripted())
	said.add(1.6, p.nearHead(b))
	said.add(0.75, p.namedDates(b, everywhere))
	said.add(0.75, p.unmarked(b, everywhere))
	if said.best.value == "" {
		said.add(1, p.inOpening(b))
	}
	if said.best.value == "" {
		b.open = true // columns beside the article hold its date, too
		said.add(1, p.marked(b, "published"))
		said.add(1, p.namedDates(b, nearby))
		said.add(1, p.unmarked(b, nearby))
		b.open = false
	}
	if said.best.value == "" {
		said.add(1, p.partial())
	}
	return said.local()
}

// tally sums up what speaks for each day.
type tally struct {
	weight map[string]float64
	from   map[string]string  // of the weightiest source, which is asked first
	utc    map[string]bool    // said by a machine in universal time
	seen   map[string]float64 // weight of the sources that readers see
	best   claim
}

func newTally() *tally {
	return &tally{weight: map[string]float64{}, from: map[string]string{}, utc: map[string]bool{}, seen: map[string]float64{}}
}

// addAll counts the first claim of a source that is a date, and by half the
// first that is another one.
func (t *tally) addAll(weight float64, source []claim) {
	one := first(source, asDate)
	t.add(weight, source)
	t.add(weight/2, slices.DeleteFunc(slices.Clone(source), func(c claim) bool { return asDate(c.value) == one.value }))
}

// add counts the first claim of a source that is a date.
func (t *tally) add(weight float64, source []claim) {
	c := first(source, asDate)
	if c.value == "" {
		return
	}
	switch c.from {
	case fromTime, fromHTML, fromText:
		t.seen[c.value] += weight
	case fromURL:
	default:
		t.utc[c.value] = t.utc[c.value] || slices.ContainsFunc(source, inUniversalTime)
	}
	t.weight[c.value] += weight
	t.from[c.value] = firstOf(t.from[c.value], c.from)
	if t.weight[c.value] > t.weight[t.best.value] {
		t.best = claim{c.value, t.from[c.value]}
	}
}

func inUniversalTime(c claim) bool {
	return strings.HasSuffix(c.value, "Z") || strings.HasSuffix(c.value, "+00:00") || strings.HasSuffix(c.value, "+0000") || strings.HasSuffix(c.value, "GMT")
}

// local is the day with the most say. Where machines say it in universal time
// and readers see the day before or after, it is that one: theirs is the
// sender's.
func (t *tally) local() claim {
	best, err := corpus.ParseDate(t.best.value)
	if err != nil || !t.utc[t.best.value] {
		return t.best
	}
	for _, days := range []int{-1, 1} {
		day := corpus.DateOf(best.Time().AddDate(0, 0, days)).String()
		if t.seen[day] > t.seen[t.best.value] {
			return claim{day, t.from[day]}
		}
	}
	return t.best
}

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

// modified is the day of the last change that the page tells.
func (p *page) modified(b *body, o map[string]any) claim {
	return first(inOrder(p.ld(o, "dateModified"), p.meta("modified"), p.item("datemodified", "schema:datemodified"),
		p.marked(b, "modified"), p.inWords(b, "modified")), asDate)
}

var (
	fullDate  = regexp.MustCompile(`(?:^|[/_=.-])((?:19|20)\d\d)[/_.-]?(0[1-9]|1[0-2])[/_.-]?(0[1-9]|[12]\d|3[01])(?:[/_.-]|T|$)`)
	looseDate = regexp.MustCompile(`/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/`)
	dayDate   = regexp.MustCompile(`(?:^|[/_-])(0[1-9]|[12]\d|3[01])[-_.](0[1-9]|1[0-2])[-_.]((?:19|20)\d\d)(?:[/_.-]|$)`)
	monthDate = regexp.MustCompile(`/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])/`)
)

// addressed is the date in the page's address: /2021/05/03/, /2021-05-03-title,
// /20210503, /03-05-2021.
func (p *page) addressed() []claim {
	for _, form := range []*regexp.Regexp{fullDate, looseDate} {
		if m := form.FindStringSubmatch(p.address.Path); m != nil {
			return []claim{{m[1] + "/" + m[2] + "/" + m[3], fromURL}}
		}
	}
	if m := dayDate.FindStringSubmatch(p.address.Path); m != nil {
		return []claim{{m[3] + "/" + m[2] + "/" + m[1], fromURL}}
	}
	return nil
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

// marked are the dates of time elements whose names say what happened.
func (p *page) marked(b *body, what string) []claim {
	var found []claim
	for _, n := range p.byHead(p.times) {
		if p.happened(n) == what && !b.aside(n) {
			found = append(found, claim{p.readTime(n), fromTime})
		}
	}
	return found
}

// unmarked are the dates of the other time elements, those nearest to the
// headline first.
func (p *page) unmarked(b *body, far int) []claim {
	var found []claim
	for _, n := range p.byHead(p.times) {
		if p.far(n) > far {
			break
		}
		if p.happened(n) == "" && !b.aside(n) {
			found = append(found, claim{p.readTime(n), fromTime})
		}
	}
	return found
}

// inWords are the dates beside words that say what happened.
func (p *page) inWords(b *body, what string) []claim {
	var found []claim
	for i := range b.lines {
		l := &b.lines[i]
		if len(l.text) <= longestDateLine && !b.aside(l.node) {
			if d := p.beside(l.text, what); d != "" {
				found = append(found, claim{d, fromText})
			}
		}
	}
	return found
}

// byHead sorts elements by how far they are from the headline.
func (p *page) byHead(nodes []*html.Node) []*html.Node {
	sorted := slices.Clone(nodes)
	slices.SortStableFunc(sorted, func(a, b *html.Node) int { return cmp.Compare(p.far(a), p.far(b)) })
	return sorted
}

// How far an element may be from the headline, in elements.
const (
	nearby     = 200
	everywhere = 1 << 30
)

// far is how many elements lie between the headline and n; what stands above
// the headline counts twice.
func (p *page) far(n *html.Node) int {
	if d := p.place[n] - p.headPlace(); d >= 0 {
		return d
	} else {
		return -2 * d
	}
}

func (p *page) headPlace() int {
	if p.headAt >= 0 {
		return p.headAt
	}
	p.headAt = 0
	for _, h := range slices.Concat(p.heads, p.titled) {
		if p.title != "" && alike(textOf(h), p.title) {
			p.headAt = p.place[h]
			return p.headAt
		}
	}
	if len(p.heads) > 0 {
		p.headAt = p.place[p.heads[len(p.heads)-1]]
	}
	return p.headAt
}

const longestDateLine = 160

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

// aside says whether an element belongs to comments, to other articles or to
// what stands on every page.
func (b *body) aside(n *html.Node) bool {
	if b.open {
		return false
	}
	all := b.held[b.root].prose
	for ; n != nil && n != b.root; n = n.Parent {
		if b.held[n].prose*2 > all {
			continue // whatever its name, it holds the article
		}
		if n.DataAtom == atom.Footer && n.Parent == b.root || n.DataAtom == atom.Nav || b.judge.of(n)&isElsewhere != 0 {
			return true
		}
	}
	return false
}

// namedDates are the dates in short elements whose names speak of a date.
func (p *page) namedDates(b *body, far int) []claim {
	var found []claim
	for _, n := range p.byHead(p.dated) {
		if p.far(n) > far {
			break
		}
		if b.aside(n) || p.happened(n) == "modified" {
			continue
		}
		text := firstOf(attribute(n, "datetime"), attribute(n, "content"), p.read(attribute(n, "title")))
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

// beside is the date that follows a word which says that this happened on it.
func (p *page) beside(text, what string) string {
	low := strings.ToLower(text)
	for _, word := range dateWords[what] {
		at := indexWord(low, word)
		if at < 0 || len(low) != len(text) {
			continue
		}
		rest := text[at+len(word):]
		d, after, ok := day.Find(rest, p.order())
		if ok && after <= furthest && sensible(d) {
			return d.String()
		}
	}
	return ""
}

// furthest is how many bytes may stand between the word and its date: a mark, an
// article, the day of the week.
const furthest = 24

// indexWord is where a word stands in s on its own, or -1.
func indexWord(s, word string) int {
	for from := 0; ; {
		at := strings.Index(s[from:], word)
		if at < 0 {
			return -1
		}
		at += from
		if (at == 0 || !isLetterAt(s, at-1)) && (at+len(word) >= len(s) || !isLetterAt(s, at+len(word))) {
			return at
		}
		from = at + len(word)
	}
}

func isLetterAt(s string, at int) bool {
	c := s[at]
	return c >= 'a' && c <= 'z' || c >= 0x80
}

// aboutWords are the words of lines that say only when something happened.
var aboutWords = func() map[string]bool {
	words := map[string]bool{}
	for _, list := range dateWords {
		for _, phrase := range list {
			for word := range strings.FieldsSeq(phrase) {
				words[strings.Trim(word, ":")] = true
			}
		}
	}
	return words
}()

// isAbout says whether a line tells only when the article was published, or by
// whom. A place beside the day makes it a dateline, which is text.
func (p *page) isAbout(text string, authors []string) bool {
	name := strings.Trim(withoutBy(text), " .,:|")
	for _, a := range authors {
		if name == a {
			return true
		}
	}
	if p.read(text) == "" {
		return false
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !aboutWords[word] && !day.IsMonth(word) {
			return false
		}
	}
	return true
}

// nearHead are the dates of lines that are little else or begin with one, as
// datelines do: those nearest to the headline first.
func (p *page) nearHead(b *body) []claim {
	const farthest = 40 // lines
	head := b.headLine(p.title)
	type near struct {
		claim
		far int
	}
	var found []near
	for i := max(0, head-farthest/2); i < min(len(b.lines), head+farthest); i++ {
		l := &b.lines[i]
		d, at, ok := day.Find(l.text[:min(len(l.text), longestDateLine)], p.order())
		if !ok || !sensible(d) || len(l.text) > longestDateLine/2 && at > furthest || b.aside(l.node) || l.linked*2 > len(l.text) {
			continue
		}
		far := i - head
		if far < 0 {
			far *= -2
		}
		found = append(found, near{claim{d.String(), fromText}, far})
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(a.far, b.far) })
	var claims []claim
	for _, f := range found {
		claims = append(claims, f.claim)
	}
	return claims
}

// inOpening are the dates in the first lines below the headline, wherever they
// stand in them.
func (p *page) inOpening(b *body) []claim {
	const opening = 8 // lines
	var found []claim
	head := b.headLine(p.title)
	for i := head; i < min(len(b.lines), head+opening); i++ {
		l := &b.lines[i]
		if d, _, ok := day.Find(l.text[:min(len(l.text), 2*longestDateLine)], p.order()); ok && sensible(d) && !b.aside(l.node) {
			found = append(found, claim{d.String(), fromText})
		}
	}
	return found
}

// headLine is the place of the headline among the lines, or that of the first
// line of prose.
func (b *body) headLine(title string) int {
	first := -1
	for i := range b.lines {
		l := &b.lines[i]
		if isHeading(l.node) && alike(l.text, title) {
			return i
		}
		if first < 0 && (l.node.DataAtom == atom.H1 || l.prose() && !b.inDropped(l.node)) {
			first = i
		}
	}
	return max(first, 0)
}
