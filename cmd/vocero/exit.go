package main

import (
	"context"
	"errors"
	"strings"

	"vocero/corpus"
)

// The exit codes. Scripts rely on them: they may be added to, never changed.
const (
	exitDone        = 0
	exitNoHit       = 1
	exitError       = 2
	exitSomeFailed  = 3
	exitNoData      = 10
	exitLocked      = 11
	exitNewerSchema = 12
	exitInterrupted = 130
)

// exitMeanings gives each exit code with what it means, for people.
func exitMeanings() [][2]string {
	return [][2]string{
		{"0", "done"},
		{"1", "no hit"},
		{"2", "error"},
		{"3", "some inputs failed"},
		{"10", "no data folder"},
		{"11", "locked by another process"},
		{"12", "written by a newer vocero"},
		{"130", "interrupted"},
	}
}

// exitCodes is the exit codes in a sentence.
func exitCodes() string {
	var codes []string
	for _, m := range exitMeanings() {
		codes = append(codes, m[0]+" "+m[1])
	}
	return "Exit codes: " + strings.Join(codes, ", ") + "."
}

// silent is an outcome that has its own exit code but is no error to speak of.
type silent int

const (
	noHit      silent = exitNoHit
	someFailed silent = exitSomeFailed
)

func (s silent) Error() string {
	if s == noHit {
		return "no hit"
	}
	return "some inputs failed"
}

// errNoData says that the data folder is not there, or holds no corpus.
var errNoData = errors.New("no data folder")

func exitCode(err error) int {
	var said silent
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &said):
		return int(said)
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.Is(err, errNoData):
		return exitNoData
	case errors.Is(err, corpus.ErrLocked):
		return exitLocked
	case errors.Is(err, corpus.ErrNewerSchema):
		return exitNewerSchema
	}
	return exitError
}
