package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds on a query: what a person types is far below them.
const (
	maxLength = 10_000 // characters
	maxDepth  = 20     // brackets and exclusions within each other
	maxParts  = 256    // words, phrases and ranges
)

// Parse reads a query. Its error is an *Error.
func Parse(text string) (Node, error) {
	if !utf8.ValidString(text) {
		return nil, &Error{Column: 1, Message: "the query isn't valid UTF-8"}
	}
	p := &parser{in: []rune(quotes.Replace(text))}
	if len(p.in) > maxLength {
		return nil, &Error{Column: maxLength + 1, Message: fmt.Sprintf("longer than %d characters", maxLength)}
	}
	p.space()
	if p.end() {
		return nil, p.fail(p.at, "nothing asked", "* matches everything")
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if !p.end() { // only a closing bracket stops or before the end
		return nil, p.fail(p.at, "a closing bracket without an opening one", "")
	}
	return n, nil
}

var quotes = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`)

// parser reads in from at on. Every method that reads a part leaves at after
// the part and the space that follows it.
type parser struct {
	in    []rune
	at    int
	depth int
	parts int
	scope scope
}

// scope is the kind of brackets that the parser is in.
type scope string

const (
	inFact scope = "fact"
	inNear scope = "near"
)

func (p *parser) or() (Node, error) {
	first, err := p.and()
	if err != nil {
		return nil, err
	}
	parts := alternatives(nil, first)
	for p.operator("OR") {
		next, err := p.and()
		if err != nil {
			return nil, err
		}
		parts = alternatives(parts, next)
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return Or{parts}, nil
}

func alternatives(parts []Node, n Node) []Node {
	if o, ok := n.(Or); ok {
		return append(parts, o.Of...)
	}
	return append(parts, n)
}

func (p *parser) and() (Node, error) {
	var parts []Node
	for {
		start := p.at
		n, err := p.not()
		if err != nil {
			return nil, err
		}
		if a, ok := n.(And); ok {
			parts = append(parts, a.Of...)
		} else {
			parts = append(parts, n)
		}
		if p.parts++; p.parts > maxParts {
			return nil, p.fail(start, fmt.Sprintf("more than %d parts", maxParts), "")
		}
		p.comma()
		if !p.operator("AND") && (p.end() || p.peek() == ')' || p.operatorAhead() == "OR") {
			break
		}
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return And{parts}, nil
}

func (p *parser) not() (Node, error) {
	start := p.at
	negated := p.operator("NOT")
	if !negated && p.peek() == '-' {
		p.at++
		if p.end() || unicode.IsSpace(p.peek()) {
			return nil, p.fail(start, "- stands alone", "write it right before what it excludes, as in -word")
		}
		negated = true
	}
	if !negated {
		return p.part()
	}
	if err := p.deeper(start); err != nil {
		return nil, err
	}
	defer p.shallower()
	n, err := p.not()
	if err != nil {
		return nil, err
	}
	if twice, ok := n.(Not); ok {
		return twice.Of, nil
	}
	return Not{n}, nil
}

// part reads what stands by itself: brackets, a phrase, a word, a field.
func (p *parser) part() (Node, error) {
	start := p.at
	switch {
	case p.end():
		return nil, p.fail(start, "the query ends where a word should follow", "")
	case p.peek() == ')':
		return nil, p.fail(start, "a closing bracket where a word should be", "")
	case p.peek() == '(':
		return p.brackets()
	case p.operatorAhead() != "":
		return nil, p.fail(start, fmt.Sprintf("%s joins nothing here", p.run()), "put it between two words, or in quotes")
	case p.peek() == '"' && p.scope != inFact:
		return p.phrase()
	}
	run := p.run()
	switch {
	case !p.end() && strings.ContainsRune(":<>=", p.peek()):
		return p.field(start, run)
	case !p.end() && p.peek() == '(' && run != "":
		return p.relation(start, run)
	case p.scope == inFact:
		return nil, p.fail(start, "a word without its field within fact( )", "each is person:, role:, org: or status:, as in fact(person:Kenna role:embajadora)")
	}
	return p.word(start, run)
}

// brackets reads ( … ).
func (p *parser) brackets() (Node, error) {
	start := p.at
	if err := p.deeper(start); err != nil {
		return nil, err
	}
	defer p.shallower()
	p.at++
	p.space()
	if !p.end() && p.peek() == ')' {
		return nil, p.fail(start, "nothing within the brackets", "")
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.end() {
		return nil, p.fail(start, "this bracket is never closed", "add ) at the end")
	}
	p.at++
	p.space()
	return n, nil
}

// relation reads fact( … ) or near( … ).
func (p *parser) relation(start int, name string) (Node, error) {
	kind := scope(names()[strings.ToLower(name)])
	if kind != inFact && kind != inNear {
		return nil, p.fail(start, fmt.Sprintf("%s( is no relation", name), "there are fact( ) and near( ); or put a space before the bracket")
	}
	if p.scope != "" {
		return nil, p.fail(start, fmt.Sprintf("%s( ) can't stand within %s( )", kind, p.scope), "")
	}
	p.scope = kind
	n, err := p.brackets()
	p.scope = ""
	if err != nil {
		return nil, err
	}
	if kind == inFact {
		return Fact{n}, nil
	}
	return Near{n}, nil
}

func (p *parser) phrase() (Node, error) {
	start := p.at
	p.at++
	from := p.at
	for !p.end() && p.peek() != '"' {
		p.at++
	}
	if p.end() {
		return nil, p.fail(start, "this quotation is never closed", `add " at its end`)
	}
	text := strings.Join(strings.Fields(string(p.in[from:p.at])), " ")
	p.at++
	if !says(text) {
		return nil, p.fail(start, "no word within the quotation marks", "")
	}
	slop, err := p.slop()
	if err != nil {
		return nil, err
	}
	p.space()
	return Phrase{text, slop}, nil
}

// slop reads the ~5 that may follow a phrase.
func (p *parser) slop() (int, error) {
	if p.end() || p.peek() != '~' {
		return 0, nil
	}
	start := p.at
	p.at++
	n := 0
	from := p.at
	for !p.end() && p.peek() >= '0' && p.peek() <= '9' && n <= maxSlop {
		n = n*10 + int(p.peek()-'0')
		p.at++
	}
	if p.at == from || n > maxSlop {
		return 0, p.fail(start, "~ after a phrase needs a number of words", fmt.Sprintf("as in ~5, at most ~%d", maxSlop))
	}
	return n, nil
}

const maxSlop = 50
