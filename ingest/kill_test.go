package ingest_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vocero/corpus"
	"vocero/corpus/sqlite"
	"vocero/corpus/storetest"
	"vocero/ingest"
)

const (
	killEnv  = "INGEST_TEST_KILLED_FOLDER"
	killDocs = 6000
)

// killedFolder is where this process, started by TestKilled, shall ingest; ""
// where it is the test itself.
func killedFolder() string { return os.Getenv(killEnv) }

// ingestUntilKilled says on standard output how many inputs are stored.
func ingestUntilKilled(folder string) {
	summary, err := ingestMade(context.Background(), folder, func(p ingest.Progress) { fmt.Println(p.Done()) })
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	fmt.Println(summary.Done())
}

// ingestMade takes in made-up releases: some of them in two versions, some broken.
func ingestMade(ctx context.Context, folder string, progress func(ingest.Progress)) (ingest.Summary, error) {
	store, err := sqlite.Open(ctx, folder)
	if err != nil {
		return ingest.Summary{}, err
	}
	defer store.Close()
	return ingest.Run(ctx, ingest.Config{
		Store: store, Progress: progress,
		Decode: func(_ context.Context, raw corpus.Raw) (corpus.Document, error) {
			r := made(number(raw))
			if r.Failure != nil {
				return corpus.Document{}, r.Failure
			}
			return r.Document, nil
		},
		Annotate: func(_ context.Context, d corpus.Document) (corpus.Annotations, error) {
			var n int
			_, err := fmt.Sscanf(d.URL, "https://obras.example/%d", &n)
			return made(n).Annotations, err
		},
	}, madeSource())
}

func madeSource() iter.Seq2[corpus.Raw, error] {
	return func(yield func(corpus.Raw, error) bool) {
		for n := range killDocs {
			if !yield(made(n).Raw, nil) {
				return
			}
		}
	}
}

func made(n int) corpus.Release {
	r := storetest.Release(n)
	if n%50 == 7 {
		r.Failure = &corpus.Failure{Reason: corpus.Malformed, Detail: "made so"}
	}
	return r
}

func number(raw corpus.Raw) int {
	var n int
	if _, err := fmt.Sscanf(raw.URL, "https://obras.example/%d", &n); err != nil {
		panic(err) // made above
	}
	return n
}

// TestKilled kills an ingest at random moments: what it said is stored is there
// after each, and a last run makes the corpus that an undisturbed one makes.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	killed, calm := t.TempDir(), t.TempDir()

	kills := 0
	for range 8 {
		acknowledged, ended := ingestAndKill(t, killed, time.Duration(20+random.IntN(400))*time.Millisecond)
		if !ended {
			kills++
		}
		if got := contents(t, killed); len(got) < acknowledged {
			t.Fatalf("%d inputs were acknowledged, %d are there", acknowledged, len(got))
		}
	}
	t.Logf("%d kills, %d inputs stored before the last run", kills, len(contents(t, killed)))
	if kills == 0 {
		t.Error("nothing was killed: give it more to do")
	}
	for _, folder := range []string{killed, calm} {
		if _, err := ingestMade(t.Context(), folder, nil); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(contents(t, calm), contents(t, killed)); diff != "" {
		t.Errorf("the corpus differs from an undisturbed one's (-calm +killed):\n%s", diff)
	}
}

// ingestAndKill starts an ingest and kills it after a while. It returns the
// last number of stored inputs that it heard of.
func ingestAndKill(t *testing.T, folder string, after time.Duration) (acknowledged int, ended bool) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(self)
	child.Env = append(os.Environ(), killEnv+"="+folder)
	var complaint bytes.Buffer
	child.Stderr = &complaint
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { child.Process.Kill() })
	defer timer.Stop()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, err := fmt.Sscan(lines.Text(), &acknowledged); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
	}
	err = child.Wait()
	if child.ProcessState.Exited() && err != nil {
		t.Fatalf("ended by itself: %v %s", err, complaint.String())
	}
	return acknowledged, err == nil
}

// contents reads what a folder's store holds: each input, and what became of it.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	store, err := sqlite.Open(t.Context(), folder) // as the next run does
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	got := map[string]string{}
	for change, err := range store.Changes(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		r := change.Release
		got[r.Document.ID] = fmt.Sprintf("%d %s %v", r.Document.Version, r.Document.Hash(), r.Annotations)
	}
	for f, err := range store.Failures(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got[f.Key] = f.Failure.Error()
	}
	return got
}
