package api

import (
	"context"
	"errors"
	"net/http"

	"vocero/corpus"
	"vocero/index"
	"vocero/index/query"
)

// Fault is the body of an answer that is an error.
type Fault struct {
	Code       string `json:"code"` // query, request, after, too-much, not-found, locked, no-data, time, server
	Error      string `json:"error"`
	Column     int    `json:"column,omitempty"` // of the query, from 1
	Suggestion string `json:"suggestion,omitempty"`
	Part       string `json:"part,omitempty"` // of the query that is too much
}

// badRequest is a fault in the request's parameters.
type badRequest string

func (b badRequest) Error() string { return string(b) }

// faults are the errors that an answer tells apart, in the order in which they
// are looked for, each with its status over HTTP.
var faults = [...]struct {
	code   string
	status int
	is     error
}{
	{"after", http.StatusBadRequest, index.ErrAfter},
	{"not-found", http.StatusNotFound, corpus.ErrNotFound},
	{"locked", http.StatusServiceUnavailable, corpus.ErrLocked},
	{"no-data", http.StatusServiceUnavailable, ErrNoData},
	{"time", http.StatusGatewayTimeout, context.DeadlineExceeded},
}

func fault(err error) Fault {
	if side, ok := errors.AsType[*BadSide](err); ok {
		f := fault(side.Err)
		f.Error = "query " + side.Name + ": " + f.Error
		return f
	}
	if q, ok := errors.AsType[*query.Error](err); ok {
		return Fault{Code: "query", Error: q.Message, Column: q.Column, Suggestion: q.Suggestion}
	}
	if u, ok := errors.AsType[*index.Unanswerable](err); ok {
		return Fault{Code: "too-much", Error: u.Reason, Part: u.Part}
	}
	if bad, ok := errors.AsType[badRequest](err); ok {
		return Fault{Code: "request", Error: string(bad)}
	}
	for _, f := range faults {
		if errors.Is(err, f.is) {
			return Fault{Code: f.code, Error: err.Error()}
		}
	}
	return Fault{Code: "server", Error: "the server could not answer"} // its log says why
}

// err is the error that f was made of, as far as callers tell errors apart.
func (f Fault) err() error {
	switch f.Code {
	case "query":
		return &query.Error{Message: f.Error, Column: f.Column, Suggestion: f.Suggestion}
	case "too-much":
		return &index.Unanswerable{Part: f.Part, Reason: f.Error}
	case "request":
		return badRequest(f.Error)
	}
	for _, known := range faults {
		if known.code == f.Code {
			return known.is
		}
	}
	return errors.New(f.Error)
}

func statusOf(err error) int {
	if err == nil {
		return http.StatusOK
	}
	code := fault(err).Code
	switch code {
	case "query", "too-much", "request":
		return http.StatusBadRequest
	}
	for _, f := range faults {
		if f.code == code {
			return f.status
		}
	}
	return http.StatusInternalServerError
}
