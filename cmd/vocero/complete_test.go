package main

import "testing"

func TestLastPart(t *testing.T) {
	cases := []struct{ query, before, part string }{
		{"", "", ""},
		{"per", "", "per"},
		{"agua person:Ken", "agua ", "person:Ken"},
		{`person:"Lisa K`, "", `person:"Lisa K`},
		{`"crimen organizado" -org:Min`, `"crimen organizado" -`, "org:Min"},
		{"fact(person:Kenna role:emb", "fact(person:Kenna ", "role:emb"},
		{"near(person:Kenna,amo", "near(person:Kenna,", "amo"},
		{"id:es-pe-1", "", "id:es-pe-1"},
		{"agua ", "agua ", ""},
	}
	for _, c := range cases {
		if before, part := lastPart(c.query); before != c.before || part != c.part {
			t.Errorf("lastPart(%q) = %q, %q; want %q, %q", c.query, before, part, c.before, c.part)
		}
	}
}

func TestContinued(t *testing.T) {
	cases := []struct{ typed, value, want string }{
		{"Luc", "Lucía", "Lucía"},
		{"luc", "Lucía", "lucía"},
		{"LUCI", "Lucía", "LUCIa"},
		{"nun", "Ñuñoa", "Ñuñoa"}, // ñ is no n
	}
	for _, c := range cases {
		if got := continued(c.typed, c.value); got != c.want {
			t.Errorf("continued(%q, %q) = %q, want %q", c.typed, c.value, got, c.want)
		}
	}
}
