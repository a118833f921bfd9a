package query

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// cases yields the table of testdata/queries.txt.
func cases(t testing.TB) func(yield func(in, want string) bool) {
	b, err := os.ReadFile("testdata/queries.txt")
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(in, want string) bool) {
		for line := range lines(string(b)) {
			in, want, found := strings.Cut(line, " => ")
			if !found {
				t.Fatalf("no => in %q", line)
			}
			if !yield(in, want) {
				return
			}
		}
	}
}

func TestParse(t *testing.T) {
	for in, want := range cases(t) {
		n, err := Parse(in)
		got := ""
		if e, ok := errors.AsType[*Error](err); ok {
			got = strings.TrimPrefix(e.Error(), "column ")
		} else if err != nil {
			t.Errorf("%s: %v is no *Error", in, err)
			continue
		} else {
			got = n.String()
		}
		if got != want && !strings.HasPrefix(got, want+";") {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestParseBounds(t *testing.T) {
	for name, in := range map[string]string{
		"length":   strings.Repeat("a", maxLength+1),
		"brackets": strings.Repeat("(", maxDepth+1) + "a" + strings.Repeat(")", maxDepth+1),
		"nots":     strings.Repeat("-", 1000) + "a",
		"parts":    strings.Repeat("a ", maxParts+1),
		"encoding": "a\xff",
		"nothing":  " \t",
	} {
		if n, err := Parse(in); err == nil {
			t.Errorf("%s: parsed as %.40s", name, n)
		}
	}
}

// FuzzParse holds that whatever parses prints as text that parses to the same.
func FuzzParse(f *testing.F) {
	for in := range cases(f) {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		n, err := Parse(in)
		if err != nil {
			if e, ok := errors.AsType[*Error](err); !ok || e.Column < 1 || e.Column > len([]rune(in))+1 {
				t.Fatalf("%q: error %#v", in, err)
			}
			return
		}
		again, err := Parse(n.String())
		if err != nil {
			t.Fatalf("%q prints as %q, which doesn't parse: %v", in, n, err)
		}
		if a, b := shape(n), shape(again); a != b {
			t.Fatalf("%q is %s, but printed and parsed %s", in, a, b)
		}
	})
}

// shape writes a tree with its types, which String leaves out.
func shape(n Node) string {
	inner := func(of []Node) string {
		var parts []string
		for _, n := range of {
			parts = append(parts, shape(n))
		}
		return strings.Join(parts, " ")
	}
	switch n := n.(type) {
	case And:
		return "and[" + inner(n.Of) + "]"
	case Or:
		return "or[" + inner(n.Of) + "]"
	case Not:
		return "not[" + shape(n.Of) + "]"
	case Fact:
		return "fact[" + shape(n.Of) + "]"
	case Near:
		return "near[" + shape(n.Of) + "]"
	case Field:
		return string(n.Name) + "[" + shape(n.Of) + "]"
	}
	return fmt.Sprintf("%T[%s]", n, n)
}

func ExampleParse() {
	q, _ := Parse(`persona:Kenna (trata O "crimen organizado") monto>=1,5M USD`)
	fmt.Println(q)
	_, err := Parse("trata persn:Kenna")
	fmt.Println(err)
	// Output:
	// person:Kenna (trata OR "crimen organizado") amount>=1500000 USD
	// column 7: no field is called persn; did you mean person?
}
