// Command attest lists the verbs that texts have in several forms and that the
// tables of package terms do not conjugate yet:
//
//	go run ./index/terms/attest pt ../shared/data/releases/pt ../shared/data/bulk/pt-saude.jsonl.gz
//
// Each comes with the forms that were found. What is no verb (a noun in -ar) is
// for the reader to leave out: the rest goes into verbs_LANG.txt, a verb that is
// irregular with what is of its own.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vocero/index/terms"
)

// least is how many forms besides the infinitive make a verb.
const least = 2

func main() {
	if len(os.Args) < 3 {
		log.Fatal("usage: attest LANG FOLDER|FILE...")
	}
	lang := os.Args[1]
	found := map[string]int{}
	for _, name := range os.Args[2:] {
		if err := count(found, lang, name); err != nil {
			log.Fatal(err)
		}
	}
	var lines []string
	for word := range found {
		if terms.Conjugated(lang, word) {
			continue
		}
		if forms := attested(found, lang, word); len(forms) >= least {
			lines = append(lines, word+"\t"+strings.Join(forms, " "))
		}
	}
	slices.Sort(lines)
	fmt.Println(strings.Join(lines, "\n"))
}

// attested are the forms of a verb that texts have, but for those that nouns have too.
func attested(found map[string]int, lang, infinitive string) (forms []string) {
	for _, form := range terms.Regular(lang, infinitive) {
		if form != infinitive && len(form) > len(infinitive)-1 && found[form] > 0 && !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	return forms
}

// count counts the words of texts in files that end in .txt, and in the lines of
// .jsonl.gz that are of the language.
func count(found map[string]int, lang, name string) error {
	return filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || entry.IsDir():
			return err
		case strings.HasSuffix(path, ".txt"):
			b, err := os.ReadFile(path)
			add(found, string(b))
			return err
		case strings.HasSuffix(path, ".jsonl.gz"):
			return countLines(found, lang, path)
		}
		return nil
	})
}

func countLines(found map[string]int, lang, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return err
	}
	for lines := json.NewDecoder(z); ; {
		var release struct{ Lang, Text string }
		if err := lines.Decode(&release); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if release.Lang == lang {
			add(found, release.Text)
		}
	}
}

func add(found map[string]int, text string) {
	for t := range terms.Find(text) {
		found[t.Word]++
	}
}
