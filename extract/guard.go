package extract

import (
	"context"
	"fmt"

	"vocero/corpus"
)

// guard runs the finders of one document one after another. The first that
// panics, and a canceled context, end the run; the rest is passed over.
type guard struct {
	ctx context.Context
	err error
}

// run calls find unless the run has ended.
func (g *guard) run(name string, find func()) {
	if g.err != nil {
		return
	}
	if g.err = g.ctx.Err(); g.err != nil {
		return
	}
	defer func() {
		if r := recover(); r != nil {
			g.err = &corpus.Failure{Reason: corpus.Failed, Detail: fmt.Sprintf("find %s: panic: %v", name, r)}
		}
	}()
	find()
}
