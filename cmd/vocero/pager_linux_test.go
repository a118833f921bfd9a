package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestTerminal runs verbs on a terminal of 60 columns.
func TestTerminal(t *testing.T) {
	folder := t.TempDir()
	if err := run(t.Context(), []string{"--data", folder, "ingest", "../../corpus/samples/releases"}, nil, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TERM", "xterm")
	t.Setenv("NO_COLOR", "")
	cases := []struct {
		name  string
		pager string
		args  []string
		check func(t *testing.T, out string)
	}{
		{"as wide as the terminal, in colours", "", []string{"show", "es-pe-agua-1"}, func(t *testing.T, out string) {
			if !strings.Contains(out, "\x1b[1;36mTomás") || strings.Contains(out, "[person") {
				t.Error("no colours")
			}
			if !strings.Contains(out, "person\x1b[0m\x1b[2m ") {
				t.Error("no legend")
			}
			for line := range strings.Lines(out) {
				if n := columns(strings.TrimRight(line, "\r\n")); n > 60 && !strings.Contains(line, "https://") {
					t.Errorf("%d columns: %q", n, line)
				}
			}
		}},
		{"every line through PAGER", "sed 's/^/> /'", []string{"facets"}, func(t *testing.T, out string) {
			for line := range strings.Lines(out) {
				if !strings.HasPrefix(line, "> ") || columns(strings.TrimRight(line, "\r\n")) > 62 {
					t.Errorf("line %q", line)
				}
			}
		}},
		{"left early", "head -n 1", append([]string{"show"}, slices.Repeat([]string{"es-pe-agua-1"}, 60)...), func(t *testing.T, out string) {
			if strings.Count(out, "\n") != 1 {
				t.Errorf("printed %d lines", strings.Count(out, "\n"))
			}
		}},
		{"no such pager", "no-such-pager", []string{"facets", "--of=lang"}, direct},
		{"cat is no pager", "cat", []string{"facets", "--of=lang"}, direct},
		{"not wanted", "sed 's/^/> /'", []string{"--no-pager", "facets", "--of=lang"}, direct},
		{"JSON", "sed 's/^/> /'", []string{"--json", "facets", "--of=lang"}, func(t *testing.T, out string) {
			if !strings.HasPrefix(out, `{"query"`) {
				t.Errorf("printed %q", out)
			}
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("PAGER", c.pager)
			c.check(t, onTerminal(t, 60, append([]string{"--data", folder}, c.args...)))
		})
	}
	t.Run("NO_COLOR", func(t *testing.T) {
		t.Setenv("PAGER", "")
		t.Setenv("NO_COLOR", "1")
		if out := onTerminal(t, 60, []string{"--data", folder, "show", "es-pe-agua-1"}); strings.Contains(out, "\x1b") {
			t.Errorf("colours: %q", out)
		}
	})
}

func direct(t *testing.T, out string) {
	if !strings.Contains(out, "17 releases") || strings.Contains(out, "> ") {
		t.Errorf("printed %q", out)
	}
}

// onTerminal is what vocero prints to a terminal of some columns.
func onTerminal(t *testing.T, columns uint16, args []string) string {
	t.Helper()
	master, terminal := openTerminal(t, columns)
	defer master.Close()
	printed := make(chan string)
	go func() {
		b, _ := io.ReadAll(master) // ends with EIO when the terminal is closed
		printed <- string(b)
	}()
	err := run(t.Context(), args, strings.NewReader(""), terminal, io.Discard)
	terminal.Close()
	out := <-printed
	if err != nil {
		t.Errorf("%v: %v", args, err)
	}
	return out
}

func openTerminal(t *testing.T, columns uint16) (master, terminal *os.File) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo-terminal here: %v", err)
	}
	fd := int(master.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}); err != nil {
		t.Fatal(err)
	}
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return master, terminal
}
