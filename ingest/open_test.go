package ingest_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/ingest"
)

// opened lists the releases that an argument names, without the folder's path,
// and the reasons of failures.
func opened(t *testing.T, folder, arg, stdin string) string {
	t.Helper()
	source, _, err := (&ingest.Expander{}).Open(t.Context(), arg, strings.NewReader(stdin))
	if err != nil {
		return err.Error()
	}
	var got []string
	for raw, err := range source {
		s := strings.TrimPrefix(raw.Path, folder+string(filepath.Separator))
		if raw.Given.ID != "" {
			s += "=" + raw.Given.ID
		}
		if err != nil {
			s += " " + string(corpus.FailureOf(err).Reason)
		}
		got = append(got, s)
	}
	return strings.Join(got, ", ")
}

func TestOpen(t *testing.T) {
	outside, folder := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		"a.txt": "Una nota", "a.json": `{"id":"con-datos"}`, "b.eml": "From: a@b\nDate: x\n\nHola", "c.pdf": "%PDF-1.4", "c.pdf.json": `{"id":"c"}`,
		"sin-nombre": "{\\rtf1 x}", "imagen.png": "\x89PNG\r\n\x1a\n\x00", "LICENSE": "Nada", ".oculto.txt": "Nada", "d/e.csv": "título,texto\nx,y",
		"f.txt": "Nota", "f.json": "{",
	} {
		name = filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	secret := filepath.Join(outside, "secreto.txt")
	if err := os.WriteFile(secret, []byte("Fuera"), 0o644); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" { // where a link needs a privilege
		for name, to := range map[string]string{"enlace.txt": secret, "carpeta": outside, "enlace.json": secret} {
			if err := os.Symlink(to, filepath.Join(folder, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	all := "a.txt=con-datos, b.eml, c.pdf=c, " + filepath.FromSlash("d/e.csv#2") + ", f.txt malformed, sin-nombre"
	if got := opened(t, folder, folder, ""); got != all {
		t.Errorf("the folder gives %s,\nwant %s", got, all)
	}
	if got := opened(t, folder, filepath.Join(folder, "LICENSE"), ""); got != "LICENSE" {
		t.Errorf("a file of no known name gives %s", got)
	}
	if got := opened(t, folder, filepath.Join(folder, "no-hay"), ""); !strings.Contains(got, "no such file") && !strings.Contains(got, "cannot find") {
		t.Errorf("a missing file gives %s", got)
	}
	if got := opened(t, folder, "-", "{\"text\":\"x\"}\n{\"text\"\n"); got != "-#1, -#2" {
		t.Errorf("standard input gives %s", got)
	}
	if runtime.GOOS == "windows" {
		return
	}
	if got := opened(t, outside, filepath.Join(folder, "enlace.txt"), ""); !strings.HasSuffix(got, "secreto.txt") {
		t.Errorf("a link that was named itself gives %s", got)
	}
}
