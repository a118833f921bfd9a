package storetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cockroachdb/apd/v3"
	"github.com/google/go-cmp/cmp"

	"vocero/corpus"
)

var sameDecimal = cmp.Comparer(func(a, b apd.Decimal) bool { return a.Cmp(&b) == 0 })

func empty(t *testing.T, s *suite) {
	if got := s.put(); len(got) != 0 {
		t.Errorf("Put of nothing gave %v", got)
	}
	if ids, _ := s.changed(0); len(ids) != 0 {
		t.Errorf("an empty store has changes: %v", ids)
	}
	if got := s.stats(); got.Documents != 0 || got.Versions != 0 || got.Cursor != 0 {
		t.Errorf("an empty store has %+v", got)
	}
}

func roundTrip(t *testing.T, s *suite) {
	want := []corpus.Release{Release(1), Release(2), Release(3)}
	want[1].Annotations = corpus.Annotations{} // nothing found
	want[2].Raw.Fetched = want[2].Raw.Fetched.AddDate(0, 0, 1)
	outcomes := s.put(want...)
	same(t, "outcomes", outcomes, []corpus.Outcome{corpus.New, corpus.New, corpus.New})
	for _, w := range want {
		if w.Document.Version != 1 || w.Annotations.Version != 1 || w.Annotations.Document != w.Document.ID {
			t.Errorf("Put left version %d, annotations of %q version %d", w.Document.Version, w.Annotations.Document, w.Annotations.Version)
		}
		same(t, "release", s.release(w.Document.ID, 1), w)
		same(t, "newest", s.get(w.Document.ID), w.Document)
	}
}

func oddText(t *testing.T, s *suite) {
	odd := []string{
		"", " ", "\x00", "antes\x00después", "línea\r\notra\ttabulada", "'; DROP TABLE versions; --", `{"json": [1]} \ "`,
		"日本語 العربية 👩‍👩‍👧 \u200d\ufeff", "\U0010FFFF", "%s %d ? :a $1", strings.Repeat("ñ", 70_000),
	}
	for i, text := range odd {
		r := Release(i)
		r.Document.Text, r.Document.Title, r.Document.Publisher = text, text, text
		r.Document.Published = corpus.Date{Year: i}
		r.Raw.Bytes, r.Raw.Given.Publisher, r.Raw.Path = []byte("\xff\xfe\x00"+text), text, text
		r.Annotations = corpus.Annotations{
			Extractor: text,
			Entities:  []corpus.Entity{{ID: text, Kind: corpus.Kind(text), Name: text, Aliases: []string{text, "", text}}},
			Roles:     []corpus.Role{{Holders: []string{text}}},
		}
		batch := []corpus.Release{r}
		s.put(batch...)
		same(t, fmt.Sprintf("text %.20q", text), s.release(r.Document.ID, 1), batch[0])
	}
}

func largeText(t *testing.T, s *suite) {
	r := Release(1)
	r.Document.Text = strings.Repeat(r.Document.Text, 10<<20/len(r.Document.Text))
	r.Raw.Bytes = []byte(r.Document.Text)
	batch := []corpus.Release{r}
	s.put(batch...)
	got := s.release(r.Document.ID, 1)
	if got.Document.Text != r.Document.Text || string(got.Raw.Bytes) != r.Document.Text {
		t.Errorf("10 MB of text came back as %d, its bytes as %d", len(got.Document.Text), len(got.Raw.Bytes))
	}
}

func decimals(t *testing.T, s *suite) {
	r := Release(1)
	r.Annotations.Amounts = nil
	texts := []string{
		"0", "0.00", "7.20", "7200000", "72E5", "-3", "0.1", "1E-20", "3E+40", "1E+1000",
		"123456789012345678901234567890.123456789012345678901234567890",
	}
	for _, text := range texts {
		d, _, err := apd.NewFromString(text)
		if err != nil {
			t.Fatal(err)
		}
		r.Annotations.Amounts = append(r.Annotations.Amounts, corpus.Amount{Unit: "EUR", Low: *d, High: *d})
	}
	s.put(r)
	got := s.release(r.Document.ID, 1).Annotations.Amounts
	same(t, "amounts", got, r.Annotations.Amounts)
	if got[2].Low.String() != "7.20" {
		t.Errorf("7.20 came back as %s", got[2].Low.String())
	}
}

func versions(t *testing.T, s *suite) {
	first := []corpus.Release{Release(1)}
	s.put(first...)
	second := []corpus.Release{Revised(Release(1), "Nota: se corrige la fecha.")}
	second[0].Annotations.Mentions = second[0].Annotations.Mentions[:1]
	same(t, "outcomes", s.put(second...), []corpus.Outcome{corpus.Changed})

	id := first[0].Document.ID
	if got := second[0].Document.Version; got != 2 {
		t.Errorf("the second version is %d", got)
	}
	same(t, "first version", s.release(id, 1), first[0])
	same(t, "second version", s.release(id, 2), second[0])
	same(t, "newest", s.get(id), second[0].Document)

	back := []corpus.Release{Release(1)} // a publisher may take a change back
	same(t, "outcomes of the first again", s.put(back...), []corpus.Outcome{corpus.Changed})
	same(t, "third version", s.release(id, 3), back[0])
}

func unchanged(t *testing.T, s *suite) {
	first := []corpus.Release{Release(1)}
	s.put(first...)
	_, cursor := s.changed(0)

	again := Release(1)
	again.Document.Source = "another" // how it came is not what it says
	again.Raw.Bytes = []byte("<div>" + again.Document.Text + "</div>")
	again.Annotations = corpus.Annotations{Extractor: "another"}
	batch := []corpus.Release{again}
	same(t, "outcomes", s.put(batch...), []corpus.Outcome{corpus.Unchanged})
	if got := batch[0]; got.Document.Version != 1 || got.Annotations.Version != 1 {
		t.Errorf("Put left version %d and %d", got.Document.Version, got.Annotations.Version)
	}
	same(t, "release", s.release(again.Document.ID, 1), first[0])
	if ids, _ := s.changed(cursor); len(ids) != 0 {
		t.Errorf("an unchanged release is among the changes: %v", ids)
	}
	if ok, _, err := s.Known(s.ctx, again.Raw.Key(), again.Raw.Hash()); !ok || err != nil {
		t.Errorf("the new bytes are not known: %v %v", ok, err)
	}
}

func twiceInOneBatch(t *testing.T, s *suite) {
	batch := []corpus.Release{Release(1), Release(1), Revised(Release(1), "Nota."), Release(2)}
	same(t, "outcomes", s.put(batch...), []corpus.Outcome{corpus.New, corpus.Unchanged, corpus.Changed, corpus.New})
	same(t, "newest", s.get(batch[0].Document.ID), batch[2].Document)
	if ids, _ := s.changed(0); len(ids) != 2 {
		t.Errorf("changes: %v", ids)
	}
}

func givenID(t *testing.T, s *suite) {
	r := Release(1)
	r.Raw.Given.ID, r.Document.ID = "es/obra 1", ""
	batch := []corpus.Release{r}
	s.put(batch...)
	if got := s.get("es/obra 1"); got.Text != r.Document.Text {
		t.Errorf("got %q", got.Text)
	}
}
