package train

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vocero/extract/ner/crf"
)

// Texts are files of plain text, from which the classes of words are learnt.
type Texts struct {
	paths []string
	lang  []string // of those that do not say it themselves
}

// The texts that a folder of resources has.
var rawTexts = [...]struct{ pattern, lang string }{
	{"raw_es/*.txt.gz", "es"},
	{"europeana_fr/*.bio.gz", "fr"},
}

// FindTexts lists the texts of a folder of resources, see ReadLexicon, and
// those of folders with releases as JSON lines (NAME.jsonl.gz, "text" and "lang"
// on each line). The folder of resources may be "".
func FindTexts(resources string, folders ...string) (*Texts, error) {
	t := &Texts{}
	add := func(pattern, lang string) error {
		paths, err := filepath.Glob(pattern)
		slices.Sort(paths)
		for _, p := range paths {
			t.paths, t.lang = append(t.paths, p), append(t.lang, lang)
		}
		return err
	}
	for _, folder := range folders {
		if _, err := os.Stat(folder); err != nil {
			return nil, fmt.Errorf("find texts: %w", err)
		}
		if err := add(filepath.Join(folder, "*.jsonl.gz"), ""); err != nil {
			return nil, fmt.Errorf("find texts: %w", err)
		}
	}
	for _, raw := range rawTexts {
		if resources == "" {
			break
		}
		if err := add(filepath.Join(resources, raw.pattern), raw.lang); err != nil {
			return nil, fmt.Errorf("find texts: %w", err)
		}
	}
	return t, nil
}

// Hash is the SHA-256, in hexadecimal, of the files as they are.
func (t *Texts) Hash() (string, error) {
	h := sha256.New()
	for _, path := range t.paths {
		f, err := os.Open(path)
		if err != nil {
			return "", fmt.Errorf("hash texts: %w", err)
		}
		_, err = io.Copy(h, f)
		if err := errors.Join(err, f.Close()); err != nil {
			return "", fmt.Errorf("hash texts: %w", err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// How the classes of words are made: their number, that of the broad classes
// that they fall into, how often a word must occur, and how often all words are
// gone over.
const (
	fineClasses  = 512
	broadClasses = 64
	leastOften   = 8
	sweeps       = 3
)

// Learn puts the classes of the texts' words into x, in the place of those that
// it has.
func (t *Texts) Learn(ctx context.Context, x *crf.Lexicon) error {
	r := newReader()
	for i, path := range t.paths {
		if err := r.readFile(ctx, path, t.lang[i]); err != nil {
			return fmt.Errorf("learn classes of words: %s: %w", filepath.Base(path), err)
		}
	}
	words, before, after := r.frequent(leastOften)
	fine := newExchange(min(fineClasses, len(words)), before, after)
	if err := fine.run(ctx, sweeps); err != nil {
		return err
	}
	before, after = fine.neighbours()
	broad := newExchange(min(broadClasses, fine.n), before, after)
	if err := broad.run(ctx, 2*sweeps); err != nil {
		return err
	}
	classes := make(map[uint32]uint16, len(words))
	for w, c := range fine.class {
		classes[crf.Hash(words[w])] = uint16(c) + 1
	}
	x.Clusters, x.ClusterIDs = sorted(classes)
	x.Broad = make([]uint16, fine.n+1)
	for c, b := range broad.class {
		x.Broad[c+1] = uint16(b) + 1
	}
	return nil
}

func (r *reader) readFile(ctx context.Context, path, lang string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	switch {
	case strings.HasSuffix(path, ".jsonl.gz"):
		return r.readReleases(ctx, z)
	case strings.HasSuffix(path, ".bio.gz"):
		return r.readTagged(ctx, z, lang)
	}
	return r.readPlain(ctx, z, lang)
}

func (r *reader) readReleases(ctx context.Context, in io.Reader) error {
	for lines := json.NewDecoder(in); ctx.Err() == nil; {
		var line struct{ Text, Lang string }
		if err := lines.Decode(&line); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		r.read(line.Text, line.Lang)
	}
	return ctx.Err()
}

// readPlain reads a text of some lines at a time.
func (r *reader) readPlain(ctx context.Context, in io.Reader, lang string) error {
	const piece = 64 << 10
	var b strings.Builder
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		b.Write(lines.Bytes())
		b.WriteByte('\n')
		if b.Len() >= piece {
			r.read(b.String(), lang)
			b.Reset()
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	r.read(b.String(), lang)
	return lines.Err()
}

// readTagged reads the words of tagged tokens, of which each has a line.
func (r *reader) readTagged(ctx context.Context, in io.Reader, lang string) error {
	var b strings.Builder
	err := eachLine(in, func(line string) error {
		word, _, _ := strings.Cut(line, " ")
		b.WriteString(word)
		b.WriteByte(' ')
		return ctx.Err()
	})
	r.read(b.String(), lang)
	return err
}
