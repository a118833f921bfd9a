package storetest

import (
	"fmt"
	"strings"
	"time"

	"github.com/cockroachdb/apd/v3"

	"vocero/corpus"
)

// Release makes the n-th of endless invented releases, all different and each
// the same whenever it is asked for, with every kind of annotation.
func Release(n int) corpus.Release {
	b := &builder{text: fmt.Sprintf("La ministra visita la obra %d\n\n", n)}
	minister := b.entity(corpus.Person, "p1", fmt.Sprintf("Rosa Quispe %d", n), "Quispe")
	ministry := b.entity(corpus.Organization, "o1", "Ministerio de Obras", "el Ministerio")
	town := b.entity(corpus.Place, "l1", "Huaraz")
	for i := range 2 + n%5 {
		b.sentence(n, i, minister, ministry, town)
	}
	b.Extractor = "storetest"
	url := fmt.Sprintf("https://obras.example/%d", n)
	parent := ""
	if n%3 == 0 {
		parent = "nota-de-prensa"
	}
	return corpus.Release{
		Raw: corpus.Raw{
			URL: url, Parent: parent, Bytes: []byte("<p>" + b.text + "</p>"), ContentType: "text/html",
			Given:   corpus.Given{Title: "La ministra visita la obra", Lang: "es", Published: "2024-05"},
			Fetched: time.Date(2024, 5, 17, 8, 30, 0, n, time.UTC), Via: "http",
		},
		Document: corpus.Document{
			ID: corpus.DocumentID(&corpus.Raw{URL: url}), Parent: parent, URL: url, Source: "obras", Publisher: "Ministerio de Obras",
			Country: "PE", Lang: "es", Published: corpus.Date{Year: 2024, Month: 5}, Title: "La ministra visita la obra", Text: b.text,
			Modified: corpus.Date{Year: 2024, Month: 5, Day: 18}, Author: "Ana Ruiz; Luis Paz", Section: "Obras",
			Origins: map[string]string{"author": "json-ld", "published": "url"},
		},
		Annotations: b.Annotations,
	}
}

// builder writes a text and notes what is in it.
type builder struct {
	text string
	corpus.Annotations
}

func (b *builder) entity(kind corpus.Kind, id, name string, aliases ...string) corpus.Entity {
	e := corpus.Entity{ID: id, Kind: kind, Name: name, Aliases: aliases}
	b.Entities = append(b.Entities, e)
	return e
}

func (b *builder) sentence(n, i int, minister, ministry, town corpus.Entity) {
	start := len(b.text)
	b.write("La ")
	role := b.write("ministra interina de Obras")
	b.Roles = append(b.Roles, corpus.Role{Span: role, Holders: []string{minister.ID}, Orgs: []string{ministry.ID}, Status: corpus.Acting})
	b.write(", ")
	b.mention(minister)
	b.write(", dijo en ")
	b.mention(town)
	b.write(" que el ")
	b.mention(ministry)
	b.write(" invirtió ")
	sum := apd.New(int64(n)*1000+int64(i)*10+5, -2)
	low := b.write("S/ " + sum.Text('f'))
	b.Amounts = append(b.Amounts, corpus.Amount{Span: low, Unit: "PEN", Low: *sum, High: *sum, Bound: corpus.About})
	b.write(" (")
	b.Amounts = append(b.Amounts, corpus.Amount{
		Span: b.write("US$ 2 a 3 millones"), Unit: "USD", Low: *apd.New(2, 6), High: *apd.New(3, 6), Restates: low,
	})
	b.write(") desde ")
	b.Dates = append(b.Dates, corpus.DateRange{
		Span: b.write("mayo del 2023"), EDTF: "2023-05",
		From: corpus.Date{Year: 2023, Month: 5, Day: 1}, To: corpus.Date{Year: 2023, Month: 5, Day: 31}, Bound: corpus.Min,
	})
	b.write(", pese a que los plazos de entrega se corrieron por las lluvias y hubo que contratar más personal para terminar la obra.\n")
	b.Facts = append(b.Facts, corpus.Fact{
		Holder: minister.ID, Role: "ministra interina de Obras", Org: ministry.ID, Status: corpus.Acting, When: "2023-05",
		Evidence: corpus.Span{Start: start, End: len(b.text) - 1},
	})
}

func (b *builder) mention(e corpus.Entity) {
	b.Mentions = append(b.Mentions, corpus.Mention{Span: b.write(e.Name), Kind: e.Kind, Entity: e.ID, Confidence: 0.875})
}

func (b *builder) write(s string) corpus.Span {
	start := len(b.text)
	b.text += s
	return corpus.Span{Start: start, End: len(b.text)}
}

// Revised returns r with a sentence more, as its publisher may send it again.
func Revised(r corpus.Release, sentence string) corpus.Release {
	r.Raw.Bytes = append([]byte(sentence), r.Raw.Bytes...)
	r.Document.Text = strings.TrimRight(r.Document.Text, "\n") + "\n" + sentence + "\n"
	r.Document.Version = 0
	return r
}
