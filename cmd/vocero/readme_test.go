package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the program prints into the README and the scripts")

// console is a block of the README that shows the program at work: a line that
// begins with "$ vocero" and, up to the next, what it printed.
var console = regexp.MustCompile("(?s)```console\n(.*?)```")

// TestReadme runs what the README shows, in its order and in one data folder,
// and compares what comes out: its transcripts are real.
func TestReadme(t *testing.T) {
	const path = "../../README.md"
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("VOCERO_DATA", filepath.Join(t.TempDir(), "vocero"))
	t.Chdir("../..")
	blocks := 0
	got := console.ReplaceAllFunc(readme, func(block []byte) []byte {
		blocks++
		body := console.FindSubmatch(block)[1]
		return []byte("```console\n" + replay(t, string(body)) + "```")
	})
	if blocks == 0 {
		t.Fatal("the README shows no transcript")
	}
	if bytes.Equal(timeless(got), timeless(readme)) {
		return
	}
	if *update {
		if err := os.WriteFile("README.md", withTimesOf(got, readme), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("the README shows what the program no longer prints (go test ./cmd/vocero -run Readme -update rewrites it):\n%s", firstDifference(string(timeless(readme)), string(timeless(got))))
}

// replay runs each "$ vocero …" line of body and returns the body as it should be.
func replay(t *testing.T, body string) string {
	t.Helper()
	var out strings.Builder
	for line := range strings.Lines(body) {
		command, ok := strings.CutPrefix(strings.TrimSpace(line), "$ vocero ")
		if !ok {
			continue
		}
		var stdout, stderr bytes.Buffer
		err := run(t.Context(), shellWords(command), strings.NewReader(""), &stdout, &stderr)
		if err != nil {
			t.Errorf("%s: %v\n%s", command, err, stderr.String())
		}
		out.WriteString(line)
		out.Write(stderr.Bytes())
		out.Write(bytes.TrimRight(stdout.Bytes(), "\n"))
		out.WriteString("\n\n")
	}
	return strings.TrimRight(out.String(), "\n") + "\n"
}

var duration = regexp.MustCompile(`in [0-9.]+(ms|s)`)

// timeless is a transcript without what differs from run to run.
func timeless(b []byte) []byte { return duration.ReplaceAll(b, []byte("in no time")) }

// withTimesOf is a transcript with the times of an older one, so that only what
// changed is written anew.
func withTimesOf(b, older []byte) []byte {
	times := duration.FindAll(older, -1)
	return duration.ReplaceAllFunc(b, func(now []byte) []byte {
		if len(times) == 0 {
			return now
		}
		then := times[0]
		times = times[1:]
		return then
	})
}

// shellWords splits a command line at spaces outside single quotes.
func shellWords(line string) []string {
	var words []string
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 {
			words = append(words, part)
			continue
		}
		words = append(words, strings.Fields(part)...)
	}
	return words
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return "README:  " + w[i] + "\nprogram: " + g[i]
		}
	}
	return "one is longer"
}
