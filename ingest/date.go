package ingest

import (
	"fmt"
	"strings"
	"time"

	"vocero/corpus"
)

// layouts are the forms in which senders give the time of publication, beside
// ISO 8601. Day comes before month in the numeric ones: most of the world
// writes so, and those who do not write ISO in metadata.
var layouts = [...]string{
	time.RFC1123Z, time.RFC1123, time.RFC822Z, time.RFC822, time.RFC850, time.ANSIC, time.UnixDate,
	"Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700", "2 Jan 2006",
	"January 2, 2006", "Jan 2, 2006", "2 January 2006",
	"02/01/2006", "2/1/2006", "02-01-2006", "02.01.2006", "2006/01/02", "20060102",
	"02/01/2006 15:04", "02/01/2006 15:04:05", "2006/01/02 15:04:05",
}

// ParseDate reads the day of publication as senders give it. A time of day and
// its zone are dropped: the day is that of the sender.
func ParseDate(s string) (corpus.Date, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return corpus.Date{}, nil
	}
	if d, err := corpus.ParseDate(s); err == nil {
		return d, nil
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return corpus.DateOf(t), nil
		}
	}
	if year, _, ok := strings.Cut(s, " "); ok {
		if d, err := corpus.ParseDate(year); err == nil && d.Month == 0 {
			return d, nil
		}
	}
	return corpus.Date{}, fmt.Errorf("date %q cannot be read", s)
}
