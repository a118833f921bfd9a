package corpus

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a calendar date that may be partial: a Day of 0 is unknown, so is a
// Month of 0; the zero Date is no date at all.
type Date struct {
	Year, Month, Day int
}

// ParseDate reads "2021", "2021-05", "2021-05-17" or a longer ISO 8601 time
// that begins with one, of which it keeps the date as written.
func ParseDate(s string) (Date, error) {
	if i := strings.IndexAny(s, "T "); i >= 0 {
		s = s[:i]
	}
	var d Date
	for i, part := range strings.Split(s, "-") {
		n, err := strconv.Atoi(part)
		if err != nil || i > 2 || (i == 0) != (len(part) == 4) || i > 0 && len(part) != 2 {
			return Date{}, fmt.Errorf("date %q: not YYYY, YYYY-MM or YYYY-MM-DD", s)
		}
		switch i {
		case 0:
			d.Year = n
		case 1:
			d.Month = n
		case 2:
			d.Day = n
		}
	}
	if strings.Count(s, "-") != d.precision()-1 || !d.valid() {
		return Date{}, fmt.Errorf("date %q: no such day", s)
	}
	return d, nil
}

// DateOf returns t's date in t's own location.
func DateOf(t time.Time) Date {
	return Date{t.Year(), int(t.Month()), t.Day()}
}

// IsZero says that there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String gives the date in EDTF: "2021-05-17", "2021-05", "2021", or "".
func (d Date) String() string {
	switch d.precision() {
	case 3:
		return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
	case 2:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	case 1:
		return fmt.Sprintf("%04d", d.Year)
	}
	return ""
}

// First returns the first day that d covers; the zero Date stays zero.
func (d Date) First() Date {
	if d.IsZero() {
		return d
	}
	return Date{d.Year, max(d.Month, 1), max(d.Day, 1)}
}

// Last returns the last day that d covers; the zero Date stays zero.
func (d Date) Last() Date {
	switch d.precision() {
	case 0, 3:
		return d
	case 1:
		return Date{d.Year, 12, 31}
	}
	return Date{d.Year, d.Month, daysIn(d.Year, d.Month)}
}

// Time returns midnight UTC of d's first day, for arithmetic on days.
func (d Date) Time() time.Time {
	f := d.First()
	return time.Date(f.Year, time.Month(f.Month), f.Day, 0, 0, 0, 0, time.UTC)
}

// Compare orders dates by year, month and day; an unknown part comes first.
func (d Date) Compare(e Date) int {
	a := (d.Year*16+d.Month)*32 + d.Day
	b := (e.Year*16+e.Month)*32 + e.Day
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// MarshalText and UnmarshalText make a Date its EDTF string in JSON.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote; an empty text is the zero Date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	if err == nil {
		*d = v
	}
	return err
}

func (d Date) precision() int {
	switch {
	case d.IsZero():
		return 0
	case d.Month == 0:
		return 1
	case d.Day == 0:
		return 2
	}
	return 3
}

func (d Date) valid() bool {
	if d.Month < 0 || d.Month > 12 || d.Month == 0 && d.Day != 0 {
		return false
	}
	return d.Day >= 0 && (d.Month == 0 || d.Day <= daysIn(d.Year, d.Month))
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
