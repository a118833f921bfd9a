package query

import "fmt"

// Error says what is wrong with a query, and where.
type Error struct {
	Column     int    // of the first character in question; 1 is the first, in code points
	Message    string // what is wrong
	Suggestion string // what may have been meant, or ""
}

// Error gives the message with its column and suggestion.
func (e *Error) Error() string {
	s := fmt.Sprintf("column %d: %s", e.Column, e.Message)
	if e.Suggestion != "" {
		s += "; " + e.Suggestion
	}
	return s
}
