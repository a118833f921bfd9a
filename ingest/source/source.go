// Package source keeps standing sources to their rhythm, and notices when one
// falls silent:
//
//	s = source.After(s, run, earlier, more)
//
// A crawler most often dies of a redesign: its pages still come, and nothing is
// found in them any more. What a run yields is therefore compared with the runs
// before it.
package source

import (
	"fmt"
	"hash/fnv"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vocero/corpus"
)

// The rhythms of sources that were given none.
const (
	everyAddress = 6 * time.Hour
	everyFolder  = time.Hour
	longest      = 7 * 24 * time.Hour // that a source which fails is left alone
)

// Every is the rhythm of a source.
func Every(s corpus.Source) time.Duration {
	switch {
	case s.Every > 0:
		return s.Every
	case s.Kind == "folder" || s.Kind == "file":
		return everyFolder
	}
	return everyAddress
}

// After is a source after a run; earlier are its runs before it, newest first.
// One that fails is left alone longer each time. A run that had more to do than
// it may is followed by the next at once.
func After(s corpus.Source, run corpus.SourceRun, earlier []corpus.SourceRun, more bool) corpus.Source {
	s.LastRun, s.LastNew, s.LastError = run.Began, run.New+run.Changed, run.Error
	s.Warning = Warning(run, earlier)
	if run.Error != "" {
		s.Failures++
		wait := Every(s)
		for range min(s.Failures-1, 16) {
			wait = min(2*wait, longest)
		}
		s.NextRun = run.Began.Add(max(wait, Every(s)))
		return s
	}
	s.Failures, s.LastSuccess = 0, run.Began
	s.NextRun = run.Began.Add(Every(s) + spread(s))
	if more {
		s.NextRun = run.Ended
	}
	return s
}

// spread shifts a source's runs by up to a tenth of its rhythm, always by the
// same, so that not all of them begin at once.
func spread(s corpus.Source) time.Duration {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s.ID))
	return Every(s) / 10 * time.Duration(h.Sum32()%100) / 100
}

// How much there must be to compare.
const (
	leastRuns  = 3
	leastNamed = 4
	leastTried = 4
)

// Warning says what is odd about the yield of a run, by the runs before it, or "".
func Warning(run corpus.SourceRun, earlier []corpus.SourceRun) string {
	if run.Error != "" {
		return ""
	}
	var named, shares, lengths []int
	for _, r := range earlier {
		if r.Error != "" {
			continue
		}
		if r.Named >= 0 {
			named = append(named, r.Named)
		}
		if r.Tried >= leastTried {
			shares = append(shares, 100*r.Decoded/r.Tried)
		}
		if r.Decoded >= leastTried {
			lengths = append(lengths, int(r.Text)/r.Decoded)
		}
	}
	if usual, ok := median(named); ok && run.Named >= 0 && usual >= leastNamed {
		switch {
		case run.Named == 0:
			return fmt.Sprintf("it names no releases any more; before, %d", usual)
		case run.Named*2 <= usual:
			return fmt.Sprintf("it names %d releases; before, %d", run.Named, usual)
		}
	}
	if run.Tried < leastTried {
		return ""
	}
	if usual, ok := median(shares); ok && 200*run.Decoded <= usual*run.Tried {
		return fmt.Sprintf("%d of %d pages gave a text; before, %d of 100", run.Decoded, run.Tried, usual)
	}
	if usual, ok := median(lengths); ok && run.Decoded >= leastTried && int(run.Text)*2 <= usual*run.Decoded {
		return fmt.Sprintf("its texts have %d bytes; before, %d", int(run.Text)/run.Decoded, usual)
	}
	return ""
}

// median is the middle one, where there are enough.
func median(values []int) (int, bool) {
	if len(values) < leastRuns {
		return 0, false
	}
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2], true
}

// ID makes a name for a source of its address or path: ministry.example/noticias
// becomes ministry-example-noticias.
func ID(where string) string {
	name := filepath.Base(where)
	if u, err := url.Parse(where); err == nil && u.Host != "" {
		name = strings.TrimPrefix(u.Host, "www.") + u.Path
	}
	var out strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			out.WriteRune(r)
		case !strings.HasSuffix(out.String(), "-"):
			out.WriteByte('-')
		}
	}
	id := strings.Trim(out.String(), "-")
	if len(id) > 60 {
		id = strings.Trim(id[:60], "-")
	}
	return id
}
