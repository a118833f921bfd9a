package archive_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"vocero/corpus"
	"vocero/ingest/archive"
)

func ExampleZip() {
	b := zipped(map[string]string{"press/a.txt": "Una nota"})
	folder, _ := archive.Zip(bytes.NewReader(b), int64(len(b)), archive.Limits{})
	text, _ := fs.ReadFile(folder, "press/a.txt")
	fmt.Println(string(text))
	// Output: Una nota
}

func zipped(files map[string]string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range sorted(files) {
		f, _ := w.Create(name)
		io.WriteString(f, files[name])
	}
	w.Close()
	return b.Bytes()
}

func tarred(files map[string]string) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, name := range sorted(files) {
		w.WriteHeader(&tar.Header{Name: name, Size: int64(len(files[name])), Mode: 0o644, Typeflag: tar.TypeReg})
		io.WriteString(w, files[name])
	}
	w.Close()
	return b.Bytes()
}

func sorted(files map[string]string) []string {
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// open opens b as what it is.
func open(b []byte, l archive.Limits) (*archive.Folder, error) {
	if bytes.HasPrefix(b, []byte("PK")) {
		return archive.Zip(bytes.NewReader(b), int64(len(b)), l)
	}
	return archive.Tar(bytes.NewReader(b), int64(len(b)), l)
}

var sample = map[string]string{"a.txt": "uno", "b/c/d.txt": "dos", "b/ñandú.txt": "tres", "vacío": ""}

func TestFolderIsAnFS(t *testing.T) {
	for kind, b := range map[string][]byte{"zip": zipped(sample), "tar": tarred(sample)} {
		folder, err := open(b, archive.Limits{})
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if err := fstest.TestFS(folder, sorted(sample)...); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		for name, want := range sample {
			if got, err := fs.ReadFile(folder, name); string(got) != want || err != nil {
				t.Errorf("%s: %s is %q, %v", kind, name, got, err)
			}
		}
	}
}

// reason is why reading all of an archive failed.
func reason(b []byte, l archive.Limits) corpus.Reason {
	folder, err := open(b, l)
	if err != nil {
		return corpus.FailureOf(err).Reason
	}
	var why corpus.Reason
	_ = fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if d.IsDir() {
			return err
		}
		if _, err := fs.ReadFile(folder, name); err != nil {
			why = corpus.FailureOf(err).Reason
		}
		return nil
	})
	return why
}

