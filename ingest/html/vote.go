package html

import (
	"context"
	"net/url"
	"slices"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mainText is the text of the article: a vote over the page's lines, in which
// the rules of body and readability have the first say, and what a line reads
// like the second. The votes are counted by points, and then weighed with what
// stands around them.
func (b *body) mainText(ctx context.Context, root *html.Node, said *page, a *Article) string {
	candidates, votes := b.vote(ctx, root, said, a)
	for _, points := range []int{enough, enough - 1} {
		taken := decide(votes, points)
		if text := join(b.taken(weigh(candidates, taken))); len(text) >= least {
			return text
		}
		if text := join(b.taken(taken)); len(text) >= least || points < enough && text != "" {
			return text
		}
	}
	return join(b.lines)
}

// least is the length in bytes of a text that is taken for an article: where
// the vote finds less, a line needs fewer points.
const least = 80

func (b *body) taken(take []bool) []line {
	var kept []line
	for i, l := range b.lines {
		if take[i] {
			kept = append(kept, l)
		}
	}
	return kept
}

// vote returns for each line a ballot, and with it what is known of the line
// besides. The tree is changed on the way.
func (b *body) vote(ctx context.Context, root *html.Node, said *page, a *Article) ([]candidate, []ballot) {
	main := b.main()
	votes := make([]ballot, len(b.lines))
	candidates := make([]candidate, len(b.lines))
	seen := map[string]bool{}
	for i := range b.lines {
		l := &b.lines[i]
		votes[i] = ballot{
			dropped: b.inDropped(l.node), prose: l.prose(), sort: sortOf(l.text),
			linked: l.linked*2 > len(l.text), short: len(l.text) < short, again: seen[l.text] && len(l.text) >= short/2,
			heading: isHeading(l.node), caption: isCaption(l.node), named: len(l.text) >= short/2 && b.isLead(l.node),
		}
		seen[l.text] = true
		votes[i].ours = within(l.node, main) && !votes[i].dropped
		candidates[i] = b.surroundings(l)
	}
	markLead(b.lines, votes, a.Title)
	head := b.head
	for i := range b.lines {
		votes[i].about = votes[i].short && (votes[i].lead || i > head && i <= head+belowHead) && said.isAbout(b.lines[i].text, a.Authors)
	}
	var theirs map[string]bool
	if ctx.Err() == nil && said.walked <= mostReadable {
		theirs = readable(root, said.address)
	}
	for i, l := range b.lines {
		votes[i].theirs = theirs[l.text]
	}
	markEnd(b.lines, votes)
	introduce(candidates, votes)
	return candidates, votes
}

// ballot is what speaks for and against a line.
type ballot struct {
	ours    bool // the rules take it
	theirs  bool // readability takes it
	title   bool // it is the headline, which is no part of the text
	heading bool
	named   bool // its element's names say that it is the lead
	above   bool // it stands above the headline
	lead    bool // it stands between the headline and the body
	dropped bool // it is in an element that is no part of an article
	prose   bool
	linked  bool // most of it is links
	short   bool
	about   bool // it tells only when the article was published, or by whom
	again   bool // the same line stands above
	caption bool
	after   bool // it stands after a line that ends the article
	sort    sort
}

// belowHead is how many lines below the headline may tell of the article rather
// than be it.
const belowHead = 12

// short is the length in bytes below which a line is a label rather than text.
const short = 80

// enough is how many points a line needs.
const enough = 3

// decide says which lines are taken: those with so many points, and those that
// have one less between two that are taken.
func decide(votes []ballot, points int) []bool {
	take := make([]bool, len(votes))
	for i, v := range votes {
		take[i] = v.points() >= points
	}
	for i, v := range votes {
		if !take[i] && v.points() == points-1 && !v.linked && i > 0 && take[i-1] && takenSoon(take, i) {
			take[i] = true
		}
	}
	return take
}

// takenSoon says whether one of the next lines is taken.
func takenSoon(take []bool, i int) bool {
	const near = 4
	return slices.Contains(take[i+1:min(i+1+near, len(take))], true)
}

func (v ballot) points() int {
	points := 0
	add := func(is bool, n int) {
		if is {
			points += n
		}
	}
	add(v.ours, 2)
	add(v.theirs, 2)
	add(v.prose, 1)
	add(v.lead && v.prose && !v.caption, 2)
	add(v.lead && v.ours && v.heading, 1)
	add(v.lead && v.named && !v.prose, 3)
	add(v.above && v.short, -2)
	add(v.linked, -2)
	add(v.dropped, -2)
	add(v.title || v.about, -4)
	add(v.after, -2)
	add(v.again, -2)
	add(v.sort == isAlso && (v.linked || v.short), -4)
	add(v.sort == isEnd && v.short, -4)
	add(v.sort == isAsking, -4)
	add(v.sort == isCredit && !v.prose, -4)
	return points
}

// markLead marks what stands between the headline and the first line of the
// body: the lead often has an element of its own outside of it.
func markLead(lines []line, votes []ballot, title string) {
	first := 0
	for first < len(votes) && !(votes[first].ours && votes[first].prose) {
		first++
	}
	head := -1
	for i := range first {
		if lines[i].node.DataAtom == atom.H1 || lines[i].text == title {
			head = i
		}
	}
	if head < 0 || first == len(votes) {
		return
	}
	votes[head].title = lines[head].node.DataAtom == atom.H1 || lines[head].text == title
	for i := range head {
		votes[i].above = true
	}
	for i := head + 1; i < first; i++ {
		votes[i].lead = true
	}
}

// markEnd marks what follows a line that ends the article, where most of the
// text stands before it.
func markEnd(lines []line, votes []ballot) {
	all, before, ended := 0, 0, false
	for i, v := range votes {
		if v.points() >= enough {
			all += len(lines[i].text)
		}
	}
	for i, v := range votes {
		if v.points() >= enough {
			before += len(lines[i].text)
		}
		if v.sort == isEnd && v.short && before*2 > all {
			ended = true
		}
		votes[i].after = ended
	}
}

// isLead says whether the names about an element say that it is the lead.
func (b *body) isLead(n *html.Node) bool {
	for i := 0; n != nil && i < 3; i, n = i+1, n.Parent {
		if b.judge.of(n)&isLead != 0 {
			return true
		}
	}
	return false
}

func isCaption(n *html.Node) bool {
	for i := 0; n != nil && i < 4; i, n = i+1, n.Parent {
		if n.DataAtom == atom.Figcaption || n.DataAtom == atom.Figure {
			return true
		}
	}
	return false
}

func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// mostReadable bounds the elements of a page that readability is asked about: it
// takes the longest, and knows no context.
const mostReadable = 200_000

// readable holds the lines that readability takes. It changes the tree.
func readable(root *html.Node, base *url.URL) map[string]bool {
	found, err := readability.FromDocument(root, base)
	if err != nil || found.Node == nil {
		return nil
	}
	lines := map[string]bool{}
	for _, l := range linesOf(found.Node, hidden) {
		lines[l.text] = true
	}
	return lines
}
