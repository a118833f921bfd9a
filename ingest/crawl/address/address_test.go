package address_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"vocero/ingest/crawl/address"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"HTTPS://Ministry.Example:443":                          "https://ministry.example/",
		"http://m.example:80/a/./b/../c/#top":                   "http://m.example/a/c/",
		"http://m.example:8080/x":                               "http://m.example:8080/x",
		"http://m.example//noticias///1":                        "http://m.example/noticias/1",
		"http://m.example/%7euser/%c3%b1":                       "http://m.example/~user/%C3%B1",
		"http://m.example/ñandú y más":                          "http://m.example/%C3%B1and%C3%BA%20y%20m%C3%A1s",
		"http://m.example/a%2fb":                                "http://m.example/a%2Fb",
		"http://m.example/n?id=7&utm_source=x&UTM_Medium=y":     "http://m.example/n?id=7",
		"http://m.example/n?fbclid=1":                           "http://m.example/n",
		"http://m.example/n?b=2&a=1&":                           "http://m.example/n?b=2&a=1",
		"http://m.example/n;jsessionid=ABC?id=1":                "http://m.example/n?id=1",
		"http://m.example/n;jsessionid=ABC/x":                   "http://m.example/n/x",
		"http://user:secret@m.example/":                         "http://m.example/",
		"http://ministério.example/":                            "http://xn--ministrio-g4a.example/",
		"http://prensa_gob.example/":                            "http://prensa_gob.example/",
		"http://m.example./":                                    "http://m.example/",
		"http://[::1]:8080/":                                    "http://[::1]:8080/",
		"  http://m.example/x  ":                                "http://m.example/x",
		"http://m.example/?q=a b":                               "http://m.example/?q=a%20b",
		"http://m.example/100%":                                 "",
		"ftp://m.example/":                                      "",
		"javascript:alert(1)":                                   "",
		"/only/a/path":                                          "",
		"http://":                                               "",
		"http://m.example/" + strings.Repeat("x", 3000):         "",
		"http://m.example/a/b/..":                               "http://m.example/a/",
		"http://m.example/../../etc":                            "http://m.example/etc",
		"https://m.example/n?PHPSESSID=1&page=2&sid=3#comments": "https://m.example/n?page=2",
	} {
		u, err := address.Parse(in)
		switch {
		case err != nil && want != "":
			t.Errorf("%q: %v", in, err)
		case err == nil && u.String() != want:
			t.Errorf("%q gives %q, want %q", in, u, want)
		}
	}
}

func parse(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := address.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestSamePage(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"http://m.example/nota/abre-el-museo?x=1", "https://www.m.example/nota/abre-el-museo/", true},
		{"http://m.example/index.php/abre-el-museo", "http://m.example/abre-el-museo.html", true},
		{"http://m.example/nota.php?id=7", "http://m.example/nota.php?id=8", false},
		{"http://m.example/nota/abre-el-museo", "http://m.example/", false},
		{"http://m.example/nota/abre-el-museo", "http://m.example/noticias", false},
		{"http://m.example/nota/abre-el-museo", "http://other.example/nota/abre-el-museo", false},
	} {
		if got := address.SamePage(parse(t, c.a), parse(t, c.b)); got != c.same {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}

func TestShape(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.m.example/noticias/2024/05/17/abre-el-museo": "m.example/noticias/#/#/#/*",
		"https://m.example/nota.php?id=17":                        "m.example/nota.php?id",
		"https://m.example/prensa/nota-17.html":                   "m.example/prensa/*.html",
		"https://m.example/noticias/17":                           "m.example/noticias/#",
		"https://m.example/":                                      "m.example/",
		"https://m.example/noticias?page=2":                       "m.example/*?page",
	} {
		if got := address.Shape(parse(t, in)); got != want {
			t.Errorf("%s has the shape %s, want %s", in, got, want)
		}
	}
}

func TestScope(t *testing.T) {
	start := parse(t, "https://www.m.example/noticias")
	for _, c := range []struct {
		include, exclude, address, why string
	}{
		{"", "", "https://m.example/x", ""},
		{"", "", "https://other.example/x", "another site"},
		{"", "*/admin/*", "https://m.example/admin/x", "excluded"},
		{"m.example/noticias/*", "", "https://www.m.example/noticias/1", ""},
		{"m.example/noticias/*", "", "https://m.example/otra", "not included"},
		{"/noticias/*", "", "https://m.example/noticias/1?x=2", ""},
		{"*.gob.example", "", "https://salud.gob.example/nota", ""},
		{"*.gob.example", "", "https://m.example/nota", "not included"},
		{"*", "/a.b", "https://m.example/aXb", ""},
	} {
		var include, exclude []string
		if c.include != "" {
			include = []string{c.include}
		}
		if c.exclude != "" {
			exclude = []string{c.exclude}
		}
		scope, err := address.NewScope(start, include, exclude)
		if err != nil {
			t.Fatal(err)
		}
		if got := scope.Why(parse(t, c.address)); got != c.why {
			t.Errorf("%q %q: %s: %q, want %q", c.include, c.exclude, c.address, got, c.why)
		}
	}
}

func TestTrap(t *testing.T) {
	now := time.Date(2024, 5, 17, 0, 0, 0, 0, time.UTC)
	for in, trap := range map[string]bool{
		"https://m.example/noticias/2024/05/17/abre-el-museo":         false,
		"https://m.example/2024/05/05/x":                              false,
		"https://m.example/noticias?page=200":                         false,
		"https://m.example/a/b/a/b/a/b":                               true,
		"https://m.example/x/x/x":                                     true,
		"https://m.example/" + strings.Repeat("a/", 6) + "b/c/d/e/f/": true,
		"https://m.example/n?a=1&b=2&c=3&d=4&e=5&f=6&g=7":             true,
		"https://m.example/calendario/2024/05":                        true,
		"https://m.example/agenda?mes=05&fecha=2024-05-01":            true,
		"https://m.example/archivo/2087/01":                           true,
		"https://m.example/archivo?fecha=1890-01-01":                  true,
		"https://m.example/eventos/la-ministra-abre-el-museo":         false,
		"https://m.example/events/2024-05-17":                         true,
		"https://m.example/plan-2050-de-energia-limpia":               false,
		"https://m.example/noticias/2050":                             false,
	} {
		if got := address.Trap(parse(t, in), now); (got != "") != trap {
			t.Errorf("%s: %q", in, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("HTTPS://Ministry.example:443/a/../nota?utm_source=x#top")
	f.Add("http://[::1]/%zz;jsessionid=1?a&b=%%")
	f.Fuzz(func(t *testing.T, s string) {
		u, err := address.Parse(s)
		if err != nil {
			return
		}
		again, err := address.Parse(u.String())
		if err != nil || again.String() != u.String() {
			t.Errorf("%q gives %q, then %v, %v", s, u, again, err)
		}
		address.Shape(u)
		address.Trap(u, time.Now())
	})
}
