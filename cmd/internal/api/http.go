package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"vocero/index"
)

// The bounds of one request over HTTP.
const (
	defaultSize = 10
	maxSize     = 100
	maxTime     = 10 * time.Second
)

// Handler serves the API:
//
//	GET /api/search?q=QUERY&size=10&after=NEXT&sort=newest&facets=person,month:value
//	GET /api/search?q=QUERY&facets=org:significant&only=person:Lisa Kenna&not=lang:en&literal=1
//	GET /api/compare?a=QUERY&b=QUERY&facets=person,org&size=10
//	GET /api/search?q=QUERY&copies=all
//	GET /api/documents/{id}
func Handler(s Searcher) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/search", func(w http.ResponseWriter, r *http.Request) {
		respond(w, r, func(ctx context.Context) (any, error) {
			request, err := parseRequest(r.URL.Query())
			if err != nil {
				return nil, err
			}
			return s.Search(ctx, request)
		})
	})
	mux.HandleFunc("GET /api/compare", func(w http.ResponseWriter, r *http.Request) {
		respond(w, r, func(ctx context.Context) (any, error) {
			request, err := parseCompare(r.URL.Query())
			if err != nil {
				return nil, err
			}
			return Compare(ctx, s, request)
		})
	})
	mux.HandleFunc("GET /api/documents/{id...}", func(w http.ResponseWriter, r *http.Request) {
		respond(w, r, func(ctx context.Context) (any, error) { return s.Get(ctx, r.PathValue("id")) })
	})
	return mux
}

func parseRequest(v url.Values) (Request, error) {
	r := Request{Query: v.Get("q"), Size: defaultSize, After: v.Get("after"), Snippets: 2}
	var err error
	if r.Size, err = parseSize(v, defaultSize); err != nil {
		return Request{}, err
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
	r.Unit, r.Literal = v.Get("unit"), v.Get("literal") == "1"
	switch copies := v.Get("copies"); copies {
	case "", "grouped":
	case "all":
		r.AllCopies = true
	default:
		return Request{}, badRequest(fmt.Sprintf("copies %q: grouped or all", copies))
	}
	return r, nil
}

func parseSize(v url.Values, size int) (int, error) {
	if s := v.Get("size"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > maxSize {
			return 0, badRequest(fmt.Sprintf("size: a number from 0 to %d", maxSize))
		}
		size = n
	}
	return size, nil
}

func parseCompare(v url.Values) (CompareRequest, error) {
	r := CompareRequest{A: v.Get("a"), B: v.Get("b")}
	var err error
	if r.Size, err = parseSize(v, 0); err != nil {
		return r, err
	}
	facets, err := ParseFacets(v.Get("facets"))
	if err != nil {
		return r, badRequest(err.Error())
	}
	for _, f := range facets {
		r.Facets = append(r.Facets, f.Name)
	}
	if r.Choices, err = ParseChoices(v["only"], v["not"]); err != nil {
		return r, badRequest(err.Error())
	}
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

func noFacet(name string) error {
	names := make([]string, len(index.FacetNames))
	for i, n := range index.FacetNames {
		names[i] = string(n)
	}
	return fmt.Errorf("no facet is called %q; there are %s", name, strings.Join(names, ", "))
}

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

func respond(w http.ResponseWriter, r *http.Request, value func(context.Context) (any, error)) {
	ctx, cancel := context.WithTimeout(r.Context(), maxTime)
	defer cancel()
	answer(w, ctx, value)
}

// answer writes a value, or the fault in its place.
func answer(w http.ResponseWriter, ctx context.Context, value func(context.Context) (any, error)) {
	v, err := value(ctx)
	status := statusOf(err)
	if err != nil {
		v = fault(err)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	// The client that went away is the only one to whom this can fail.
	_ = json.NewEncoder(w).Encode(v)
}
