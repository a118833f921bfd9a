package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(report(err, os.Stderr))
}

// run is the whole program but for the process around it.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	p := &program{stdin: stdin, stdout: stdout, stderr: stderr, environ: os.Getenv, lookup: os.LookupEnv}
	root := p.command()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return root.ExecuteContext(ctx)
}

// report writes err for a person and returns the exit code that says the same
// to a script.
func report(err error, stderr io.Writer) int {
	code := exitCode(err)
	var said silent
	if err != nil && !errors.As(err, &said) && code != exitInterrupted {
		fmt.Fprintln(stderr, "vocero:", err)
	}
	return code
}
