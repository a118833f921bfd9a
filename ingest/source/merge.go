package source

import (
	"iter"

	"golang.org/x/sync/errgroup"

	"vocero/corpus"
)

// Merge yields what sources yield, n of them at a time, each in its own order.
func Merge(n int, sources ...iter.Seq2[corpus.Raw, error]) iter.Seq2[corpus.Raw, error] {
	type pair struct {
		raw corpus.Raw
		err error
	}
	return func(yield func(corpus.Raw, error) bool) {
		out, stop := make(chan pair), make(chan struct{})
		go func() {
			defer close(out)
			var group errgroup.Group
			group.SetLimit(n)
			for _, s := range sources {
				group.Go(func() error {
					select {
					case <-stop:
						return nil
					default:
					}
					for raw, err := range s {
						select {
						case out <- pair{raw, err}:
						case <-stop:
							return nil
						}
					}
					return nil
				})
			}
			_ = group.Wait() // its functions return no error
		}()
		stopped := false
		for p := range out {
			if !stopped && !yield(p.raw, p.err) {
				stopped = true
				close(stop)
			}
		}
	}
}
