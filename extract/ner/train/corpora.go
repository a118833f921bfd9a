package train

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"vocero/corpus"
	"vocero/extract/gold"
)

// corpora are the annotated texts of others that make the tagger better on
// publishers that it has not seen; what each gave was measured with one left out.
var corpora = [...]struct {
	file, lang string
	word, tag  int // columns
	separator  string
}{
	{"wikigold_en/wikigold.conll.txt.gz", "en", 0, 1, " "},
	{"uner_pt_bosque/pt_bosque-ud-train.iob2.gz", "pt", 1, 2, "\t"},
	{"uner_en_ewt/en_ewt-ud-train.v0.iob2.gz", "en", 1, 2, "\t"},
}

// ReadCorpora reads the annotated texts of others from a folder, in which any
// may be missing: a line a token, with its tag in IOB2, an empty line between
// sentences. Each becomes documents of some sentences.
func ReadCorpora(folder string) ([]gold.Document, error) {
	var all []gold.Document
	for _, c := range corpora {
		f, err := os.DirFS(folder).Open(c.file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read corpora: %w", err)
		}
		z, err := gzip.NewReader(f)
		if err == nil {
			r := iobReader{lang: c.lang, word: c.word, tag: c.tag, separator: c.separator}
			err = r.read(z, c.file)
			all = append(all, r.documents...)
		}
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("read corpora: %s: %w", c.file, err)
		}
	}
	return all, nil
}

// iobReader makes documents of tagged tokens.
type iobReader struct {
	lang      string
	word, tag int
	separator string

	documents []gold.Document
	text      strings.Builder
	mentions  []gold.Mention
	sentences int
	lineBegun bool
}

// together is the number of sentences that make a document.
const together = 25

func (r *iobReader) read(in io.Reader, name string) error {
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		line := lines.Text()
		switch fields := strings.Split(line, r.separator); {
		case strings.TrimSpace(line) == "":
			r.endSentence(name)
		case line[0] == '#', strings.HasPrefix(line, "-DOCSTART-"):
		case len(fields) <= max(r.word, r.tag):
			return fmt.Errorf("%q: no column %d", line, max(r.word, r.tag)+1)
		default:
			r.token(fields[r.word], fields[r.tag])
		}
	}
	r.endSentence(name)
	r.endDocument(name)
	return lines.Err()
}

var iobKinds = map[string]corpus.Kind{"PER": corpus.Person, "ORG": corpus.Organization, "LOC": corpus.Place}

func (r *iobReader) token(word, tag string) {
	if r.lineBegun {
		r.text.WriteByte(' ')
	}
	r.lineBegun = true
	start := r.text.Len()
	r.text.WriteString(word)
	place, name, _ := strings.Cut(tag, "-")
	kind := iobKinds[name]
	if kind == "" {
		return
	}
	if last := len(r.mentions) - 1; place == "I" && last >= 0 && r.mentions[last].Kind == kind && r.mentions[last].Span.End == start-1 {
		r.mentions[last].Span.End = r.text.Len()
		return
	}
	r.mentions = append(r.mentions, gold.Mention{Span: corpus.Span{Start: start, End: r.text.Len()}, Kind: kind})
}

func (r *iobReader) endSentence(name string) {
	if !r.lineBegun {
		return
	}
	r.text.WriteByte('\n')
	r.lineBegun = false
	if r.sentences++; r.sentences%together == 0 {
		r.endDocument(name)
	}
}

func (r *iobReader) endDocument(name string) {
	if r.text.Len() == 0 {
		return
	}
	d := gold.Document{Mentions: r.mentions}
	d.ID, d.Lang, d.Text = fmt.Sprintf("%s#%d", name, len(r.documents)), r.lang, r.text.String()
	r.documents = append(r.documents, d)
	r.text.Reset()
	r.mentions = nil
}
