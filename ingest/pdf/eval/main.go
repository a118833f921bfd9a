// Command eval compares the text that vocero takes out of PDFs with that of
// poppler's pdftotext, which must be installed:
//
//	go run ./ingest/pdf/eval ../shared/data/pdf
//
// For each file it prints the F1 of the words in common, whatever their order,
// and that of the longest sequence in common, which says how far the order of
// reading agrees; then the means. Words are letters and digits in small letters.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"vocero/ingest/pdf"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: eval FOLDER")
	}
	files, _ := filepath.Glob(filepath.Join(os.Args[1], "*.pdf"))
	if len(files) == 0 {
		log.Fatalf("no PDF in %s", os.Args[1])
	}
	reader := pdf.NewReader(pdf.Options{})
	defer reader.Close()
	var sumWords, sumOrder float64
	for _, name := range files {
		words, order, err := compare(reader, name)
		if err != nil {
			fmt.Printf("%-64.64s %v\n", filepath.Base(name), err)
			continue
		}
		sumWords, sumOrder = sumWords+words, sumOrder+order
	}
	fmt.Printf("%-64s %.4f  %.4f\n", "mean", sumWords/float64(len(files)), sumOrder/float64(len(files)))
}

func compare(reader *pdf.Reader, name string) (inCommon, inOrder float64, err error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return 0, 0, err
	}
	want, err := exec.Command("pdftotext", name, "-").Output()
	if err != nil {
		return 0, 0, fmt.Errorf("pdftotext: %w", err)
	}
	begun := time.Now()
	doc, err := reader.Parse(context.Background(), b)
	if err != nil {
		return 0, 0, err
	}
	took := time.Since(begun)
	g, w := words(doc.Text), words(string(want))
	inCommon, inOrder = f1(common(g, w), g, w), f1(longest(g, w), g, w)
	fmt.Printf("%-64.64s %.4f  %.4f  %5d words  %4d ms\n", filepath.Base(name), inCommon, inOrder, len(w), took.Milliseconds())
	return inCommon, inOrder, nil
}

func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func f1(shared int, a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 1
	}
	return 2 * float64(shared) / float64(len(a)+len(b))
}

func common(a, b []string) (n int) {
	count := map[string]int{}
	for _, w := range a {
		count[w]++
	}
	for _, w := range b {
		if count[w] > 0 {
			count[w]--
			n++
		}
	}
	return n
}

// longest is the length of the longest common subsequence.
func longest(a, b []string) int {
	row := make([]int, len(b)+1)
	for i := range a {
		diagonal := 0
		for j := range b {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}
