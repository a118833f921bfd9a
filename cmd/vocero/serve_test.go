package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestServe(t *testing.T) {
	folder := t.TempDir()
	if err := run(t.Context(), []string{"--data", folder, "ingest", "../../corpus/samples/releases"}, nil, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	base, end := startServer(t, folder)

	var page struct {
		Total int
		Hits  []struct{ ID string }
	}
	get(t, base+"/api/search?q="+url.QueryEscape("amount>=20M EUR date:2024"), http.StatusOK, &page)
	if page.Total == 0 || page.Total != len(page.Hits) {
		t.Errorf("search: total %d with %d hits", page.Total, len(page.Hits))
	}
	var document struct {
		Title    string
		Mentions []struct{ Kind, Value string }
	}
	get(t, base+"/api/documents/fr-fr-climat-1", http.StatusOK, &document)
	if !strings.Contains(document.Title, "20 millions") || len(document.Mentions) == 0 {
		t.Errorf("document: %+v", document)
	}
	var fault struct {
		Error  string
		Column int
	}
	get(t, base+"/api/search?q="+url.QueryEscape("amount>=mucho"), http.StatusBadRequest, &fault)
	if fault.Error == "" || fault.Column == 0 {
		t.Errorf("bad query: %+v", fault)
	}
	get(t, base+"/api/search?q=agua&size=9999", http.StatusBadRequest, &fault)
	get(t, base+"/api/documents/nobody", http.StatusNotFound, &fault)

	// What is taken in beside the server is found by it at once, and the command
	// line asks the server.
	line := strings.NewReader(`{"id":"beside","text":"El faro de Yaucamora abre el lunes.","lang":"es"}`)
	if err := run(t.Context(), []string{"--data", folder, "ingest", "-"}, line, io.Discard, io.Discard); err != nil {
		t.Errorf("ingest beside the server: %v", err)
	}
	get(t, base+"/api/search?q=Yaucamora", http.StatusOK, &page)
	if page.Total != 1 {
		t.Errorf("the server finds %d of the release that was taken in beside it", page.Total)
	}
	var found strings.Builder
	if err := run(t.Context(), []string{"--data", folder, "search", "Yaucamora"}, nil, &found, io.Discard); err != nil || !strings.Contains(found.String(), "beside") {
		t.Errorf("search beside the server: %v, %s", err, found.String())
	}
	err := run(t.Context(), []string{"--data", folder, "search", "amount>=mucho"}, nil, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "^") {
		t.Errorf("a bad query beside the server: %v", err)
	}
	if err := end(); err != nil {
		t.Errorf("told to end: %v", err)
	}
}

// A server with --ingest runs the sources that are due, and finds what they gave.
func TestServeIngest(t *testing.T) {
	folder := t.TempDir()
	for _, args := range [][]string{{"source", "add", "--id", "samples", "../../corpus/samples/releases"}, {"reindex"}} {
		if err := run(t.Context(), append([]string{"--data", folder}, args...), nil, io.Discard, io.Discard); err != nil {
			t.Fatal(err)
		}
	}
	base, end := startServer(t, folder, "--ingest")
	var page struct{ Total int }
	for deadline := time.Now().Add(time.Minute); page.Total < 17 && time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		get(t, base+"/api/search?q=*", http.StatusOK, &page)
	}
	if page.Total != 17 {
		t.Errorf("%d releases are found", page.Total)
	}
	if err := end(); err != nil {
		t.Errorf("told to end: %v", err)
	}
}

// startServer runs vocero serve on a free port; end tells it to end, as a
// signal does, and waits for it.
func startServer(t *testing.T, folder string, flags ...string) (base string, end func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	said, stderr := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, append([]string{"--data", folder, "serve", "--listen", "127.0.0.1:0"}, flags...), nil, io.Discard, stderr)
		stderr.Close()
		ended <- err
	}()
	line, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatalf("the server said nothing: %v, %v", err, <-ended)
	}
	go io.Copy(io.Discard, said)
	_, address, ok := strings.Cut(strings.TrimSpace(line), " on ")
	if !ok {
		t.Fatalf("no address in %q", line)
	}
	return address, func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(10 * time.Second):
			t.Fatal("the server goes on after it was told to end")
			return nil
		}
	}
}

func get(t *testing.T, address string, status int, into any) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != status {
		t.Errorf("%s: status %d, not %d", address, response.StatusCode, status)
	}
	if err := json.NewDecoder(response.Body).Decode(into); err != nil {
		t.Errorf("%s: %v", address, err)
	}
}
