package train

import (
	"encoding/csv"
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

	"encoding/json"
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

// romanized appends the capitalised names of a table's column "Romanized Name".
func romanized(to *[]string) func(io.Reader) error {
	return func(r io.Reader) error {
		rows, err := csv.NewReader(r).ReadAll()
		if err != nil || len(rows) == 0 {
			return err
		}
		column := slices.Index(rows[0], "Romanized Name")
		if column < 0 {
			return errors.New(`no column "Romanized Name"`)
		}
		for _, row := range rows[1:] {
			for name := range strings.SplitSeq(row[column], "/") {
				name = strings.TrimSpace(name)
				if first, _ := utf8.DecodeRuneInString(name); unicode.IsUpper(first) {
					*to = append(*to, name)
				}
			}
		}
		return nil
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
	var file struct {
		Main map[string]struct {
			LocaleDisplayNames struct{ Territories map[string]string }
		}
	}
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return err
	}
	for _, locale := range file.Main {
		for code, name := range locale.LocaleDisplayNames.Territories {
			if len(code) == 2 && code != "ZZ" {
				s.Countries[lang] = append(s.Countries[lang], name)
			}
		}
	}
	slices.Sort(s.Countries[lang])
	return nil
}
