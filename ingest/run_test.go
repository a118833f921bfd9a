package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"vocero/corpus"
	"vocero/corpus/sqlite"
	"vocero/ingest"
)

func TestMain(m *testing.M) {
	if folder := killedFolder(); folder != "" {
		ingestUntilKilled(folder)
		return
	}
	goleak.VerifyTestMain(m)
}

// input makes a Raw whose text is its bytes; decode takes it as it is, and does
// what the text asks for.
func input(name, text string) corpus.Raw {
	return corpus.Raw{Path: name, Bytes: []byte(text), Via: "file", Fetched: time.Date(2024, 5, 17, 0, 0, 0, 0, time.UTC)}
}

func decode(ctx context.Context, raw corpus.Raw) (corpus.Document, error) {
	text := string(raw.Bytes)
	switch {
	case text == "":
		return corpus.Document{}, &corpus.Failure{Reason: corpus.Empty}
	case text == "panic":
		panic("index out of range")
	case text == "hang":
		<-ctx.Done()
		return corpus.Document{}, ctx.Err()
	}
	if wait, found := strings.CutPrefix(text, "wait "); found {
		d, err := time.ParseDuration(wait)
		if err != nil {
			return corpus.Document{}, err
		}
		time.Sleep(d)
	}
	return corpus.Document{Text: text, Title: raw.Path}, nil
}

func annotate(_ context.Context, d corpus.Document) (corpus.Annotations, error) {
	if d.Text == "no annotations" {
		return corpus.Annotations{}, errors.New("no annotations")
	}
	return corpus.Annotations{Extractor: "test", Mentions: []corpus.Mention{{Span: corpus.Span{End: len(d.Text)}, Kind: corpus.Place}}}, nil
}

func config(store corpus.Store) ingest.Config {
	return ingest.Config{Store: store, Decode: decode, Annotate: annotate, Workers: 4}
}

// of is a source of these inputs.
func of(inputs ...corpus.Raw) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		for _, raw := range inputs {
			if !yield(raw, nil) {
				return
			}
		}
	}
}

// many is a source of n inputs.
func many(n int) iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		for i := range n {
			if !yield(input(fmt.Sprintf("%05d", i), fmt.Sprintf("text %d", i)), nil) {
				return
			}
		}
	}
}

func open(t *testing.T) corpus.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func run(t *testing.T, config ingest.Config, source iter.Seq2[corpus.Raw, error]) ingest.Summary {
	t.Helper()
	summary, err := ingest.Run(t.Context(), config, source)
	if err != nil {
		t.Fatalf("Run: %v", err)
	}
	return summary
}

func counts(t *testing.T, got ingest.Summary, want ingest.Counts) {
	t.Helper()
	got.Bytes = 0
	if got.Counts != want {
		t.Errorf("got %+v, want %+v; failures %v", got.Counts, want, got.Failures)
	}
}

func TestRun(t *testing.T) {
	store := open(t)
	first := run(t, config(store), of(input("a", "uno"), input("b", "dos"), input("c", "")))
	counts(t, first, ingest.Counts{New: 2, Failed: 1})
	if first.Bytes != 6 || len(first.Failures) != 1 || first.Failures[0].Path != "c" || first.Failures[0].Failure.Reason != corpus.Empty {
		t.Errorf("got %+v", first)
	}
	second := run(t, config(store), of(input("a", "uno"), input("b", "dos, corregido"), input("c", ""), input("d", "tres")))
	counts(t, second, ingest.Counts{New: 1, Changed: 1, Unchanged: 2})

	id := corpus.DocumentID(&corpus.Raw{Path: "b"})
	d, err := store.Get(t.Context(), id)
	if err != nil || d.Version != 2 || d.Text != "dos, corregido" {
		t.Errorf("got %+v, %v", d, err)
	}
	a, err := store.Annotations(t.Context(), id, 2)
	if err != nil || len(a.Mentions) != 1 || a.Extractor != "test" {
		t.Errorf("got %+v, %v", a, err)
	}
	raw, err := store.Raw(t.Context(), id, 1)
	if err != nil || string(raw.Bytes) != "dos" {
		t.Errorf("got %+v, %v", raw, err)
	}
}

func TestNothingToWorkWith(t *testing.T) {
	if _, err := ingest.Run(t.Context(), ingest.Config{}, of()); err == nil {
		t.Error("a Config without Store is taken")
	}
}

