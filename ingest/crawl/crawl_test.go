package crawl_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"vocero/corpus"
	"vocero/corpus/storetest"
	"vocero/ingest/crawl"
	"vocero/ingest/crawl/fetch"
	"vocero/ingest/crawl/webtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestMemory(t *testing.T) {
	storetest.RunFrontier(t, func(*testing.T) corpus.Frontier { return &crawl.Memory{} })
}

// room is a crawl's surroundings: an internet and a frontier.
type room struct {
	t        *testing.T
	web      *webtest.Internet
	frontier corpus.Frontier
	events   []crawl.Event
}

// inRoom runs a test in a bubble whose clock jumps, with the sites of a file.
func inRoom(t *testing.T, file string, test func(*room)) {
	b, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		test(&room{t: t, web: webtest.Parse(b), frontier: &crawl.Memory{}})
	})
}

func (r *room) crawl(o crawl.Options) *crawl.Crawl {
	r.t.Helper()
	o.Fetcher, o.Frontier = fetch.New(fetch.Options{Transport: r.web}), r.frontier
	r.events = nil
	o.See = func(e crawl.Event) { r.events = append(r.events, e) }
	c, err := crawl.New(o)
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

// run crawls until nothing is due, and stores all of it.
func (r *room) run(o crawl.Options) (raws []corpus.Raw, faults []string, report crawl.Report) {
	r.t.Helper()
	c := r.crawl(o)
	for raw, err := range c.Releases(r.t.Context()) {
		if err != nil {
			faults = append(faults, path.Base(raw.URL)+": "+err.Error())
		} else {
			raws = append(raws, raw)
		}
		if err := c.Stored(r.t.Context(), []corpus.Raw{raw}); err != nil {
			r.t.Error(err)
		}
	}
	if err := c.Finish(r.t.Context(), true); err != nil {
		r.t.Error(err)
	}
	return raws, faults, c.Report()
}

// names are the last segments of addresses, sorted.
func names(raws []corpus.Raw) []string {
	var out []string
	for _, r := range raws {
		out = append(out, path.Base(r.URL))
	}
	slices.Sort(out)
	return out
}

func (r *room) why(address string) string {
	why := ""
	for _, e := range r.events {
		if e.URL == address {
			why = strings.TrimSuffix(string(e.What)+": "+e.Why, ": ")
		}
	}
	return why
}

var slugs = []string{"abre-el-museo-del-agua", "capacitan-a-maestros-de-puno", "entregan-viviendas-en-ayacucho", "firman-convenio-con-junin",
	"inauguran-puente-sobre-el-mantaro", "lanzan-plan-de-riego-andino", "reabren-la-biblioteca-central", "vacunan-a-ninos-de-loreto"}

func TestList(t *testing.T) {
	inRoom(t, "list.txtar", func(r *room) {
		raws, faults, report := r.run(crawl.Options{Start: "https://lista.example/noticias", Source: "s"})
		if got := names(raws); !slices.Equal(got, slugs) {
			t.Errorf("took %q", got)
		}
		if len(faults) != 1 || !strings.Contains(faults[0], "robots.txt") {
			t.Errorf("faults %q", faults)
		}
		if report.Kind != "section" || report.Named != 4 || report.Releases != 8 || raws[0].Source != "s" {
			t.Errorf("%+v", report)
		}
		for address, why := range map[string]string{
			"https://lista.example/noticias/calendario/2031/05":                      "passed over: a calendar's page",
			"https://otro.example/una-nota-de-otro-sitio":                            "passed over: another site",
			"https://lista.example/etiquetas/agua":                                   "passed over: a page of another kind",
			"https://lista.example/ministerio/organigrama-del-ministerio-de-cultura": "passed over: not below the section",
			"https://lista.example/noticias?page=1":                                  "read",
			"https://lista.example/noticias/abre-el-museo-del-agua":                  "release",
			"https://lista.example/privado/nota-que-nadie-debe-leer":                 "failed: refused: robots.txt of lista.example does not allow it",
			"https://lista.example/sitemap.xml":                                      "failed: unreadable: the server answered 404 Not Found",
		} {
			if got := r.why(address); got != why {
				t.Errorf("%s: %q, want %q", address, got, why)
			}
		}

		// The next run looks at the start and takes what is new.
		r.web.Requests()
		r.web.Set("https://lista.example/noticias", `<h3><a href="/noticias/nueva-nota-del-ministerio-hoy">Nueva nota del ministerio hoy</a></h3><h3><a href="/noticias/abre-el-museo-del-agua">Abre el museo del agua</a></h3><a href="?page=1">2</a>`)
		r.web.Set("https://lista.example/noticias/nueva-nota-del-ministerio-hoy", "<h1>Nueva</h1>"+strings.Repeat("<p>"+strings.Repeat("La ministra abrió el museo. ", 9)+"</p>", 5))
		raws, _, _ = r.run(crawl.Options{Start: "https://lista.example/noticias"})
		if got := names(raws); !slices.Equal(got, []string{"nueva-nota-del-ministerio-hoy"}) {
			t.Errorf("then took %q", got)
		}
		want := []string{"https://lista.example/robots.txt", "https://lista.example/noticias", "https://lista.example/noticias/nueva-nota-del-ministerio-hoy", "https://lista.example/noticias?page=1"}
		if got := r.web.Requests(); !slices.Equal(got, want) {
			t.Errorf("asked for\n%q, want\n%q", got, want)
		}

		// Days later, what is known is asked for again, and a change is seen.
		time.Sleep(25 * time.Hour)
		r.web.Set("https://lista.example/noticias/firman-convenio-con-junin", "<h1>Corregida</h1>"+strings.Repeat("<p>"+strings.Repeat("La ministra corrigió la nota. ", 9)+"</p>", 5))
		raws, _, report = r.run(crawl.Options{Start: "https://lista.example/noticias"})
		if got := names(raws); !slices.Equal(got, []string{"firman-convenio-con-junin"}) || report.Unmodified != 8 {
			t.Errorf("after a day took %q, %+v", got, report)
		}
	})
}

func TestFeed(t *testing.T) {
	inRoom(t, "feed.txtar", func(r *room) {
		raws, faults, report := r.run(crawl.Options{Start: "https://feed.example/sala-de-prensa"})
		want := []string{"abre-el-museo-del-agua", "capacitan-a-maestros-de-puno", "entregan-viviendas-en-ayacucho", "firman-convenio-con-junin", "inauguran-puente-sobre-el-mantaro", "vacunan-a-ninos-de-loreto"}
		if got := names(raws); !slices.Equal(got, want) || len(faults) > 0 {
			t.Errorf("took %q, %q", got, faults)
		}
		if report.Kind != "section" || report.Named != 3+4 {
			t.Errorf("%+v", report)
		}
		for _, raw := range raws {
			switch path.Base(raw.URL) {
			case "abre-el-museo-del-agua": // the canonical address, believed as it is of the same page
				if raw.URL != "https://www.feed.example/nota/abre-el-museo-del-agua/" || raw.Given.Title != "Abre el museo del agua" || raw.Given.Published != "2024-05-17" || raw.Given.Publisher != "" {
					t.Errorf("%+v", raw)
				}
			case "vacunan-a-ninos-de-loreto":
				if raw.Via != "feed" {
					t.Errorf("%+v", raw)
				}
			}
		}
		for address, why := range map[string]string{
			"https://feed.example/comments/feed/":                         "passed over: a feed of comments",
			"https://feed.example/tienda/compre-nuestras-camisetas-ahora": "passed over: not of the section",
			"https://feed.example/sala-de-prensa?page=2":                  "passed over: a feed or sitemap names the releases",
		} {
			if got := r.why(address); got != why {
				t.Errorf("%s: %q, want %q", address, got, why)
			}
		}
		r.web.Requests()
		raws, _, report = r.run(crawl.Options{Start: "https://feed.example/sala-de-prensa"})
		if len(raws) != 0 || report.Named != 7 {
			t.Errorf("an unchanged feed gives %q, %+v", names(raws), report)
		}
	})
	inRoom(t, "feed.txtar", func(r *room) { // the feed itself
		raws, _, report := r.run(crawl.Options{Start: "https://feed.example/feed/", Exclude: []string{"/tienda/*"}})
		if report.Kind != "feed" || len(raws) != 6 {
			t.Errorf("%+v, %q", report, names(raws))
		}
	})
}

func TestSitemap(t *testing.T) {
	inRoom(t, "sitemap.txtar", func(r *room) {
		raws, faults, report := r.run(crawl.Options{Start: "https://mapa.example/noticias/"})
		if got := names(raws); !slices.Equal(got, slugs) || report.Named != 3+9 {
			t.Errorf("took %q, %+v", got, report)
		}
		if len(faults) != 1 || !strings.HasPrefix(faults[0], "se-fue-la-nota: unreadable: the server answered 404") {
			t.Errorf("faults %q", faults)
		}
		for address, why := range map[string]string{
			"https://otro.example/mapa.xml":                        "passed over: a sitemap too deep, or of another site",
			"https://mapa.example/tienda/camisetas-de-la-ministra": "passed over: not of the section",
			"https://mapa.example/noticias/etiquetas/agua":         "passed over: a page of another kind",
			"https://mapa.example/noticias?page=2":                 "",
		} {
			if got := r.why(address); got != why {
				t.Errorf("%s: %q, want %q", address, got, why)
			}
		}
		_, _, report = r.run(crawl.Options{Start: "https://mapa.example/noticias/"})
		if report.Named != 3+9 {
			t.Errorf("a sitemap that has not changed names %d", report.Named)
		}
	})
	inRoom(t, "sitemap.txtar", func(r *room) { // the sitemap itself
		raws, _, report := r.run(crawl.Options{Start: "https://mapa.example/indice.xml", Include: []string{"/noticias/*"}})
		if got := names(raws); report.Kind != "sitemap" || !slices.Equal(got, slugs) {
			t.Errorf("%+v, %q", report, got)
		}
	})
}

func TestOnePage(t *testing.T) {
	inRoom(t, "list.txtar", func(r *room) {
		raws, _, report := r.run(crawl.Options{Start: "https://lista.example/noticias/abre-el-museo-del-agua"})
		if len(raws) != 1 || report.Kind != "page" || report.Fetched != 1 {
			t.Errorf("%q, %+v", names(raws), report)
		}
		_, faults, _ := r.run(crawl.Options{Start: "https://lista.example/nada"})
		if len(faults) != 1 {
			t.Errorf("a start that is not there: %q", faults)
		}
		r.web.Set("https://lista.example/doc", "%PDF-1.7 nota")
		raws, _, _ = r.run(crawl.Options{Start: "https://lista.example/doc"})
		if len(raws) != 1 || string(raws[0].Bytes) != "%PDF-1.7 nota" {
			t.Errorf("a PDF: %+v", raws)
		}
	})
}

// Killed after any release, a crawl goes on: nothing is lost, and what was
// stored is not fetched again.
func TestKilled(t *testing.T) {
	for kill := range 9 {
		inRoom(t, "list.txtar", func(r *room) {
			stored := map[string]int{}
			run := func(stop int) {
				ctx, cancel := context.WithCancel(r.t.Context())
				defer cancel()
				c := r.crawl(crawl.Options{Start: "https://lista.example/noticias"})
				for raw, err := range c.Releases(ctx) {
					if stop--; stop == 0 {
						return // this one is not stored any more, and Finish is not called
					}
					if err == nil {
						stored[path.Base(raw.URL)]++
					}
					if err := c.Stored(ctx, []corpus.Raw{raw}); err != nil {
						t.Error(err)
					}
				}
				if err := c.Finish(ctx, true); err != nil {
					t.Error(err)
				}
			}
			run(kill + 1)
			run(0)
			for _, slug := range slugs {
				if stored[slug] != 1 {
					t.Errorf("killed after %d: %s was stored %d times", kill, slug, stored[slug])
				}
			}
		})
	}
}

// What has no end is left: pages of a list that go on for ever, calendars,
// addresses that grow, redirects to lists.
func TestTraps(t *testing.T) {
	inRoom(t, "list.txtar", func(r *room) {
		n := 0
		endless := http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			n++
			page := 0
			fmt.Sscan(q.URL.Query().Get("page"), &page)
			fmt.Fprintf(w, `<h1>Noticias</h1><h3><a href="/noticias/la-unica-nota-del-ministerio">La única nota del ministerio</a></h3>
				<a href="%s/mas/mas">Más</a><a href="?page=%d">%d</a>`, q.URL.Path, page+1, page+2)
		})
		for i := range 100 {
			r.web.Handle(fmt.Sprintf("https://sinfin.example/noticias?page=%d", i), endless)
		}
		r.web.Handle("https://sinfin.example/noticias", endless)
		for i := range 20 {
			r.web.Handle("https://sinfin.example/noticias"+strings.Repeat("/mas", i), endless)
		}
		_, _, report := r.run(crawl.Options{Start: "https://sinfin.example/noticias"})
		if n > 12 || report.Fetched > 15 {
			t.Errorf("%d lists were read, %+v", n, report)
		}

		grows := 0
		r.web.Handle("https://crece.example/noticias", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			for i := range 300 {
				fmt.Fprintf(w, `<h3><a href="/noticias/la-nota-numero-%d-del-ministerio">La nota número %d del ministerio</a></h3>`, i, i)
			}
		}))
		for i := range 300 {
			r.web.Handle(fmt.Sprintf("https://crece.example/noticias/la-nota-numero-%d-del-ministerio", i), http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				grows++
				fmt.Fprint(w, strings.Repeat("<p>"+strings.Repeat("La ministra abrió el museo. ", 9)+"</p>", 5))
			}))
		}
		_, _, report = r.run(crawl.Options{Start: "https://crece.example/noticias", MaxPages: 50})
		if report.Fetched != 50 || !report.More {
			t.Errorf("%+v", report)
		}
		before := grows
		_, _, report = r.run(crawl.Options{Start: "https://crece.example/noticias", MaxPages: 1000})
		if report.More || grows != 300 || before > 50 {
			t.Errorf("%d fetched, then %d, %+v", before, grows, report)
		}
	})
}

