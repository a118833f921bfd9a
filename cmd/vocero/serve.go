package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"vocero/cmd/internal/api"
	"vocero/corpus/sqlite"
)

func (p *program) serveCommand() *cobra.Command {
	address := ""
	ingest := false
	var web crawlFlags
	c := &cobra.Command{
		Use:   "serve",
		Short: "Answer searches over HTTP, on this machine",
		Long: `Serves the API until it is told to end (Ctrl-C, SIGTERM):

  GET /api/search?q=QUERY&size=10&after=NEXT&sort=newest&facets=person,org
  GET /api/compare?a=QUERY&b=QUERY&facets=person,org
  GET /api/documents/ID

What other commands take in meanwhile is found within seconds; their searches are
answered by the server. With --ingest it runs the standing sources itself when they
are due, see "vocero source".`,
		Example: "  vocero serve\n  vocero serve --listen 127.0.0.1:0\n  vocero serve --ingest",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return p.serve(c.Context(), address, ingest, web) },
	}
	c.Flags().BoolVar(&ingest, "ingest", false, "run the standing sources when they are due")
	web.addPace(c.Flags())
	c.Flags().StringVar(&address, "listen", "127.0.0.1:8321", "`address` to listen on; port 0 takes a free one")
	return c
}

// drain is how long requests under way may take after the server was told to
// end, and lag how long what others store may wait until it is found.
const (
	drain = 5 * time.Second
	lag   = 2 * time.Second
)

func (p *program) serve(ctx context.Context, address string, ingest bool, web crawlFlags) (err error) {
	folder, err := p.dataFolder()
	if err != nil {
		return err
	}
	store, err := sqlite.OpenReadOnly(ctx, folder)
	if err != nil {
		return explain(err, folder)
	}
	defer store.Close()
	service, end, err := p.service(ctx, folder, store)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stderr, "serving %s on http://%s\n", folder, listener.Addr())
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return p.follow(ctx, service) })
	g.Go(func() error { return p.answer(ctx, listener, api.Handler(service)) })
	if ingest {
		g.Go(func() error { return p.runWhenDue(ctx, web) })
	}
	return g.Wait()
}

// follow brings the index up to date with what other processes store, until ctx
// ends.
func (p *program) follow(ctx context.Context, service *api.Service) error {
	tick := time.NewTicker(lag)
	defer tick.Stop()
	for {
		if err := service.Sync(ctx); err != nil && ctx.Err() == nil {
			return fmt.Errorf("bring the index up to date: %w", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// answer serves HTTP until ctx ends, and then lets what is under way end.
func (p *program) answer(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          log.New(p.stderr, "serve: ", 0),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		return fmt.Errorf("end the server: %w", err)
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil // told to end, and ended
}
