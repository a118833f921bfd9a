package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"vocero/corpus"
	"vocero/ingest/crawl/address"
	"vocero/ingest/source"
)

func (p *program) sourceCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "source",
		Short: "Keep standing sources: newsrooms, feeds, folders",
		Long: `Standing sources are run again and again, each in its rhythm: by "vocero ingest
--all" from cron or a systemd timer, or by "vocero serve --ingest". What they yield
is compared with what they did before, and one that falls silent is reported.`,
		Example: "  vocero source test https://ministry.example/noticias\n" +
			"  vocero source add https://ministry.example/noticias --publisher 'Ministerio' --country PE\n  vocero ingest --all",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.sourceAddCommand(), p.sourceListCommand(), p.sourceTestCommand(), p.sourceRunCommand(), p.sourceRemoveCommand())
	return c
}

func (p *program) sourceAddCommand() *cobra.Command {
	var s corpus.Source
	var web crawlFlags
	c := &cobra.Command{
		Use:   "add URL|DIR",
		Short: "Add a standing source",
		Long: `Adds a source: the address of a section, a feed, a sitemap or a page, or a folder.
It is run first by the next "vocero ingest --all" or "vocero source run".`,
		Example: "  vocero source add https://ministry.example/noticias --every 6h --country PE",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			s.Include, s.Exclude, s.Whole, s.Private = web.include, web.exclude, web.whole, web.private
			return p.addSource(c.Context(), s, args[0])
		},
	}
	c.Flags().StringVar(&s.ID, "id", "", "its `name` (default: made of its address)")
	c.Flags().DurationVar(&s.Every, "every", 0, "its rhythm (default 6h; of a folder 1h)")
	c.Flags().BoolVar(&s.Paused, "paused", false, "run it only when asked for by its name")
	c.Flags().StringVar(&s.Publisher, "publisher", "", "publisher of releases that do not say theirs")
	c.Flags().StringVar(&s.Country, "country", "", "`code` of the country of releases that do not say theirs")
	c.Flags().StringVar(&s.Lang, "lang", "", "`code` of the language of releases that do not say theirs")
	c.Flags().BoolVar(&web.private, "allow-private", false, "it lies on a private network, or on this machine")
	web.addScope(c.Flags())
	return c
}

// leastEvery is the shortest rhythm: more often than that is no politeness.
const leastEvery = time.Minute

func (p *program) addSource(ctx context.Context, s corpus.Source, where string) error {
	s.Added = time.Now()
	if s.Every != 0 && s.Every < leastEvery {
		return fmt.Errorf("--every %v: the shortest rhythm is %v", s.Every, leastEvery)
	}
	if err := place(&s, where); err != nil {
		return err
	}
	if s.ID == "" {
		s.ID = source.ID(s.URL)
	}
	folder, err := p.dataFolder()
	if err != nil {
		return err
	}
	store, err := p.writing(ctx, folder)
	if err != nil {
		return err
	}
	defer store.Close()
	known, err := store.Sources(ctx)
	if err != nil {
		return err
	}
	for _, k := range known {
		if k.ID == s.ID || k.URL == s.URL {
			return fmt.Errorf("the source %s is there already (%s); to change it, remove it first", k.ID, k.URL)
		}
	}
	if err := store.PutSource(ctx, s); err != nil {
		return err
	}
	if p.asJSON {
		return json.NewEncoder(p.stdout).Encode(sourceJSON(s))
	}
	fmt.Fprintln(p.stdout, s.ID)
	return nil
}

// place settles where a source lies, and of what kind it is as far as that can
// be told without asking it.
func place(s *corpus.Source, where string) error {
	if strings.Contains(where, "://") {
		u, err := address.Parse(where)
		if err != nil {
			return fmt.Errorf("%q cannot be a source: %w", where, err)
		}
		s.URL = u.String()
		_, err = address.NewScope(u, s.Include, s.Exclude)
		return err
	}
	info, err := os.Stat(where)
	if err != nil {
		return fmt.Errorf("%q cannot be a source: %w", where, err)
	}
	s.Kind = "file"
	if info.IsDir() {
		s.Kind = "folder"
	}
	s.URL, err = filepath.Abs(where)
	return err
}

func (p *program) sourceListCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the standing sources and how they are",
		Example: "  vocero source list --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, sources, err := p.standing(c.Context())
			if err != nil {
				return err
			}
			return p.writeSources(sources)
		},
	}
}

