package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts call this very program as vocero.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"vocero": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			samples, err := os.Getwd()
			e.Setenv("SAMPLES", samples+"/../../corpus/samples/releases")
			e.Setenv("VOCERO_DATA", e.WorkDir+"/data")
			e.Setenv("XDG_CACHE_HOME", os.TempDir()+"/vocero-test-cache")
			return err
		},
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"pack": pack, "web": serveFolder},
		UpdateScripts: *update,
	})
}

// serveFolder is the scripts' "web FOLDER": it serves the folder until the script
// ends, and puts its address into $WEB.
func serveFolder(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: web FOLDER")
	}
	server := httptest.NewServer(http.FileServer(http.Dir(ts.MkAbs(args[0]))))
	ts.Defer(server.Close)
	ts.Setenv("WEB", server.URL)
}
