package query

import (
	"fmt"
	"strings"

	"vocero/index/gazetteer"
	"vocero/index/terms"
)

// field reads what follows a field's name: its comparison and its value.
func (p *parser) field(start int, written string) (Node, error) {
	name, known := names()[strings.ToLower(written)]
	if !known || strings.ToUpper(name) == name {
		return nil, p.unknown(start, written)
	}
	op := p.comparison()
	f := FieldName(name)
	if err := p.allowed(start, f); err != nil {
		return nil, err
	}
	switch f {
	case money, percent:
		return p.amount(f, op)
	case inText, published:
		return p.dates(f, op)
	}
	if op != ":" && op != "=" {
		return nil, p.fail(p.at-len(op), fmt.Sprintf("%s can't be compared by size", f), "write "+string(f)+":…")
	}
	p.space()
	return p.fieldValue(f)
}

// unknown is the error for a name that is no field's.
func (p *parser) unknown(start int, written string) error {
	if written == "" || !says(written) {
		return p.fail(p.at, fmt.Sprintf("%c without a field's name before it", p.peek()), "put it in quotes to search for it")
	}
	suggestion := "put it in quotes to search for it"
	if near := closest(written); near != "" {
		suggestion = "did you mean " + near + "?"
	}
	return p.fail(start, "no field is called "+written, suggestion)
}

// comparison reads : = < <= > >=.
func (p *parser) comparison() string {
	op := string(p.peek())
	p.at++
	if (op == "<" || op == ">") && p.peek() == '=' {
		op += "="
		p.at++
	}
	return op
}

// allowed says whether f makes sense where it stands.
func (p *parser) allowed(start int, f FieldName) error {
	switch f {
	case "fact", "near":
		return p.fail(start, string(f)+" is no field", "write "+string(f)+"( … )")
	case Acting, Former, Elect, Current:
		return p.fail(start, string(f)+" is no field", "write status:"+string(f)+" within fact( )")
	}
	switch {
	case p.scope == inFact && f != Person && f != Role && f != Org && f != Status:
		return p.fail(start, fmt.Sprintf("%s: isn't part of a fact", f), "within fact( ) there are person:, role:, org: and status:")
	case p.scope == inNear && (f == Title || f == Publisher || f == Country || f == Lang || f == Source || f == ID || f == published):
		return p.fail(start, fmt.Sprintf("%s: isn't in a sentence", f), "put it outside of near( )")
	case p.scope != inFact && f == Status:
		return p.fail(start, "status: is asked of a fact", "write fact(role:… status:…)")
	}
	return nil
}

// Values of the field Status.
const (
	Acting  = "acting"
	Former  = "former"
	Elect   = "elect"
	Current = "current" // held as such: neither acting, former nor elect
)

// fieldValue reads a word, a phrase or a bracketed group of them.
func (p *parser) fieldValue(f FieldName) (Node, error) {
	start := p.at
	if p.end() {
		return nil, p.fail(start, fmt.Sprintf("%s: has no value", f), "")
	}
	v := &parser{in: p.in, at: p.at, depth: p.depth, parts: p.parts}
	n, err := v.value(p.scope)
	p.at, p.parts = v.at, v.parts
	if err != nil {
		return nil, err
	}
	if n, err = p.checked(f, n, start); err != nil {
		return nil, err
	}
	return Field{f, n}, nil
}

func (p *parser) value(outer scope) (Node, error) {
	start := p.at
	switch p.peek() {
	case '(':
		return p.brackets()
	case '"':
		return p.phrase()
	case '-':
		return nil, p.fail(start, "- within a field's value", "write it before the field, as in -person:Kenna")
	}
	p.scope = outer // in whose brackets a comma ends the word
	run := p.run()
	if !p.end() && strings.ContainsRune(":<>=", p.peek()) {
		return nil, p.fail(p.at, fmt.Sprintf("%c within a value", p.peek()), "put the value in quotes")
	}
	if run == "" {
		return nil, p.fail(start, "the field has no value", "")
	}
	return p.word(start, run)
}

// checked looks through a field's value for what the field can't be asked.
func (p *parser) checked(f FieldName, n Node, start int) (Node, error) {
	switch n := n.(type) {
	case And:
		return n, p.checkAll(f, n.Of, start)
	case Or:
		return n, p.checkAll(f, n.Of, start)
	case Not:
		of, err := p.checked(f, n.Of, start)
		return Not{of}, err
	case Phrase:
		if f == Status {
			return p.checked(f, Word{Text: n.Text}, start)
		}
		if code := code(f, n.Text); code != "" {
			return Word{Text: code}, nil
		}
		return n, nil
	case Word:
		if code := code(f, n.Text); code != "" && !n.Prefix && n.Fuzzy == 0 {
			return Word{Text: code}, nil
		}
		if f == Status {
			return p.status(n, start)
		}
		if n.Text[0] == '#' && (f == Person || f == Org || f == Place) {
			return nil, p.fail(start, "entities have no numbers to ask by yet", "write a name, as in "+string(f)+`:"Lisa Kenna"`)
		}
		if exact(f) && n.Fuzzy > 0 {
			return nil, p.fail(start, fmt.Sprintf("%s: is never misspelt", f), "leave the ~ out")
		}
		return n, nil
	case All:
		return nil, p.fail(start, fmt.Sprintf("%s:* would match anything", f), "write a beginning, as in "+string(f)+":ab*")
	}
	return nil, p.fail(start, fmt.Sprintf("a field within %s:( )", f), "a group holds words and phrases")
}

// code is the code of a country or a language that is asked for by its name.
func code(f FieldName, name string) string {
	switch f {
	case Country:
		return gazetteer.Code(name)
	case Lang:
		return languages()[terms.Fold(name)]
	}
	return ""
}

func (p *parser) checkAll(f FieldName, of []Node, start int) error {
	for i, n := range of {
		n, err := p.checked(f, n, start)
		if err != nil {
			return err
		}
		of[i] = n
	}
	return nil
}

func (p *parser) status(w Word, start int) (Node, error) {
	switch s := names()[strings.ToLower(w.Text)]; s {
	case Acting, Former, Elect, Current:
		if !w.Prefix && w.Fuzzy == 0 {
			return Word{Text: s}, nil
		}
	}
	return nil, p.fail(start, "no status is called "+w.String(), "there are acting, former, elect and current")
}

// exact says that f holds codes and names that are matched whole.
func exact(f FieldName) bool {
	return f == Country || f == Lang || f == Source || f == ID
}
