package extract

import (
	"context"
	"errors"
	"testing"

	"vocero/corpus"
)

func TestGuardTurnsAPanicIntoAFailure(t *testing.T) {
	g, after := guard{ctx: t.Context()}, false
	g.run("dates", func() { panic("out of range") })
	g.run("money", func() { after = true })
	f, ok := errors.AsType[*corpus.Failure](g.err)
	if !ok || f.Reason != corpus.Failed || f.Detail != "find dates: panic: out of range" {
		t.Errorf("got %v", g.err)
	}
	if after {
		t.Error("a finder ran after a panic")
	}
}

func TestGuardHonoursItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	g := guard{ctx: ctx}
	g.run("dates", cancel)
	g.run("money", func() { t.Error("a finder ran after the end of its context") })
	if !errors.Is(g.err, context.Canceled) {
		t.Errorf("got %v", g.err)
	}
}
