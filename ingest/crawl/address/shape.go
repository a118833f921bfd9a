package address

import (
	"net/url"
	"strings"
	"unicode"
)

// Shape is what the addresses of pages of one kind have in common: host and
// path with every number as #, the last segment as * unless it names a kind of
// page itself, and the names of the parameters. The releases of a newsroom most
// often have one shape, or a few.
//
//	https://m.example/noticias/2024/05/17/abre-el-museo  →  m.example/noticias/#/#/#/*
//	https://m.example/nota.php?id=17                     →  m.example/nota.php?id
func Shape(u *url.URL) string {
	segments := Segments(u)
	for i, s := range segments {
		switch {
		case digitsOnly(s):
			segments[i] = "#"
		case i == len(segments)-1 && (u.RawQuery == "" || !strings.Contains(s, ".")):
			segments[i] = "*"
			if ending := strings.LastIndexByte(s, '.'); ending > 0 && len(s)-ending <= 6 && len(segments) > 1 {
				segments[i] = "*" + s[ending:]
			}
		}
	}
	shape := strings.TrimPrefix(u.Host, "www.") + "/" + strings.Join(segments, "/")
	if names := parameterNames(u); len(names) > 0 {
		shape += "?" + strings.Join(names, "&")
	}
	return shape
}

// Segments are the parts of a path.
func Segments(u *url.URL) []string {
	return strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
}

func parameterNames(u *url.URL) []string {
	if u.RawQuery == "" {
		return nil
	}
	var names []string
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(part, "=")
		names = append(names, name)
	}
	return names
}

func digitsOnly(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// IsSlug says whether the address ends in words, as those of releases do:
// "la-ministra-visita-el-museo", or in a number of its own.
func IsSlug(u *url.URL) bool {
	segments := Segments(u)
	if len(segments) == 0 {
		return false
	}
	last := segments[len(segments)-1]
	if dot := strings.LastIndexByte(last, '.'); dot > 0 {
		last = last[:dot]
	}
	if dayLike.MatchString(last) {
		return false
	}
	words := strings.FieldsFunc(last, func(r rune) bool { return r == '-' || r == '_' || r == '+' || r == ' ' || r == ',' })
	return len(words) >= 4 || len(words) >= 2 && len(last) >= 25 || len(last) >= 4 && strings.IndexFunc(last, unicode.IsDigit) >= 0 && len(segments) > 1
}
