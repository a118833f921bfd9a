package fetch

import "testing"

func TestRefresh(t *testing.T) {
	for page, want := range map[string]string{
		`<head><meta http-equiv="Refresh" content="0; url=/nota">`:               "/nota",
		`<meta http-equiv=refresh content="3;URL='https://m.example/nota?a=1'">`: "https://m.example/nota?a=1",
		`<meta http-equiv=refresh content="0, nota.html">`:                       "nota.html",
		`<meta http-equiv=refresh content="0 url = &quot;/a b&quot;x">`:          "/a b",
		`<meta http-equiv=refresh content="1.5;/nota">`:                          "/nota",
		`<meta http-equiv=refresh content="300;url=/portada">`:                   "",
		`<meta http-equiv=refresh content="0">`:                                  "",
		`<meta http-equiv=refresh content=";url=/nota">`:                         "",
		`<meta http-equiv=refresh content="99999999999999999999;url=/nota">`:     "",
		`<noscript><meta http-equiv=refresh content="0;url=/sin"></noscript>`:    "",
		`<body><meta http-equiv=refresh content="0;url=/nota">`:                  "",
		`<meta name=refresh content="0;url=/nota">`:                              "",
		"\xff<meta http-equiv":                                                   "",
	} {
		if got := refreshOf([]byte(page)); got != want {
			t.Errorf("%s leads to %q, want %q", page, got, want)
		}
	}
}
