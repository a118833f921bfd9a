package eval

import (
	"encoding/json"
	"fmt"
	"slices"

	"vocero/corpus"
	"vocero/extract/gold"
	"vocero/extract/wire"
)

// Gold is a document with what a perfect extractor finds in it.
type Gold struct {
	Document corpus.Document
	Mentions []GoldMention // of the kinds that are scored, and of gold.Excluded
}

// GoldMention is a mention of gold. A role lists for each of its holders, and
// for each organization or place within it, all forms of the name that the
// document has; a found role is right with any of them.
type GoldMention struct {
	wire.Mention
	Holders [][]string `json:"holder_any"`
	Orgs    [][]string `json:"org_any"`
}

// ParseGold reads one JSON line of the gold tools: a document's id, text and mentions.
func ParseGold(line []byte) (Gold, error) {
	var g struct {
		ID       string        `json:"id"`
		Lang     string        `json:"lang"`
		Text     string        `json:"text"`
		Mentions []GoldMention `json:"mentions"`
	}
	if err := json.Unmarshal(line, &g); err != nil {
		return Gold{}, fmt.Errorf("read gold: %w", err)
	}
	return Gold{corpus.Document{ID: g.ID, Lang: g.Lang, Text: g.Text}, g.Mentions}, nil
}

// ReadGold reads the annotated releases of a folder, see [gold.Read]. It is an
// error when there are none, or when one of them has a fault.
func ReadGold(folder string) ([]Gold, error) {
	documents, err := gold.Read(folder)
	if err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	if len(documents) == 0 {
		return nil, fmt.Errorf("read gold: %s has no annotated release", folder)
	}
	out := make([]Gold, len(documents))
	for i := range documents {
		out[i] = FromDocument(&documents[i])
	}
	return out, nil
}

// FromDocument brings an annotated release to the shape that is scored.
func FromDocument(d *gold.Document) Gold {
	points, forms := corpus.NewPoints(d.Text), map[string][]string{}
	for _, m := range d.Mentions {
		if m.ID != "" && !slices.Contains(forms[m.ID], m.Span.Of(d.Text)) {
			forms[m.ID] = append(forms[m.ID], m.Span.Of(d.Text))
		}
	}
	g := Gold{Document: d.Document}
	for _, m := range d.Mentions {
		g.Mentions = append(g.Mentions, GoldMention{
			Mention: wire.Mention{
				Kind: m.Kind, Start: points.Of(m.Span.Start), End: points.Of(m.Span.End), Text: m.Span.Of(d.Text),
				ID: m.ID, Status: m.Status, Value: m.Value, Mod: m.Mod,
			},
			Holders: formsOf(m.Holders, forms),
			Orgs:    formsOf(m.Orgs, forms),
		})
	}
	return g
}

func formsOf(ids []string, forms map[string][]string) [][]string {
	var out [][]string
	for _, id := range ids {
		out = append(out, forms[id])
	}
	return out
}
