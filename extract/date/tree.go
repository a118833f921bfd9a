package date

import "vocero/extract/number"

// node is a place in the tree of phrases.
type node struct {
	entry *entry
	next  map[string]*node
}

// place finds the entry of a phrase, or makes it.
func (n *node) place(phrase string) *entry {
	at := n
	var buffer [32]byte
	for i := skipSpace(phrase, 0); i < len(phrase); i = skipSpace(phrase, i) {
		key, end := atom(buffer[:0], phrase, i)
		if at.next == nil {
			at.next = map[string]*node{}
		}
		if at.next[string(key)] == nil {
			at.next[string(key)] = &node{}
		}
		at, i = at.next[string(key)], end
	}
	if at.entry == nil {
		at.entry = &entry{}
	}
	return at.entry
}

// longest finds the longest phrase that begins at byte pos of the text.
func (l *lexicon) longest(text string, pos int) (found *entry, end int) {
	return l.root.longest(text, pos)
}

func (n *node) longest(text string, pos int) (found *entry, end int) {
	at, end := n, pos
	var buffer [32]byte
	for i := pos; i < len(text) && at.next != nil; {
		key, next := atom(buffer[:0], text, i)
		if at = at.next[string(key)]; at == nil {
			break
		}
		if at.entry != nil {
			found, end = at.entry, next
		}
		i = skipSpace(text, next)
	}
	return found, end
}

// atom appends the piece of a phrase at pos to dst: letters folded, digits, or one sign.
func atom(dst []byte, text string, pos int) (key []byte, end int) {
	if key, end = number.Fold(dst, text, pos); end > pos {
		return key, end
	}
	for end < len(text) && end-pos < 8 && digit(text, end) {
		end++
	}
	if end > pos {
		return append(dst, text[pos:end]...), end
	}
	c, size := sign(text, pos)
	return append(dst, c), pos + size
}

// fold gives a phrase as its atoms with a space between words.
func fold(phrase string) string {
	var out []byte
	for i := 0; i < len(phrase); {
		if next := skipSpace(phrase, i); next > i {
			out, i = append(out, ' '), next
			continue
		}
		var buffer [32]byte
		key, end := atom(buffer[:0], phrase, i)
		out, i = append(out, key...), end
	}
	return string(out)
}
