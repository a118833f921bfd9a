package text

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed domains.txt
var domainsFile string

// sites holds the last parts of web sites' names.
var sites = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for line := range dataLines(domainsFile) {
		for _, w := range line[1:] {
			m[w] = true
		}
	}
	return m
})

// addressAt says whether an address begins at i, and then sets end to its end.
func addressAt(source string, i int, end *int) bool {
	at := addressEnd(source, i)
	if at > 0 {
		*end = at
	}
	return at > 0
}

// addressEnd returns the end of the address of web or mail, handle or hashtag
// that begins at i, or 0.
func addressEnd(source string, i int) int {
	if source[i] == '@' || source[i] == '#' {
		return handleEnd(source, i)
	}
	if !addressByte(rune(source[i])) {
		return 0
	}
	end := i
	for end < len(source) && addressByte(rune(source[end])) {
		end++
	}
	s := strings.TrimRight(source[i:end], ".,:;?!-/_")
	if !isAddress(s) {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(source[i+len(s):]); letter(r) {
		return 0
	}
	return i + len(s)
}

func isAddress(s string) bool {
	if len(s) > 4 && strings.EqualFold(s[:4], "www.") || strings.Contains(s[:min(len(s), 9)], "://") {
		return true
	}
	host, _, _ := strings.Cut(s, "/")
	if user, at, ok := strings.Cut(host, "@"); ok {
		return user != "" && strings.Contains(at, ".")
	}
	dot := strings.LastIndexByte(host, '.')
	if dot < 1 {
		return false
	}
	last := host[dot+1:]
	if sites()[last] {
		return true
	}
	// Below a country: minsa.gob.pe.
	before := host[:dot]
	return len(last) == 2 && strings.ToLower(last) == last && sites()[before[strings.LastIndexByte(before, '.')+1:]]
}

// handleEnd returns the end of @name or #name at i, or 0.
func handleEnd(source string, i int) int {
	end, letters := i+1, 0
	for end < len(source) {
		r, size := utf8.DecodeRuneInString(source[end:])
		if letter(r) {
			letters++
		} else if !unicode.IsDigit(r) && r != '_' {
			break
		}
		end += size
	}
	if letters == 0 {
		return 0
	}
	return end
}

// addressByte says whether r may stand within an address.
func addressByte(r rune) bool {
	return r < utf8.RuneSelf && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
		strings.ContainsRune("@.-_~:/?#&=%+", r))
}
