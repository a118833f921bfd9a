// Command train learns the profile of package language anew:
//
//	go generate ./extract/text/language
//
// It reads the texts in the samples folder (LANG.txt) and, for Spanish, English,
// Portuguese and French, the releases of the shared data.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"vocero/extract/text/language"
)

func main() {
	shared := flag.String("shared", "../shared", "the folder of the shared data")
	samples := flag.String("samples", "extract/text/language/samples", "the folder of the sample texts")
	output := flag.String("o", "extract/text/language/profile.bin", "where the profile is written")
	flag.Parse()
	if err := run(*shared, *samples, *output); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(shared, samples, output string) error {
	texts := map[string]string{}
	if err := read(texts, filepath.Join(samples, "*.txt"), func(path string) string {
		return strings.TrimSuffix(filepath.Base(path), ".txt")
	}); err != nil {
		return err
	}
	if err := read(texts, filepath.Join(shared, "data", "releases", "*", "*.txt"), func(path string) string {
		return filepath.Base(filepath.Dir(path))
	}); err != nil {
		return err
	}
	p, err := language.Train(texts)
	if err != nil {
		return err
	}
	b, err := p.Bytes()
	if err != nil {
		return err
	}
	return os.WriteFile(output, b, 0o644)
}

// read adds the files of a pattern, in the order of their names, to the texts
// of the language that each is in.
func read(texts map[string]string, pattern string, lang func(path string) string) error {
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		return fmt.Errorf("no file matches %s", pattern)
	}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		texts[lang(path)] += strings.Join(strings.Fields(string(b)), " ") + " "
	}
	return nil
}
