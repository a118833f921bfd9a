package office

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"strings"

	"github.com/richardlehane/mscfb"

	"vocero/corpus"
)

// DOC reads a document of Word 97 to 2003, or of Word 6 and 95 ([MS-DOC], and
// what is known of the format before it). The file is a compound file ([MS-CFB]);
// its text lies in pieces of one or two bytes a letter, and what its letters and
// paragraphs are in pages of runs beside it.
func DOC(b []byte) (Document, error) {
	streams, err := openCompound(b)
	if err != nil {
		return Document{}, err
	}
	w, err := openWord(streams)
	if err != nil {
		return Document{}, err
	}
	doc := Document{}
	doc.Text, doc.Title = w.read()
	doc.Named, doc.Published = summary(streams["SummaryInformation"])
	return doc, nil
}

// openCompound reads the streams of a compound file that are asked for here. What
// is no text of Word is a failure that says what to do with it.
func openCompound(b []byte) (map[string][]byte, error) {
	file, err := mscfb.New(bytes.NewReader(b))
	if err != nil {
		return nil, malformed("a compound file: %s", strings.TrimPrefix(err.Error(), "mscfb: "))
	}
	streams := map[string][]byte{}
	for entry, err := file.Next(); err == nil; entry, err = file.Next() {
		if len(entry.Path) > 0 { // objects within the document have streams of the same names
			continue
		}
		switch entry.Name {
		case "WordDocument", "0Table", "1Table", "SummaryInformation":
			stream := make([]byte, min(max(entry.Size, 0), int64(len(b))))
			n, err := io.ReadFull(entry, stream)
			if streams[entry.Name] = stream[:n]; err != nil && n == 0 && entry.Size > 0 {
				return nil, malformed("%s: %v", entry.Name, err)
			}
		case "EncryptedPackage":
			return nil, errEncrypted
		case "Workbook", "Book":
			return nil, unsupported("a workbook of Excel before 2007: save it as XLSX, ODS or CSV")
		case "PowerPoint Document":
			return nil, unsupported("a presentation of PowerPoint before 2007: save it as PDF")
		case "__properties_version1", "__nameid_version1", "__properties_version1.0", "__nameid_version1.0":
			return nil, unsupported("a message of Outlook (.msg): save it as EML")
		}
	}
	if streams["WordDocument"] == nil {
		return nil, unsupported("a compound file that is no text of Word")
	}
	return streams, nil
}

var errEncrypted = &corpus.Failure{Reason: corpus.Refused, Detail: "the document is encrypted"}

func unsupported(what string) error {
	return &corpus.Failure{Reason: corpus.Unsupported, Detail: what}
}

// word is a document of Word: its text in pieces, and what is said of it.
type word struct {
	main       []byte
	pieces     []piece
	stories    [8]int   // letters of each: text, footnotes, headers, macros, comments, endnotes, boxes, boxes of headers
	letters    []run    // what letters are, by where they lie in main
	paragraphs []run    // what paragraphs are
	styles     []uint16 // by a style's number, which of Word's own it is
}

// piece is a part of the text that lies in one place.
type piece struct {
	from, to int // letters
	at       int // byte of main
	narrow   bool
}

// Where the parts of a document are said to be, by the byte of its head.
const (
	headMagic   = 0xa5ec
	word97      = 0xc1 // the version from which on the head is as long as this
	headBytes   = 0x01aa
	oldBytes    = 0x0168
	atFlags     = 0x0a
	atStories   = 0x4c
	atStyles    = 0xa2
	atLetters   = 0xfa
	atParagraph = 0x102
	atPieces    = 0x1a2
	atOldText   = 0x18
	atOldCount  = 0x34
	isFastSaved = 0x0004
	isEncrypted = 0x0100
	isTable1    = 0x0200
)

func openWord(streams map[string][]byte) (*word, error) {
	w := &word{main: streams["WordDocument"]}
	if len(w.main) < oldBytes {
		return nil, malformed("Word: its head is cut off")
	}
	magic, version, flags := u16(w.main, 0), u16(w.main, 2), u16(w.main, atFlags)
	switch {
	case flags&isEncrypted != 0:
		return nil, errEncrypted
	case magic != headMagic && version < word97 && magic != 0xa5dc && magic != 0xa697 && magic != 0xa699:
		return nil, unsupported("a text of Word before version 6: save it as DOCX or PDF")
	case version < word97:
		return w, w.openOld(flags)
	case len(w.main) < headBytes:
		return nil, malformed("Word: its head is cut off")
	}
	table := streams["0Table"]
	if flags&isTable1 != 0 {
		table = streams["1Table"]
	}
	for i := range w.stories {
		w.stories[i] = int(u32(w.main, atStories+4*i))
	}
	part := func(at int) []byte { return within(table, int(u32(w.main, at)), int(u32(w.main, at+4))) }
	w.letters, w.paragraphs = w.runs(part(atLetters), letterRun), w.runs(part(atParagraph), paragraphRun)
	w.styles = styles(part(atStyles))
	return w, w.readPieces(part(atPieces))
}

// openOld opens a text of Word 6 or 95, which lies in one place unless it was
// saved fast. Nothing is read of how it is formatted.
func (w *word) openOld(flags int) error {
	if flags&isFastSaved != 0 {
		return unsupported("a text of Word 6 or 95 that was saved fast: save it as DOCX or PDF")
	}
	from, to := int(u32(w.main, atOldText)), int(u32(w.main, atOldText+4))
	w.stories[0] = int(u32(w.main, atOldCount))
	if from > to || to > len(w.main) || w.stories[0] > to-from {
		return malformed("Word: its text lies beyond its end")
	}
	w.pieces = []piece{{0, to - from, from, true}}
	return nil
}

// readPieces reads the table of pieces: what was changed and is not saved yet
// comes before it.
func (w *word) readPieces(b []byte) error {
	for len(b) > 3 && b[0] == 1 {
		b = b[min(len(b), 3+u16(b, 1)):]
	}
	if len(b) < 5 || b[0] != 2 {
		return malformed("Word: it has no table of pieces")
	}
	b = within(b, 5, int(u32(b, 1)))
	n := (len(b) - 4) / 12
	letters := 0
	for i := range max(n, 0) {
		p := piece{from: int(u32(b, 4*i)), to: int(u32(b, 4*i+4))}
		at := int(u32(b, 4*(n+1)+8*i+2))
		width := 2
		if at&(1<<30) != 0 {
			p.narrow, width = true, 1
		}
		p.at = at &^ (3 << 30) / (3 - width)
		if p.to <= p.from || p.at > len(w.main) {
			continue
		}
		p.to = min(p.to, p.from+(len(w.main)-p.at)/width)
		if letters += p.to - p.from; letters > 2*len(w.main) { // pieces that lie on one another
			return malformed("Word: its pieces hold more than the file")
		}
		w.pieces = append(w.pieces, p)
	}
	if len(w.pieces) == 0 {
		return malformed("Word: its table of pieces is empty")
	}
	slices.SortStableFunc(w.pieces, func(a, b piece) int { return a.from - b.from })
	return nil
}

// within is the part of b of n bytes from at, or nil where it lies beyond the end.
func within(b []byte, at, n int) []byte {
	if at < 0 || n < 0 || at > len(b) || n > len(b)-at {
		return nil
	}
	return b[at : at+n]
}

// u16 and u32 are the numbers that stand in b, or 0 beyond its end.
func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func u32(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint32(b[at:])
}