// One bad input is a failure of its own and never stops the others.
func TestFailures(t *testing.T) {
	store := open(t)
	source := func(yield func(corpus.Raw, error) bool) {
		_ = yield(input("first", "uno"), nil) &&
			yield(input("panic", "panic"), nil) &&
			yield(input("gone", ""), &corpus.Failure{Reason: corpus.Unreadable, Detail: "permission denied"}) &&
			yield(corpus.Raw{}, errors.New("the listing broke off")) &&
			yield(input("bare", "no annotations"), nil) &&
			yield(input("last", "dos"), nil)
	}
	got := run(t, config(store), source)
	counts(t, got, ingest.Counts{New: 2, Failed: 4})

	var summary, stored []string
	for _, f := range got.Failures {
		summary = append(summary, f.Key+" "+f.Failure.Error())
	}
	for f, err := range store.Failures(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, f.Key+" "+f.Failure.Error())
	}
	slices.Reverse(stored)
	want := []string{
		"path:panic failed: panic: index out of range at run_test.go:",
		"path:gone unreadable: permission denied",
		" failed: the listing broke off",
		"path:bare failed: no annotations",
	}
	for i := range want {
		if i >= len(summary) || !strings.HasPrefix(summary[i], want[i]) {
			t.Errorf("failure %d of %q, want %q", i, summary, want[i])
		}
	}
	if want := slices.Delete(slices.Clone(summary), 2, 3); !slices.Equal(stored, want) {
		t.Errorf("stored failures\n%q, want\n%q", stored, want)
	}
}

// The same input twice on the way at once is one document, and its versions
// come in the source's order.
func TestTwiceOnTheWay(t *testing.T) {
	store := open(t)
	got := run(t, config(store), of(
		input("a", "wait 5ms"), input("a", "wait 5ms"), input("a", "dos"), input("a", "dos"), input("a", "wait 5ms"), input("b", "tres")))
	counts(t, got, ingest.Counts{New: 2, Changed: 2, Unchanged: 2})
	d, err := store.Get(t.Context(), corpus.DocumentID(&corpus.Raw{Path: "a"}))
	if err != nil || d.Version != 3 || d.Text != "wait 5ms" {
		t.Errorf("got %+v, %v", d, err)
	}
}

func TestProgressAndAfterBatch(t *testing.T) {
	store := open(t)
	config := config(store)
	var last ingest.Progress
	synced := 0
	config.Total = 1000
	config.Progress = func(p ingest.Progress) {
		stats, err := store.Stats(t.Context())
		if err != nil || stats.Documents != p.New {
			t.Errorf("%d documents are stored, progress says %d (%v)", stats.Documents, p.New, err)
		}
		last = p
	}
	config.AfterBatch = func(ctx context.Context) error {
		if synced >= last.New {
			t.Errorf("AfterBatch without a batch: %d of %d", synced, last.New)
		}
		synced = last.New
		return nil
	}
	run(t, config, many(1000))
	if last.Done() != 1000 || last.Total != 1000 || last.Rate() <= 0 || last.Left() != 0 || synced != 1000 {
		t.Errorf("got %+v, %d synced", last, synced)
	}

	calls := 0
	config.Progress = nil
	config.AfterBatch = func(context.Context) error { calls++; return nil }
	counts(t, run(t, config, many(1000)), ingest.Counts{Unchanged: 1000})
	if calls != 1 {
		t.Errorf("a run that stored nothing called AfterBatch %d times", calls)
	}
}

func TestLeft(t *testing.T) {
	p := ingest.Progress{Counts: ingest.Counts{New: 40, Unchanged: 10}, Total: 200, Elapsed: 10 * time.Second}
	if p.Rate() != 5 || p.Left() != 30*time.Second {
		t.Errorf("rate %v, left %v", p.Rate(), p.Left())
	}
	if p := (ingest.Progress{}); p.Rate() != 0 || p.Left() != 0 {
		t.Errorf("rate %v, left %v before the beginning", p.Rate(), p.Left())
	}
}

// memory is a store that keeps the batches that were put.
type memory struct {
	corpus.Store
	mu      sync.Mutex
	batches [][]string
	err     error
}

func (m *memory) Known(context.Context, string, string) (bool, *corpus.FailedInput, error) {
	return false, nil, nil
}

func (m *memory) Put(ctx context.Context, batch []corpus.Release) ([]corpus.Outcome, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err != nil || ctx.Err() != nil {
		return nil, errors.Join(m.err, ctx.Err())
	}
	var paths []string
	outcomes := make([]corpus.Outcome, len(batch))
	for i, r := range batch {
		paths = append(paths, r.Raw.Path)
		outcomes[i] = corpus.New
		if r.Failure != nil {
			outcomes[i] = corpus.NoText
		}
	}
	m.batches = append(m.batches, paths)
	return outcomes, nil
}

func (m *memory) paths() []string { return slices.Concat(m.batches...) }

func TestOrderAndBatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &memory{}
		var inputs []corpus.Raw
		var want []string
		for i := range 600 { // the earlier, the slower: workers finish in disorder
			inputs = append(inputs, input(fmt.Sprint(i), fmt.Sprintf("wait %dus", 600-i)))
			want = append(want, fmt.Sprint(i))
		}
		counts(t, run(t, config(store), of(inputs...)), ingest.Counts{New: 600})
		if got := store.paths(); !slices.Equal(got, want) {
			t.Errorf("stored in the order %v", got)
		}
		for _, batch := range store.batches[:2] {
			if len(batch) != 256 {
				t.Errorf("a batch of %d", len(batch))
			}
		}
	})
}

