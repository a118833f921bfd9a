package train

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ReadStock reads names to swap from the same folder as ReadLexicon.
func ReadStock(folder string) (*Stock, error) {
	s := &Stock{Countries: map[string][]string{}}
	f := os.DirFS(folder)
	read := func(name string, do func(io.Reader) error) error {
		if err := readFile(f, name, do); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("read names of %s: %w", folder, err)
		}
		return nil
	}
	territories, err := fs.Glob(f, "gaz/cldr/territories.*.json")
	if err != nil {
		return nil, err
	}
	errs := []error{
		read("gaz/common-forenames-by-country.csv", romanized(&s.Forenames)),
		read("gaz/common-surnames-by-country.csv", romanized(&s.Surnames)),
		read("gaz/geonames_cities.tsv", s.readCities),
	}
	for _, name := range territories {
		lang := strings.TrimSuffix(strings.TrimPrefix(path.Base(name), "territories."), ".json")
		errs = append(errs, read(name, func(r io.Reader) error { return s.readCountries(r, lang) }))
	}
	return s, errors.Join(errs...)
}

// romanized appends a table's capitalised names.
func romanized(to *[]string) func(io.Reader) error {
	return func(r io.Reader) error {
		return eachRomanized(r, func(name string) {
			if first, _ := utf8.DecodeRuneInString(name); unicode.IsUpper(first) {
				*to = append(*to, name)
			}
		})
	}
}

// readCities takes the cities that a release is likely to name.
func (s *Stock) readCities(r io.Reader) error {
	const least = 30_000 // inhabitants
	return eachLine(r, func(line string) error {
		fields := strings.Split(line, "\t")
		if len(fields) != 3 {
			return fmt.Errorf("%q: not name, country, inhabitants", line)
		}
		if n, err := strconv.Atoi(fields[2]); err == nil && n >= least {
			s.Cities = append(s.Cities, fields[0])
		}
		return nil
	})
}

func (s *Stock) readCountries(r io.Reader, lang string) error {
	const nowhere = "ZZ"
	err := eachTerritory(r, func(code, name string) {
		if code != nowhere {
			s.Countries[lang] = append(s.Countries[lang], name)
		}
	})
	slices.Sort(s.Countries[lang])
	return err
}
