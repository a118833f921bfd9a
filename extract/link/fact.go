package link

import (
	"strings"

	"vocero/corpus"
)

// facts says for each holder of a role what is shown of it, each once. A
// restatement of the same adds nothing.
func (l *linker) facts() {
	kinds := map[string]corpus.Kind{}
	for _, e := range l.found.Entities {
		kinds[e.ID] = e.Kind
	}
	seen := map[corpus.Fact]bool{}
	for i := range l.found.Roles {
		r := &l.found.Roles[i]
		for _, holder := range r.Holders {
			f := corpus.Fact{
				Holder: holder,
				Role:   strings.Join(strings.Fields(r.Span.Of(l.text.Source)), " "),
				Org:    body(r.Orgs, kinds),
				Status: r.Status,
				When:   l.when(r),
			}
			if seen[f] {
				continue
			}
			seen[f] = true
			f.Evidence = l.sentence(r.Span.Start)
			l.found.Facts = append(l.found.Facts, f)
		}
	}
}

// body is what a role is in: the first organization that it names, which is the
// innermost as our languages put it, else the first place.
func body(orgs []string, kinds map[string]corpus.Kind) string {
	for _, id := range orgs {
		if kinds[id] == corpus.Organization {
			return id
		}
	}
	if len(orgs) > 0 {
		return orgs[0]
	}
	return ""
}

// when returns the date that the text ties to the role: one right after it,
// after a word like "desde" or "entre".
func (l *linker) when(r *corpus.Role) string {
	for i := range l.found.Dates {
		d := &l.found.Dates[i]
		if d.Span.Start < r.Span.End {
			continue
		}
		if !l.sameSentence(r.Span, d.Span) {
			break
		}
		words := strings.Fields(l.gap(r.Span.End, d.Span.Start))
		if len(words) == 0 || len(words) > 3 {
			break
		}
		last := gaps()
		for _, w := range words {
			switch {
			case last["since"][w]:
				return bounded(d.EDTF, d.EDTF+"/..")
			case last["until"][w]:
				return bounded(d.EDTF, "../"+d.EDTF)
			case last["between"][w] && strings.Contains(d.EDTF, "/"):
				return d.EDTF
			case !last["article"][w]:
				return ""
			}
		}
		break
	}
	return ""
}

// bounded opens a date on one side, unless it is a range already.
func bounded(edtf, open string) string {
	if strings.Contains(edtf, "/") {
		return edtf
	}
	return open
}