// A host that wants to be left alone is: what waits for it is due later.
func TestBusyHost(t *testing.T) {
	inRoom(t, "list.txtar", func(r *room) {
		r.web.Handle("https://lista.example/noticias/firman-convenio-con-junin", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(http.StatusServiceUnavailable)
		}))
		began := time.Now()
		first, _, report := r.run(crawl.Options{Start: "https://lista.example/noticias"})
		if report.Later == 0 || time.Since(began) > time.Hour {
			t.Errorf("%+v after %v", report, time.Since(began))
		}
		r.web.Set("https://lista.example/noticias/firman-convenio-con-junin", strings.Repeat("<p>"+strings.Repeat("La ministra abrió el museo. ", 9)+"</p>", 5))
		time.Sleep(3 * time.Hour)
		then, _, _ := r.run(crawl.Options{Start: "https://lista.example/noticias"})
		if got := names(append(first, then...)); !slices.Equal(got, slugs) {
			t.Errorf("took %q", got)
		}
	})
}

func TestCanceled(t *testing.T) {
	inRoom(t, "list.txtar", func(r *room) {
		ctx, cancel := context.WithTimeout(r.t.Context(), 3*time.Second)
		defer cancel()
		c := r.crawl(crawl.Options{Start: "https://lista.example/noticias"})
		n := 0
		for range c.Releases(ctx) {
			n++
		}
		if n > 3 {
			t.Errorf("%d releases after it was canceled", n)
		}
	})
}

