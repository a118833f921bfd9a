package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// pack writes files into an archive, of the kind that its name says: DOCX, ODT,
// XLSX and EPUB are ZIP archives too.
//
//	pack nota.docx word/document.xml
func pack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: pack ARCHIVE FILE...")
	}
	var b bytes.Buffer
	w := io.Writer(&b)
	if strings.HasSuffix(args[0], ".gz") {
		z := gzip.NewWriter(&b)
		defer func() {
			ts.Check(z.Close())
			ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
		}()
		w = z
	} else {
		defer func() { ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644)) }()
	}
	if strings.Contains(args[0], ".tar") {
		t := tar.NewWriter(w)
		for _, name := range args[1:] {
			text := content(ts, name)
			ts.Check(t.WriteHeader(&tar.Header{Name: name, Size: int64(len(text)), Mode: 0o644}))
			_, err := t.Write(text)
			ts.Check(err)
		}
		ts.Check(t.Close())
		return
	}
	z := zip.NewWriter(w)
	for _, name := range args[1:] {
		f, err := z.Create(name)
		ts.Check(err)
		_, err = f.Write(content(ts, name))
		ts.Check(err)
	}
	ts.Check(z.Close())
}

// content is a file's, or of one called bomb.txt 8 MB of zeros.
func content(ts *testscript.TestScript, name string) []byte {
	if name == "bomb.txt" {
		return make([]byte, 8<<20)
	}
	b, err := os.ReadFile(ts.MkAbs(name))
	ts.Check(err)
	return b
}
