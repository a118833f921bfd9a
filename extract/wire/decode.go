package wire

import (
	"encoding/json"
	"fmt"

	"vocero/corpus"
)

// ParseAnnotated reads one JSON line that Encode shaped, or one of the gold
// tools; fields it does not know are passed over.
func ParseAnnotated(b []byte) (Annotated, error) {
	var a Annotated
	if err := json.Unmarshal(b, &a); err != nil {
		return Annotated{}, fmt.Errorf("read annotations: %w", err)
	}
	return a, nil
}

// Decode gives back the document and the annotations that a was made from, as
// far as the shape holds them. An offset outside the text, a kind or a value
// that nobody wrote is an error.
func (a *Annotated) Decode() (corpus.Document, corpus.Annotations, error) {
	d := decoder{points: corpus.NewPoints(a.Text), text: a.Text}
	d.found.Document = a.ID
	for i := range a.Mentions {
		if err := d.mention(&a.Mentions[i]); err != nil {
			return corpus.Document{}, corpus.Annotations{}, fmt.Errorf("mention %d of %s: %w", i, a.ID, err)
		}
	}
	for _, e := range a.Entities {
		d.found.Entities = append(d.found.Entities, corpus.Entity(e))
	}
	for i := range a.Facts {
		f := &a.Facts[i]
		evidence, err := d.span(f.Start, f.End)
		if err != nil {
			return corpus.Document{}, corpus.Annotations{}, fmt.Errorf("fact %d of %s: %w", i, a.ID, err)
		}
		d.found.Facts = append(d.found.Facts, corpus.Fact{
			Holder: f.HolderID, Role: f.Role, Org: f.OrgID, Status: f.Status, When: f.When, Evidence: evidence,
		})
	}
	return corpus.Document{ID: a.ID, Lang: a.Lang, Text: a.Text}, d.found, nil
}

type decoder struct {
	text   string
	points *corpus.Points
	found  corpus.Annotations
}

func (d *decoder) mention(m *Mention) error {
	span, err := d.span(m.Start, m.End)
	if err != nil {
		return err
	}
	switch m.Kind {
	case corpus.Person, corpus.Organization, corpus.Place:
		d.found.Mentions = append(d.found.Mentions,
			corpus.Mention{Span: span, Kind: m.Kind, Entity: m.ID, Confidence: m.Confidence})
	case corpus.RoleKind:
		d.found.Roles = append(d.found.Roles,
			corpus.Role{Span: span, Holders: m.HolderIDs, Orgs: m.OrgIDs, Status: m.Status})
	case corpus.Money, corpus.Percent:
		return d.amount(m, span)
	case corpus.DateKind:
		return d.date(m, span)
	default:
		return fmt.Errorf("no kind %q", m.Kind)
	}
	return nil
}

func (d *decoder) amount(m *Mention, span corpus.Span) error {
	amount, err := ParseAmount(m.Kind, m.Value)
	if err != nil {
		return err
	}
	amount.Span, amount.Bound = span, m.Mod
	if m.Restates != nil {
		if amount.Restates, err = d.span(m.Restates.Start, m.Restates.End); err != nil {
			return err
		}
	}
	d.found.Amounts = append(d.found.Amounts, amount)
	return nil
}

func (d *decoder) date(m *Mention, span corpus.Span) error {
	date := corpus.DateRange{Span: span, EDTF: m.Value, Bound: m.Mod}
	if err := date.From.UnmarshalText([]byte(m.From)); err != nil {
		return err
	}
	if err := date.To.UnmarshalText([]byte(m.To)); err != nil {
		return err
	}
	d.found.Dates = append(d.found.Dates, date)
	return nil
}

func (d *decoder) span(start, end int) (corpus.Span, error) {
	last := d.points.Of(len(d.text))
	if start < 0 || end < start || end > last {
		return corpus.Span{}, fmt.Errorf("%d to %d is outside the text of %d code points", start, end, last)
	}
	return corpus.Span{Start: d.points.Byte(start), End: d.points.Byte(end)}, nil
}
