package address

import (
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The bounds beyond which an address is taken for one of an endless many.
const (
	maxSegments   = 12
	maxParameters = 6
	maxRepeats    = 2 // times that one segment, or a run of them, may stand in a path
)

// Trap says why following an address most likely never ends, or "". now tells
// the pages of a calendar that lie ahead or far behind.
func Trap(u *url.URL, now time.Time) string {
	segments := Segments(u)
	switch {
	case len(u.String()) > MaxLength:
		return "the address is too long"
	case len(segments) > maxSegments:
		return fmt.Sprintf("the path has %d segments", len(segments))
	case len(parameterNames(u)) > maxParameters:
		return fmt.Sprintf("%d parameters", len(parameterNames(u)))
	case repeats(segments):
		return "the path repeats itself"
	case calendar(u, now):
		return "a calendar's page"
	}
	return ""
}

// repeats says whether a segment stands more than maxRepeats times in the path,
// or a run of several as often in a row. Numbers may: dates do.
func repeats(segments []string) bool {
	counts := map[string]int{}
	for _, s := range segments {
		if counts[s]++; counts[s] > maxRepeats && !digitsOnly(s) {
			return true
		}
	}
	for n := 2; n*2 <= len(segments); n++ {
		for i := 0; i+2*n <= len(segments); i++ {
			if equal(segments[i:i+n], segments[i+n:i+2*n]) && !allDigits(segments[i:i+n]) {
				return true
			}
		}
	}
	return false
}

func equal(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func allDigits(segments []string) bool {
	for _, s := range segments {
		if !digitsOnly(s) {
			return false
		}
	}
	return true
}

// calendarWords are what calendars call themselves in addresses.
var calendarWords = regexp.MustCompile(`(?i)(^|[/_.-])(calendar|calendario|calendrier|agenda|events?|eventos?|evenements?)([/_.?-]|$)`)

var yearInAddress = regexp.MustCompile(`(?:^|[^0-9])((?:1[0-9]|2[0-9])[0-9]{2})(?:[^0-9]|$)`)

// oldest is the year before which no newsroom has pages.
const oldest = 1990

// calendar says whether an address is a page of a calendar, or of an archive by
// date beyond any release: it names a day and stands under a calendar's name, or
// names a year that is to come or long past.
func calendar(u *url.URL, now time.Time) bool {
	years := dateYears(u)
	for _, y := range years {
		if y > now.Year()+1 || y < oldest {
			return true
		}
	}
	return len(years) > 0 && calendarWords.MatchString(u.Path) && !IsSlug(u) ||
		calendarWords.MatchString(u.Path) && datedQuery(u)
}

// dateYears are the years that the address names as dates: a whole segment of
// the path before others, or the value of a parameter that is about dates.
func dateYears(u *url.URL) []int {
	var years []int
	segments := Segments(u)
	for i, s := range segments {
		if len(s) == 4 && digitsOnly(s) && i+1 < len(segments) && len(segments[i+1]) <= 2 && digitsOnly(segments[i+1]) {
			y, _ := strconv.Atoi(s)
			years = append(years, y)
		}
		if m := yearInAddress.FindStringSubmatch(s); m != nil && dayLike.MatchString(s) {
			y, _ := strconv.Atoi(m[1])
			years = append(years, y)
		}
	}
	for name, values := range u.Query() {
		if !dateName(name) {
			continue
		}
		for _, v := range values {
			if m := yearInAddress.FindStringSubmatch(v); m != nil {
				y, _ := strconv.Atoi(m[1])
				years = append(years, y)
			}
		}
	}
	return years
}

var dayLike = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$`)

func dateName(name string) bool {
	switch strings.ToLower(path.Base(name)) {
	case "year", "month", "day", "date", "anio", "ano", "año", "mes", "dia", "día", "fecha", "data", "annee", "mois", "jour", "ical", "tribe-bar-date", "m":
		return true
	}
	return false
}

func datedQuery(u *url.URL) bool {
	for name := range u.Query() {
		if dateName(name) {
			return true
		}
	}
	return false
}
