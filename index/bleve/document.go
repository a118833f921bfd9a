package bleve

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"vocero/corpus"
	"vocero/index"
	"vocero/index/gazetteer"
	"vocero/index/query"
	"vocero/index/terms"

	"github.com/blevesearch/bleve/v2/document"
	bindex "github.com/blevesearch/bleve_index_api"
)

// lazyDocument is a release that is analyzed when bleve first asks for its
// fields, which it does on several goroutines, and once for each document.
type lazyDocument struct {
	*document.Document
	release *corpus.Release
	stems   *stemmer
}

func newDocument(r *corpus.Release, known *stemming) *lazyDocument {
	return &lazyDocument{document.NewDocument(r.Document.ID), r, known.of(terms.Language(r.Document.Lang))}
}

// VisitFields analyzes the release at the first visit.
func (d *lazyDocument) VisitFields(visit bindex.FieldVisitor) {
	if d.release != nil {
		b := newBuilder(d.release, d.stems)
		b.build()
		for _, f := range b.fields {
			if len(f.words) > 0 {
				f.finish()
				d.AddField(f)
			}
		}
		d.release = nil
	}
	d.Document.VisitFields(visit)
}

// Size is only asked for statistics.
func (d *lazyDocument) Size() int { return 0 }

// builder makes the fields of one release.
type builder struct {
	doc      *corpus.Document
	group    corpus.Group
	ann      *corpus.Annotations
	lang     string
	stems    *stemmer
	fields   []*field
	entities map[string]*corpus.Entity
	starts   []int       // byte offset of each word of the text
	units    []int       // the sentence of each word
	slots    map[int]int // sentence → names placed in it so far
}

func newBuilder(r *corpus.Release, stems *stemmer) *builder {
	b := &builder{doc: &r.Document, group: r.Group, ann: &r.Annotations, lang: stems.lang, stems: stems,
		entities: make(map[string]*corpus.Entity), slots: make(map[int]int)}
	for i := range b.ann.Entities {
		b.entities[b.ann.Entities[i].ID] = &b.ann.Entities[i]
	}
	return b
}

func (b *builder) build() {
	b.text()
	b.metadata()
	b.mentions()
	b.roles()
	b.amounts()
	b.dates()
	b.facts()
	b.kinds()
	b.aliases()
}

// field starts a field; each is started once.
func (b *builder) field(name string, options bindex.FieldIndexingOptions) *field {
	f := newField(name, options)
	b.fields = append(b.fields, f)
	return f
}

func (b *builder) facet(name index.FacetName) *field {
	return b.field(facetField+string(name), counted)
}

// whole adds a value that is matched whole.
func (f *field) whole(value string) {
	const longest = 200 // bytes; a name beyond is none
	if len(value) <= longest {
		f.add(value, 0)
	}
}

func (b *builder) text() {
	text, word := b.field(textField+b.lang, placed), b.field(wordField, listed)
	lead, leadLeft, leadStart := b.field(leadField+b.lang, listed), leadWords, b.leadStart()
	const usualTerm, usualWord = 16, 6 // bytes of text for each of its terms, and of its words
	size := len(b.doc.Text)
	stems := make(map[string]int32, size/usualTerm) // the number of each word's stem
	text.room(size/usualTerm, size/usualWord)
	b.starts, b.units = make([]int, 0, size/usualWord), make([]int, 0, size/usualWord)
	for t := range terms.Find(b.doc.Text) {
		stem, known := stems[t.Word]
		if !known {
			stem = text.number(cmp.Or(b.stems.stem(t.Word), t.Word))
			stems[t.Word] = stem
			word.distinct(t.Word)
		}
		text.at(stem, t.Position)
		if t.Span.Start >= leadStart && leadLeft > 0 {
			lead.add(text.words[stem], 0)
			leadLeft--
		}
		b.starts = append(b.starts, t.Span.Start)
		b.units = append(b.units, t.Position>>terms.SentenceBits)
	}
	often, much := b.field(oftenField+b.lang, listed), b.field(muchField+b.lang, listed)
	for i, stem := range text.words {
		if text.counts[i] >= oftenTimes {
			often.distinct(stem)
		}
		if text.counts[i] >= muchTimes {
			much.distinct(stem)
		}
	}
	b.field(lengthField, counted).whole(lengthStep(len(b.starts)))
	title := b.field(titleField+b.lang, placed)
	for t := range terms.Find(b.doc.Title) {
		title.add(b.stems.stem(t.Word), t.Position)
	}
}

