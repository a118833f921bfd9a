package office

import (
	"strings"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// The letters of a text of Word that are none.
const (
	cellEnd      = 0x07
	lineBreak    = 0x0b
	pageBreak    = 0x0c
	paragraphEnd = 0x0d
	fieldBegin   = 0x13
	fieldResult  = 0x14
	fieldEnd     = 0x15
	hardHyphen   = 0x1e
	softHyphen   = 0x1f
)

// story is the text of a document being read.
type story struct {
	w      *word
	blocks blocks
	title  string
	notes  bool // what is read are notes

	text   strings.Builder // of the paragraph
	cells  []string        // of the row
	cell   strings.Builder
	fields []bool // those that are open: whether their code, not what it gives, is read
	code   int    // of fields whose code is read
	high   uint16 // the first half of a letter of two
}

// read gives the text, with its notes and boxes after it, and the paragraph that
// is its title.
func (w *word) read() (text, title string) {
	s := &story{w: w, blocks: blocks{most: 100*len(w.main) + 1<<20}}
	at := 0
	for i, n := range w.stories {
		switch i {
		case 0, 6: // the text, and the boxes in it
			s.read(at, at+n)
		case 1, 5: // notes
			s.notes = true
			s.read(at, at+n)
			s.notes = false
		}
		at += n
	}
	return s.blocks.all(), s.title
}

// read reads the letters of a part of the document.
func (s *story) read(from, to int) {
	letter, paragraph := 0, 0
	for _, p := range s.w.pieces {
		for i := max(from, p.from); i < min(to, p.to); i++ {
			at := p.at + i - p.from
			unit := uint16(0)
			if p.narrow {
				unit = wide(s.w.main[at])
			} else {
				at += i - p.from
				unit = uint16(u16(s.w.main, at))
			}
			is, _ := lookup(s.w.letters, at, &letter)
			switch unit {
			case cellEnd, paragraphEnd, pageBreak:
				of, known := lookup(s.w.paragraphs, at, &paragraph)
				s.end(unit, of, known)
			default:
				if is.is&(deleted|hidden) == 0 {
					s.write(unit)
				}
			}
		}
	}
	s.end(paragraphEnd, run{}, true)
	s.endRow()
	s.fields, s.code = nil, 0
}

// wide is a letter of one byte: windows-1252, but for the bytes that are none there.
func wide(b byte) uint16 {
	if r := charmap.Windows1252.DecodeByte(b); r != '\ufffd' {
		return uint16(r)
	}
	return uint16(b)
}

func (s *story) write(unit uint16) {
	switch unit {
	case fieldBegin:
		s.fields = append(s.fields, true)
		s.code++
		return
	case fieldResult, fieldEnd:
		n := len(s.fields) - 1
		if n >= 0 && s.fields[n] {
			s.fields[n] = false
			s.code--
		}
		if n >= 0 && unit == fieldEnd {
			s.fields = s.fields[:n]
		}
		return
	}
	if s.code > 0 {
		return
	}
	switch {
	case s.high != 0:
		s.text.WriteRune(utf16.DecodeRune(rune(s.high), rune(unit)))
		s.high = 0
	case utf16.IsSurrogate(rune(unit)):
		s.high = unit
	case unit == lineBreak:
		s.text.WriteByte('\n')
	case unit == hardHyphen:
		s.text.WriteByte('-')
	case unit == '\t' || unit >= ' ' && unit != 0xad && unit < 0xf000 || unit > 0xf8ff: // what lies between are signs of fonts
		s.text.WriteRune(rune(unit))
	}
}

// end ends a paragraph or a cell.
func (s *story) end(unit uint16, of run, known bool) {
	text := strings.TrimSpace(s.text.String())
	s.text.Reset()
	s.high = 0
	inCell := of.is&inTable != 0 || unit == cellEnd
	if of.is&endsRow == 0 && inCell {
		if s.cell.Len() > 0 && text != "" {
			s.cell.WriteByte(' ')
		}
		s.cell.WriteString(strings.Join(strings.Fields(text), " "))
	}
	switch {
	case unit == cellEnd && (of.is&endsRow != 0 || !known && text == "" && s.cell.Len() == 0):
		s.endRow()
	case unit == cellEnd:
		s.cells = append(s.cells, s.cell.String())
		s.cell.Reset()
	case !inCell:
		s.endRow()
		s.paragraph(text, of)
	}
}

func (s *story) endRow() {
	if s.cell.Len() > 0 {
		s.cells = append(s.cells, s.cell.String())
		s.cell.Reset()
	}
	if len(s.cells) > 0 {
		s.blocks.add(row, strings.Join(s.cells, "\t"))
	}
	s.cells = nil
}

func (s *story) paragraph(text string, of run) {
	if s.notes {
		s.blocks.notes = append(s.blocks.notes, text)
		return
	}
	style := uint16(noStyle)
	if of.style < len(s.w.styles) {
		style = s.w.styles[of.style]
	}
	if s.title == "" && text != "" && (style == styleTitle || style == styleHeading1 && s.blocks.text.Len() < beginning) {
		s.title = strings.Join(strings.Fields(text), " ")
	}
	if of.is&inList != 0 {
		s.blocks.add(item, text)
		return
	}
	s.blocks.add(paragraph, text)
}

// summary reads the title and the day on which the document was made from what
// the file says of itself ([MS-OLEPS]).
func summary(b []byte) (title, made string) {
	if len(b) < 48 || u16(b, 0) != 0xfffe {
		return "", ""
	}
	set := b[min(len(b), int(u32(b, 44))):]
	codepage := 1252
	for i := range min(u32(set, 4), 100) {
		at := int(u32(set, 8+8*int(i)+4))
		value := set[min(len(set), at):]
		switch u32(set, 8+8*int(i)) {
		case 1:
			codepage = u16(value, 4)
		case 2:
			title = property(value, codepage)
		case 12:
			if t := (int64(u32(value, 8))<<32 | int64(u32(value, 4))) / 1e7; u16(value, 0) == 0x40 && t > 0 {
				const since1601 = 11644473600
				made = time.Unix(t-since1601, 0).UTC().Format(time.DateOnly)
			}
		}
	}
	return title, made
}

// property is a text among properties.
func property(b []byte, codepage int) string {
	text := within(b, 8, int(u32(b, 4)))
	switch u16(b, 0) {
	case 0x1f: // its length is in letters
		text, _ = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Bytes(within(b, 8, 2*int(u32(b, 4))))
	case 0x1e:
		switch codepage {
		case 65001:
		case 1200:
			text, _ = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Bytes(text)
		default:
			text, _ = charmap.Windows1252.NewDecoder().Bytes(text)
		}
	default:
		return ""
	}
	return strings.TrimSpace(strings.TrimRight(string(text), "\x00"))
}
