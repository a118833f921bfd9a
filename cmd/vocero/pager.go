package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// paging lets what a verb prints for a person go through a pager.
func (p *program) paging(c *cobra.Command) *cobra.Command {
	run := c.RunE
	c.RunE = func(c *cobra.Command, args []string) error {
		return p.paged(func() error { return run(c, args) })
	}
	return c
}

// paged calls write with the pager in the place of stdout, where stdout is a
// terminal and a pager is wanted. A person who leaves the pager early has seen
// enough: that is no error.
func (p *program) paged(write func() error) error {
	command := p.pagerCommand()
	if command == "" {
		return write()
	}
	pager := &pager{command: command, terminal: p.stdout, stderr: p.stderr, environ: p.pagerEnviron()}
	p.terminal, p.stdout = p.stdout, pager
	defer func() { p.stdout, p.terminal = p.terminal, nil }()
	err := write()
	if errors.Is(err, syscall.EPIPE) {
		err = nil
	}
	return errors.Join(err, pager.close())
}

// pagerCommand is what PAGER says, or less; "" where nothing is to be paged.
func (p *program) pagerCommand() string {
	if p.noPager || p.asJSON || !isTerminal(p.stdout) || p.environ("TERM") == "dumb" {
		return ""
	}
	command, set := p.lookup("PAGER")
	if !set {
		command = "less"
	}
	words := strings.Fields(command)
	if len(words) == 0 || words[0] == "cat" {
		return ""
	}
	if _, err := exec.LookPath(words[0]); err != nil && !strings.Contains(words[0], "=") {
		return ""
	}
	return command
}

// pagerEnviron has less show colours and UTF-8, and leave what fits the screen
// there, unless the person has said otherwise.
func (p *program) pagerEnviron() []string {
	environ := os.Environ()
	for _, v := range [][2]string{{"LESS", "FRX"}, {"LESSCHARSET", "utf-8"}, {"LV", "-c"}} {
		if _, set := p.lookup(v[0]); !set {
			environ = append(environ, v[0]+"="+v[1])
		}
	}
	return environ
}

// pager is a writer to a pager, which begins with the first byte: what fails
// before it prints anything needs none.
type pager struct {
	command          string
	terminal, stderr io.Writer
	environ          []string

	process *exec.Cmd
	in      io.WriteCloser
	signals chan os.Signal
}

func (p *pager) Write(b []byte) (int, error) {
	if p.in == nil {
		if err := p.start(); err != nil {
			return 0, err
		}
	}
	return p.in.Write(b)
}

func (p *pager) start() error {
	p.process = exec.Command("sh", "-c", p.command)
	p.process.Stdin, p.process.Stdout, p.process.Stderr = nil, p.terminal, p.stderr
	p.process.Env = p.environ
	in, err := p.process.StdinPipe()
	if err != nil {
		return err
	}
	// Ctrl-C is a key of the pager: to end before it would leave it alone with
	// the terminal.
	p.signals = make(chan os.Signal, 1)
	signal.Notify(p.signals, os.Interrupt)
	if err := p.process.Start(); err != nil {
		signal.Stop(p.signals)
		return fmt.Errorf("start the pager %s: %w", p.command, err)
	}
	p.in = in
	return nil
}

// close waits until the person has left the pager.
func (p *pager) close() error {
	if p.in == nil {
		return nil
	}
	defer signal.Stop(p.signals)
	err := p.in.Close()
	if waitErr := p.process.Wait(); err == nil && waitErr != nil {
		if _, exited := errors.AsType[*exec.ExitError](waitErr); !exited {
			err = waitErr
		}
	}
	return err
}
