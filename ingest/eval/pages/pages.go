// Package pages reads saved web pages with what is known of them, and scores
// what an extractor takes out of them:
//
//	set, err := pages.Load("../shared/data/web/trafilatura")
//	score.Add(page, pages.Found{Text: text, Date: "2021-05-03"})
//
// The form of the data and the rule are those of trafilatura's evaluation: for
// each page a few strings that its text must hold and a few that it must not.
package pages

import (
	"archive/tar"
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ulikunitz/xz"
)

// Page is a saved page and what is known of it. Date, Author and Title are
// empty where nobody wrote them down.
type Page struct {
	Address string
	File    string // name without folder
	Bytes   []byte
	With    []string // strings that the text must hold
	Without []string // strings that it must not hold
	Date    string   // YYYY-MM-DD
	Author  string
	Title   string
}

// Held says whether the page belongs to the half that is held out: rules are
// made by looking at the other one. A hash of the name decides.
func (p *Page) Held() bool {
	h := fnv.New32a()
	io.WriteString(h, p.File) // a hash takes everything
	return h.Sum32()%2 == 1
}

// Load reads evaldata.json and pages.tar.xz in a folder, in the order of the
// pages' addresses. A page that has no file is an error: it would count for nothing.
func Load(folder string) ([]Page, error) {
	known, err := readKnown(filepath.Join(folder, "evaldata.json"))
	if err != nil {
		return nil, fmt.Errorf("reading what is known of the pages: %w", err)
	}
	files, err := unpack(filepath.Join(folder, "pages.tar.xz"))
	if err != nil {
		return nil, fmt.Errorf("unpacking the pages: %w", err)
	}
	for i := range known {
		// A page that was saved anew lies in eval, an older one in cache.
		for _, dir := range []string{"eval", "cache"} {
			if b, ok := files[path.Join(dir, known[i].File)]; ok {
				known[i].Bytes = b
				break
			}
		}
		if known[i].Bytes == nil {
			return nil, fmt.Errorf("the page %s of %s is not there", known[i].File, known[i].Address)
		}
	}
	return known, nil
}

func readKnown(name string) ([]Page, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var byAddress map[string]struct {
		File, Date, Title string
		Author            names
		With, Without     []string
	}
	if err := json.Unmarshal(b, &byAddress); err != nil {
		return nil, err
	}
	var pages []Page
	for address, k := range byAddress {
		pages = append(pages, Page{Address: address, File: k.File, With: k.With, Without: k.Without, Date: k.Date, Author: string(k.Author), Title: k.Title})
	}
	slices.SortFunc(pages, func(a, b Page) int { return strings.Compare(a.Address, b.Address) })
	return pages, nil
}

// names is one string, or a list of them that becomes one.
type names string

func (n *names) UnmarshalJSON(b []byte) error {
	var list []string
	if err := json.Unmarshal(b, &list); err != nil {
		var one string
		err = json.Unmarshal(b, &one)
		list = []string{one}
		if err != nil {
			return err
		}
	}
	*n = names(strings.Join(list, "; "))
	return nil
}

func unpack(name string) (map[string][]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	decompressed, err := xz.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for archive := tar.NewReader(decompressed); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		if files[header.Name], err = io.ReadAll(archive); err != nil {
			return nil, err
		}
	}
}