func (p *program) writeSources(sources []corpus.Source) error {
	if p.asJSON {
		lines := json.NewEncoder(p.stdout)
		for _, s := range sources {
			if err := lines.Encode(sourceJSON(s)); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tKIND\tEVERY\tLAST SUCCESS\tNEXT RUN\tNEW\tSTATE")
	for _, s := range sources {
		next := when(s.NextRun)
		if s.Due(time.Now()) {
			next = "now"
		}
		if s.Paused {
			next = "when asked"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%d\t%s\n", s.ID, orDash(s.Kind), strings.TrimSuffix(strings.TrimSuffix(source.Every(s).String(), "0s"), "0m"),
			orDash(when(s.LastSuccess)), next, s.LastNew, state(s))
	}
	return w.Flush()
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// state says in a few words how a source is.
func state(s corpus.Source) string {
	switch {
	case s.LastRun.IsZero():
		return "never run"
	case s.LastError != "":
		return fmt.Sprintf("failed %d times: %s", s.Failures, s.LastError)
	case s.Warning != "":
		return "look at it: " + s.Warning
	}
	return "good"
}

func sourceJSON(s corpus.Source) any {
	return struct {
		ID          string   `json:"id"`
		URL         string   `json:"url"`
		Kind        string   `json:"kind,omitempty"`
		Every       string   `json:"every"`
		Publisher   string   `json:"publisher,omitempty"`
		Country     string   `json:"country,omitempty"`
		Lang        string   `json:"lang,omitempty"`
		Include     []string `json:"include,omitempty"`
		Exclude     []string `json:"exclude,omitempty"`
		Whole       bool     `json:"whole,omitempty"`
		Paused      bool     `json:"paused,omitempty"`
		LastRun     string   `json:"last_run,omitempty"`
		LastSuccess string   `json:"last_success,omitempty"`
		NextRun     string   `json:"next_run,omitempty"`
		LastNew     int      `json:"last_new"`
		Failures    int      `json:"failures"`
		Error       string   `json:"error,omitempty"`
		Warning     string   `json:"warning,omitempty"`
	}{s.ID, s.URL, s.Kind, source.Every(s).String(), s.Publisher, s.Country, s.Lang, s.Include, s.Exclude, s.Whole, s.Paused,
		when(s.LastRun), when(s.LastSuccess), when(s.NextRun), s.LastNew, s.Failures, s.LastError, s.Warning}
}

func (p *program) sourceRunCommand() *cobra.Command {
	var web crawlFlags
	c := &cobra.Command{
		Use:               "run ID...",
		Short:             "Run sources now, whether they are due or not",
		Example:           "  vocero source run ministry-example-noticias",
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: p.completeSources,
		RunE: func(c *cobra.Command, args []string) error {
			return p.runSources(c.Context(), web, func(all []corpus.Source) ([]corpus.Source, error) {
				var chosen []corpus.Source
				for _, id := range args {
					i := slices.IndexFunc(all, func(s corpus.Source) bool { return s.ID == id })
					if i < 0 {
						return nil, noSource(id, all)
					}
					chosen = append(chosen, all[i])
				}
				return chosen, nil
			})
		},
	}
	web.addPace(c.Flags())
	return c
}

func (p *program) sourceRemoveCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "remove ID...",
		Short:             "Remove sources; their releases stay",
		Example:           "  vocero source remove ministry-example-noticias",
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: p.completeSources,
		RunE: func(c *cobra.Command, args []string) error {
			store, _, err := p.existing(c.Context())
			if err != nil {
				return err
			}
			defer store.Close()
			for _, id := range args {
				if err := store.DeleteSource(c.Context(), id); errors.Is(err, corpus.ErrNotFound) {
					all, _ := store.Sources(c.Context()) // only to say which was meant
					return noSource(id, all)
				} else if err != nil {
					return err
				}
				if err := store.DeleteVisits(c.Context(), id); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func noSource(id string, all []corpus.Source) error {
	ids := make([]string, len(all))
	for i, s := range all {
		ids[i] = s.ID
	}
	if hint := meant("", id, ids); hint != "" {
		return fmt.Errorf("no source is called %q%s", id, hint)
	}
	return fmt.Errorf("no source is called %q; see: vocero source list", id)
}
