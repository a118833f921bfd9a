// Package ner finds names in a text: of persons, organizations and places.
//
//	tagger, err := ner.Load()
//	mentions := tagger.Find(text.Parse(doc.Text, doc.Lang))
//
// One model serves Spanish, English, Portuguese and French. It is embedded;
// `vocero model train` remakes it, or makes another from one's own releases.
package ner

import (
	"bytes"
	_ "embed"
	"io"

	"vocero/extract/ner/crf"
)

//go:embed model.bin
var embedded []byte

// Load returns the tagger with the embedded model. It takes some milliseconds:
// load one and share it.
func Load() (*crf.Tagger, error) { return Read(bytes.NewReader(embedded)) }

// Read returns a tagger with the model that r holds, as crf's Write wrote it.
func Read(r io.Reader) (*crf.Tagger, error) {
	m, err := crf.Read(r)
	if err != nil {
		return nil, err
	}
	return crf.NewTagger(m), nil
}
