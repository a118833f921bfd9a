package main

import (
	"context"
	"errors"

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
