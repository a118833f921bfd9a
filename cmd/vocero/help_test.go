package main

import (
	"io"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestExamples holds every verb to have an example, and every example to be a
// command line that the program reads.
func TestExamples(t *testing.T) {
	p := &program{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, environ: os.Getenv, lookup: os.LookupEnv}
	n := 0
	eachVerb(p.command(), func(c *cobra.Command) {
		if !c.Runnable() || c.Name() == "vocero" {
			return
		}
		if c.Example == "" {
			t.Errorf("%s has no example", c.CommandPath())
		}
		for line := range strings.Lines(c.Example) {
			for _, command := range strings.FieldsFunc(line, func(r rune) bool { return r == '|' }) {
				words := shellWords(command)
				if len(words) == 0 || words[0] != "vocero" {
					continue // another program of a pipe
				}
				n++
				checkExample(t, words[1:])
			}
		}
	})
	if n < 20 {
		t.Errorf("%d examples were read", n)
	}
}

func checkExample(t *testing.T, args []string) {
	t.Helper()
	for i, word := range args {
		if strings.HasPrefix(word, ">") || strings.HasPrefix(word, "#") || word == "&&" {
			args = args[:i]
			break
		}
	}
	p := &program{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, environ: os.Getenv, lookup: os.LookupEnv}
	c, rest, err := p.command().Find(args)
	if err == nil {
		err = c.ParseFlags(rest)
	}
	if err == nil {
		err = c.ValidateArgs(c.Flags().Args())
	}
	if err != nil {
		t.Errorf("example vocero %s: %v", strings.Join(args, " "), err)
	}
}

func eachVerb(c *cobra.Command, do func(*cobra.Command)) {
	do(c)
	for _, verb := range verbs(c) {
		eachVerb(verb, do)
	}
}
