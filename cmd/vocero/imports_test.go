package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "vocero"

// layers gives each stage the parts of the house that it may import; cmd may
// import all of them. The longest matching prefix decides.
var layers = map[string][]string{
	"corpus":            {"corpus"},
	"corpus/near":       {"corpus/near"},
	"ingest":            {"corpus", "ingest"},
	"extract":           {"corpus", "extract"},
	"index":             {"corpus", "index"},
	"cmd":               {"corpus", "ingest", "extract", "index", "cmd"},
	"extract/text":      {"corpus", "extract/text"},
	"extract/number":    {"corpus", "extract/number"},
	"extract/gold":      {"corpus", "extract/date", "extract/gold"},
	"extract/wire":      {"corpus", "extract/wire"},
	"extract/money":     {"corpus", "extract/text", "extract/number", "extract/money"},
	"extract/date":      {"corpus", "extract/text", "extract/number", "extract/date"},
	"extract/ner":       {"corpus", "extract/text", "extract/ner"},
	"extract/ner/train": {"corpus", "extract/text", "extract/gold", "extract/ner"},
	"extract/role":      {"corpus", "extract/text", "extract/role"},
	"extract/link":      {"corpus", "extract/text", "extract/link"},
	"index/query":       {"corpus", "index/query", "index/terms", "index/gazetteer"},
	"index/terms":       {"corpus", "index/terms"},
	"index/gazetteer":   {"index/terms", "index/gazetteer"},
}

// owners names the packages that may import each library (and its parts);
// none means that any may.
var owners = map[string][]string{
	"github.com/RoaringBitmap/roaring/":    {"index/bleve"},
	"github.com/blevesearch/bleve":         {"index/bleve", "index/bench"},
	"github.com/blevesearch/scorch":        {"index/bleve"},
	"github.com/blevesearch/snowballstem":  {"index/terms"},
	"go.etcd.io/bbolt":                     {"index/bleve"},
	"modernc.org/sqlite":                   {"corpus/sqlite", "index/bench"},
	"github.com/pressly/goose/":            {"corpus/sqlite"},
	"github.com/klauspost/compress/":       {"corpus/sqlite", "ingest"},
	"github.com/gofrs/flock":               {"corpus/sqlite", "index/bleve"},
	"codeberg.org/readeck/go-readability/": {"ingest/html"},
	"github.com/mmcdole/gofeed":            {"ingest/feed"},
	"github.com/ulikunitz/xz":              {"ingest"},
	"github.com/klippa-app/go-pdfium":      {"ingest/pdf"},
	"github.com/tetratelabs/wazero":        {"ingest/pdf"},
	"github.com/richardlehane/mscfb":       {"ingest/office"},
	"github.com/bojanz/currency":           {"extract/money"},
	"github.com/parquet-go/parquet-go":     {"cmd/internal/export"},
	"github.com/spf13/cobra":               {"cmd/vocero"},
	"github.com/rogpeppe/go-internal/":     {"cmd/vocero", "ingest/crawl/webtest"},
	"code.dny.dev/ssrf":                    {"ingest/crawl/fetch"},
	"github.com/spf13/pflag":               {"cmd/vocero"},
	"golang.org/x/term":                    {"cmd/vocero"},
	"github.com/rivo/uniseg":               {"cmd/vocero"},
	"golang.org/x/net/":                    {"ingest"},
	"go.uber.org/goleak":                   nil,
	"github.com/google/go-cmp/cmp":         nil,
	"github.com/cockroachdb/apd/":          nil,
	"golang.org/x/sync/":                   nil,
	"golang.org/x/text/":                   nil,
}

func TestImportsFollowTheHouse(t *testing.T) {
	packages := listPackages(t)
	if len(packages) < 10 {
		t.Fatalf("go list found %d packages: the rules would hold of nothing", len(packages))
	}
	for _, p := range packages {
		for _, imported := range p.imports {
			if why := forbidden(p.path, imported); why != "" {
				t.Errorf("%s imports %s: %s", p.path, imported, why)
			}
		}
	}
}

func TestImportRulesCatchTrespass(t *testing.T) {
	cases := []struct{ from, to string }{
		{"corpus", module + "/ingest"},
		{"ingest", module + "/extract/text"},
		{"index/bleve", module + "/ingest"},
		{"extract/money", module + "/extract/date"},
		{"extract/text", module + "/extract"},
		{"extract", module + "/cmd/vocero"},
		{"index", "github.com/blevesearch/bleve/v2"},
		{"cmd/vocero", "modernc.org/sqlite"},
		{"corpus", "github.com/some/library"},
	}
	for _, c := range cases {
		if forbidden(c.from, c.to) == "" {
			t.Errorf("%s may import %s: the rule is missing", c.from, c.to)
		}
	}
}

// forbidden says why the package at path (within the module) may not import
// another, or "".
func forbidden(path, imported string) string {
	if inner, ok := strings.CutPrefix(imported, module+"/"); ok {
		for _, allowed := range allowedFor(path) {
			if inner == allowed || strings.HasPrefix(inner, allowed+"/") {
				return ""
			}
		}
		return "it is another stage, a parent or a sibling"
	}
	if !strings.Contains(strings.Split(imported, "/")[0], ".") {
		return "" // the standard library
	}
	for library, who := range owners {
		if !strings.HasPrefix(imported, library) && imported != strings.TrimSuffix(library, "/") {
			continue
		}
		for _, owner := range who {
			if path == owner || strings.HasPrefix(path, owner+"/") {
				return ""
			}
		}
		if len(who) == 0 {
			return ""
		}
		return "only " + strings.Join(who, " and ") + " may"
	}
	return "no rule names this library: add it to owners with the one package that needs it"
}

func allowedFor(path string) []string {
	best := ""
	for prefix := range layers {
		if (path == prefix || strings.HasPrefix(path, prefix+"/")) && len(prefix) > len(best) {
			best = prefix
		}
	}
	return layers[best]
}

type listed struct {
	path    string
	imports []string
}

// listPackages asks the go command, which knows the build's real imports; test
// files may reach further than the code that they test.
func listPackages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", module+"/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []listed
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		packages = append(packages, listed{strings.TrimPrefix(fields[0], module+"/"), fields[1:]})
	}
	slices.SortFunc(packages, func(a, b listed) int { return strings.Compare(a.path, b.path) })
	return packages
}
