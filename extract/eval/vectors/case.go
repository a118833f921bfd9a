package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// vector is one sentence with what must be found in it.
type vector struct {
	ID      string          `json:"id"`
	Source  string          `json:"source"`
	Lang    string          `json:"lang"`
	Kind    string          `json:"kind"`
	Text    string          `json:"text"`
	Ref     string          `json:"ref"`
	Country string          `json:"country"`
	Expect  []expectation   `json:"expect"`
	Others  [][]expectation `json:"expect_alt"`
	Ignore  []span          `json:"ignore"`
	Partial bool            `json:"partial"`
	points  []rune
}

// span is a stretch of a text in code points, with its value.
type span struct {
	Start int   `json:"start"`
	End   int   `json:"end"`
	Value value `json:"value"`
}

// expectation is a span with other values that are right too.
type expectation struct {
	span
	Any  bool    `json:"-"` // the source gave no value
	Alts []value `json:"alts"`
}

// value is what a span means; which fields count depends on its kind.
type value struct {
	Currency   *string  `json:"currency,omitempty"`
	Amount     string   `json:"amount,omitempty"`
	Min        string   `json:"min,omitempty"`
	Max        string   `json:"max,omitempty"`
	Number     string   `json:"number,omitempty"`
	Percent    string   `json:"percent,omitempty"`
	PercentMin string   `json:"percent_min,omitempty"`
	PercentMax string   `json:"percent_max,omitempty"`
	EDTF       string   `json:"edtf,omitempty"`
	Mod        string   `json:"mod,omitempty"`
	AnyOf      []string `json:"-"`
	nullToo    bool     // no currency is right as well
	money      bool
	Minor      bool `json:"-"`
}

// String gives the value as in the files.
func (v value) String() string {
	b, _ := json.Marshal(v) // strings always marshal
	return string(b)
}

// UnmarshalJSON reads an expectation, whose value may be null.
func (e *expectation) UnmarshalJSON(b []byte) error {
	var raw struct {
		Start int             `json:"start"`
		End   int             `json:"end"`
		Value json.RawMessage `json:"value"`
		Alts  []value         `json:"alts"`
	}
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	e.Start, e.End, e.Alts = raw.Start, raw.End, raw.Alts
	if e.Any = len(raw.Value) == 0 || string(raw.Value) == "null"; e.Any {
		return nil
	}
	return json.Unmarshal(raw.Value, &e.Value)
}

// UnmarshalJSON reads a value as the files have it: a key that is null differs
// from one that is absent, and numbers come as strings or as numbers.
func (v *value) UnmarshalJSON(b []byte) error {
	var keys map[string]any
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.UseNumber()
	if err := d.Decode(&keys); err != nil {
		return err
	}
	text := func(key string) string {
		if x, ok := keys[key]; ok && x != nil {
			return fmt.Sprint(x)
		}
		return ""
	}
	*v = value{Amount: text("amount"), Min: text("min"), Max: text("max"), Number: text("number"), Percent: text("percent"),
		PercentMin: text("percent_min"), PercentMax: text("percent_max"), EDTF: text("edtf"), Mod: text("mod"), Minor: text("minor") == "true"}
	_, v.money = keys["currency"]
	if code := text("currency"); code != "" {
		v.Currency = &code
	}
	list, _ := keys["currency_any"].([]any)
	for _, x := range list {
		if code, ok := x.(string); ok {
			v.AnyOf = append(v.AnyOf, code)
		} else {
			v.nullToo = true
		}
	}
	return nil
}

// cut gives the text of a span.
func (c *vector) cut(s span) string {
	return string(c.points[max(0, min(s.Start, len(c.points))):max(0, min(s.End, len(c.points)))])
}

// readCases reads a file of vectors.
func readCases(name string) ([]vector, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var cases []vector
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for n := 1; lines.Scan(); n++ {
		var c vector
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		c.points = []rune(c.Text)
		cases = append(cases, c)
	}
	return cases, lines.Err()
}

// answer is a line of predictions.
type answer struct {
	ID    string `json:"id"`
	Spans []span `json:"spans"`
}

// writeAnswers writes predictions as the checker of the vectors reads them.
func writeAnswers(name string, answers []answer) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	for _, a := range answers {
		if a.Spans == nil {
			a.Spans = []span{}
		}
		if err := enc.Encode(a); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
