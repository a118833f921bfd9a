// Command count counts the pairs of signs of which one is beyond ASCII in
// texts of Spanish, English, Portuguese and French:
//
//	go run ./ingest/charset/count FOLDER pairs.txt
//
// FOLDER has a folder of .txt files for each language.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vocero/ingest/charset"
)

const least = 3 // in a million: rarer pairs are accidents

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: count FOLDER FILE")
	}
	rate := map[[2]rune]float64{}
	for _, lang := range []string{"es", "en", "pt", "fr"} {
		counts, n := map[[2]rune]int{}, 0
		files, _ := filepath.Glob(filepath.Join(os.Args[1], lang, "*.txt"))
		for _, name := range files {
			b, err := os.ReadFile(name)
			if err != nil {
				log.Fatal(err)
			}
			n += count(counts, string(b))
		}
		if n == 0 {
			log.Fatalf("no text of %s", lang)
		}
		for p, c := range counts { // how often in the language that has it most
			rate[p] = max(rate[p], float64(c)*1e6/float64(n))
		}
	}
	if err := os.WriteFile(os.Args[2], []byte(table(rate)), 0o644); err != nil {
		log.Fatal(err)
	}
}

func count(counts map[[2]rune]int, text string) (n int) {
	before := ' '
	for _, r := range text {
		r = charset.Class(r)
		if before >= 0x80 || r >= 0x80 {
			counts[[2]rune{before, r}]++
		}
		before = r
		n++
	}
	return n
}

func table(rate map[[2]rune]float64) string {
	var lines []string
	for p, f := range rate {
		if f >= least {
			lines = append(lines, fmt.Sprintf("%c%c\t%.0f\n", p[0], p[1], f))
		}
	}
	slices.Sort(lines)
	return "# Pairs of signs of which one is beyond ASCII, and how often they occur in a\n" +
		"# million in the language that has them most. Made by go generate.\n" + strings.Join(lines, "")
}
