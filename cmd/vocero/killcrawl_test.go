package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// newsroomReleases is how many releases TestKilledCrawl's newsroom has; a page
// of its list names newsroomPage of them, and it takes a while to answer.
const (
	newsroomReleases = 60
	newsroomPage     = 6
	answers          = 20 * time.Millisecond
)

// newsroom is a site that counts how often each of its pages was had.
type newsroom struct {
	mu  sync.Mutex
	had map[string]int
}

func (n *newsroom) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.mu.Lock()
	n.had[r.URL.Path]++
	n.mu.Unlock()
	time.Sleep(answers) // so that a crawl lasts
	var i int
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if _, err := fmt.Sscanf(r.URL.Path, "/noticias/el-alcalde-inaugura-el-puente-numero-%d.html", &i); err == nil && i < newsroomReleases {
		fmt.Fprintf(w, `<!doctype html><html lang="es"><title>El alcalde inaugura el puente número %[1]d</title><main><h1>El alcalde inaugura el puente número %[1]d</h1>
<p>El alcalde de Pomacocha, Luis Pardo, inauguró el puente número %[1]d ante los vecinos, que cruzaron por primera vez el río sin esperar a la barca del pueblo.</p>
<p>La obra costó %[1]d millones de euros y fue terminada antes de lo previsto, según dijo el ingeniero %[2]s, al pie del puente nuevo.</p></main>`,
			i, strings.Repeat(string(rune('A'+i%26)), 1+i/26)+"lva Ruiz")
		return
	}
	if r.URL.Path != "/noticias/" {
		if _, err := fmt.Sscanf(r.URL.Path, "/noticias/pagina-%d.html", &i); err != nil {
			http.NotFound(w, r)
			return
		}
		i--
	}
	fmt.Fprint(w, `<!doctype html><html lang="es"><title>Noticias</title><main>`)
	for k := i * newsroomPage; k < min((i+1)*newsroomPage, newsroomReleases); k++ {
		fmt.Fprintf(w, `<h3><a href="/noticias/el-alcalde-inaugura-el-puente-numero-%[1]d.html">El alcalde inaugura el puente número %[1]d</a></h3>`, k)
	}
	if (i+1)*newsroomPage < newsroomReleases {
		fmt.Fprintf(w, `<a rel="next" href="/noticias/pagina-%d.html">Siguiente</a>`, i+2)
	}
	fmt.Fprint(w, `</main>`)
}

// visits are how often each release was had.
func (n *newsroom) visits() (all []int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for i := range newsroomReleases {
		all = append(all, n.had[fmt.Sprintf("/noticias/el-alcalde-inaugura-el-puente-numero-%d.html", i)])
	}
	return all
}

// TestKilledCrawl kills a crawl (SIGKILL) at random moments, and starts it
// again: it goes on where it was, has every release once, and what servers said
// lies whole in the archives.
func TestKilledCrawl(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the program again and again: not with -short")
	}
	vocero := programPath(t)
	crawl := func(folder string, n *newsroom) func() *exec.Cmd {
		server := httptest.NewServer(n)
		t.Cleanup(server.Close)
		return func() *exec.Cmd {
			return exec.Command(vocero, "--data", folder, "ingest", "--allow-private", "--pause", "1ms",
				"--warc", filepath.Join(filepath.Dir(folder), "evidence"), server.URL+"/noticias/")
		}
	}
	calm := filepath.Join(t.TempDir(), "calm")
	undisturbed := &newsroom{had: map[string]int{}}
	begun := time.Now()
	must(t, crawl(calm, undisturbed)())
	whole := time.Since(begun)
	for i, n := range undisturbed.visits() {
		if n != 1 {
			t.Fatalf("release %d was had %d times by a crawl that nobody disturbed", i, n)
		}
	}

	disturbed := filepath.Join(t.TempDir(), "disturbed")
	site := &newsroom{had: map[string]int{}}
	start := crawl(disturbed, site)
	random := rand.New(rand.NewPCG(uint64(begun.UnixNano()), 0))
	stored, killed := 0, 0
	for range *kills {
		c := start()
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(whole / 2)))) // a moment, not a wait for something
		_ = c.Process.Kill()
		if c.Wait() != nil {
			killed++
		}
		n := documents(t, vocero, disturbed)
		if n < stored {
			t.Fatalf("kill %d: %d releases, of %d that were stored before it", killed, n, stored)
		}
		stored = n
		t.Logf("killed with %d of %d releases stored", n, newsroomReleases)
	}
	must(t, start())
	if w, g := stateOf(t, vocero, calm), stateOf(t, vocero, disturbed); w != g || w != (folderState{Documents: newsroomReleases, Versions: newsroomReleases, Indexed: true}) {
		t.Errorf("after %d kills %+v, undisturbed %+v", killed, g, w)
	}
	// Only what was had and not stored yet when the program was killed is had again.
	for i, n := range site.visits() {
		if n < 1 || n > 1+killed {
			t.Errorf("release %d was had %d times, with %d kills", i, n, killed)
		}
	}
	before := site.visits()
	must(t, start())
	if after := site.visits(); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("a crawl that is through has releases again: %v, %v before", after, before)
	}

	archived := filepath.Join(t.TempDir(), "archived") // the last record of a killed program may be cut off
	if out, err := exec.Command(vocero, "--data", archived, "ingest", filepath.Join(filepath.Dir(disturbed), "evidence")).CombinedOutput(); err != nil && !isExit(err, exitSomeFailed) {
		t.Errorf("read the archives: %v: %s", err, out)
	}
	if n := documents(t, vocero, archived); n != newsroomReleases {
		t.Errorf("%d releases in the archives", n)
	}
}

func isExit(err error, code int) bool {
	exit, ok := err.(*exec.ExitError)
	return ok && exit.ExitCode() == code
}

// folderState is what a folder holds.
type folderState struct {
	Documents, Versions, Failures int
	Indexed                       bool
}

func stateOf(t *testing.T, vocero, folder string) (s folderState) {
	t.Helper()
	out := must(t, exec.Command(vocero, "--data", folder, "status", "--json"))
	if err := json.Unmarshal(out, &s); err != nil {
		t.Fatalf("status: %v: %s", err, out)
	}
	return s
}
