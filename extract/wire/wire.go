// Package wire is the shape that annotations have outside the program: one JSON
// object a document, offsets in Unicode code points, the same for the commands,
// the API, exports and the scorer:
//
//	line := wire.Encode(&doc, &annotations)
//	json.NewEncoder(w).Encode(line)
//
// [ParseAnnotated] and [Annotated.Decode] are the way back.
package wire

import (
	"cmp"
	"math"
	"slices"

	"vocero/corpus"
)

// Annotated is a document with what was found in it.
type Annotated struct {
	ID       string    `json:"id"`
	Lang     string    `json:"lang"`
	Text     string    `json:"text"`
	Mentions []Mention `json:"mentions"` // in order of start, the longer first
	Entities []Entity  `json:"entities"`
	Facts    []Fact    `json:"facts"`
}

// Mention is anything found at a place in the text. Start and End are code
// points, half-open; Text is what they cover.
type Mention struct {
	Kind  corpus.Kind `json:"kind"`
	Start int         `json:"start"`
	End   int         `json:"end"`
	Text  string      `json:"text"`

	// Of persons, organizations and places.
	ID         string  `json:"id,omitempty"` // of its Entity
	Confidence float64 `json:"confidence,omitempty"`

	// Of roles: names in their longest form, and the IDs of the same entities.
	Holder    []string      `json:"holder,omitempty"`
	Org       []string      `json:"org,omitempty"`
	HolderIDs []string      `json:"holder_ids,omitempty"`
	OrgIDs    []string      `json:"org_ids,omitempty"`
	Status    corpus.Status `json:"status,omitempty"`

	// Of money ("USD 7200000", "USD 2000000..3000000"), percent ("30.5") and
	// dates (EDTF, with the first and last day that it covers).
	Value    string       `json:"value,omitempty"`
	Mod      corpus.Bound `json:"mod,omitempty"`
	From     string       `json:"from,omitempty"`
	To       string       `json:"to,omitempty"`
	Restates *Place       `json:"restates,omitempty"`
}

// Place is a range of code points.
type Place struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Entity is an individual within the document.
type Entity struct {
	ID      string      `json:"id"`
	Kind    corpus.Kind `json:"kind"`
	Name    string      `json:"name"`
	Aliases []string    `json:"aliases,omitempty"`
}

// Fact is one thing said of a holder; Start and End are the code points of the
// text that says so.
type Fact struct {
	Holder   string        `json:"holder"`
	HolderID string        `json:"holder_id"`
	Role     string        `json:"role"`
	Org      string        `json:"org,omitempty"`
	OrgID    string        `json:"org_id,omitempty"`
	Status   corpus.Status `json:"status,omitempty"`
	When     string        `json:"when,omitempty"`
	Start    int           `json:"start"`
	End      int           `json:"end"`
}

// Encode gives the shape of what was found in d. The slices are never nil, so
// that JSON shows [] and not null.
func Encode(d *corpus.Document, a *corpus.Annotations) Annotated {
	e := encoder{text: d.Text, points: corpus.NewPoints(d.Text), names: map[string]string{}}
	for i := range a.Entities {
		e.names[a.Entities[i].ID] = a.Entities[i].Name
	}
	return Annotated{
		ID:       d.ID,
		Lang:     d.Lang,
		Text:     d.Text,
		Mentions: e.mentions(a),
		Entities: e.entities(a),
		Facts:    e.facts(a),
	}
}

type encoder struct {
	text   string
	points *corpus.Points
	names  map[string]string // entity ID → longest form
}

func (e *encoder) mentions(a *corpus.Annotations) []Mention {
	ms := make([]Mention, 0, len(a.Mentions)+len(a.Roles)+len(a.Amounts)+len(a.Dates))
	for i := range a.Mentions {
		n := &a.Mentions[i]
		m := e.at(n.Kind, n.Span)
		m.ID, m.Confidence = n.Entity, round(n.Confidence)
		ms = append(ms, m)
	}
	for i := range a.Roles {
		r := &a.Roles[i]
		m := e.at(corpus.RoleKind, r.Span)
		m.Holder, m.Org = e.named(r.Holders), e.named(r.Orgs)
		m.HolderIDs, m.OrgIDs, m.Status = r.Holders, r.Orgs, r.Status
		ms = append(ms, m)
	}
	for i := range a.Amounts {
		ms = append(ms, e.amount(&a.Amounts[i]))
	}
	for i := range a.Dates {
		d := &a.Dates[i]
		m := e.at(corpus.DateKind, d.Span)
		m.Value, m.Mod, m.From, m.To = d.EDTF, d.Bound, d.From.String(), d.To.String()
		ms = append(ms, m)
	}
	slices.SortStableFunc(ms, func(x, y Mention) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End))
	})
	return ms
}

func (e *encoder) amount(a *corpus.Amount) Mention {
	m := e.at(a.Kind(), a.Span)
	m.Value, m.Mod = FormatAmount(a), a.Bound
	if a.Restates.Len() > 0 {
		m.Restates = &Place{e.points.Of(a.Restates.Start), e.points.Of(a.Restates.End)}
	}
	return m
}

func (e *encoder) at(kind corpus.Kind, s corpus.Span) Mention {
	return Mention{Kind: kind, Start: e.points.Of(s.Start), End: e.points.Of(s.End), Text: s.Of(e.text)}
}

func (e *encoder) named(ids []string) []string {
	var names []string
	for _, id := range ids {
		names = append(names, e.names[id])
	}
	return names
}

func (e *encoder) entities(a *corpus.Annotations) []Entity {
	out := make([]Entity, 0, len(a.Entities))
	for i := range a.Entities {
		n := &a.Entities[i]
		out = append(out, Entity{ID: n.ID, Kind: n.Kind, Name: n.Name, Aliases: n.Aliases})
	}
	return out
}

func (e *encoder) facts(a *corpus.Annotations) []Fact {
	out := make([]Fact, 0, len(a.Facts))
	for i := range a.Facts {
		f := &a.Facts[i]
		out = append(out, Fact{
			Holder: e.names[f.Holder], HolderID: f.Holder, Role: f.Role, Org: e.names[f.Org], OrgID: f.Org,
			Status: f.Status, When: f.When,
			Start: e.points.Of(f.Evidence.Start), End: e.points.Of(f.Evidence.End),
		})
	}
	return out
}

// round keeps confidences short: four decimals say more than they know.
func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }
