package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestScore checks the rule of matching on small cases: value, edges of the
// span, false positives, open currencies.
func TestScore(t *testing.T) {
	const text = `{"id":"a","lang":"es","kind":"money","text":"más de $10 hoy","expect":[{"start":0,"end":10,"value":{"currency":null,"amount":"10","currency_any":["USD"]}}]}`
	var c vector
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	c.points = []rune(c.Text)
	usd, mxn := "USD", "MXN"
	ten := value{Currency: &usd, Amount: "10.0"}
	for name, test := range map[string]struct {
		got []span
		ok  bool
	}{
		"trimmed":        {[]span{{7, 10, ten}}, true},
		"exact":          {[]span{{0, 10, ten}}, true},
		"no currency":    {[]span{{7, 10, value{Amount: "10"}}}, true},
		"wrong currency": {[]span{{7, 10, value{Currency: &mxn, Amount: "10"}}}, false},
		"wrong amount":   {[]span{{7, 10, value{Amount: "11"}}}, false},
		"short":          {[]span{{8, 10, ten}}, false},
		"one too many":   {[]span{{7, 10, ten}, {11, 14, ten}}, false},
		"nothing":        {nil, false},
	} {
		if r := score(&c, test.got); r.ok != test.ok {
			t.Errorf("%s: right is %v, want %v", name, r.ok, test.ok)
		}
	}
}

func TestSameDate(t *testing.T) {
	for _, pair := range [][2]string{
		{"2021-33", "2021-01/2021-03"}, {"199X", "1990/1999"}, {"2021-W18", "2021-05-03/2021-05-09"},
		{"2021-40", "2021-01/2021-06"}, {"XXXX-05-17", "XXXX-05-17"}, {"2021-05~", "2021-05"}, {"2019/..", "2019-01-01/.."},
	} {
		if !sameDate(pair[0], pair[1]) {
			t.Errorf("%s and %s differ", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"2021", "2022"}, {"XXXX-05-17", "2021-05-17"}, {"2021-21", "2021-03/2021-05"}, {"2021-02-30", "2021-03-02"}, {"2021", ""}} {
		if sameDate(pair[0], pair[1]) {
			t.Errorf("%s and %s are the same", pair[0], pair[1])
		}
	}
}

// TestRun measures the shared vectors of money, which the project does not hold.
func TestRun(t *testing.T) {
	const folder = "../../../../shared/data/vectors/dev"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the shared vectors are absent: " + folder)
	}
	var out strings.Builder
	dir := t.TempDir()
	if err := run(&out, folder, "extra_es_money", dir, true); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "extra_es_money") {
		t.Errorf("the table lacks the file:\n%s", out.String())
	}
	if b, err := os.ReadFile(dir + "/extra_es_money.jsonl"); err != nil || len(b) == 0 {
		t.Errorf("no predictions: %v", err)
	}
}
