package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"vocero/corpus"
	"vocero/ingest"
	"vocero/ingest/crawl"
)

func (p *program) sourceTestCommand() *cobra.Command {
	var web crawlFlags
	var releases int
	var full bool
	c := &cobra.Command{
		Use:   "test URL|DIR|ID",
		Short: "Show what would be taken from a source, and store nothing",
		Long: `Crawls the beginning of a source and shows what would be taken: title, day and
text of each release, which links were followed, and why others were not.`,
		Example:           "  vocero source test https://ministry.example/noticias",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: p.completeSources,
		RunE: func(c *cobra.Command, args []string) error {
			return p.testSource(c.Context(), web, args[0], releases, full)
		},
	}
	c.Flags().IntVar(&releases, "releases", 3, "releases to show")
	c.Flags().BoolVar(&full, "full", false, "show their whole text")
	web.add(c.Flags())
	return c
}

// trial is what the test of a source shows.
type trial struct {
	full     bool
	releases int
	events   []crawl.Event
	taken    int
	faults   int
}

func (p *program) testSource(ctx context.Context, flags crawlFlags, where string, releases int, full bool) (err error) {
	s, err := p.sourceFor(ctx, where, &flags)
	if err != nil {
		return err
	}
	w, err := p.crawling(flags)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	w.Frontier = &crawl.Memory{}
	t := &trial{full: full, releases: releases}
	source, c, err := p.trialOf(ctx, s, w, t)
	if err != nil {
		return err
	}
	decoder := ingest.NewDecoder(decoderOptions(ingest.Limits{}, nil, "tesseract"))
	defer decoder.Close()
	given := corpus.Given{Publisher: s.Publisher, Country: s.Country, Lang: s.Lang}
	for raw, err := range withDefaults(source, given) {
		if err == nil {
			var doc corpus.Document
			if doc, err = decode(ctx, decoder.Decode, raw); err == nil {
				t.taken++
				err = p.writeTaken(doc, raw, t)
				if err != nil {
					return err
				}
			}
		}
		if err != nil && ctx.Err() == nil {
			t.faults++
			if err := p.writeFault(raw, err); err != nil {
				return err
			}
		}
		if t.taken == t.releases {
			break
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return p.writeTrial(t, s, c)
}

// sourceFor is the standing source of that name, or one that lies there.
func (p *program) sourceFor(ctx context.Context, where string, flags *crawlFlags) (corpus.Source, error) {
	s := corpus.Source{Include: flags.include, Exclude: flags.exclude, Whole: flags.whole, Private: flags.private}
	placeErr := place(&s, where)
	if placeErr == nil {
		return s, nil
	}
	if _, known, err := p.standing(ctx); err == nil {
		for _, k := range known {
			if k.ID == where {
				flags.include, flags.exclude, flags.whole, flags.private = k.Include, k.Exclude, k.Whole, k.Private
				return k, nil
			}
		}
	}
	return s, placeErr
}

// trialOf opens a source for a test; a crawl looks at few pages.
func (p *program) trialOf(ctx context.Context, s corpus.Source, w *crawling, t *trial) (iter.Seq2[corpus.Raw, error], *crawl.Crawl, error) {
	e := &ingest.Expander{Fetcher: w.fetcher}
	if !isAddress(s.URL) {
		source, _, err := e.Open(ctx, s.URL, nil)
		return source, nil, err
	}
	o := w.options
	o.Start, o.MaxPages = s.URL, cmp.Or(o.MaxPages, 10+t.releases)
	o.See = func(e crawl.Event) { t.events = append(t.events, e) }
	c, err := w.begin(o)
	if err != nil {
		return nil, nil, err
	}
	return e.Expand(ctx, c.Releases(ctx)), c, nil
}

// shownText is how much of a text is shown, in characters.
const shownText = 800

func (p *program) writeTaken(doc corpus.Document, raw corpus.Raw, t *trial) error {
	if p.asJSON {
		return json.NewEncoder(p.stdout).Encode(struct {
			What      string `json:"what"`
			URL       string `json:"url,omitempty"`
			Path      string `json:"path,omitempty"`
			Title     string `json:"title"`
			Published string `json:"published,omitempty"`
			Publisher string `json:"publisher,omitempty"`
			Country   string `json:"country,omitempty"`
			Lang      string `json:"lang,omitempty"`
			Text      string `json:"text"`
		}{string(crawl.Took), doc.URL, raw.Path, doc.Title, doc.Published.String(), doc.Publisher, doc.Country, doc.Lang, doc.Text})
	}
	colours := p.palette()
	fmt.Fprintln(p.stdout, colours.strong(cmp.Or(doc.Title, "(no title)")))
	var known []string
	for _, part := range []string{cmp.Or(doc.Published.String(), "no day"), doc.Publisher, doc.Country, doc.Lang} {
		if part != "" {
			known = append(known, part)
		}
	}
	fmt.Fprintln(p.stdout, strings.Join(known, " · "))
	fmt.Fprintln(p.stdout, cmp.Or(doc.URL, raw.URL, raw.Path))
	text := doc.Text
	if n := utf8.RuneCountInString(text); n > shownText && !t.full {
		text = string([]rune(text)[:shownText]) + fmt.Sprintf("… (%d characters in all)", n)
	}
	fmt.Fprintf(p.stdout, "    %s\n\n", strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n    "))
	return nil
}

func (p *program) writeFault(raw corpus.Raw, err error) error {
	where := cmp.Or(raw.URL, raw.Path)
	if p.asJSON {
		return json.NewEncoder(p.stdout).Encode(map[string]string{"what": string(crawl.Faulty), "url": where, "why": err.Error()})
	}
	fmt.Fprintf(p.stdout, "%s\n    failed: %v\n\n", where, err)
	return nil
}

// writeTrial says what became of the links.
func (p *program) writeTrial(t *trial, s corpus.Source, c *crawl.Crawl) error {
	if p.asJSON {
		lines := json.NewEncoder(p.stdout)
		for _, e := range t.events {
			if e.What == crawl.Took {
				continue
			}
			if err := lines.Encode(map[string]string{"what": string(e.What), "url": e.URL, "from": e.From, "why": e.Why}); err != nil {
				return err
			}
		}
	} else {
		p.writeEvents(t.events)
		kind := s.Kind
		if c != nil {
			r := c.Report()
			kind = fmt.Sprintf("%s; %d pages fetched, %d releases named", cmp.Or(r.Kind, "nothing that can be read"), r.Fetched, r.Named)
		}
		fmt.Fprintf(p.stdout, "%s: %s, %d shown, %d failed\n", s.URL, kind, t.taken, t.faults)
	}
	if t.taken == 0 {
		return noHit
	}
	return nil
}

// shownLinks is how many addresses are shown of those that had one fate.
const shownLinks = 5

// writeEvents shows the links by what became of them.
func (p *program) writeEvents(events []crawl.Event) {
	last := map[string]crawl.Event{} // an address that was followed and then read was read
	var order []string
	for _, e := range events {
		if _, known := last[e.URL]; !known {
			order = append(order, e.URL)
		}
		last[e.URL] = e
	}
	groups := map[string][]string{}
	var fates []string
	for _, address := range order {
		e := last[address]
		if e.What == crawl.Took {
			continue
		}
		fate := string(e.What)
		if e.Why != "" {
			fate += ": " + e.Why
		}
		if groups[fate] == nil {
			fates = append(fates, fate)
		}
		groups[fate] = append(groups[fate], address)
	}
	for _, fate := range fates {
		links := groups[fate]
		fmt.Fprintf(p.stdout, "%s (%d)\n", fate, len(links))
		for i, link := range links {
			if i == shownLinks {
				fmt.Fprintf(p.stdout, "    … and %d more\n", len(links)-shownLinks)
				break
			}
			fmt.Fprintf(p.stdout, "    %s\n", link)
		}
	}
}