func TestLargeInputs(t *testing.T) {
	store := &memory{}
	var inputs []corpus.Raw
	for i := range 20 {
		inputs = append(inputs, input(fmt.Sprint(i), strings.Repeat("x", 3<<20)))
	}
	inputs[7].Bytes = make([]byte, 40<<20) // more than may be on the way at once
	counts(t, run(t, config(store), of(inputs...)), ingest.Counts{New: 20})
	for _, batch := range store.batches {
		if len(batch) > 2 { // 3 MB of bytes and as much of text each
			t.Errorf("a batch of %d", len(batch))
		}
	}
}

// A slow source's releases are stored within about a second.
func TestSlowSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &memory{}
		source := func(yield func(corpus.Raw, error) bool) {
			_ = yield(input("a", "uno"), nil) && yield(input("b", "dos"), nil)
			time.Sleep(batchAge + time.Millisecond)
			synctest.Wait()
			if got := store.paths(); len(got) != 2 {
				t.Errorf("%v is stored after %v", got, batchAge)
			}
			yield(input("c", "tres"), nil)
		}
		run(t, config(store), source)
		if got := store.batches; len(got) != 2 {
			t.Errorf("batches: %v", got)
		}
	})
}

const batchAge = time.Second

func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		got := run(t, config(&memory{}), of(input("a", "hang"), input("b", "dos")))
		counts(t, got, ingest.Counts{New: 1, Failed: 1})
		if got.Failures[0].Failure.Detail != "not done after 30s" || time.Since(begun) != 30*time.Second {
			t.Errorf("%v after %v", got.Failures, time.Since(begun))
		}
	})
}

func TestCanceled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &memory{}
		ctx, cancel := context.WithCancel(t.Context())
		config := config(store)
		synced := false
		config.AfterBatch = func(ctx context.Context) error { synced = true; return ctx.Err() }
		source := func(yield func(corpus.Raw, error) bool) {
			for _, raw := range []corpus.Raw{input("a", "uno"), input("b", "wait 1ms"), input("c", "hang"), input("d", "tres")} {
				if !yield(raw, nil) {
					return
				}
			}
			time.Sleep(10 * time.Millisecond)
			cancel()
			yield(corpus.Raw{}, ctx.Err()) // as a source does that was canceled itself
		}
		got, err := ingest.Run(ctx, config, source)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Run: %v", err)
		}
		counts(t, got, ingest.Counts{New: 2})
		if want := []string{"a", "b"}; !slices.Equal(store.paths(), want) || !synced {
			t.Errorf("stored %v, synced %v", store.paths(), synced)
		}
	})
}

// A batch that will not end does not outlive the grace.
func TestCanceledWhileStuck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		config := config(&memory{})
		config.AfterBatch = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
		begun := time.Now()
		_, err := ingest.Run(ctx, config, many(1000))
		if took := time.Since(begun); !errors.Is(err, context.DeadlineExceeded) || took > 12*time.Second {
			t.Errorf("Run: %v after %v", err, took)
		}
	})
}

func TestStoreBreaks(t *testing.T) {
	broken := errors.New("disk full")
	_, err := ingest.Run(t.Context(), config(&memory{err: broken}), many(10_000))
	if !errors.Is(err, broken) {
		t.Errorf("Put broke: %v", err)
	}
	config := config(&memory{})
	config.AfterBatch = func(context.Context) error { return broken }
	if _, err := ingest.Run(t.Context(), config, many(10_000)); !errors.Is(err, broken) {
		t.Errorf("AfterBatch broke: %v", err)
	}
	closed := open(t)
	closed.Close()
	config.Store = closed
	if _, err := ingest.Run(t.Context(), config, many(10)); err == nil {
		t.Error("Known broke, and Run says nothing")
	}
}

// Stored is told of every input, in the source's order, once it is stored.
func TestStored(t *testing.T) {
	store := open(t)
	config := config(store)
	var got []string
	config.Stored = func(ctx context.Context, inputs []ingest.Input) error {
		for _, in := range inputs {
			if in.Raw.Bytes != nil {
				t.Errorf("%s comes with its bytes", in.Raw.Path)
			}
			if known, _, err := store.Known(ctx, in.Raw.Key(), "x"); err != nil || known {
				t.Errorf("Known: %v, %v", known, err)
			}
			got = append(got, fmt.Sprintf("%s %s %d", in.Raw.Path, in.Outcome, in.Text))
		}
		return nil
	}
	run(t, config, of(input("a", "wait 5ms"), input("b", ""), input("c", "tres")))
	run(t, config, of(input("c", "tres"), input("a", "otra")))
	want := []string{"a new 8", "b failed 0", "c new 4", "c unchanged 0", "a changed 4"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	broken := errors.New("disk full")
	config.Stored = func(context.Context, []ingest.Input) error { return broken }
	if _, err := ingest.Run(t.Context(), config, of(input("d", "x"))); !errors.Is(err, broken) {
		t.Errorf("Stored broke: %v", err)
	}
}
