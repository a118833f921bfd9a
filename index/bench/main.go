// Command bench measures the index against its peers, over releases made of
// those in ../shared/data/bulk, repeated with changed ids, in one run:
//
//	go run ./index/bench                             100,000 releases, all peers
//	go run ./index/bench -folder F                   the same, kept in F and not built again the next time
//	go run ./index/bench -n 1000000 -peers vocero    a million, the index alone
//	go run ./index/bench -rank ../shared/data/releases    the ranking, by testdata/judgements.txt
//
// The peers are bleve as a careful user sets it up (static mapping, a field for
// each language, keyword facets with columns), bleve by its defaults, and
// SQLite's FTS5 with a table of facet values beside it. All hold the same
// documents, names, amounts and dates, in batches of the same size, and give
// the exact total and the ten best hits of each query; vocero alone also holds
// roles, facts and sentences.
//
// Times are of the processor, not the clock, so that a busy machine changes
// them little; it prints each figure beside what is aimed at.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	n := flag.Int("n", 100_000, "releases")
	data := flag.String("data", "../shared/data/bulk", "folder of *.jsonl.gz with releases")
	profile := flag.String("cpuprofile", "", "file to write a profile of the processor to")
	peers := flag.String("peers", "vocero,tuned,defaults,fts5", "what to measure")
	rank := flag.String("rank", "", "folder of releases: measure the ranking by the judgements instead")
	folder := flag.String("folder", "", "where the indexes are built and kept, to be asked again without building; a temporary folder if empty")
	only := flag.String("classes", "", "the classes of questions to ask, with commas; all if empty")
	flag.Parse()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(2)
		}
		defer f.Close()
		defer pprof.StopCPUProfile()
	}
	if err := run(context.Background(), *n, *data, *rank, strings.Split(*peers, ","), *folder, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
}

// engine is one of the peers.
type engine interface {
	// put adds documents, durably.
	put(ctx context.Context, batch []release) error
	// search returns the exact total of a query, having read its ten best hits
	// and the facets that it asks for.
	search(ctx context.Context, q question) (int, error)
	// top returns the IDs of its ten best hits.
	top(ctx context.Context, q question) ([]string, error)
	close() error
}

// engines makes each peer in an empty folder.
var engines = map[string]func(folder string) (engine, error){
	"vocero":   newVocero,
	"tuned":    newTuned,
	"defaults": newDefaults,
	"fts5":     newFTS,
}

func run(ctx context.Context, n int, data, rank string, peers []string, folder, only string) (err error) {
	for _, name := range peers {
		if engines[name] == nil {
			return fmt.Errorf("there is no peer %q", name)
		}
	}
	kept := folder != ""
	if !kept {
		if folder, err = os.MkdirTemp("", "bench-"); err != nil {
			return err
		}
		defer os.RemoveAll(folder)
	}
	if rank != "" {
		return ranking(ctx, os.Stdout, folder, rank, peers)
	}
	releases, err := read(data)
	if err != nil {
		return err
	}
	asked := classes()
	if only != "" {
		asked = slices.DeleteFunc(asked, func(c class) bool { return !slices.Contains(strings.Split(only, ","), c.name) })
	}
	results := make(map[string]*result)
	for _, name := range peers {
		if results[name], err = measure(ctx, engines[name], filepath.Join(folder, name), releases, n, asked); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprintf(os.Stderr, "%s done\n", name)
		if kept {
			continue
		}
		if err := os.RemoveAll(filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	report(peers, results, n, asked)
	return nil
}

// result is what was measured of one peer.
type result struct {
	indexing  time.Duration // of the processor; 0 if it was built before
	wall      time.Duration
	bytes     int64 // of the index
	textBytes int64
	classes   map[string]timing
	rss       int64         // after all queries
	visible   time.Duration // from put to found
}

// timing is that of one class of questions.
type timing struct {
	mean, p95 time.Duration // of the processor by question; p95 by the clock
	total     int           // hits of all its questions, to compare
}

const batchSize = 500

func measure(ctx context.Context, open func(string) (engine, error), folder string, releases []release, n int, asked []class) (*result, error) {
	r := &result{classes: make(map[string]timing), textBytes: textBytes(releases, n)}
	_, missing := os.Stat(filepath.Join(folder, built))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	e, err := open(folder)
	if err != nil {
		return nil, err
	}
	if missing != nil {
		if err := build(ctx, e, r, releases, n, folder); err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(folder, built), nil, 0o600); err != nil {
			return nil, err
		}
	}
	r.bytes = size(folder)
	for _, class := range asked {
		if r.classes[class.name], err = ask(ctx, e, class); err != nil {
			return nil, fmt.Errorf("%s: %w", class.name, err)
		}
	}
	r.rss = resident()
	if r.visible, err = visible(ctx, e, releases); err != nil {
		return nil, err
	}
	return r, e.close()
}

// built is a file that marks an index as whole.
const built = "BUILT"

// build puts n releases, and says what that took.
func build(ctx context.Context, e engine, r *result, releases []release, n int, folder string) error {
	start, clock, making := cpu(), time.Now(), time.Duration(0)
	for first := 0; first < n; first += batchSize {
		batch, took := made(releases, first, min(first+batchSize, n))
		making += took
		if err := e.put(ctx, batch); err != nil {
			return err
		}
	}
	settle(folder)
	r.indexing, r.wall = cpu()-start-making, time.Since(clock)
	return nil
}

// textBytes adds up the texts of n releases.
func textBytes(releases []release, n int) (sum int64) {
	for i := range n {
		sum += int64(len(releases[i%len(releases)].Document.Text))
	}
	return sum
}

// made makes a batch, and says how much of the processor that took, which is
// no part of indexing it.
func made(releases []release, first, end int) ([]release, time.Duration) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	start := used(threadUsage)
	batch := repeated(releases, first, end)
	return batch, used(threadUsage) - start
}

