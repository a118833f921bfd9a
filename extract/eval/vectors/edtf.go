package main

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// acceptsDate compares dates by their first and last days; where a digit is
// left open, and for sets and seasons, as strings.
func (v *value) acceptsDate(got *value) bool {
	if !sameDate(v.EDTF, got.EDTF) {
		return false
	}
	switch v.Mod {
	case "before", "after", "since", "until":
		return strings.Contains(v.EDTF, "..") || got.Mod == v.Mod
	}
	return true
}

func sameDate(a, b string) bool {
	if b == "" {
		return false
	}
	if strings.TrimRight(a, "~") == strings.TrimRight(b, "~") {
		return true
	}
	x, ok := bounds(a)
	y, ok2 := bounds(b)
	return ok && ok2 && x == y
}

// days are the first and last day; the zero time is open.
type days [2]time.Time

// bounds expands an EDTF string.
func bounds(s string) (days, bool) {
	left, right, ranged := strings.Cut(s, "/")
	if !ranged {
		d, ok := scalar(s)
		return d, ok && !d[0].IsZero()
	}
	a, ok := scalar(left)
	b, ok2 := scalar(right)
	return days{a[0], b[1]}, ok && ok2
}

var shapes = regexp.MustCompile(`^(?:(\d{4})-W(\d\d)|(\d{3})X|(\d{2})XX|(\d{4})(?:-(\d\d)(?:-(\d\d))?)?)$`)

// scalar expands one date of an EDTF string; an open end is the zero time.
func scalar(s string) (days, bool) {
	s = strings.TrimRight(s, "~?%")
	if s == "" || s == ".." {
		return days{}, true
	}
	m := shapes.FindStringSubmatch(s)
	if m == nil {
		return days{}, false
	}
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
	switch {
	case m[1] != "":
		return week(n(1), n(2))
	case m[3] != "":
		return years(n(3)*10, n(3)*10+9), n(3) > 0
	case m[4] != "":
		return years(max(1, n(4)*100), n(4)*100+99), true
	case m[6] == "":
		return years(n(5), n(5)), n(5) > 0
	case m[7] != "":
		d := day(n(5), n(6), n(7))
		return days{d, d}, d.Day() == n(7) && int(d.Month()) == n(6)
	}
	return months(n(5), n(6))
}

// months expands a month, quarter, third or half of a year.
func months(year, k int) (days, bool) {
	span := func(from, n int) (days, bool) {
		return days{day(year, from, 1), day(year, from+n, 0)}, true
	}
	switch {
	case 1 <= k && k <= 12:
		return span(k, 1)
	case 33 <= k && k <= 36:
		return span(3*(k-33)+1, 3)
	case 37 <= k && k <= 39:
		return span(4*(k-37)+1, 4)
	case 40 <= k && k <= 41:
		return span(6*(k-40)+1, 6)
	}
	return days{}, false
}

// week expands an ISO week.
func week(year, number int) (days, bool) {
	jan4 := day(year, 1, 4)
	monday := jan4.AddDate(0, 0, -(int(jan4.Weekday())+6)%7+7*(number-1))
	_, got := monday.ISOWeek()
	return days{monday, monday.AddDate(0, 0, 6)}, got == number
}

func years(first, last int) days { return days{day(first, 1, 1), day(last, 12, 31)} }

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
