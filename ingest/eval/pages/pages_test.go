package pages_test

import (
	"archive/tar"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ulikunitz/xz"

	"vocero/ingest/eval/pages"
)

func TestScore(t *testing.T) {
	var s pages.Score
	p := pages.Page{File: "a.html", With: []string{"uno", "dos", "tres"}, Without: []string{"cuatro", "menú"}, Date: "2021-05-03", Author: "Ana Ruiz; Luis Paz", Title: "La obra"}
	s.Add(p, pages.Found{Text: "uno y dos, con el menú", Date: "2021-05-03", Author: "Ana Ruiz, Luis Paz", Title: "La  Obra"})
	s.Add(p, pages.Found{Text: "tres", Date: "2021-05-04"})
	if s.TruePositive != 3 || s.FalseNegative != 3 || s.FalsePositive != 1 || s.TrueNegative != 3 {
		t.Errorf("counted %+v", s)
	}
	if s.Precision() != 0.75 || s.Recall() != 0.5 || s.F1() != 0.6 {
		t.Errorf("precision %v, recall %v, F1 %v", s.Precision(), s.Recall(), s.F1())
	}
	if s.Date.Accuracy() != 0.5 || s.Author != (pages.Exact{Right: 1, Missed: 1}) || s.Title != (pages.Exact{Right: 1, Missed: 1}) {
		t.Errorf("date %+v, author %+v, title %+v", s.Date, s.Author, s.Title)
	}
	if len(s.MissingWith) != 3 || len(s.ForeignWithout) != 1 || len(s.WrongDetail) != 3 {
		t.Errorf("listed %q, %q, %q", s.MissingWith, s.ForeignWithout, s.WrongDetail)
	}
}

func TestNothingScoresNothing(t *testing.T) {
	var s pages.Score
	if s.F1() != 0 || s.Date.Accuracy() != 0 {
		t.Errorf("F1 %v, dates %v of nothing", s.F1(), s.Date.Accuracy())
	}
}

func TestLoad(t *testing.T) {
	folder := t.TempDir()
	known := `{"https://b.example/": {"file": "b.html", "with": ["uno"], "author": ["Ana", "Luis"]}, "https://a.example/": {"file": "a.html", "without": ["dos"], "author": null}}`
	write(t, folder, "evaldata.json", []byte(known))
	write(t, folder, "pages.tar.xz", packed(t, map[string]string{"eval/b.html": "nueva", "cache/b.html": "vieja", "cache/a.html": "a"}))
	set, err := pages.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(set) != 2 || string(set[0].Bytes) != "a" || string(set[1].Bytes) != "nueva" || set[1].Author != "Ana; Luis" || set[0].Author != "" {
		t.Errorf("loaded %+v", set)
	}
	write(t, folder, "pages.tar.xz", packed(t, map[string]string{"eval/b.html": "nueva"}))
	if _, err := pages.Load(folder); err == nil || !strings.Contains(err.Error(), "a.html") {
		t.Errorf("a page without a file: %v", err)
	}
}

func write(t *testing.T, folder, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func packed(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	compressed, err := xz.NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	archive := tar.NewWriter(compressed)
	for name, text := range files {
		if err := archive.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Size: int64(len(text)), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if err := compressed.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