// leadStart is where the text goes on after its title.
func (b *builder) leadStart() int {
	if b.doc.Title != "" && strings.HasPrefix(b.doc.Text, b.doc.Title) {
		return len(b.doc.Title)
	}
	return 0
}

func (b *builder) metadata() {
	d := b.doc
	b.facet(index.Publishers).whole(d.Publisher)
	b.facet(index.Countries).whole(d.Country)
	b.facet(index.Langs).whole(d.Lang)
	b.facet(index.Sources).whole(d.Source)
	publisher := b.field(publisherField, placed)
	for i, w := range terms.Words(d.Publisher) {
		publisher.add(w, i)
	}
	b.field(versionField, counted).whole(strconv.Itoa(d.Version))
	b.field(groupField, counted).whole(b.group.ID)
	if b.group.Copy {
		b.field(copyField, counted).whole("1")
	}
	b.field(publishedField, counted).whole(d.Published.String())
	if p := d.Published; !p.IsZero() {
		b.facet(index.Years).whole(corpus.Date{Year: p.Year}.String())
		if p.Month > 0 {
			b.facet(index.Months).whole(corpus.Date{Year: p.Year, Month: p.Month}.String())
		}
	}
}

// mentions places each name where the text has it, in its own words and under
// the full name of its entity.
func (b *builder) mentions() {
	fields := map[corpus.Kind]*field{
		corpus.Person:       b.field(personField, placed),
		corpus.Organization: b.field(orgField, placed),
		corpus.Place:        b.field(placeField, placed),
	}
	facets := map[corpus.Kind]*field{
		corpus.Person:       b.facet(index.Persons),
		corpus.Organization: b.facet(index.Orgs),
		corpus.Place:        b.facet(index.Places),
	}
	countries := b.facet(index.PlaceCountries)
	for i := range b.ann.Mentions {
		m := &b.ann.Mentions[i]
		f := fields[m.Kind]
		if f == nil || !b.holds(m.Span) {
			continue
		}
		surface := m.Span.Of(b.doc.Text)
		words := terms.Words(surface)
		if e := b.entities[m.Entity]; e != nil {
			name := terms.Words(e.Name)
			b.place(f, m.Span.Start, name)
			if !slices.Equal(name, words) {
				b.place(f, m.Span.Start, words)
			}
			facets[m.Kind].whole(e.Name)
		} else {
			b.place(f, m.Span.Start, words)
			facets[m.Kind].whole(surface)
		}
		if m.Kind == corpus.Place {
			countries.whole(b.country(m, surface))
		}
	}
}

// country returns the country that a place lies in, by its full name or by the
// form in the text, or "" where neither tells.
func (b *builder) country(m *corpus.Mention, surface string) string {
	if e := b.entities[m.Entity]; e != nil {
		if code := gazetteer.Country(e.Name, b.doc.Country); code != "" {
			return code
		}
	}
	return gazetteer.Country(surface, b.doc.Country)
}

// kinds says which kinds of things were found.
func (b *builder) kinds() {
	f, a := b.facet(index.Kinds), b.ann
	for i := range a.Mentions {
		f.whole(string(a.Mentions[i].Kind))
	}
	for i := range a.Amounts {
		f.whole(string(a.Amounts[i].Kind()))
	}
	for kind, n := range map[corpus.Kind]int{corpus.RoleKind: len(a.Roles), corpus.DateKind: len(a.Dates), "fact": len(a.Facts)} {
		if n > 0 {
			f.whole(string(kind))
		}
	}
}

// place adds the words of a name to the sentence of the byte at offset.
func (b *builder) place(f *field, offset int, words []string) {
	at := b.slot(offset)
	for i, w := range words[:min(len(words), 1<<slotBits-1)] {
		f.add(w, at+i)
	}
}

