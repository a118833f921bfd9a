package train

import (
	"bufio"
	"embed"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"vocero/extract/ner/crf"
)

//go:embed data/words.tsv
var own embed.FS

// The lists that a name can be on, a bit of crf.Lexicon.NameBits each.
const (
	forenames = 0
	surnames  = 1
	countries = 8
	bigCities = 9
	cities    = 12
)

// ReadLexicon reads what a model is to know of words from a folder, in which any
// of these may be missing:
//
//	gaz/gaz_es.tsv                       list number, tab, name or phrase
//	gaz/common-forenames-by-country.csv  column "Romanized Name"
//	gaz/common-surnames-by-country.csv   column "Romanized Name"
//	gaz/geonames_cities.tsv              name, country, inhabitants
//	gaz/cldr/territories.*.json          CLDR's names of countries
//
// The words of data/words.tsv are always in it. Classes of words are learnt from
// texts, see [Texts.Learn].
func ReadLexicon(folder string) (*crf.Lexicon, error) {
	l := lists{}
	if err := l.readAll(os.DirFS(folder)); err != nil {
		return nil, fmt.Errorf("read words of %s: %w", folder, err)
	}
	x := &crf.Lexicon{}
	x.Names, x.NameBits = sorted(l)
	return x, nil
}

// lists are hashes of words and phrases, with the lists that each is on.
type lists map[uint32]uint16

func (l lists) readAll(folder fs.FS) error {
	if err := readFile(own, "data/words.tsv", l.readNames); err != nil {
		return err
	}
	territories, err := fs.Glob(folder, "gaz/cldr/territories.*.json")
	if err != nil {
		return err
	}
	type part struct {
		name string
		read func(io.Reader) error
	}
	parts := []part{
		{"gaz/gaz_es.tsv", l.readNames},
		{"gaz/common-forenames-by-country.csv", l.readTable(forenames)},
		{"gaz/common-surnames-by-country.csv", l.readTable(surnames)},
		{"gaz/geonames_cities.tsv", l.readCities},
	}
	for _, name := range territories {
		parts = append(parts, part{name, l.readTerritories})
	}
	for _, p := range parts {
		if err := readFile(folder, p.name, p.read); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func readFile(folder fs.FS, name string, read func(io.Reader) error) error {
	f, err := folder.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := read(f); err != nil {
		return fmt.Errorf("%s: %w", path.Base(name), err)
	}
	return nil
}

// name puts a name or phrase on a list.
func (l lists) name(list int, phrase string) {
	var hashes []uint32
	for _, w := range strings.Fields(phrase) {
		hashes = append(hashes, crf.Hash(crf.Fold(w)))
	}
	if len(hashes) > 0 {
		l[crf.PhraseHash(hashes)] |= 1 << list
	}
}

func (l lists) readNames(r io.Reader) error {
	return eachLine(r, func(line string) error {
		number, name, _ := strings.Cut(line, "\t")
		list, err := strconv.Atoi(number)
		if err != nil || list < 0 || list > 15 {
			return fmt.Errorf("%q: no list number before a tab", line)
		}
		l.name(list, name)
		return nil
	})
}

func (l lists) readCities(r io.Reader) error {
	const big = 500_000 // inhabitants
	return eachLine(r, func(line string) error {
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			return fmt.Errorf("%q: not name, country, inhabitants", line)
		}
		inhabitants, err := strconv.Atoi(fields[2])
		if err != nil {
			return fmt.Errorf("%q: inhabitants: %w", line, err)
		}
		list := cities
		if inhabitants >= big {
			list = bigCities
		}
		l.name(list, fields[0])
		return nil
	})
}

// readTable puts the romanized names of a table of names by country on a list.
func (l lists) readTable(list int) func(io.Reader) error {
	return func(r io.Reader) error {
		return eachRomanized(r, func(name string) { l.name(list, name) })
	}
}

func (l lists) readTerritories(r io.Reader) error {
	return eachTerritory(r, func(_, name string) { l.name(countries, name) })
}

// eachRomanized calls do with the names in a table's column "Romanized Name".
func eachRomanized(r io.Reader, do func(name string)) error {
	table := csv.NewReader(r)
	head, err := table.Read()
	if err != nil {
		return err
	}
	column := slices.Index(head, "Romanized Name")
	if column < 0 {
		return errors.New(`no column "Romanized Name"`)
	}
	for {
		row, err := table.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		for name := range strings.SplitSeq(row[column], "/") {
			do(strings.TrimSpace(name))
		}
	}
}

// eachTerritory calls do with CLDR's names of countries, in order of their codes.
func eachTerritory(r io.Reader, do func(code, name string)) error {
	var file struct {
		Main map[string]struct {
			LocaleDisplayNames struct {
				Territories map[string]string
			}
		}
	}
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return err
	}
	for _, locale := range file.Main {
		territories := locale.LocaleDisplayNames.Territories
		for _, code := range slices.Sorted(maps.Keys(territories)) {
			if len(code) == 2 { // the longer ones are regions and variants
				do(code, territories[code])
			}
		}
	}
	return nil
}

func eachLine(r io.Reader, do func(string) error) error {
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		if line := scanner.Text(); line != "" && line[0] != '#' {
			if err := do(line); err != nil {
				return err
			}
		}
	}
	return scanner.Err()
}

func sorted(values map[uint32]uint16) ([]uint32, []uint16) {
	keys := make([]uint32, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	out := make([]uint16, len(keys))
	for i, k := range keys {
		out[i] = values[k]
	}
	return keys, out
}
