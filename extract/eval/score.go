package eval

import (
	"vocero/corpus"
)

// Score is how one kind did. Of the kind of links that a role has (holder,
// org), only TP, FP and FN are counted.
type Score struct {
	TP int `json:"tp"` // span and kind right
	FP int `json:"fp"`
	FN int `json:"fn"`

	Overlap  Counts `json:"overlap"` // the same where it is enough that spans overlap
	ValueOK  int    `json:"value_ok"`
	ValueBad int    `json:"value_bad"`
	BoundOK  int    `json:"bound_ok"`
	BoundBad int    `json:"bound_bad"`
}

// Counts are what precision and recall are made of. Overlap counts TP and FP
// over the predictions and FN over the gold.
type Counts struct {
	TP int `json:"tp"`
	FP int `json:"fp"`
	FN int `json:"fn"`
}

// PRF returns precision, recall and F1, each 0 where it is not defined.
func (c Counts) PRF() (p, r, f1 float64) {
	if c.TP+c.FP > 0 {
		p = float64(c.TP) / float64(c.TP+c.FP)
	}
	if c.TP+c.FN > 0 {
		r = float64(c.TP) / float64(c.TP+c.FN)
	}
	if p+r > 0 {
		f1 = 2 * p * r / (p + r)
	}
	return p, r, f1
}

// Exact is the count of exact spans.
func (s *Score) Exact() Counts { return Counts{s.TP, s.FP, s.FN} }

// Error is one thing that was found wrongly or not at all.
type Error struct {
	Kind     string `json:"kind"` // a kind, "holder" or "org"
	What     string `json:"what"` // "missed", "wrong" or "value"
	Document string `json:"document"`
	Text     string `json:"text"`
	Detail   string `json:"detail,omitempty"` // the name of a link; the value that was found and the right one
}

// Links are the rows of the table that score a role's links.
const (
	holderLink = "holder"
	orgLink    = "org"
)

// scores counts over documents, by kind or link.
type scores map[string]*Score

func (s scores) of(name string) *Score {
	if s[name] == nil {
		s[name] = &Score{}
	}
	return s[name]
}

// add counts one document and returns its errors.
func (s scores) add(d *pair, kinds []corpus.Kind) []Error {
	var errs []Error
	for _, kind := range kinds {
		errs = append(errs, s.addKind(d, kind)...)
	}
	for _, kind := range kinds {
		if kind == corpus.RoleKind {
			errs = append(errs, s.addLinks(d, holderLink)...)
			errs = append(errs, s.addLinks(d, orgLink)...)
		}
	}
	return errs
}

func (s scores) addKind(d *pair, kind corpus.Kind) []Error {
	score, errs := s.of(string(kind)), []Error(nil)
	gold, found := d.gold.ofKind(kind, d.text), d.found.ofKind(kind, d.text)
	for _, at := range gold.order {
		m, ok := found.at[at]
		if !ok {
			score.FN++
			errs = append(errs, d.error(string(kind), "missed", at, ""))
			continue
		}
		score.TP++
		if detail := score.addValue(kind, m, gold.at[at]); detail != "" {
			errs = append(errs, d.error(string(kind), "value", at, detail))
		}
	}
	for _, at := range found.order {
		if _, ok := gold.at[at]; !ok {
			score.FP++
			errs = append(errs, d.error(string(kind), "wrong", at, ""))
		}
		if gold.overlaps(at) {
			score.Overlap.TP++
		} else {
			score.Overlap.FP++
		}
	}
	for _, at := range gold.order {
		if !found.overlaps(at) {
			score.Overlap.FN++
		}
	}
	return errs
}

// addValue counts the value and the bound of a mention that was found where
// gold has it, and says what is wrong with the value, if anything.
func (s *Score) addValue(kind corpus.Kind, found, gold *GoldMention) string {
	if kind != corpus.Money && kind != corpus.Percent && kind != corpus.DateKind {
		return ""
	}
	if found.Mod == gold.Mod {
		s.BoundOK++
	} else {
		s.BoundBad++
	}
	if sameValue(kind, found.Value, gold.Value) {
		s.ValueOK++
		return ""
	}
	s.ValueBad++
	return quote(found.Value) + ", not " + quote(gold.Value)
}

// addLinks counts the holders or the bodies of roles. A gold link is found
// where a predicted role that overlaps the gold one names it in any of its
// forms; a predicted one is wrong where no gold link was found by it.
func (s scores) addLinks(d *pair, link string) []Error {
	score, errs := s.of(link), []Error(nil)
	used := map[*string]bool{}
	for i := range d.gold {
		role := &d.gold[i]
		if role.Kind != corpus.RoleKind {
			continue
		}
		for _, forms := range role.forms(link) {
			if d.found.name(role, link, forms, used) {
				score.TP++
				continue
			}
			score.FN++
			errs = append(errs, d.error(link, "missed", role.span(), longest(forms)))
		}
	}
	for i := range d.found {
		names := d.found[i].names(link)
		for j := range names {
			if !used[&names[j]] {
				score.FP++
				errs = append(errs, d.error(link, "wrong", d.found[i].span(), names[j]))
			}
		}
	}
	return errs
}
