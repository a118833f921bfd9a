package gazetteer

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

func TestCountry(t *testing.T) {
	b, err := os.ReadFile("testdata/places.txt")
	if err != nil {
		t.Fatal(err)
	}
	for f := range rows(string(b)) {
		ask, want, _ := strings.Cut(f[0], " => ")
		name, from, _ := strings.Cut(ask, "|")
		got := Country(strings.TrimSpace(name), strings.TrimSpace(from))
		if got != strings.TrimPrefix(want, "-") {
			t.Errorf("%s: got %q, want %s", ask, got, want)
		}
	}
}

// TestTables holds that every line of every table says what it must.
func TestTables(t *testing.T) {
	for name, text := range map[string]string{"countries": countriesText, "others": othersText} {
		for f := range rows(text) {
			if len(f) < 2 || len(f[0]) != 2 || f[0] != strings.ToUpper(f[0]) {
				t.Errorf("%s: %q", name, f)
			}
		}
	}
	for f := range rows(citiesText) {
		if len(f) != 3 || len(f[1]) != 2 || key(f[0]) == "" {
			t.Errorf("cities: %q", f)
		} else if _, err := strconv.Atoi(f[2]); err != nil {
			t.Errorf("cities: %q: %v", f, err)
		}
	}
}

func ExampleCountry() {
	fmt.Println(Country("Córdoba", "AR"), Country("Cordoba", "ES"), Country("Quito", ""))
	// Output: AR ES EC
}
