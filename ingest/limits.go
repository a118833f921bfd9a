package ingest

import (
	"cmp"
	"time"

	"vocero/ingest/archive"
	"vocero/ingest/mail"
)

// Limits bounds what one input may cost; over one of them it fails as
// [corpus.TooLarge]. A field that is zero takes its default.
type Limits struct {
	Time    time.Duration // for decoding and annotating one release, see [Config]; 0: 30 s
	Raw     int           // bytes of one release as it came; 0: 20 MB
	Text    int           // bytes of text of one release; 0: 2 MB
	Ratio   int           // bytes that unpack from each byte; 0: 100
	Depth   int           // archives within archives; 0: 10
	Entries int           // files in one archive, attachments of one mail; 0: 1,000
	Memory  int           // bytes that a document's own engine may take; 0: 256 MB
}

func (l Limits) withDefaults() Limits {
	return Limits{
		Time: cmp.Or(l.Time, defaultTimeout),
		Raw:  cmp.Or(l.Raw, 20<<20), Text: cmp.Or(l.Text, 2<<20), Ratio: cmp.Or(l.Ratio, 100),
		Depth: cmp.Or(l.Depth, 10), Entries: cmp.Or(l.Entries, 1000), Memory: cmp.Or(l.Memory, 256<<20),
	}
}

func (l Limits) mail() mail.Limits { return mail.Limits{Parts: l.Entries, Depth: l.Depth} }

// document bounds the parts of a document that is an archive: they are many, and
// a page of XML says little. What counts is the text that comes out.
func (l Limits) document() archive.Limits {
	return archive.Limits{File: int64(max(l.Raw, 64<<20)), Ratio: l.Ratio, Entries: max(l.Entries, 10_000)}
}

func (l Limits) archive() archive.Limits {
	return archive.Limits{File: int64(l.Raw), Ratio: l.Ratio, Entries: l.Entries}
}
