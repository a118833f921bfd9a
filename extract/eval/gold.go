package eval

import (
	"encoding/json"
	"fmt"

	"vocero/corpus"
	"vocero/extract/wire"
)

// Gold is a document with what a perfect extractor finds in it.
type Gold struct {
	Document corpus.Document
	Mentions []GoldMention // of the kinds that are scored, and "x"
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
