package eval

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vocero/corpus"
	"vocero/extract/gold"
	"vocero/extract/wire"
)

const goldTools = "../../../shared/gold/gold.py"

// parseLines reads a file of JSON lines.
func parseLines[T any](t *testing.T, path string, parse func([]byte) (T, error)) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var values []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		v, err := parse(lines.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, v)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return values
}

func fixture(t *testing.T) ([]Gold, []wire.Annotated) {
	t.Helper()
	return parseLines(t, "testdata/gold.jsonl", ParseGold),
		parseLines(t, "testdata/predicted.jsonl", wire.ParseAnnotated)
}

var tables = []struct {
	file  string
	kinds []corpus.Kind
	flags []string
}{
	{"testdata/table.txt", nil, nil},
	{"testdata/table_person_date.txt", []corpus.Kind{corpus.Person, corpus.DateKind}, []string{"--kinds", "person,date"}},
}

// The tables in testdata are the gold tools' own output for the fixture.
func TestCompareGivesTheTableOfTheGoldTools(t *testing.T) {
	documents, predicted := fixture(t)
	for _, c := range tables {
		want, err := os.ReadFile(c.file)
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := Compare(documents, predicted, Options{Kinds: c.kinds}).WriteText(&got, 0); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.file, diff)
		}
	}
}

func TestTablesAreStillThoseOfTheGoldTools(t *testing.T) {
	python, err := exec.LookPath("python3")
	if _, absent := os.Stat(goldTools); err != nil || absent != nil {
		t.Skip("python3 or the gold tools are absent: " + goldTools)
	}
	for _, c := range tables {
		args := append([]string{goldTools, "score", "testdata/gold.jsonl", "testdata/predicted.jsonl"}, c.flags...)
		got, err := exec.CommandContext(t.Context(), python, args...).Output()
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(c.file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-committed +now):\n%s", c.file, diff)
		}
	}
}

func TestReadGoldGivesWhatTheGoldToolsGive(t *testing.T) {
	want, _ := fixture(t)
	read, err := ReadGold("testdata/tagged")
	if err != nil {
		t.Fatal(err)
	}
	if len(read) != 2 {
		t.Fatalf("%d releases, want 2", len(read))
	}
	for i, got := range read {
		at := slices.IndexFunc(want, func(g Gold) bool { return g.Document.ID == got.Document.ID })
		if at < 0 {
			t.Fatalf("%s is not in the fixture", got.Document.ID)
		}
		if got.Document.Text != want[at].Document.Text || got.Document.Lang == "" || got.Document.Published.IsZero() {
			t.Errorf("%+v", got.Document)
		}
		sameMentions(t, &want[at], &read[i])
	}
}

// sameMentions compares gold read from tags with that of the gold tools' JSON,
// which sorts a name's forms and lists the longest ones too.
func sameMentions(t *testing.T, want, got *Gold) {
	t.Helper()
	for _, g := range []*Gold{want, got} {
		for i := range g.Mentions {
			m := &g.Mentions[i]
			m.Holder, m.Org = nil, nil
			for _, forms := range slices.Concat(m.Holders, m.Orgs) {
				slices.Sort(forms)
			}
		}
	}
	if diff := cmp.Diff(want.Mentions, got.Mentions, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-gold tools +tags):\n%s", got.Document.ID, diff)
	}
}

func TestReadGoldOfNothingIsAnError(t *testing.T) {
	if _, err := ReadGold(t.TempDir()); err == nil {
		t.Error("an empty folder was taken")
	}
}

func TestErrorsAreAllThatTheScoresMiss(t *testing.T) {
	documents, predicted := fixture(t)
	report := Compare(documents, predicted, Options{})
	count := map[string]int{}
	for _, e := range report.Errors {
		count[e.Kind+" "+e.What]++
	}
	for name, s := range report.Scores {
		if count[name+" missed"] != s.FN || count[name+" wrong"] != s.FP || count[name+" value"] != s.ValueBad {
			t.Errorf("%s: %d missed, %d wrong and %d values listed; the score has %+v",
				name, count[name+" missed"], count[name+" wrong"], count[name+" value"], *s)
		}
	}
}

