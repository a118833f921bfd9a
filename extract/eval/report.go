package eval

import (
	"vocero/corpus"
	"vocero/extract/wire"
)

// Report is the result of an evaluation.
type Report struct {
	Documents   int                `json:"documents"`
	Missing     int                `json:"missing"`           // gold documents without a prediction
	Failed      []string           `json:"failed,omitempty"`  // documents that the extractor failed on, and why
	Seconds     float64            `json:"seconds,omitempty"` // that annotating took, all workers together
	Kinds       []corpus.Kind      `json:"kinds"`
	Scores      map[string]*Score  `json:"scores"`  // by kind, and "holder" and "org" for the links of roles
	ByLang      map[string]*ByLang `json:"by_lang"` // the same for each language of the gold
	Calibration Calibration        `json:"calibration"`
	Clusters    Clusters           `json:"clusters"`

	// GoldClusters are the clusters where all names of gold are given, and
	// nothing else; nil where that was not tried.
	GoldClusters *Clusters `json:"gold_clusters,omitempty"`

	Errors []Error `json:"errors"`
}

// ByLang are the scores on the documents of one language.
type ByLang struct {
	Documents int               `json:"documents"`
	Scores    map[string]*Score `json:"scores"`
}

// Names are the kinds that a name can have.
func Names() []corpus.Kind {
	return []corpus.Kind{corpus.Person, corpus.Organization, corpus.Place}
}

// Total sums the exact counts of some kinds, as the "all mentions" line does
// for all of them.
func (r *Report) Total(kinds ...corpus.Kind) Counts { return total(r.Scores, kinds) }

// Total sums the exact counts of some kinds.
func (l *ByLang) Total(kinds ...corpus.Kind) Counts { return total(l.Scores, kinds) }

func total(s scores, kinds []corpus.Kind) Counts {
	var c Counts
	for _, kind := range kinds {
		if k := s[string(kind)]; k != nil {
			c.TP, c.FP, c.FN = c.TP+k.TP, c.FP+k.FP, c.FN+k.FN
		}
	}
	return c
}

func newReport(kinds []corpus.Kind) *Report {
	r := &Report{Kinds: kinds, Scores: emptyScores(kinds), ByLang: map[string]*ByLang{}, Errors: []Error{}}
	r.Clusters.ByKind = map[corpus.Kind]*B3{}
	return r
}

// emptyScores has a row for every kind, so that a kind nobody has still shows.
func emptyScores(kinds []corpus.Kind) scores {
	s := scores{}
	for _, kind := range kinds {
		s.of(string(kind))
		if kind == corpus.RoleKind {
			s.of(holderLink)
			s.of(orgLink)
		}
	}
	return s
}

func (r *Report) add(want *Gold, got *wire.Annotated) {
	d := newPair(want.Document.ID, want.Document.Text, want.Mentions, fromWire(got))
	lang := r.ByLang[want.Document.Lang]
	if lang == nil {
		lang = &ByLang{Scores: emptyScores(r.Kinds)}
		r.ByLang[want.Document.Lang] = lang
	}
	r.Documents++
	lang.Documents++
	r.Errors = append(r.Errors, scores(r.Scores).add(d, r.Kinds)...)
	scores(lang.Scores).add(d, r.Kinds)
	r.Calibration.add(d)
	r.Clusters.add(d)
}

func fromWire(a *wire.Annotated) mentions {
	ms := make(mentions, len(a.Mentions))
	for i := range a.Mentions {
		ms[i].Mention = a.Mentions[i]
	}
	return ms
}