// broken is a frontier whose disk is full.
type broken struct{ crawl.Memory }

func (*broken) PutVisits(context.Context, string, []corpus.Visit) error {
	return errors.New("disk full")
}

func TestBrokenFrontier(t *testing.T) {
	inRoom(t, "list.txtar", func(r *room) {
		r.frontier = &broken{}
		c := r.crawl(crawl.Options{Start: "https://lista.example/noticias"})
		for range c.Releases(r.t.Context()) {
			t.Error("a release without a frontier")
		}
		if err := c.Finish(r.t.Context(), true); err == nil {
			t.Error("a broken frontier is not said")
		}
	})
}

func TestNoAddress(t *testing.T) {
	if _, err := crawl.New(crawl.Options{Start: "ftp://m.example"}); err == nil {
		t.Error("an address that cannot be crawled is taken")
	}
}

// A store that lags behind makes no difference.
func TestStoredBehind(t *testing.T) {
	inRoom(t, "list.txtar", func(r *room) {
		var list strings.Builder
		for i := range 300 {
			address := fmt.Sprintf("https://lenta.example/noticias/la-nota-numero-%d-del-ministerio", i)
			fmt.Fprintf(&list, `<h3><a href="%s">La nota número %d del ministerio</a></h3>`, address, i)
			r.web.Set(address, strings.Repeat("<p>"+strings.Repeat("La ministra abrió el museo. ", 9)+"</p>", 5))
		}
		r.web.Set("https://lenta.example/noticias", list.String())
		c := r.crawl(crawl.Options{Start: "https://lenta.example/noticias"})
		queue := make(chan corpus.Raw, 100)
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			var batch []corpus.Raw
			for raw := range queue {
				if batch = append(batch, raw); len(batch) == 7 {
					time.Sleep(9 * time.Second)
					if err := c.Stored(r.t.Context(), batch); err != nil {
						t.Error(err)
					}
					batch = nil
				}
			}
		}()
		n := 0
		for raw := range c.Releases(r.t.Context()) {
			n++
			queue <- raw
		}
		close(queue)
		<-ended
		if err := c.Finish(r.t.Context(), true); err != nil || n != 300 {
			t.Errorf("%d releases, %v", n, err)
		}
	})
}
