// Package webtest is a small internet for tests: sites written down in a txtar
// file and served without a network.
//
//	net := webtest.Parse(archive)
//	fetcher := fetch.New(fetch.Options{Transport: net})
//
// Each file is named by an address and holds what is served there. Lines at its
// beginning that start with "< " are its status and header:
//
//	-- https://ministry.example/alt --
//	< 301
//	< Location: /neu
//
// Without them it is a 200 whose type is told by its content. Everything has an
// ETag, and a request that names it is answered by a 304.
package webtest

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/txtar"
)

// Internet serves what it was given. It is safe for concurrent use.
type Internet struct {
	mu       sync.Mutex
	pages    map[string]http.Handler
	requests []string
}

// Parse reads an internet from a txtar archive.
func Parse(archive []byte) *Internet {
	n := &Internet{pages: map[string]http.Handler{}}
	for _, file := range txtar.Parse(archive).Files {
		n.Set(file.Name, string(file.Data))
	}
	return n
}

// Set serves content at an address from now on; "" takes it away.
func (n *Internet) Set(address, content string) {
	if content == "" {
		n.Handle(address, nil)
		return
	}
	n.Handle(address, page(content))
}

// Handle has an address answered by h; nil takes it away.
func (n *Internet) Handle(address string, h http.Handler) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if h == nil {
		delete(n.pages, address)
		return
	}
	n.pages[address] = h
}

// Requests lists the addresses asked for since the last call, in their order.
func (n *Internet) Requests() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	requests := n.requests
	n.requests = nil
	return requests
}

// RoundTrip answers a request. It is an [http.RoundTripper].
func (n *Internet) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	n.mu.Lock()
	address := r.URL.String()
	n.requests = append(n.requests, address)
	h := n.pages[address]
	n.mu.Unlock()
	if h == nil {
		h = http.NotFoundHandler()
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	response := w.Result()
	response.Request = r
	response.Body = &body{response.Body, r}
	return response, nil
}

// body ends with its request, as one from a network does.
type body struct {
	io.ReadCloser
	r *http.Request
}

func (b *body) Read(p []byte) (int, error) {
	if err := b.r.Context().Err(); err != nil {
		return 0, err
	}
	return b.ReadCloser.Read(p)
}

// page answers with what a file of the archive says.
type page string

func (p page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status, rest := http.StatusOK, string(p)
	for {
		line, after, found := strings.Cut(rest, "\n")
		said, isHeader := strings.CutPrefix(line, "< ")
		if !isHeader {
			break
		}
		if name, value, ok := strings.Cut(said, ": "); ok {
			w.Header().Add(name, value)
		} else if n, err := strconv.Atoi(strings.TrimSpace(said)); err == nil {
			status = n
		}
		rest = after
		if !found {
			break
		}
	}
	sum := sha256.Sum256([]byte(p))
	tag := `"` + hex.EncodeToString(sum[:6]) + `"`
	if w.Header().Get("ETag") == "" && status == http.StatusOK {
		w.Header().Set("ETag", tag)
	}
	if slices.Contains(r.Header.Values("If-None-Match"), w.Header().Get("ETag")) && status == http.StatusOK {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, rest)
}
