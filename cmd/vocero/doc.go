// Vocero turns press releases into evidence; `vocero demo` shows how.
//
// A tour of the code, bottom up:
//
//   - corpus: the nouns (Raw, Document, Annotations) and Store; corpus/sqlite
//     keeps them in the data folder, corpus/samples holds the demo's releases.
//   - extract/text, number: tokens, sentences, languages; the reader of numbers.
//   - extract/date, money, ner, role: one Find each. extract/ner/crf is the
//     model of names, extract/ner/train makes it.
//   - extract/link: individuals, holders of roles, facts.
//   - extract: Annotate calls them in turn; wire is the shape outside; gold and
//     eval read annotated releases and score against them.
//   - ingest: Run; Expander opens what holds many releases, Decoder makes documents.
//     file, feed, warc and crawl are where bytes come from; html, pdf, office, mail,
//     markdown, table and archive a format each; charset and fields serve them.
//     Within crawl, fetch asks servers; robots, address, sitemap and page say what may
//     be asked for and what came. source keeps standing sources to their rhythm.
//   - index: what searching means; query is its language, terms its words, bleve
//     the index on disk.
//   - cmd/internal/api: searches as values and over HTTP.
//   - this package: a file a verb; root.go is where they meet.
package main