// threadUsage is Linux's RUSAGE_THREAD.
const threadUsage = 1

// settle waits until merges in the background leave the folder alone.
func settle(folder string) {
	for last := int64(-1); ; {
		now := size(folder)
		if now == last {
			return
		}
		last = now
		time.Sleep(2 * time.Second)
	}
}

// ask asks each question once to warm up and then over and over.
func ask(ctx context.Context, e engine, c class) (timing, error) {
	var t timing
	for _, q := range c.questions {
		found, err := e.search(ctx, q)
		if err != nil {
			return t, fmt.Errorf("%s: %w", q.text, err)
		}
		t.total += found
	}
	runtime.GC()
	var all []time.Duration
	start := cpu()
	for round := 0; round < 3 || cpu()-start < 2*time.Second && round < 100; round++ {
		for _, q := range c.questions {
			clock := time.Now()
			if _, err := e.search(ctx, q); err != nil {
				return t, err
			}
			all = append(all, time.Since(clock))
		}
	}
	t.mean = (cpu() - start) / time.Duration(len(all))
	slices.Sort(all)
	t.p95 = all[len(all)*95/100]
	return t, nil
}

// visible measures how long a release takes from put until it is found.
func visible(ctx context.Context, e engine, releases []release) (time.Duration, error) {
	r := repeated(releases, 0, 1)
	never := strings.Map(func(digit rune) rune { return 'a' + digit - '0' }, fmt.Sprint(time.Now().UnixNano()))
	r[0].Document.ID, r[0].Document.Text = "last."+never, never+" aparece."
	start := time.Now()
	if err := e.put(ctx, r); err != nil {
		return 0, err
	}
	for {
		found, err := e.search(ctx, question{text: never, words: []string{never}, how: term})
		if err != nil || found > 0 {
			return time.Since(start), err
		}
		if time.Since(start) > time.Minute {
			return 0, fmt.Errorf("not found a minute after it was put")
		}
	}
}

// cpu returns the processor time that this process used.
func cpu() time.Duration { return used(syscall.RUSAGE_SELF) }

func used(who int) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(who, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// resident returns the memory of the process that isn't file pages.
func resident() int64 {
	debug.FreeOSMemory()
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	var kb, sum int64
	for line := range strings.Lines(string(b)) {
		for _, name := range []string{"RssAnon:", "RssShmem:"} {
			if rest, ok := strings.CutPrefix(line, name); ok {
				if _, err := fmt.Sscan(rest, &kb); err == nil {
					sum += kb << 10
				}
			}
		}
	}
	return sum
}

// size adds up the files under folder.
func size(folder string) int64 {
	var sum int64
	_ = filepath.WalkDir(folder, func(_ string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil
		}
		if info, err := entry.Info(); err == nil {
			sum += info.Size()
		}
		return nil
	})
	return sum
}
