package near

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var (
	bulk  = flag.String("bulk", "", "`folder` of releases to measure on")
	joins = flag.String("joins", "", "`file` to write the pairs to that are copies")
	refit = flag.Bool("fit", false, "fit the weights, write weights.tsv and end")
)

// TestBulk measures Copies on a folder of releases, JSON lines in gzip:
//
//	go test ./corpus/near -run Bulk -v -timeout 1h -bulk ../../../shared/data/bulk
//	go test ./corpus/near -run Bulk -v -timeout 1h -bulk … -joins joins.tsv  # and lists what it joins
//	go test ./corpus/near -run Bulk -v -timeout 1h -bulk … -fit              # fits weights.tsv anew
//
// Weights are fitted on one half of the releases, by a hash of their IDs, and
// figures are those of the other half.
func TestBulk(t *testing.T) {
	if *bulk == "" {
		t.Skip("measures on a folder of releases: name it with -bulk")
	}
	all := readBulk(t, *bulk)
	if *refit {
		fitWeights(t, all)
		return
	}
	measureRecall(t, all)
	measureJoins(t, all)
}

// item is a release of the folder.
type item struct {
	id, title, text string
	read            *Text
}

// judged says whether figures are taken of a release; of the others weights are fitted.
func (i *item) judged() bool { return crc32.ChecksumIEEE([]byte(i.id))%2 == 1 }

func readBulk(t *testing.T, folder string) []item {
	files, err := filepath.Glob(filepath.Join(folder, "*.jsonl.gz"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s holds no .jsonl.gz: %v", folder, err)
	}
	var all []item
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(z)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			var d struct{ ID, Title, Text string }
			if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(strings.TrimSpace(d.Text), d.Title) { // as ingest puts them together
				d.Text = d.Title + "\n\n" + d.Text
			}
			all = append(all, item{d.ID, d.Title, d.Text, Read(d.Text)})
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	return all
}

// editor makes copies of releases.
type editor struct {
	r     *rand.Rand
	words []string // to put in, of many releases
	all   []item
}

func newEditor(all []item) *editor {
	e := &editor{r: rand.New(rand.NewPCG(5, 17)), all: all}
	for range 400 {
		e.words = append(e.words, strings.Fields(all[e.r.IntN(len(all))].text)...)
	}
	return e
}

// The ways in which an editor changes words.
const (
	substitute = iota
	remove
	insert
	mixed
)

var waysNamed = [...]string{"other words", "words left out", "words put in", "all three"}

// edit changes a share of the words of a text.
func (e *editor) edit(text string, share float64, way int) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		for i, w := range strings.Fields(line) {
			if i > 0 {
				b.WriteByte(' ')
			}
			if e.r.Float64() >= share {
				b.WriteString(w)
				continue
			}
			how := way
			if how == mixed {
				how = e.r.IntN(mixed)
			}
			other := e.words[e.r.IntN(len(e.words))]
			switch how {
			case substitute:
				b.WriteString(other)
			case insert:
				b.WriteString(w + " " + other)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// boilerplate is the last paragraph of some release.
func (e *editor) boilerplate() string {
	const most = 80 // words
	lines := strings.Split(strings.TrimSpace(e.all[e.r.IntN(len(e.all))].text), "\n")
	words := strings.Fields(lines[len(lines)-1])
	return strings.Join(words[:min(most, len(words))], " ")
}

func (e *editor) headline(text string) string {
	_, rest, _ := strings.Cut(text, "\n")
	return e.all[e.r.IntN(len(e.all))].title + "\n" + rest
}

// found says whether a store finds two texts to be copies: by a band, and by
// comparison.
func found(a, b *Text) bool {
	if a.hash == b.hash {
		return true
	}
	keys := a.Bands()
	return slices.ContainsFunc(b.Bands(), func(k int64) bool { return slices.Contains(keys, k) }) && Copies(a, b)
}

func measureRecall(t *testing.T, all []item) {
	e := newEditor(all)
	var judged []*item
	for i := range all {
		if all[i].judged() {
			judged = append(judged, &all[i])
		}
	}
	e.r.Shuffle(len(judged), func(i, j int) { judged[i], judged[j] = judged[j], judged[i] })
	const sample = 1500
	judged = judged[:min(sample, len(judged))]
	recall := func(change func(text string) string) float64 {
		n := 0
		for _, it := range judged {
			if found(it.read, Read(change(it.text))) {
				n++
			}
		}
		return float64(n) / float64(len(judged))
	}
	t.Logf("recall on %d releases", len(judged))
	t.Logf("%-28s %6s %6s %6s %6s %6s", "words changed", "2 %", "5 %", "10 %", "15 %", "20 %")
	for way, name := range waysNamed {
		line := fmt.Sprintf("%-28s", name)
		for _, share := range []float64{.02, .05, .10, .15, .20} {
			got := recall(func(text string) string { return e.edit(text, share, way) })
			line += fmt.Sprintf(" %6.3f", got)
			if share == .10 && got < .98 {
				t.Errorf("recall at 10 %%, %s: %.4f", name, got)
			}
		}
		t.Log(line)
	}
	for _, c := range []struct {
		name   string
		change func(string) string
	}{
		{"boilerplate added", func(s string) string { return s + "\n" + e.boilerplate() }},
		{"… before and after", func(s string) string { return e.boilerplate() + "\n" + s + "\n" + e.boilerplate() }},
		{"another headline", e.headline},
		{"… and boilerplate", func(s string) string { return e.headline(s) + "\n" + e.boilerplate() }},
		{"… and 10 % all three", func(s string) string { return e.edit(e.headline(s)+"\n"+e.boilerplate(), .1, mixed) }},
		{"upper case", strings.ToUpper},
	} {
		t.Logf("%-28s %6.3f", c.name, recall(c.change))
	}
}

// measureJoins compares all releases that share a band, as a store does but
// without its bounds, and counts and lists those that are copies.
func measureJoins(t *testing.T, all []item) {
	buckets := make(map[int64][]int32)
	exact := make(map[Hash]int)
	for i := range all {
		if exact[all[i].read.hash]++; exact[all[i].read.hash] > 1 {
			continue // the first stands for all with its words
		}
		for _, k := range all[i].read.Bands() {
			buckets[k] = append(buckets[k], int32(i))
		}
	}
	type join struct {
		a, b *item
		l    *likeness
	}
	var made []join
	compared := make(map[[2]int32]bool)
	for _, in := range buckets {
		for i := range in {
			for j := range in[:i] {
				pair := [2]int32{in[j], in[i]}
				if compared[pair] {
					continue
				}
				compared[pair] = true
				if a, b := &all[in[j]], &all[in[i]]; Copies(a.read, b.read) {
					made = append(made, join{a, b, measure(a.read, b.read, a.read.cover(b.read), b.read.cover(a.read))})
				}
			}
		}
	}
	same := 0
	for _, n := range exact {
		same += n - 1
	}
	t.Logf("%d releases: %d have the words of another, %d pairs compared, %d of them copies", len(all), same, len(compared), len(made))
	if *joins == "" {
		return
	}
	slices.SortFunc(made, func(a, b join) int { return cmp.Or(cmp.Compare(a.l.jaccard, b.l.jaccard), cmp.Compare(a.a.id, b.a.id)) })
	var b strings.Builder
	for _, m := range made {
		fmt.Fprintf(&b, "%.3f\t%d/%d\t%s\t%s\t%s\t%s\n", m.l.jaccard, m.l.both.lost(), m.l.both.all(), m.a.id, m.b.id, m.a.title, m.b.title)
	}
	if err := os.WriteFile(*joins, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