// slot returns a position for a name in the sentence of the byte at offset.
// Names beyond those that a sentence has room for share its last slot.
func (b *builder) slot(offset int) int {
	i, found := slices.BinarySearch(b.starts, offset)
	if !found {
		i--
	}
	unit := 0
	if i >= 0 {
		unit = b.units[i]
	}
	n := min(b.slots[unit], 1<<(nameBits-slotBits)-1)
	b.slots[unit]++
	return unit<<nameBits + n<<slotBits
}

// holds guards against annotations of another text.
func (b *builder) holds(s corpus.Span) bool {
	return s.Start >= 0 && s.Start < s.End && s.End <= len(b.doc.Text)
}

func (b *builder) roles() {
	f, facet := b.field(roleField, placed), b.facet(index.Roles)
	for i := range b.ann.Roles {
		s := b.ann.Roles[i].Span
		if !b.holds(s) {
			continue
		}
		at := b.slot(s.Start)
		b.role(f, at, 1<<slotBits-1, s.Of(b.doc.Text))
		facet.whole(strings.ToLower(strings.Join(strings.Fields(s.Of(b.doc.Text)), " ")))
	}
}

// role adds the words of a role and their stems, both at the same positions.
func (b *builder) role(f *field, at, room int, surface string) {
	words := terms.Words(surface)
	for i, w := range words[:min(len(words), room)] {
		f.add(w, at+i)
		f.add(stemMark+b.stems.stem(w), at+i)
	}
}

func (b *builder) amounts() {
	f := b.field(amountField, placed|bindex.DocValues)
	currencies, bands := b.facet(index.Currencies), b.facet(index.Bands)
	for i := range b.ann.Amounts {
		a := &b.ann.Amounts[i]
		f.add(encodeAmount(a), b.slot(a.Span.Start))
		if a.Kind() == corpus.Money {
			currencies.whole(a.Unit)
			bands.whole(band(a))
		}
	}
}

func (b *builder) dates() {
	f, years := b.field(dateField, placed), b.facet(index.TextYears)
	for i := range b.ann.Dates {
		d := &b.ann.Dates[i]
		if d.From.IsZero() && d.To.IsZero() {
			continue
		}
		f.add(encodeDates(d.From, d.To), b.slot(d.Span.Start))
		first, last := cmp.Or(d.From.Year, d.To.Year), cmp.Or(d.To.Year, d.From.Year)
		const mostYears = 30 // of one range: a longer one is an era, not its years
		if last-first >= mostYears {
			last = first
		}
		for y := first; y <= last; y++ {
			years.whole(corpus.Date{Year: y}.String())
		}
	}
}

// facts gives each fact a number, which its words share in all four fields.
func (b *builder) facts() {
	person, role := b.field(factPersonField, placed), b.field(factRoleField, placed)
	org, status := b.field(factOrgField, placed), b.field(factStatusField, placed)
	ways := b.facet(index.Facts)
	for i := range b.ann.Facts {
		f := &b.ann.Facts[i]
		at := i << factBits
		b.names(person, at, f.Holder)
		b.role(role, at, 1<<factBits-1, f.Role)
		b.names(org, at, f.Org)
		status.add(cmp.Or(string(f.Status), query.Current), at)
		ways.whole(cmp.Or(string(f.Status), query.Current))
	}
}

// names adds the forms of an entity's name, as many as one fact has room for.
func (b *builder) names(f *field, at int, entity string) {
	e := b.entities[entity]
	if e == nil {
		return
	}
	end := at + 1<<factBits - 1
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		words := terms.Words(name)
		if at+len(words) > end {
			return
		}
		for i, w := range words {
			f.add(w, at+i)
		}
		at += len(words) + 1 // so that two forms are never in a row
	}
}

// aliases says which acronyms stand for which names.
func (b *builder) aliases() {
	f := b.field(aliasField, listed)
	for i := range b.ann.Entities {
		e := &b.ann.Entities[i]
		for _, alias := range e.Aliases {
			if abbreviates(alias, e.Name) {
				for _, pair := range [][2]string{{alias, e.Name}, {e.Name, alias}} {
					f.whole(aliasForm(pair[0]))
					f.whole(aliasTerm(pair[0], pair[1]))
				}
			}
		}
	}
}
