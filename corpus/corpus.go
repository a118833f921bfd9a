// Package corpus holds the nouns of vocero and the Store that keeps them.
//
// A release has three states: [Raw] (bytes as they came), [Document] (text and
// metadata) and [Annotations] (what was found in the text). A [Release] carries
// all three; a [Store] keeps every version of each:
//
//	store, err := sqlite.Open(ctx, folder)
//	doc, err := store.Get(ctx, "es-oea-001")
//
// All offsets within the program are half-open byte offsets into
// [Document.Text]; at the edges (JSON, the API, evaluation) they become Unicode
// code points, see [Points].
package corpus

import "errors"

// Release is one release in its three states. A release that could not be
// decoded has a Failure and neither Document nor Annotations.
type Release struct {
	Raw         Raw
	Document    Document
	Annotations Annotations
	Failure     *Failure
	Group       Group // as a Store found it; set by Changes
}

// Failure is the recorded reason why an input gave no document.
type Failure struct {
	Reason Reason
	Detail string // for a person: what was wrong and where
	Means  string // what the input was tried with: with other means it may go well
}

// Reason is the kind of a failure, one short word that scripts can match.
type Reason string

// The reasons for which an input gives no document.
const (
	Unreadable  Reason = "unreadable"  // the bytes could not be had
	Unsupported Reason = "unsupported" // a format that no parser takes
	Malformed   Reason = "malformed"   // a known format, but broken
	Empty       Reason = "empty"       // no text was left
	Scanned     Reason = "scanned"     // pictures of text, and nothing to read them with
	TooLarge    Reason = "too-large"   // over a bound
	TooSlow     Reason = "too-slow"    // over the bound of time
	Refused     Reason = "refused"     // the sender or a policy said no
	Failed      Reason = "failed"      // anything else, extraction included
)

// Error makes a Failure an error, so that parsers return it as one.
func (f *Failure) Error() string {
	if f.Detail == "" {
		return string(f.Reason)
	}
	return string(f.Reason) + ": " + f.Detail
}

// FailureOf returns the Failure in err's chain, or err as a [Failed] one.
// It returns nil for a nil error.
func FailureOf(err error) *Failure {
	if err == nil {
		return nil
	}
	if f, ok := errors.AsType[*Failure](err); ok {
		return f
	}
	return &Failure{Reason: Failed, Detail: err.Error()}
}
