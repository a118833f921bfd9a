package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"vocero/corpus"
	"vocero/index"
	"vocero/index/query"
)

// The bounds of one request over HTTP.
const (
	defaultSize = 10
	maxSize     = 100
	maxTime     = 10 * time.Second
)

// Handler serves the API over a data folder:
//
//	GET /api/search?q=QUERY&size=10&after=NEXT&sort=newest&facets=person,month:value
//	GET /api/search?q=QUERY&facets=org:significant&only=person:Lisa Kenna&not=lang:en
//	GET /api/documents/{id}
//
// The corpus and the index are opened for each request and closed after it, so
// that an ingest beside the server finds the index free.
func Handler(folder string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/search", func(w http.ResponseWriter, r *http.Request) {
		respond(w, r, func(ctx context.Context) (any, error) {
			request, err := parseRequest(r.URL.Query())
			if err != nil {
				return nil, err
			}
			return Search(ctx, folder, request)
		})
	})
	mux.HandleFunc("GET /api/documents/{id...}", func(w http.ResponseWriter, r *http.Request) {
		respond(w, r, func(ctx context.Context) (any, error) { return Get(ctx, folder, r.PathValue("id")) })
	})
	return mux
}

// badRequest is a fault in the request's parameters.
type badRequest string

func (b badRequest) Error() string { return string(b) }

func parseRequest(v url.Values) (Request, error) {
	r := Request{Query: v.Get("q"), Size: defaultSize, After: v.Get("after"), Snippets: 2}
	if s := v.Get("size"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > maxSize {
			return Request{}, badRequest(fmt.Sprintf("size: a number from 0 to %d", maxSize))
		}
		r.Size = n
	}
	sort, err := ParseSort(v.Get("sort"))
	if err != nil {
		return Request{}, badRequest(err.Error())
	}
	r.Sort = sort
	if r.Facets, err = ParseFacets(v.Get("facets")); err != nil {
		return Request{}, badRequest(err.Error())
	}
	if r.Choices, err = ParseChoices(v["only"], v["not"]); err != nil {
		return Request{}, badRequest(err.Error())
	}
	r.Unit = v.Get("unit")
	return r, nil
}

// ParseSort reads the name of an order: relevance, newest, oldest, largest or
// smallest.
func ParseSort(s string) (index.Sort, error) {
	if s == "relevance" {
		return index.ByRelevance, nil
	}
	if !slices.Contains(index.Sorts[:], index.Sort(s)) {
		return "", fmt.Errorf("sort %q: relevance, newest, oldest, largest or smallest", s)
	}
	return index.Sort(s), nil
}

// ParseFacets reads names of facets with commas between them; "all" is all. A
// name may carry the order of its values, as in month:value or org:significant.
func ParseFacets(s string) ([]index.FacetRequest, error) {
	if s == "" {
		return nil, nil
	}
	if s == "all" {
		return index.FacetsOf(0, index.FacetNames[:]...), nil
	}
	var facets []index.FacetRequest
	for part := range strings.SplitSeq(s, ",") {
		name, order, _ := strings.Cut(strings.TrimSpace(part), ":")
		f := index.FacetRequest{Name: index.FacetName(name), Order: index.Order(order)}
		if order == "count" {
			f.Order = index.ByCount
		}
		if !slices.Contains(index.FacetNames[:], f.Name) {
			return nil, noFacet(name)
		}
		if f.Order != index.ByCount && f.Order != index.ByValue && f.Order != index.BySignificance {
			return nil, fmt.Errorf("facet %q: its order is count, value or significant", part)
		}
		facets = append(facets, f)
	}
	return facets, nil
}

func noFacet(name string) error { return fmt.Errorf("facet %q: there are %v", name, index.FacetNames) }

// ParseChoices reads values of facets that hits must have, as in "lang:es", and
// others that they must not. Values of one facet that hits must have are
// alternatives.
func ParseChoices(only, not []string) ([]index.Choice, error) {
	var choices []index.Choice
	for i, s := range slices.Concat(only, not) {
		facet, value, found := strings.Cut(s, ":")
		c := index.Choice{Facet: index.FacetName(facet), Values: []string{value}, Not: i >= len(only)}
		if !found || value == "" {
			return nil, fmt.Errorf("choice %q: write a facet and its value, as in lang:es", s)
		}
		if !slices.Contains(index.FacetNames[:], c.Facet) {
			return nil, noFacet(facet)
		}
		same := slices.IndexFunc(choices, func(d index.Choice) bool { return d.Facet == c.Facet && d.Not == c.Not })
		if same < 0 {
			choices = append(choices, c)
		} else {
			choices[same].Values = append(choices[same].Values, value)
		}
	}
	return choices, nil
}

func respond(w http.ResponseWriter, r *http.Request, answer func(context.Context) (any, error)) {
	ctx, cancel := context.WithTimeout(r.Context(), maxTime)
	defer cancel()
	value, err := answer(ctx)
	status := statusOf(err)
	if err != nil {
		value = fault(err)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	// The client that went away is the only one to whom this can fail.
	_ = json.NewEncoder(w).Encode(value)
}

// Fault is the body of an answer that is an error.
type Fault struct {
	Error      string `json:"error"`
	Column     int    `json:"column,omitempty"` // of the query, from 1
	Suggestion string `json:"suggestion,omitempty"`
}

func fault(err error) Fault {
	if q, ok := errors.AsType[*query.Error](err); ok {
		return Fault{Error: q.Message, Column: q.Column, Suggestion: q.Suggestion}
	}
	if statusOf(err) == http.StatusInternalServerError {
		return Fault{Error: "the server could not answer"} // its log says why
	}
	return Fault{Error: err.Error()}
}

func statusOf(err error) int {
	var bad badRequest
	_, badQuery := errors.AsType[*query.Error](err)
	_, tooMuch := errors.AsType[*index.Unanswerable](err)
	switch {
	case err == nil:
		return http.StatusOK
	case badQuery, tooMuch, errors.As(err, &bad), errors.Is(err, index.ErrAfter):
		return http.StatusBadRequest
	case errors.Is(err, corpus.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, corpus.ErrLocked), errors.Is(err, ErrNoData):
		return http.StatusServiceUnavailable
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusGatewayTimeout
	}
	return http.StatusInternalServerError
}
