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

	"vocero/cmd/internal/api"
	"vocero/corpus/sqlite"
)

func (p *program) serveCommand() *cobra.Command {
	address := ""
	c := &cobra.Command{
		Use:   "serve",
		Short: "Answer searches over HTTP, on this machine",
		Long: `Serves the API until it is told to end (Ctrl-C, SIGTERM):

  GET /api/search?q=QUERY&size=10&after=NEXT&sort=newest&facets=person,org
  GET /api/documents/ID`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return p.serve(c.Context(), address) },
	}
	c.Flags().StringVar(&address, "listen", "127.0.0.1:8321", "`address` to listen on; port 0 takes a free one")
	return c
}

// drain is how long requests under way may take after the server was told to end.
const drain = 5 * time.Second

func (p *program) serve(ctx context.Context, address string) error {
	folder, err := p.dataFolder()
	if err != nil {
		return err
	}
	store, err := sqlite.OpenReadOnly(ctx, folder) // a folder without a corpus is said now, not at each request
	if err != nil {
		return explain(err, folder)
	}
	if err := store.Close(); err != nil {
		return err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stderr, "serving %s on http://%s\n", folder, listener.Addr())
	server := &http.Server{
		Handler:           api.Handler(folder),
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
