package corpus

import "time"

// Source is a standing source of releases: an address to crawl, or a folder.
type Source struct {
	ID   string
	URL  string // address, or absolute path of a folder or file
	Kind string // "page", "feed", "sitemap", "section", "folder", "file"; "" until the first run tells

	Publisher string // for releases that do not say theirs
	Country   string
	Lang      string

	Include []string      // patterns of addresses that belong to it
	Exclude []string      // and that do not
	Whole   bool          // follow its lists even where a feed or sitemap names releases
	Private bool          // it lies on a private network
	Every   time.Duration // its rhythm
	Paused  bool          // it is run only when asked for

	Added       time.Time
	LastRun     time.Time // zero if never
	LastSuccess time.Time // the last run that went well; zero if none
	NextRun     time.Time // zero: as soon as it can be
	LastNew     int       // new and changed releases of the last run
	LastError   string    // "" when the last run went well
	Failures    int       // runs in a row that did not
	Warning     string    // what is odd about its yield, or ""
}

// Due says whether the source is to be run.
func (s *Source) Due(now time.Time) bool { return !s.Paused && !s.NextRun.After(now) }

// SourceRun is one run of a source, and what it yielded.
type SourceRun struct {
	Source  string
	Began   time.Time
	Ended   time.Time
	Named   int   // releases that its lists, feeds and sitemaps name; -1 where none was read
	Tried   int   // pages fetched for releases, or files read
	Decoded int   // of them, those that gave a document
	Text    int64 // bytes of text of these
	New     int
	Changed int
	Failed  int
	Error   string // why it did not go, or ""
	Warning string // what is odd about its yield, or ""
}