func TestBounds(t *testing.T) {
	bomb := map[string]string{"bomb.txt": strings.Repeat("0", 3<<20)}
	many := map[string]string{}
	for i := range 20 {
		many[fmt.Sprint(i)] = strings.Repeat(fmt.Sprintf("texto %d ", i), 100)
	}
	encrypted := zipped(sample)
	for i := 0; i+4 < len(encrypted); i++ { // set the bit in each local header and in the directory
		switch string(encrypted[i : i+4]) {
		case "PK\x03\x04":
			encrypted[i+6] |= 1
		case "PK\x01\x02":
			encrypted[i+8] |= 1
		}
	}
	cases := []struct {
		name string
		b    []byte
		l    archive.Limits
		want corpus.Reason
	}{
		{"a good one", zipped(sample), archive.Limits{}, ""},
		{"a bomb", zipped(bomb), archive.Limits{}, corpus.TooLarge},
		{"a bomb that is allowed", zipped(bomb), archive.Limits{Ratio: 10000}, ""},
		{"a long file", tarred(bomb), archive.Limits{File: 1 << 20}, corpus.TooLarge},
		{"much in all", zipped(many), archive.Limits{Unpacked: 5000}, corpus.TooLarge},
		{"many files in a ZIP", zipped(many), archive.Limits{Entries: 19}, corpus.TooLarge},
		{"many files in a TAR", tarred(many), archive.Limits{Entries: 19}, corpus.TooLarge},
		{"as many as may be", tarred(many), archive.Limits{Entries: 20}, ""},
		{"encrypted", encrypted, archive.Limits{}, corpus.Refused},
		{"a ZIP cut off", zipped(sample)[:100], archive.Limits{}, corpus.Malformed},
		{"a TAR cut off", tarred(many)[:2500], archive.Limits{}, corpus.Malformed},
		{"leads out", zipped(map[string]string{"../../etc/passwd": "x"}), archive.Limits{}, corpus.Refused},
		{"leads out of a TAR", tarred(map[string]string{"/etc/passwd": "x"}), archive.Limits{}, corpus.Refused},
		{"leads out by backslashes", zipped(map[string]string{`..\..\boot.ini`: "x"}), archive.Limits{}, corpus.Refused},
		{"leads to a drive", zipped(map[string]string{`C:\boot.ini`: "x"}), archive.Limits{}, corpus.Refused},
	}
	for _, c := range cases {
		if got := reason(c.b, c.l); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLinksAreNoFiles(t *testing.T) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	w.WriteHeader(&tar.Header{Name: "link.txt", Linkname: "/etc/passwd", Typeflag: tar.TypeSymlink})
	w.WriteHeader(&tar.Header{Name: "hard.txt", Linkname: "../x", Typeflag: tar.TypeLink})
	w.Close()
	folder, err := open(b.Bytes(), archive.Limits{})
	if err != nil || folder.Has("link.txt") || folder.Has("hard.txt") {
		t.Errorf("links are taken for files: %v", err)
	}
}

func packed(t *testing.T, c archive.Compression, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	var err error
	switch c {
	case archive.Gzip:
		w = gzip.NewWriter(&b)
	case archive.XZ:
		w, err = xz.NewWriter(&b)
	case archive.Zstd:
		w, err = zstd.NewWriter(&b)
	}
	if err != nil {
		t.Fatal(err)
	}
	w.Write(text)
	w.Close()
	return b.Bytes()
}

func unpack(b []byte, c archive.Compression) ([]byte, error) {
	r, err := archive.Unpack(bytes.NewReader(b), c, archive.Limits{})
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

func TestUnpack(t *testing.T) {
	for _, c := range []archive.Compression{archive.Gzip, archive.XZ, archive.Zstd} {
		good := packed(t, c, []byte("Una nota"))
		if got, err := unpack(good, c); string(got) != "Una nota" || err != nil {
			t.Errorf("%q: got %q, %v", c, got, err)
		}
		_, err := unpack(packed(t, c, make([]byte, 3<<20)), c)
		if f := corpus.FailureOf(err); f == nil || f.Reason != corpus.TooLarge {
			t.Errorf("%q: a bomb gives %v", c, err)
		}
		_, err = unpack(good[:len(good)-5], c)
		if f, ok := errors.AsType[*corpus.Failure](err); !ok || f.Reason != corpus.Malformed {
			t.Errorf("%q: cut off it gives %v", c, err)
		}
	}
	// There is no writer of bzip2 at hand: "hola" as bzip2 -9 packs it.
	b := []byte("BZh91AY&SY\xba\xf6\x1d\x16\x00\x00\x00\x81\x00\x20\x44\xa0\x00\x21\x9a\x68\x33\x4d\x30\xbc\x5d\xc9\x14\xe1\x42\x42\xeb\xd8\x74\x58")
	if got, err := unpack(b, archive.Bzip2); string(got) != "hola" || err != nil {
		t.Errorf("bzip2: got %q, %v", got, err)
	}
}

func FuzzArchive(f *testing.F) {
	f.Add(zipped(sample))
	f.Add(tarred(sample))
	f.Fuzz(func(t *testing.T, b []byte) {
		folder, err := open(b, archive.Limits{File: 1 << 20, Unpacked: 4 << 20})
		if err != nil {
			if _, ok := errors.AsType[*corpus.Failure](err); !ok {
				t.Errorf("%v is no failure", err)
			}
		}
		if folder == nil {
			return
		}
		_ = fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				_, _ = fs.ReadFile(folder, name)
			}
			return nil
		})
	})
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte("\x1f\x8b\x08"), byte(0))
	f.Fuzz(func(t *testing.T, b []byte, kind byte) {
		c := []archive.Compression{archive.Gzip, archive.Bzip2, archive.XZ, archive.Zstd}[kind%4]
		_, _ = unpack(b, c)
	})
}
