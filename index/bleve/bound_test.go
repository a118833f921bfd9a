package bleve

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestBound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, b, release := withBound(t.Context())
		defer release()
		time.Sleep(maxSearch / 2)
		resume := b.pause()
		time.Sleep(10 * maxSearch)
		resume()
		time.Sleep(maxSearch / 4)
		if ctx.Err() != nil {
			t.Fatalf("ended though it was paused: %v", context.Cause(ctx))
		}
		time.Sleep(maxSearch / 2)
		synctest.Wait()
		if !errors.Is(context.Cause(ctx), errSlow) {
			t.Errorf("cause %v", context.Cause(ctx))
		}
		b.pause()() // over: nothing begins again
	})
}