func TestLanguagesAddUp(t *testing.T) {
	documents, predicted := fixture(t)
	for i := range documents {
		documents[i].Document.Lang = documents[i].Document.ID[4:6]
	}
	report := Compare(documents, predicted, Options{})
	if len(report.ByLang) != 4 {
		t.Fatalf("%d languages, want 4", len(report.ByLang))
	}
	var sum Counts
	for _, l := range report.ByLang {
		c := l.Total(Kinds()...)
		sum.TP, sum.FP, sum.FN = sum.TP+c.TP, sum.FP+c.FP, sum.FN+c.FN
	}
	if all := report.Total(Kinds()...); sum != all {
		t.Errorf("the languages add up to %v, all is %v", sum, all)
	}
}

func TestRunScoresAPerfectExtractorAndNamesFailures(t *testing.T) {
	documents, _ := fixture(t)
	perfect := func(_ context.Context, d corpus.Document) (corpus.Annotations, error) {
		for i := range documents {
			if documents[i].Document.ID == d.ID {
				return annotations(t, &documents[i]), nil
			}
		}
		return corpus.Annotations{}, errors.New("no such document")
	}
	report, err := Run(t.Context(), perfect, documents, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if p, r, _ := report.Total(Kinds()...).PRF(); p != 1 || r != 1 {
		t.Errorf("gold against itself has precision %v and recall %v", p, r)
	}
	broken := func(context.Context, corpus.Document) (corpus.Annotations, error) {
		return corpus.Annotations{}, errors.New("broken")
	}
	report, err = Run(t.Context(), broken, documents, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Failed) != len(documents) || report.Total(Kinds()...).FN == 0 {
		t.Errorf("%d failures named of %d", len(report.Failed), len(documents))
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	documents, _ := fixture(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	none := func(context.Context, corpus.Document) (corpus.Annotations, error) { return corpus.Annotations{}, nil }
	if _, err := Run(ctx, none, documents, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// annotations makes gold what an extractor would return.
func annotations(t *testing.T, g *Gold) corpus.Annotations {
	t.Helper()
	line := wire.Annotated{ID: g.Document.ID, Text: g.Document.Text}
	for _, m := range g.Mentions {
		if m.Kind == gold.Excluded {
			continue
		}
		m.Mention.HolderIDs, m.Mention.OrgIDs = m.Holder, m.Org
		line.Mentions = append(line.Mentions, m.Mention)
		for _, name := range append(m.Holder, m.Org...) {
			line.Entities = append(line.Entities, wire.Entity{ID: name, Name: name})
		}
	}
	_, found, err := line.Decode()
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestDateCore(t *testing.T) {
	for in, want := range map[string]string{
		"el pasado 5 de mayo":  "5 de mayo",
		"5 de mayo":            "5 de mayo",
		"del 5 al 7 de mayo":   "5 al 7 de mayo",
		"5 de mayo, pasado":    "5 de mayo",
		"mayo último":          "mayo",
		"año":                  "año",
		", . 2021":             "2021",
		"próxima semana":       "semana",
		"el":                   "el",
		"2021 del\n":           "2021",
		"May 5 last":           "May 5",
		"la\u00a0tarde":        "tarde",
		"año² 2020":            "año² 2020",
		"e\u0301l 5 de mayo":   "e\u0301l 5 de mayo",
		"DEL 5 DE MAYO PASADO": "5 DE MAYO",
	} {
		text := []rune(in)
		start, end := dateCore(text, 0, len(text))
		if got := string(text[start:end]); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestSameValue(t *testing.T) {
	for _, c := range []struct {
		kind      corpus.Kind
		got, want string
		same      bool
	}{
		{corpus.Money, "USD 7200000.0", "USD 7200000", true},
		{corpus.Money, "EUR 7200000", "USD 7200000", false},
		{corpus.Money, "EUR 7200000", "XXX 7200000", true},
		{corpus.Money, "USD 1..2", "USD 1", false},
		{corpus.Money, "USD 1..2", "USD 1..2.0000001", true},
		{corpus.Money, "USD", "USD 1", false},
		{corpus.Percent, "30.50%", "30.5", true},
		{corpus.Percent, "30.51", "30.5", false},
		{corpus.DateKind, "2024", "2024", true},
		{corpus.DateKind, "", "2024", false},
	} {
		if got := sameValue(c.kind, c.got, c.want); got != c.same {
			t.Errorf("%s %q for %q: %v", c.kind, c.got, c.want, got)
		}
	}
}

func TestPredictionsOutsideTheTextAreOnlyWrong(t *testing.T) {
	documents := []Gold{{Document: corpus.Document{ID: "a", Text: "Lima"}}}
	var predicted wire.Annotated
	predicted.ID = "a"
	for _, kind := range Kinds() {
		predicted.Mentions = append(predicted.Mentions, wire.Mention{Kind: kind, Start: 3, End: 90}, wire.Mention{Kind: kind, Start: -5, End: -1})
	}
	if c := Compare(documents, []wire.Annotated{predicted}, Options{}).Total(Kinds()...); c.FP != 2*len(Kinds()) {
		t.Errorf("%+v", c)
	}
}

func TestCalibration(t *testing.T) {
	var c Calibration
	for i := range 10 { // said 0.8, right 6 of 10
		c.addName(&GoldMention{Mention: wire.Mention{Confidence: 0.8}}, i < 6)
	}
	for i := range 10 { // said 0.25, right 3 of 10
		c.addName(&GoldMention{Mention: wire.Mention{Confidence: 0.25}}, i < 3)
	}
	c.addName(&GoldMention{}, true) // without a confidence: not counted
	if got, want := fmt.Sprintf("%.4f", c.ECE()), "0.1250"; got != want {
		t.Errorf("expected calibration error %s, want %s", got, want)
	}
}

func TestClusters(t *testing.T) {
	at := func(i int, id string) GoldMention {
		return GoldMention{Mention: wire.Mention{Kind: corpus.Person, Start: i, End: i + 1, ID: id}}
	}
	// Bagga and Baldwin's example: {1-5} {6,7} {8-12}, found as {1-5} {6-12}.
	var want, found mentions
	for i := range 12 {
		g, f := "a", "x"
		switch {
		case i >= 7:
			g, f = "c", "y"
		case i >= 5:
			g, f = "b", "y"
		}
		want, found = append(want, at(i, g)), append(found, at(i, f))
	}
	b := &B3{}
	b.add(newPair("d", "123456789012", want, found), corpus.Person)
	p, r, _ := b.PRF()
	if got := fmt.Sprintf("%.2f %.2f", p, r); got != "0.76 1.00" {
		t.Errorf("got %s, want 0.76 1.00", got)
	}
}

func ExampleCompare() {
	ana, err := ParseGold([]byte(`{"id":"a","text":"Ana vive en Lima","mentions":[
		{"kind":"person","start":0,"end":3,"text":"Ana","id":"p1"},
		{"kind":"place","start":12,"end":16,"text":"Lima","id":"l1"}]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	found := wire.Annotated{ID: "a", Mentions: []wire.Mention{{Kind: corpus.Person, Start: 0, End: 3}}}
	report := Compare([]Gold{ana}, []wire.Annotated{found}, Options{})
	fmt.Println(report.Total(Kinds()...))
	fmt.Println(report.Errors[0])
	// Output:
	// {1 0 1}
	// place: missed a "Lima"
}

func FuzzParseGold(f *testing.F) {
	f.Add([]byte(`{"id":"a","text":"Ana","mentions":[{"kind":"role","start":0,"end":3,"holder_any":[["Ana"]]}]}`))
	f.Add([]byte(`{"text":"el 5","mentions":[{"kind":"date","start":-3,"end":99},{"kind":"x","start":2,"end":1}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		g, err := ParseGold(b)
		if err != nil {
			return
		}
		if c := Compare([]Gold{g}, nil, Options{}).Total(Kinds()...); c.TP != 0 || c.FP != 0 {
			t.Errorf("nothing found, and %+v", c)
		}
	})
}
