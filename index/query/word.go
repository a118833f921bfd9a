package query

import (
	"fmt"
	"strings"
	"unicode"
)

// word makes a Word of a run of characters that began at start.
func (p *parser) word(start int, run string) (Node, error) {
	p.space()
	w := Word{Text: run}
	switch text, tail, _ := strings.Cut(run, "~"); {
	case strings.HasSuffix(run, "*"):
		w.Text, w.Prefix = strings.TrimSuffix(run, "*"), true
	case run == text:
	case tail == "" || tail == "1":
		w.Text, w.Fuzzy = text, 1
	case tail == "2":
		w.Text, w.Fuzzy = text, 2
	default:
		return nil, p.fail(start, fmt.Sprintf("%s: at most ~2 letters may differ", run), "write "+text+"~ or "+text+"~2")
	}
	if w.Text == "" && w.Prefix {
		return All{}, nil
	}
	if i := strings.IndexAny(w.Text, "*~"); i >= 0 {
		return nil, p.fail(start+len([]rune(w.Text[:i])), "* and ~ stand at the end of a word only", "put the word in quotes to take it as it is")
	}
	if !says(w.Text) {
		return nil, p.fail(start, fmt.Sprintf("no letter or digit in %s", run), "")
	}
	if w.Text[0] == '+' {
		return nil, p.fail(start, "+ isn't needed", "every word must be there anyhow")
	}
	return w, nil
}

// says says whether text has anything to search for.
func says(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// run reads the characters up to one that ends a word.
func (p *parser) run() string {
	from := p.at
	for !p.end() && !p.stops() {
		p.at++
	}
	return string(p.in[from:p.at])
}

func (p *parser) stops() bool {
	r := p.peek()
	return unicode.IsSpace(r) || strings.ContainsRune(`():"<>=`, r) || p.commaAhead()
}

// commaAhead says whether a comma here parts the parts of a relation.
func (p *parser) commaAhead() bool {
	if p.scope == "" || p.peek() != ',' {
		return false
	}
	digit := func(i int) bool { return i >= 0 && i < len(p.in) && unicode.IsDigit(p.in[i]) }
	return !digit(p.at-1) || !digit(p.at+1)
}

// comma passes over one.
func (p *parser) comma() {
	if !p.end() && p.commaAhead() {
		p.at++
		p.space()
	}
}

// operator passes over the operator op, if it is next.
func (p *parser) operator(op string) bool {
	if p.operatorAhead() != op {
		return false
	}
	p.run()
	p.space()
	return true
}

// operatorAhead returns the canonical operator that is next, or "".
func (p *parser) operatorAhead() string {
	from := p.at
	run := p.run()
	named := !p.end() && strings.ContainsRune(":<>=", p.peek()) // O: would be a field
	p.at = from
	switch op := names()[run]; op {
	case "AND", "OR", "NOT":
		if !named {
			return op
		}
	}
	return ""
}

func (p *parser) deeper(start int) error {
	if p.depth++; p.depth > maxDepth {
		return p.fail(start, fmt.Sprintf("more than %d brackets within each other", maxDepth), "")
	}
	return nil
}

func (p *parser) shallower() { p.depth-- }

func (p *parser) end() bool { return p.at == len(p.in) }

// peek returns the next character, or 0 at the end.
func (p *parser) peek() rune {
	if p.end() {
		return 0
	}
	return p.in[p.at]
}

func (p *parser) space() {
	for !p.end() && unicode.IsSpace(p.peek()) {
		p.at++
	}
}

func (p *parser) fail(at int, message, suggestion string) error {
	return &Error{Column: at + 1, Message: message, Suggestion: suggestion}
}
