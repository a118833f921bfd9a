package feed_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vocero/ingest/feed"
)

var rss = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Sala de prensa &amp;amp; más</title><link>https://m.example/noticias</link><language>es-PE</language>
<generator>https://wordpress.org/?v=6.5</generator>
<item><title>Abre el &lt;museo&gt;</title><link>/nota/1?utm_source=rss</link><pubDate>Fri, 17 May 2024 10:00:00 -0500</pubDate><description>Abre</description></item>
<item><title>Entera</title><guid>https://m.example/nota/2</guid><content:encoded><![CDATA[<p>` + long + `</p>]]></content:encoded></item>
<item><title>Cortada</title><link>https://m.example/nota/3</link><content:encoded><![CDATA[<p>` + long + ` [&#8230;]</p>]]></content:encoded></item>
<item><title>Con enlace</title><link>https://m.example/nota/4</link><content:encoded><![CDATA[<p>` + long + `</p><a href="/nota/4">Leer más →</a>]]></content:encoded></item>
</channel></rss>`

var long = strings.Repeat("La ministra abrió el museo ante los vecinos. ", 20)

func TestRSS(t *testing.T) {
	f, err := feed.Parse([]byte(rss), "https://m.example/feed/?x=1")
	if err != nil {
		t.Fatal(err)
	}
	if f.Title != "Sala de prensa & más" || f.Site != "https://m.example/noticias" || f.Next != "https://m.example/feed/?paged=2&x=1" || len(f.Entries) != 4 {
		t.Fatalf("%+v", f)
	}
	e := f.Entries[0]
	if e.URL != "https://m.example/nota/1?utm_source=rss" || e.Given.Published != "2024-05-17" || e.Given.Lang != "es" || e.Given.Title != "Abre el <museo>" || e.Content != "" {
		t.Errorf("%+v", e)
	}
	if e := f.Entries[1]; e.URL != "https://m.example/nota/2" || !strings.Contains(e.Content, "vecinos") {
		t.Errorf("%+v", e)
	}
	for _, e := range f.Entries[2:] {
		if e.Content != "" {
			t.Errorf("%s is taken for whole", e.Given.Title)
		}
	}
	if f, err = feed.Parse([]byte(rss), f.Next); err != nil || f.Next != "https://m.example/feed/?paged=3&x=1" {
		t.Errorf("%q, %v", f.Next, err)
	}
}

func TestPages(t *testing.T) {
	for name, text := range map[string]string{
		"atom": `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><link rel="next" href="/f?p=2"/><entry><title>a</title><link href="/a"/></entry></feed>`,
		"rss":  `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="next" href="https://m.example/f?p=2"/><item><link>/a</link></item></channel></rss>`,
		"json": `{"version":"https://jsonfeed.org/version/1.1","title":"x","next_url":"https://m.example/f?p=2","items":[{"id":"1","url":"https://m.example/a","title":"a"}]}`,
	} {
		if !feed.Is([]byte(text)) {
			t.Errorf("%s is not known for a feed", name)
		}
		f, err := feed.Parse([]byte(text), "https://m.example/f")
		if err != nil || f.Next != "https://m.example/f?p=2" || len(f.Entries) != 1 || f.Entries[0].URL != "https://m.example/a" {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
	}
}

func TestSavedFeeds(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/data/feeds/*.xml")
	if len(files) == 0 {
		t.Skip("the saved feeds are not there")
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !feed.Is(b) {
			continue // a sitemap
		}
		f, err := feed.Parse(b, "https://saved.example/feed")
		if err != nil || len(f.Entries) == 0 {
			t.Errorf("%s: %d entries, %v", filepath.Base(name), len(f.Entries), err)
		}
		for _, e := range f.Entries {
			if e.URL == "" || e.Given.Title == "" {
				t.Errorf("%s: %+v", filepath.Base(name), e)
				break
			}
		}
	}
}

func TestIs(t *testing.T) {
	for text, want := range map[string]bool{"<html><rss>": false, `{"items":[]}`: false, "": false, "<?xml version='1.0'?>\n<RDF:rdf>": true} {
		if got := feed.Is([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(rss))
	f.Add([]byte(`<feed><entry><link href="a"/><updated>2024</updated></entry></feed>`))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"url":1}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		parsed, err := feed.Parse(b, "https://m.example/feed")
		if err != nil && len(parsed.Entries) > 0 {
			t.Error("entries beside an error")
		}
	})
}
