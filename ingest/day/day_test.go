package day_test

import (
	"strings"
	"testing"

	"vocero/ingest/day"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"2021-05-03":                    "2021-05-03",
		"2021-05":                       "2021-05",
		"2021":                          "2021",
		"2021 (reissued)":               "2021",
		"2021-05-03T22:00:00-05:00":     "2021-05-03",
		"2021-05-03 10:00":              "2021-05-03",
		"2021/05/03":                    "2021-05-03",
		"20210503":                      "2021-05-03",
		"20210503T101500Z":              "2021-05-03",
		"1620036000":                    "2021-05-03",
		"Mon, 03 May 2021 10:00:00 GMT": "2021-05-03",
		"Mon, 3 May 21 10:00:00 +0200":  "2021-05-03",
		"3 de mayo de 2021":             "2021-05-03",
		"Lunes, 03 Mayo 2021 10:30":     "2021-05-03",
		"mayo 3, 2021":                  "2021-05-03",
		"Mayo 3 de 2021":                "2021-05-03",
		"03 de maio de 2021 às 10h":     "2021-05-03",
		"1er mai 2021":                  "2021-05-01",
		"3. März 2021":                  "2021-03-03",
		"Mon May  3 14:57:21 CEST 2021": "2021-05-03",
		"Mon May  3 14:57:21 2021":      "2021-05-03",
		"May 3rd, 2021":                 "2021-05-03",
		"Sept. 3, 2021":                 "2021-09-03",
		"3 may. 2021":                   "2021-05-03",
		"03-may-2021":                   "2021-05-03",
		"03/05/2021":                    "2021-05-03",
		"05/13/2021":                    "2021-05-13",
		"5/3/2021 2:41:00 AM":           "2021-05-03",
		"05/03/2021 02:41 am":           "2021-03-05",
		"03.05.21":                      "2021-05-03",
		"2021年5月3日":                     "2021-05-03",
		"31/02/2021":                    "",
		"10:15:20":                      "",
		"yesterday":                     "",
		"0003-05-03":                    "",
		"a sentence that says much before it names 3 May 2021": "",
	} {
		d, err := day.Parse(in)
		if got := d.String(); got != want || (err != nil) != (want == "") {
			t.Errorf("Parse(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	if d, err := day.Parse(" "); err != nil || !d.IsZero() {
		t.Errorf("Parse of nothing = %v, %v", d, err)
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		in    string
		order day.Order
		want  string
		at    int
	}{
		{"Publicado el 3 de mayo de 2021 por la Oficina", day.DayFirst, "2021-05-03", 13},
		{"Updated 05/03/2021", day.MonthFirst, "2021-05-03", 8},
		{"Updated 05/03/2021", day.DayFirst, "2021-03-05", 8},
		{"Decreto 12/2021, de 4 de junio de 2021", day.DayFirst, "2021-06-04", 20},
		{"Los 12 mayores de 2021", day.DayFirst, "", 0},
		{"Mayo de 2021", day.DayFirst, "", 0},
		{"Call 555-12-2021", day.DayFirst, "", 0},
	} {
		d, at, ok := day.Find(c.in, c.order)
		if d.String() != c.want || ok != (c.want != "") || ok && at != c.at {
			t.Errorf("Find(%q) = %v at %d, %v; want %q at %d", c.in, d, at, ok, c.want, c.at)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Publicado el 3 de mayo de 2021")
	f.Add("99/99/9999 \xff 年月")
	f.Fuzz(func(t *testing.T, s string) {
		d, at, ok := day.Find(s, day.DayFirst)
		if ok && (at < 0 || at >= len(s) || d.Day == 0) {
			t.Errorf("Find(%q) = %v at %d", s, d, at)
		}
		if d, err := day.Parse(s); err == nil && d.IsZero() && strings.TrimSpace(s) != "" {
			t.Errorf("Parse(%q) is neither a date nor an error", s)
		}
	})
}
