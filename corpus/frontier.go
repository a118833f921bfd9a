package corpus

import (
	"context"
	"time"
)

// Frontier keeps how far crawls have come, so that one that was killed goes on
// where it was. A crawl is named by the source that it is of, or by the address
// at which it began. storetest holds what every Frontier must do.
type Frontier interface {
	// AddVisits adds the visits of addresses that the crawl does not know yet,
	// and says how many they are. One that is known stays as it is, and one that
	// waits for its first visit waits on, with what is said of it now where
	// nothing was before; but one that was fetched, or was not to
	// be, becomes due as the new one is, where that says that it was modified since.
	AddVisits(ctx context.Context, crawl string, visits []Visit) (added int, err error)

	// PutVisits stores visits, in the place of those known of their addresses.
	PutVisits(ctx context.Context, crawl string, visits []Visit) error

	// Visits returns what is known of addresses, in no order; those that the
	// crawl does not know are left out.
	Visits(ctx context.Context, crawl string, urls []string) ([]Visit, error)

	// DueVisits returns at most n visits that are due at a time: by their kinds
	// as [VisitKind] lists them, then those due first, then those added first.
	DueVisits(ctx context.Context, crawl string, at time.Time, n int) ([]Visit, error)

	// DeleteVisits forgets a crawl.
	DeleteVisits(ctx context.Context, crawl string) error
}

// Visit is an address of a crawl, and what is known of it.
type Visit struct {
	URL          string // normalised
	Kind         VisitKind
	From         string    // the address that named it
	Depth        int       // listings between it and the start
	Barren       int       // listings in a row, up to this one, that named nothing new
	Given        Given     // what was said of it where it was named
	Modified     time.Time // its last change, as said where it was named; zero if not
	Due          time.Time // when to fetch it; zero: not again
	Fetched      time.Time // last; zero if never
	Changed      time.Time // when it was first seen as it is now
	ETag         string
	LastModified string
	Hash         string // of the bytes last taken
	Named        int    // releases that it named when last read
	Tries        int    // that failed, in a row
	Note         string // why it gave nothing, or ""
}

// VisitKind is what an address is to a crawl. The kinds are visited in this order.
type VisitKind string

// The kinds of addresses.
const (
	VisitStart   VisitKind = "start"
	VisitFeed    VisitKind = "feed"
	VisitSitemap VisitKind = "sitemap"
	VisitRelease VisitKind = "release"
	VisitListing VisitKind = "listing"
	VisitKnown   VisitKind = "known" // a release that was taken, to see whether it changed
)
