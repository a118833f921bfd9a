package api

import (
	"context"

	"vocero/corpus"
)

// Copies are the releases that a hit stands for: the same text, or nearly, by
// other publishers or under other addresses.
type Copies struct {
	Shown  string `json:"shown"` // ID of the one that is shown for all where it is a hit
	Total  int    `json:"total"` // of all of them
	Others []Meta `json:"others"`
}

// maxCopies bounds Copies.Others.
const maxCopies = 20

// copiesOf returns the copies of a release, or nil where there are none.
func copiesOf(ctx context.Context, store corpus.Store, id string) (*Copies, error) {
	group, err := store.Copies(ctx, id, maxCopies+1)
	if err != nil || group.Total < 2 {
		return nil, err
	}
	c := &Copies{Shown: group.Shown, Total: group.Total}
	for i := range group.Documents {
		if d := &group.Documents[i]; d.ID != id && len(c.Others) < maxCopies {
			c.Others = append(c.Others, meta(d))
		}
	}
	return c, nil
}
