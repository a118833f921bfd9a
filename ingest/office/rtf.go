package office

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// RTF reads a Rich Text Format document (Microsoft's specification, 1.9.1).
// What is cut off gives the text before the cut.
func RTF(b []byte) (Document, error) {
	if !bytes.HasPrefix(b, []byte(`{\rtf`)) {
		return Document{}, malformed("it does not begin as RTF does")
	}
	r := &rtf{b: b, blocks: blocks{most: len(b)*2 + 1<<20}, fonts: map[int]encoding.Encoding{}, page: charmap.Windows1252}
	r.group.skip = 1
	for r.at < len(r.b) {
		if err := r.step(); err != nil {
			return Document{}, err
		}
		if r.done {
			break
		}
	}
	r.endBlock()
	return Document{Named: strings.TrimSpace(r.title.String()), Published: r.made(), Text: r.blocks.all()}, nil
}

// rtf follows the controls of a document.
type rtf struct {
	b      []byte
	at     int
	done   bool
	group  group
	stack  []group
	blocks blocks
	text   strings.Builder // of the paragraph
	title  strings.Builder
	note   strings.Builder
	cells  []string
	inRow  bool
	bytes  []byte // of text in a charset that may take several for a letter
	high   rune   // the first half of a surrogate pair
	passed int    // signs still to be passed over after \u
	page   encoding.Encoding
	fonts  map[int]encoding.Encoding
	font   int            // that is being defined
	date   map[string]int // \yr, \mo, \dy of \creatim
}

// group is what a brace keeps and its end restores.
type group struct {
	to     destination
	skip   int // signs that stand in for a Unicode one
	hidden bool
	font   int
	listed bool
}

type destination int

const (
	body destination = iota
	nowhere
	toTitle
	toNote
	toFonts
	toDate
)

// destinations are the groups that are no text of the body.
var destinations = map[string]destination{
	"fonttbl": toFonts, "title": toTitle, "creatim": toDate, "footnote": toNote,
	"colortbl": nowhere, "stylesheet": nowhere, "pict": nowhere, "header": nowhere, "headerl": nowhere, "headerr": nowhere,
	"headerf": nowhere, "footer": nowhere, "footerl": nowhere, "footerr": nowhere, "footerf": nowhere, "author": nowhere,
	"operator": nowhere, "subject": nowhere, "keywords": nowhere, "comment": nowhere, "doccomm": nowhere, "company": nowhere,
	"manager": nowhere, "category": nowhere, "hlinkbase": nowhere, "revtim": nowhere, "printim": nowhere, "buptim": nowhere,
	"object": nowhere, "objdata": nowhere, "fldinst": nowhere, "listtext": nowhere, "pntext": nowhere, "annotation": nowhere,
	"atnid": nowhere, "atnauthor": nowhere, "xe": nowhere, "tc": nowhere, "ftnsep": nowhere, "ftnsepc": nowhere, "nonshppict": nowhere,
	"themedata": nowhere, "datastore": nowhere, "listtable": nowhere, "listoverridetable": nowhere, "filetbl": nowhere, "revtbl": nowhere,
	"bkmkstart": nowhere, "bkmkend": nowhere, "template": nowhere, "private": nowhere, "rsidtbl": nowhere,
}

// signs are the controls that stand for a sign.
var signs = map[string]string{
	"tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
	"bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "nestcell": " ", "nestrow": " ", "softline": "\n",
}

// maxGroups bounds groups within groups.
const maxGroups = 1000

// step reads one brace, control or piece of text.
func (r *rtf) step() error {
	c := r.b[r.at]
	r.at++
	switch c {
	case '{':
		r.flush()
		if len(r.stack) == maxGroups {
			return malformed("groups within groups, more than %d deep", maxGroups)
		}
		r.stack = append(r.stack, r.group)
		r.passed = 0
	case '}':
		r.flush()
		n := len(r.stack)
		if n == 0 {
			r.done = true
			return nil
		}
		if r.group.to == toNote && r.stack[n-1].to != toNote {
			r.blocks.notes = append(r.blocks.notes, strings.TrimSpace(r.note.String()))
			r.note.Reset()
		}
		r.group, r.stack = r.stack[n-1], r.stack[:n-1]
		r.passed = 0
		r.done = n == 1
	case '\\':
		r.control()
	case '\r', '\n':
	default:
		r.char(c)
	}
	return nil
}

