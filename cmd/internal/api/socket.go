package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	"vocero/corpus"
)

// A process that has the index open for writing answers others through a socket
// in the data folder: what they ask of it are the methods of Searcher, in JSON
// over HTTP, and Sync. Only those who may read the folder reach it.

// socketPath is where the socket of a data folder is. Systems bound the length
// of its path: at about a hundred bytes there is none.
func socketPath(folder string) (string, bool) {
	path := filepath.Join(folder, "socket")
	return path, len(path) <= 100
}

// Listen answers other processes through the socket in folder until stop is
// called. Only who holds the index for writing may call it. Where the folder's
// path is too long for a socket it does nothing.
func (s *Service) Listen(ctx context.Context, folder string) (stop func() error, err error) {
	path, ok := socketPath(folder)
	if !ok {
		return func() error { return nil }, nil
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) { // left by one that was killed
		return nil, fmt.Errorf("listen in %s: %w", folder, err)
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("listen in %s: %w", folder, err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	server := &http.Server{Handler: s.socketHandler(), ReadHeaderTimeout: maxTime}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	return func() error {
		err := server.Close()
		if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		return err
	}, nil
}

func (s *Service) socketHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /search", func(w http.ResponseWriter, r *http.Request) {
		answer(w, r.Context(), func(ctx context.Context) (any, error) {
			request, err := readRequest(r)
			if err != nil {
				return nil, err
			}
			return s.Search(ctx, request)
		})
	})
	mux.HandleFunc("POST /all", s.streamAll)
	mux.HandleFunc("GET /documents/{id...}", func(w http.ResponseWriter, r *http.Request) {
		answer(w, r.Context(), func(ctx context.Context) (any, error) { return s.Get(ctx, r.PathValue("id")) })
	})
	mux.HandleFunc("POST /sync", func(w http.ResponseWriter, r *http.Request) {
		answer(w, r.Context(), func(ctx context.Context) (any, error) { return struct{}{}, s.Sync(ctx) })
	})
	return mux
}

func readRequest(r *http.Request) (Request, error) {
	var request Request
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		return request, badRequest(err.Error())
	}
	return request, nil
}

// streamed is a line of an answer to All: a hit, or the error that ends it. The
// last line of an answer that is whole has neither.
type streamed struct {
	Hit   *Hit   `json:"hit,omitempty"`
	Fault *Fault `json:"fault,omitempty"`
}

func (s *Service) streamAll(w http.ResponseWriter, r *http.Request) {
	request, err := readRequest(r)
	out := json.NewEncoder(w)
	if err == nil {
		for hit, hitErr := range s.All(r.Context(), request) {
			if err = hitErr; err != nil {
				break
			}
			if out.Encode(streamed{Hit: &hit}) != nil {
				return // the client went away
			}
		}
	}
	last := streamed{}
	if err != nil {
		f := fault(err)
		last.Fault = &f
	}
	_ = out.Encode(last)
}

// Client asks the process that has the index of a data folder open.
type Client struct{ http *http.Client }

// Dial connects to the process that has the index of folder open, or returns
// corpus.ErrLocked where none answers.
func Dial(ctx context.Context, folder string) (*Client, error) {
	path, ok := socketPath(folder)
	if !ok {
		return nil, fmt.Errorf("%w, and the folder's path is too long for a socket", corpus.ErrLocked)
	}
	var dialer net.Dialer
	connection, err := dialer.DialContext(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("%w, which does not answer: %w", corpus.ErrLocked, err)
	}
	if err := connection.Close(); err != nil {
		return nil, err
	}
	return &Client{&http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, "unix", path)
		},
	}}}, nil
}

// Close releases the connections.
func (c *Client) Close() error {
	c.http.CloseIdleConnections()
	return nil
}

// Search answers r, see [Searcher].
func (c *Client) Search(ctx context.Context, r Request) (page Page, err error) {
	return page, c.ask(ctx, http.MethodPost, "/search", r, &page)
}

// Get returns a release, see [Searcher].
func (c *Client) Get(ctx context.Context, id string) (d Document, err error) {
	return d, c.ask(ctx, http.MethodGet, "/documents/"+url.PathEscape(id), nil, &d)
}

// Sync has the index brought up to date with the corpus.
func (c *Client) Sync(ctx context.Context) error {
	return c.ask(ctx, http.MethodPost, "/sync", nil, &struct{}{})
}

// All yields every hit of r, see [Searcher].
func (c *Client) All(ctx context.Context, r Request) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		response, err := c.do(ctx, http.MethodPost, "/all", r)
		if err != nil {
			yield(Hit{}, err)
			return
		}
		defer response.Body.Close()
		lines := json.NewDecoder(bufio.NewReader(response.Body))
		for {
			var line streamed
			if err := lines.Decode(&line); err != nil {
				yield(Hit{}, fmt.Errorf("the answer ended early: %w", err))
				return
			}
			switch {
			case line.Fault != nil:
				yield(Hit{}, line.Fault.err())
				return
			case line.Hit == nil || !yield(*line.Hit, nil):
				return
			}
		}
	}
}

func (c *Client) ask(ctx context.Context, method, path string, body, into any) error {
	response, err := c.do(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		var f Fault
		if err := json.NewDecoder(response.Body).Decode(&f); err != nil {
			return fmt.Errorf("the process that has the index open answered %s", response.Status)
		}
		return f.err()
	}
	return json.NewDecoder(response.Body).Decode(into)
}

func (c *Client) do(ctx context.Context, method, path string, body any) (*http.Response, error) {
	var reader io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		reader = bytes.NewReader(b)
	}
	request, err := http.NewRequestWithContext(ctx, method, "http://vocero"+path, reader)
	if err != nil {
		return nil, err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask the process that has the index open: %w", err)
	}
	return response, nil
}
