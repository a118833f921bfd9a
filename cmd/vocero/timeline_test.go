package main

import (
	"strconv"
	"strings"
	"testing"

	"vocero/cmd/internal/api"
)

func TestGapsOfTimelines(t *testing.T) {
	cases := []struct{ given, want string }{
		{"2019=1 2020=2", "2019=1 2020=2"},
		{"2019=1 2020=0 2021=0 2022=0 2023=1", "2019=1 2020=0 2021=0 2022=0 2023=1"}, // three are few
		{"2019=1 2020=0 2021=0 2022=0 2023=0 2024=1", "2019=1 ⋮ 2024=1"},
		{"1990=1 1991=0 1992=0 1993=0 1994=0 1995=0 1996=2 1997=0 1998=1", "1990=1 ⋮ 1996=2 1997=0 1998=1"},
		{"", ""},
	}
	for _, c := range cases {
		if got := histogram(withoutGaps(counts(t, c.given))); got != c.want {
			t.Errorf("%s: got %s, want %s", c.given, got, c.want)
		}
	}
	if got := histogram(everyYear(counts(t, "1998=1 2001=2 2002=1"))); got != "1998=1 1999=0 2000=0 2001=2 2002=1" {
		t.Errorf("every year: %s", got)
	}
}

func counts(t *testing.T, s string) []api.Count {
	t.Helper()
	var values []api.Count
	for _, field := range strings.Fields(s) {
		value, count, _ := strings.Cut(field, "=")
		n, err := strconv.Atoi(count)
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, api.Count{Value: value, Count: n})
	}
	return values
}

func histogram(values []api.Count) string {
	var out []string
	for _, v := range values {
		if v.Value == "" {
			out = append(out, "⋮")
			continue
		}
		out = append(out, v.Value+"="+strconv.Itoa(v.Count))
	}
	return strings.Join(out, " ")
}
