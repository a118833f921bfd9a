package main

import (
	"vocero/corpus"
	"vocero/extract/eval"
	"vocero/extract/gold"
	"vocero/extract/link"
	"vocero/extract/text"
	"vocero/extract/wire"
)

// goldClusters scores how the names of gold are put together to individuals, so
// that what the tagger misses does not count.
func goldClusters(documents []gold.Document, scored []eval.Gold) *eval.Clusters {
	found := make([]wire.Annotated, len(documents))
	for i := range documents {
		d := &documents[i]
		a := corpus.Annotations{Document: d.ID}
		for _, m := range d.Mentions {
			switch m.Kind {
			case corpus.Person, corpus.Organization, corpus.Place:
				a.Mentions = append(a.Mentions, corpus.Mention{Span: m.Span, Kind: m.Kind, Confidence: 1})
			}
		}
		link.Link(text.Parse(d.Text, d.Lang), &a)
		found[i] = wire.Encode(&d.Document, &a)
	}
	return &eval.Compare(scored, found, eval.Options{Kinds: eval.Names()}).Clusters
}
