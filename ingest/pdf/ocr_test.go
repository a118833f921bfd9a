package pdf_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"vocero/ingest/pdf"
)

// TestRecognized reads a page of nothing with a program that stands in for
// Tesseract: what it is asked, and what becomes of its lines.
func TestRecognized(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a shell script stands in for Tesseract")
	}
	program := filepath.Join(t.TempDir(), "tesseract")
	script := `#!/bin/sh
if [ "$1" = --list-langs ]; then printf 'List:\neng\nosd\nspa\n'; exit; fi
[ "$*" = "stdin stdout -l spa+eng" ] || exit 1
[ "$(head -c 4 | tail -c 3)" = PNG ] || exit 1
printf 'La obli-\ngación del\naño.\n\nOtro.\n\f'
`
	if err := os.WriteFile(program, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	r := newReader(t, pdf.Options{Tesseract: program})
	doc, err := r.Parse(t.Context(), written("", []line{}))
	if err != nil || !doc.Scanned || doc.Text != "La obligación del año.\n\nOtro." {
		t.Errorf("got %+v, %v", doc, err)
	}
}
