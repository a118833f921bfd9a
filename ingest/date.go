package ingest

import (
	"vocero/corpus"
	"vocero/ingest/day"
)

// ParseDate reads the day of publication as senders give it, see [day.Parse].
func ParseDate(s string) (corpus.Date, error) { return day.Parse(s) }