// control reads what follows a backslash: a word with its number, or a sign.
func (r *rtf) control() {
	if r.at >= len(r.b) {
		return
	}
	c := r.b[r.at]
	if !letter(c) {
		r.at++
		r.symbol(c)
		return
	}
	start := r.at
	for r.at < len(r.b) && letter(r.b[r.at]) {
		r.at++
	}
	word := string(r.b[start:r.at])
	start = r.at
	if r.at < len(r.b) && r.b[r.at] == '-' {
		r.at++
	}
	for r.at < len(r.b) && r.b[r.at] >= '0' && r.b[r.at] <= '9' {
		r.at++
	}
	n, err := strconv.Atoi(string(r.b[start:r.at]))
	if r.at < len(r.b) && r.b[r.at] == ' ' {
		r.at++
	}
	r.word(word, n, err == nil)
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func (r *rtf) symbol(c byte) {
	switch c {
	case '\'':
		if r.at+2 <= len(r.b) {
			n, err := strconv.ParseUint(string(r.b[r.at:r.at+2]), 16, 8)
			r.at += 2
			if err == nil {
				r.char(byte(n))
			}
		}
	case '*':
		r.group.to = max(r.group.to, nowhere) // a destination that readers may leave out; known ones follow
	case '~':
		r.write("\u00a0")
	case '_':
		r.write("-")
	case '-': // where a word may be divided
	case '\r', '\n':
		r.endBlock()
	default: // \\ \{ \}
		r.char(c)
	}
}

// char takes one byte of text in the charset of its font.
func (r *rtf) char(c byte) {
	if r.passed > 0 {
		r.passed--
		return
	}
	if c < 0x80 && len(r.bytes) == 0 {
		r.write(string(rune(c)))
		return
	}
	r.bytes = append(r.bytes, c)
}

// flush decodes the bytes that wait.
func (r *rtf) flush() {
	if len(r.bytes) == 0 {
		return
	}
	e := r.fonts[r.group.font]
	if e == nil {
		e = r.page
	}
	s, err := e.NewDecoder().Bytes(r.bytes)
	r.bytes = r.bytes[:0]
	if err == nil {
		r.put(string(s))
	}
}

func (r *rtf) write(s string) {
	r.flush()
	r.put(s)
}

// put writes text to where the group's text goes.
func (r *rtf) put(s string) {
	switch {
	case r.group.hidden:
	case r.group.to == body:
		if r.text.Len() < r.blocks.most {
			r.text.WriteString(s)
		}
	case r.group.to == toTitle && r.title.Len() < 1000:
		r.title.WriteString(s)
	case r.group.to == toNote && r.note.Len() < r.blocks.most:
		r.note.WriteString(s)
	}
}

func (r *rtf) word(word string, n int, given bool) {
	if to, ok := destinations[word]; ok {
		r.flush()
		r.group.to = to
		return
	}
	if sign, ok := signs[word]; ok {
		r.write(sign)
		return
	}
	on := !given || n != 0
	switch word {
	case "par", "sect", "page":
		r.endParagraph()
	case "pard":
		r.flush()
		r.group.listed, r.inRow = false, false
	case "intbl":
		r.inRow = true
	case "ls", "pnlvlblt", "pnlvlbody":
		r.group.listed = true
	case "cell":
		r.endCell()
	case "row":
		r.endRow()
	case "plain":
		r.flush()
		r.group.hidden = false
	case "v", "deleted":
		r.flush()
		r.group.hidden = on
	case "u":
		r.unicode(n)
	case "uc":
		r.group.skip = min(max(n, 0), 10)
	case "bin":
		r.flush()
		r.at = min(r.at+max(n, 0), len(r.b))
	default:
		r.charset(word, n)
	}
}

// charset reads the controls that say how bytes are meant, and dates.
func (r *rtf) charset(word string, n int) {
	switch word {
	case "ansicpg":
		if e := codePage(n); e != nil {
			r.page = e
		}
	case "mac":
		r.page = charmap.Macintosh
	case "pc":
		r.page = charmap.CodePage437
	case "pca":
		r.page = charmap.CodePage850
	case "f":
		r.flush()
		if r.font = n; r.group.to != toFonts {
			r.group.font = n
		}
	case "fcharset":
		if e := codePage(charsets[n]); e != nil && r.group.to == toFonts {
			r.fonts[r.font] = e
		}
	case "yr", "mo", "dy":
		if r.group.to == toDate {
			if r.date == nil {
				r.date = map[string]int{}
			}
			r.date[word] = n
		}
	}
}

// charsets gives the code page of each of Windows' charsets that is none of
// western Europe: the document's page is right for those.
var charsets = map[int]int{
	77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
}

func codePage(n int) encoding.Encoding {
	switch n {
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 10000:
		return charmap.Macintosh
	case 932:
		return named("shift_jis")
	case 936:
		return named("gbk")
	case 949:
		return named("euc-kr")
	case 950:
		return named("big5")
	case 0:
		return nil
	}
	return named(fmt.Sprint("windows-", n))
}

func named(name string) encoding.Encoding {
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil
	}
	return e
}

// unicode writes the sign of \u, and passes over what stands in for it.
func (r *rtf) unicode(n int) {
	r.flush()
	c := rune(n)
	if n < 0 {
		c = rune(n + 1<<16)
	}
	switch {
	case c >= 0xd800 && c < 0xdc00:
		r.high = c
	case c >= 0xdc00 && c < 0xe000 && r.high != 0:
		r.write(string((r.high-0xd800)<<10 | (c - 0xdc00) + 0x10000))
		r.high = 0
	case utf8.ValidRune(c) && c >= ' ':
		r.write(string(c))
	}
	r.passed = r.group.skip
}

func (r *rtf) endParagraph() {
	r.flush()
	if r.group.to != body {
		r.put("\n")
		return
	}
	if r.inRow || len(r.cells) > 0 {
		r.text.WriteByte(' ') // within a cell
		return
	}
	r.endBlock()
}

func (r *rtf) endBlock() {
	r.flush()
	k := paragraph
	if r.group.listed {
		k = item
	}
	r.blocks.add(k, r.text.String())
	r.text.Reset()
}

func (r *rtf) endCell() {
	r.flush()
	r.cells = append(r.cells, strings.Join(strings.Fields(r.text.String()), " "))
	r.text.Reset()
}

func (r *rtf) endRow() {
	r.blocks.add(row, strings.Join(r.cells, "\t"))
	r.cells, r.inRow = nil, false
}

// made is the day on which the document was made, or "".
func (r *rtf) made() string {
	if r.date["yr"] == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", r.date["yr"], r.date["mo"], r.date["dy"])
}
