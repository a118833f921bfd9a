package query

import (
	"strconv"
	"strings"

	"vocero/corpus"
)

// String gives the query's canonical text.
func (All) String() string { return "*" }

// String gives the query's canonical text.
func (w Word) String() string {
	s := w.Text
	if w.Prefix {
		s += "*"
	}
	if w.Fuzzy > 0 {
		s += "~"
	}
	if w.Fuzzy > 1 {
		s += strconv.Itoa(w.Fuzzy)
	}
	return s
}

// String gives the query's canonical text.
func (p Phrase) String() string {
	s := `"` + p.Text + `"`
	if p.Slop > 0 {
		s += "~" + strconv.Itoa(p.Slop)
	}
	return s
}

// String gives the query's canonical text.
func (f Field) String() string { return string(f.Name) + ":" + single(f.Of) }

// String gives the query's canonical text.
func (a Amount) String() string {
	name, unit := string(money), ""
	if a.Unit == corpus.PercentUnit {
		name = string(percent)
	} else if a.Unit != "" {
		unit = " " + a.Unit
	}
	return name + a.limits() + unit
}

func (a Amount) limits() string {
	from, to := a.From.text(), a.To.text()
	switch {
	case from == to:
		return ":" + from
	case from != "" && to != "":
		return ":" + from + ".." + to
	case from != "" && a.From.Beyond:
		return ">" + from
	case from != "":
		return ">=" + from
	case a.To.Beyond:
		return "<" + to
	}
	return "<=" + to
}

func (l Limit) text() string {
	if l.IsZero() {
		return ""
	}
	s := l.Value.Text('f')
	if doubtful.MatchString(s) {
		s += "0" // 1.234 could be read as a thousand; 1.2340 can't
	}
	return s
}

// String gives the query's canonical text.
func (d Dates) String() string {
	name := inText
	if d.Published {
		name = published
	}
	if d.From == d.To {
		return string(name) + ":" + d.From.String()
	}
	return string(name) + ":" + d.From.String() + ".." + d.To.String()
}

// String gives the query's canonical text.
func (a And) String() string { return join(a.Of, " ") }

// String gives the query's canonical text.
func (o Or) String() string { return join(o.Of, " OR ") }

// String gives the query's canonical text.
func (n Not) String() string { return "-" + single(n.Of) }

// String gives the query's canonical text.
func (f Fact) String() string { return "fact(" + f.Of.String() + ")" }

// String gives the query's canonical text.
func (n Near) String() string { return "near(" + n.Of.String() + ")" }

// join writes parts in a row; those that bind less tightly go in brackets.
func join(parts []Node, between string) string {
	var b strings.Builder
	for i, part := range parts {
		if i > 0 {
			b.WriteString(between)
		}
		if _, ok := part.(And); ok && between != " " {
			b.WriteString(part.String())
		} else if _, ok := part.(Not); ok {
			b.WriteString(part.String())
		} else {
			b.WriteString(single(part))
		}
	}
	return b.String()
}

// single writes n so that it reads as one part.
func single(n Node) string {
	switch n.(type) {
	case And, Or, Not:
		return "(" + n.String() + ")"
	}
	return n.String()
}
