package main

import (
	"strings"
	"testing"
)

func TestColumns(t *testing.T) {
	cases := map[string]int{
		"":                        0,
		"agua":                    4,
		"Lucía Farfán":            12,
		"Luci\u0301a":             5, // a combining accent takes no column
		"新华社":                     6,
		"👩‍👩‍👧 y más":             8, // one picture of five code points
		"\x1b[1;36magua\x1b[0m":   4,
		"\x1b[35m中\x1b[0m\x1b[1m": 2,
		"\x1b[":                   1, // no escape sequence: it never ends
	}
	for s, want := range cases {
		if got := columns(s); got != want {
			t.Errorf("columns(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	cases := []struct {
		text  string
		width int
		want  string
	}{
		{"uno dos tres", 7, "uno dos\ntres"},
		{"uno\n\ndos tres", 20, "uno\n\ndos tres"},
		{"según «cañón» añadió", 13, "según «cañón»\nañadió"},
		{"acci\u0301on y paz", 8, "acci\u0301on y\npaz"},
		{"北京市政府宣布", 6, "北京市\n政府宣\n布"},
		{"ver https://example.org/nota/larga ya", 10, "ver\nhttps://example.org/nota/larga\nya"},
		{"  sangrado queda", 40, "  sangrado queda"},
		{"a \x1b[35mrol muy largo\x1b[0m b", 9, "a \x1b[35mrol muy\x1b[0m\n\x1b[35mlargo\x1b[0m b"},
		{"\x1b[36m北京市政府\x1b[0m", 4, "\x1b[36m北京\x1b[0m\n\x1b[36m市政\x1b[0m\n\x1b[36m府\x1b[0m"},
	}
	for _, c := range cases {
		if got := wrap(c.text, c.width); got != c.want {
			t.Errorf("wrap(%q, %d)\n got %q\nwant %q", c.text, c.width, got, c.want)
		}
	}
}

func TestFitted(t *testing.T) {
	cases := map[string]string{
		"ley":      "ley  ",
		"leyes":    "leyes",
		"leyendas": "leye…",
		"新华社通":     "新华…",
		"a新华社通":    "a新… ", // half of a wide character is a space
	}
	for s, want := range cases {
		if got := fitted(s, 5); got != want || columns(got) != 5 {
			t.Errorf("fitted(%q, 5) = %q of %d columns, want %q", s, got, columns(got), want)
		}
	}
}

func TestPrintableSteersNoTerminal(t *testing.T) {
	const hostile = "a\x1b[2Jb\u009b31m\x07\n\tñ\x7f"
	got := printable(hostile)
	if strings.ContainsAny(got, "\x1b\u009b\x07\x7f") || len([]rune(got)) != len([]rune(hostile)) {
		t.Errorf("printable(%q) = %q", hostile, got)
	}
	if !strings.Contains(got, "\n\tñ") {
		t.Errorf("printable(%q) = %q: it lost what is harmless", hostile, got)
	}
}

func TestBar(t *testing.T) {
	cases := map[float64]string{0: "", 0.001: "▏", 0.5: "██▌", 0.3: "█▌", 1: "█████", 1.5: "█████"}
	for share, want := range cases {
		if got := barOf(share, 5); got != want {
			t.Errorf("barOf(%v, 5) = %q, want %q", share, got, want)
		}
	}
}
