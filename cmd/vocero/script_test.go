package main

import (
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
			return err
		},
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"pack": pack},
		UpdateScripts: *update,
	})
}
