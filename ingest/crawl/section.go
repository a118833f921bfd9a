package crawl

import (
	"net/url"
	"path"
	"strings"
	"sync"

	"vocero/corpus"
	"vocero/ingest/crawl/address"
	"vocero/ingest/crawl/page"
)

// section says which addresses belong to what the start lists.
type section struct {
	start  *url.URL
	scope  address.Scope
	prefix string // of the paths below the start

	mu     sync.Mutex
	open   bool            // the start is a feed or sitemap itself: all that it names belongs to it
	shapes map[string]bool // of the releases that the start lists
	named  bool            // a feed or sitemap names releases of it
}

func newSection(start *url.URL, scope address.Scope) section {
	prefix := start.Path
	if ending := path.Ext(prefix); ending != "" {
		prefix = strings.TrimSuffix(prefix, path.Base(prefix)) // /noticias/index.php
	}
	return section{start: start, scope: scope, prefix: strings.TrimSuffix(prefix, "/") + "/", shapes: map[string]bool{}}
}

// learn notes what the addresses of the start's releases look like.
func (s *section) learn(items []page.Link) {
	s.mu.Lock()
	defer s.mu.Unlock()
	counts := map[string]int{}
	for _, l := range items {
		counts[address.Shape(l.URL)]++
	}
	for shape, n := range counts {
		if n >= min(3, len(items)) {
			s.shapes[shape] = true
		}
	}
}

func (s *section) setOpen() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open = true
}

// setNamed notes that a feed or sitemap names releases: lists need not be followed.
func (s *section) setNamed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.named = true
}

func (s *section) isNamed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.named
}

// why says why an address that a feed or sitemap names is none of the
// section's releases, or "".
func (s *section) why(u *url.URL, by corpus.VisitKind) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.scope.Named(u) {
		return ""
	}
	why := s.scope.Why(u)
	switch {
	case s.open && why == "another site" && by == corpus.VisitFeed:
		return "" // who names a feed means its entries, wherever they lie
	case why != "":
		return why
	case s.open, s.shapes[address.Shape(u)], s.below(u) && (s.prefix != "/" || address.IsSlug(u)):
		return ""
	}
	return "not of the section"
}

// below says whether an address lies below the start.
func (s *section) below(u *url.URL) bool {
	return strings.HasPrefix(u.Path, s.prefix) && len(u.Path) > len(s.prefix)
}
