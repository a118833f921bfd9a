package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"vocero/cmd/internal/api"
	"vocero/index"
	"vocero/index/query"
)

func (p *program) saveCommand() *cobra.Command {
	var remove bool
	c := &cobra.Command{
		Use:   "save [NAME [QUERY...]]",
		Short: "Save a query by a name, for vocero run; list what is saved",
		Long: `Saves a query under a name, in the place of one that had it. Without a query it
prints the one of that name, and without a name all of them.`,
		Example:           "  vocero save agua 'agua org:Minam amount>=1M'\n  vocero run agua --since last",
		ValidArgsFunction: p.completeSaved(true),
		RunE: func(c *cobra.Command, args []string) error {
			folder, err := p.dataFolder()
			if err != nil {
				return err
			}
			saved, err := loadQueries(folder)
			if err != nil {
				return err
			}
			switch {
			case remove && len(args) == 1:
				return saved.remove(args[0])
			case remove:
				return fmt.Errorf("say the name of the one query to remove")
			case len(args) > 1:
				return p.save(c.Context(), saved, args[0], strings.Join(args[1:], " "))
			}
			return p.listSaved(saved, args)
		},
	}
	c.Flags().BoolVar(&remove, "remove", false, "forget the query of this name")
	return p.paging(c)
}

// save keeps a query that can be read, in a folder that is there.
func (p *program) save(ctx context.Context, saved *savedQueries, name, text string) error {
	if _, err := query.Parse(text); err != nil {
		return explainQuery(err, text, saved.folder)
	}
	s, err := api.OpenCorpus(ctx, saved.folder) // a folder without a corpus holds no queries
	if err != nil {
		return explain(err, saved.folder)
	}
	return errors.Join(s.Close(), saved.put(name, text))
}

func (p *program) listSaved(saved *savedQueries, names []string) error {
	if len(names) == 0 {
		names = saved.names()
	}
	for _, name := range names {
		q, err := saved.named(name)
		if err != nil {
			return err
		}
		if p.asJSON {
			err = json.NewEncoder(p.stdout).Encode(map[string]string{"name": name, "query": q})
		} else {
			_, err = fmt.Fprintf(p.stdout, "%s\t%s\n", name, q)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *program) runCommand() *cobra.Command {
	var since string
	var snippets int
	c := &cobra.Command{
		Use:   "run NAME",
		Short: "Ask a saved query again",
		Long: `Asks a query that was saved with vocero save, and prints every hit, the newest
first. With --since last those that it has not shown before: new releases, changed
ones, and ones in which more was found since. With --since DAY those published on
that day or later.`,
		Example:           "  vocero run agua --since last || echo 'nothing new'",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: p.completeSaved(false),
		RunE: func(c *cobra.Command, args []string) error {
			return p.runSaved(c.Context(), args[0], since, snippets)
		},
	}
	c.Flags().StringVar(&since, "since", "", "last: what this query has not shown yet; or a day of publication, month or year")
	c.Flags().IntVar(&snippets, "snippets", 1, "sentences to show of each hit")
	completeWith(c, "since", oneOf("last"))
	return p.paging(c)
}

func (p *program) runSaved(ctx context.Context, name, since string, snippets int) error {
	s, folder, err := p.asking(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	saved, err := loadQueries(folder)
	if err != nil {
		return err
	}
	text, err := saved.named(name)
	if err != nil {
		return err
	}
	seen := map[string]int{}
	switch since {
	case "":
	case "last":
		if seen, err = saved.seen(name); err != nil {
			return err
		}
	default:
		text = "(" + text + ") published>=" + since
	}
	page, err := unseen(ctx, s, text, seen, snippets)
	if err != nil {
		return explainQuery(err, text, folder)
	}
	if p.asJSON {
		err = json.NewEncoder(p.stdout).Encode(page)
	} else {
		err = p.writePage(page, api.Request{})
	}
	if err != nil {
		return err
	}
	if since == "last" { // only once it was shown
		if err := saved.putSeen(name, seen); err != nil {
			return err
		}
	}
	if page.Total == 0 {
		return noHit
	}
	return nil
}

// unseen returns the hits of a query that are not among seen, all on one page,
// and puts them there.
func unseen(ctx context.Context, s api.Searcher, text string, seen map[string]int, snippets int) (api.Page, error) {
	page := api.Page{Query: text, Hits: []api.Hit{}}
	var ids []string
	for hit, err := range s.All(ctx, api.Request{Query: text, Sort: index.Newest, Bare: true}) {
		if err != nil {
			return page, err
		}
		if seen[hit.ID] != hit.Version {
			seen[hit.ID] = hit.Version
			ids = append(ids, hit.ID)
		}
	}
	page.Total = len(ids)
	const together = 100
	for len(ids) > 0 {
		n := min(together, len(ids))
		some, err := s.Search(ctx, api.Request{
			Query: "(" + text + ") (" + anyID(ids[:n]) + ")",
			Size:  n, Sort: index.Newest, Snippets: snippets,
		})
		if err != nil {
			return page, err
		}
		page.Hits = append(page.Hits, some.Hits...)
		ids = ids[n:]
	}
	return page, nil
}

// anyID is a query for releases by their IDs.
func anyID(ids []string) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = "id:" + strconv.Quote(id)
	}
	return strings.Join(parts, " OR ")
}
