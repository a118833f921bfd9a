package query

import "iter"

// Words yields the names of fields, relations and states in every language with
// the canonical name of each, as in "cargo", "role"; operators are not among
// them.
func Words() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for word, canonical := range names() {
			if canonical != "AND" && canonical != "OR" && canonical != "NOT" && !yield(word, canonical) {
				return
			}
		}
	}
}
