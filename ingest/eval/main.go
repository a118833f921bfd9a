// Command eval says how well the text and the metadata of web pages are taken
// out, over a set of saved pages:
//
//	go run ./ingest/eval ../shared/data/web/trafilatura
//
// It prints precision, recall and F1 of the strings that texts must and must
// not hold, the accuracy of date, author and title, for each half of the set
// and for all of it (rules are made by looking at the first half only), and how
// many pages a second of processor time were decoded. --list prints what is
// wrong in the first half.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"vocero/corpus"
	"vocero/ingest"
	"vocero/ingest/eval/pages"
)

func main() {
	list := flag.Bool("list", false, "print what is wrong in the half that may be looked at")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: eval [--list] FOLDER")
		os.Exit(2)
	}
	if err := run(os.Stdout, flag.Arg(0), *list); err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(2)
	}
}

func run(out io.Writer, folder string, list bool) error {
	set, err := pages.Load(folder)
	if err != nil {
		return err
	}
	report := pages.Measure(set, decode)
	report.Print(out, "vocero")
	if list {
		report.List(out)
	}
	return nil
}

// decode takes the same way that every page takes into the corpus.
func decode(page pages.Page) pages.Found {
	doc, err := ingest.Decode(context.Background(), corpus.Raw{URL: page.Address, Bytes: page.Bytes})
	if err != nil {
		return pages.Found{}
	}
	return pages.Found{Text: doc.Text, Date: doc.Published.String(), Author: doc.Author, Title: doc.Title}
}
