package ingest_test

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vocero/corpus"
	"vocero/ingest"
)

// What failed is tried again with other means, and after a day where it may
// have failed of what comes and goes; else it is known.
func TestTriedAgain(t *testing.T) {
	reasons := map[string]corpus.Reason{"scan": corpus.Scanned, "slow": corpus.TooSlow, "odd": corpus.Unsupported}
	for _, test := range []struct {
		what  string
		means string
		ago   time.Duration
		tried string
	}{
		{"the same again", "none", time.Hour, ""},
		{"the next day", "none", 25 * time.Hour, "slow"},
		{"with other means", "tesseract", time.Hour, "odd scan slow"},
	} {
		store := open(t)
		config := config(store)
		var tried []string
		config.Workers = 1
		config.Decode = func(_ context.Context, raw corpus.Raw) (corpus.Document, error) {
			if config.Means == "tesseract" || test.ago > time.Hour {
				tried = append(tried, raw.Path)
			}
			return corpus.Document{}, &corpus.Failure{Reason: reasons[raw.Path]}
		}
		inputs := []corpus.Raw{{Path: "odd"}, {Path: "scan"}, {Path: "slow"}}
		for i := range inputs {
			inputs[i].Bytes, inputs[i].Fetched = []byte(inputs[i].Path), time.Now().Add(-test.ago)
		}
		config.Means = "none"
		counts(t, run(t, config, of(inputs...)), ingest.Counts{Failed: 3})
		tried, config.Means = nil, test.means
		run(t, config, of(inputs...))
		if got := strings.Join(tried, " "); got != test.tried {
			t.Errorf("%s: %q are tried, not %q", test.what, got, test.tried)
		}
		for f, err := range store.Failures(t.Context()) {
			want := "none"
			if strings.Contains(test.tried, f.Path) {
				want = test.means
			}
			if err != nil || f.Failure.Means != want {
				t.Errorf("%s: %s failed with %q, not %q (%v)", test.what, f.Path, f.Failure.Means, want, err)
			}
		}
	}
}

// Parts that failed leave when all that they lay in was read again, and they did
// not fail; those that fail still stay, also where they were only passed over.
func TestMendedParts(t *testing.T) {
	folder := t.TempDir()
	write := func(name string, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	store := open(t)
	config := config(store)
	d := ingest.NewDecoder(ingest.DecoderOptions{})
	defer d.Close()
	config.Decode = d.Decode
	ingested := func() (failed string) {
		t.Helper()
		e := ingest.Expander{Ends: true}
		source, _, err := e.Open(t.Context(), folder, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ingest.Run(t.Context(), config, source); err != nil {
			t.Fatal(err)
		}
		var names []string
		for f, err := range store.Failures(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, filepath.Base(f.Path))
		}
		slices.Sort(names)
		return strings.Join(names, " ")
	}
	message := func(id, text string) string {
		return "From a@b.example Fri May 17 08:30:00 2024\nFrom: a@b.example\nMessage-ID: <" + id + "@b.example>\n\n" + text + "\n\n"
	}
	write("a.jsonl", `{"id":"uno","text":"Una nota."}`+"\n{\"id\":\"dos\"\n{\"id\":\"tres\"}\n")
	write("b.mbox", message("1", "Nota uno.")+message("2", ""))
	write("c.zip", "PK\x03\x04 broken")
	want := "a.jsonl#2 a.jsonl#3 b.mbox#2@b.example c.zip"
	for _, when := range []string{"first", "again"} {
		if got := ingested(); got != want {
			t.Fatalf("%s: %s", when, got)
		}
	}
	// A line is mended that says who it is, another is gone.
	write("a.jsonl", `{"id":"uno","text":"Una nota."}`+"\n"+`{"id":"dos","text":"Otra nota."}`+"\n")
	write("b.mbox", message("1", "Nota uno.")+message("2", "Nota dos.")+message("3", ""))
	if got := ingested(); got != "b.mbox#3@b.example c.zip" {
		t.Errorf("mended: %s", got)
	}
	// Of what cannot be read to its end nothing is forgotten.
	write("a.jsonl", `{"id":"uno","text":"Una nota."}`+"\n{\n")
	write("c.zip", "")
	if got := ingested(); got != "a.jsonl#2 b.mbox#3@b.example c.zip" {
		t.Errorf("worse: %s", got)
	}
	write("c.zip", message("4", "Ya es un correo."))
	if got := ingested(); got != "a.jsonl#2 b.mbox#3@b.example" {
		t.Errorf("the file itself: %s", got)
	}
}

// An input that is cut off, and a run that is ended, forget nothing.
func TestCutOffForgetsNothing(t *testing.T) {
	store := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	bad := corpus.Release{Raw: corpus.Raw{Path: "x.jsonl#9"}, Failure: &corpus.Failure{Reason: corpus.Malformed}}
	if _, err := store.Put(ctx, []corpus.Release{bad}); err != nil {
		t.Fatal(err)
	}
	failures := func() (n int) {
		for range store.Failures(context.Background()) {
			n++
		}
		return n
	}
	read := func(ctx context.Context, content iter.Seq2[corpus.Raw, error]) {
		t.Helper()
		if _, err := ingest.Run(ctx, config(store), content); err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	read(ctx, func(yield func(corpus.Raw, error) bool) {
		_ = yield(input("x.jsonl#1", "uno"), nil) && yield(corpus.Raw{Path: "x.jsonl"}, errors.New("broken pipe"))
	})
	if failures() != 2 {
		t.Errorf("%d failures after what broke off", failures())
	}
	read(ctx, func(yield func(corpus.Raw, error) bool) {
		cancel()
		_ = yield(corpus.Raw{Path: "x.jsonl"}, ingest.ErrEnd)
	})
	if failures() != 2 {
		t.Errorf("%d failures after a run that was ended", failures())
	}
	read(t.Context(), func(yield func(corpus.Raw, error) bool) {
		_ = yield(input("x.jsonl#1", "uno"), nil) && yield(corpus.Raw{Path: "x.jsonl"}, ingest.ErrEnd)
	})
	if failures() != 0 {
		t.Errorf("%d failures after all was read", failures())
	}
}
