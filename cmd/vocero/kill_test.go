package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vocero/corpus/samples"
)

var kills = flag.Int("kills", 4, "how often TestKilledIngest kills the program")

// TestKilledIngest kills an ingest (SIGKILL) at random moments, and starts it
// again: what was stored stays, and in the end corpus and index are those of an
// ingest that nobody disturbed.
func TestKilledIngest(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the program again and again: not with -short")
	}
	vocero := programPath(t)
	input := filepath.Join(t.TempDir(), "releases.jsonl")
	if err := os.WriteFile(input, madeReleases(t, 1500), 0o600); err != nil {
		t.Fatal(err)
	}
	calm := filepath.Join(t.TempDir(), "calm")
	begun := time.Now()
	must(t, exec.Command(vocero, "--data", calm, "ingest", input))
	whole := time.Since(begun)

	disturbed := filepath.Join(t.TempDir(), "disturbed")
	random := rand.New(rand.NewPCG(uint64(begun.UnixNano()), 0))
	stored := 0
	for i := range *kills {
		c := exec.Command(vocero, "--data", disturbed, "ingest", input)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(whole)))) // a moment, not a wait for something
		_ = c.Process.Kill()
		_ = c.Wait()
		n := documents(t, vocero, disturbed)
		if n < stored {
			t.Fatalf("kill %d: %d releases, of %d that were stored before it", i, n, stored)
		}
		stored = n
	}
	must(t, exec.Command(vocero, "--data", disturbed, "ingest", input))
	for _, args := range [][]string{
		{"search", "--json", "--size", "50", "--facets", "all", "*"},
		{"search", "--json", "--size", "50", "fact(role:ministra)"},
		{"search", "--json", "--size", "50", "--sort", "newest", "amount>=1M EUR"},
	} {
		want := must(t, exec.Command(vocero, append([]string{"--data", calm}, args...)...))
		got := must(t, exec.Command(vocero, append([]string{"--data", disturbed}, args...)...))
		if w, g := hitsOf(t, want), hitsOf(t, got); w != g {
			t.Errorf("%v: after the kills\n%.1000s\nundisturbed\n%.1000s", args, g, w)
		}
	}
	if w, g := documents(t, vocero, calm), documents(t, vocero, disturbed); w != g || w != 1500 {
		t.Errorf("%d releases after the kills, %d undisturbed", g, w)
	}
}

// programPath is this test binary under the name that makes it vocero.
func programPath(t *testing.T) string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "vocero")
	if err := os.Symlink(exe, link); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	return link
}

// madeReleases are n releases as JSON lines: the samples, each with its own id.
func madeReleases(t *testing.T, n int) []byte {
	t.Helper()
	names, err := fs.Glob(samples.Releases(), "*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal("no samples: ", err)
	}
	var out bytes.Buffer
	lines := json.NewEncoder(&out)
	for i := range n {
		text, err := fs.ReadFile(samples.Releases(), names[i%len(names)])
		if err != nil {
			t.Fatal(err)
		}
		release := map[string]string{"id": fmt.Sprintf("made-%04d", i), "text": string(text), "published": fmt.Sprintf("2024-%02d-%02d", 1+i%12, 1+i%28)}
		if err := lines.Encode(release); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// documents is how many releases are stored; a folder that is not there yet has none.
func documents(t *testing.T, vocero, folder string) int {
	t.Helper()
	out, err := exec.Command(vocero, "--data", folder, "status", "--json").Output()
	if exit, ok := err.(*exec.ExitError); ok && exit.ExitCode() == exitNoData {
		return 0
	}
	var s struct{ Documents int }
	if err := json.Unmarshal(out, &s); err != nil {
		t.Fatalf("status: %v: %s", err, out)
	}
	return s.Documents
}

// hitsOf is a page of hits without what depends on the order in which
// segments were written: scores in their last digits, and the place to go on.
func hitsOf(t *testing.T, page []byte) string {
	t.Helper()
	var p struct {
		Total  int
		Hits   []struct{ ID, Title string }
		Facets []any
	}
	if err := json.Unmarshal(page, &p); err != nil {
		t.Fatalf("%v: %s", err, page)
	}
	if p.Total == 0 {
		t.Fatal("a search that finds nothing compares nothing")
	}
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func must(t *testing.T, c *exec.Cmd) []byte {
	t.Helper()
	var stderr strings.Builder
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", c.Args, err, stderr.String())
	}
	return out
}
