package bleve

import (
	"slices"
	"strings"

	"vocero/index"
	"vocero/index/query"

	bindex "github.com/blevesearch/bleve_index_api"
)

// Fields of the index. Text and title are one field a language; names, roles,
// amounts and dates have the positions of the sentences that they stand in;
// those of facts have the number of the fact.
const (
	textField  = "text."  // + language: stems
	titleField = "title." // + language: stems
	oftenField = "often." // + language: stems that the text has twice or more, without positions
	muchField  = "much."  // + language: those that it has five times or more
	leadField  = "lead."  // + language: those of its first words after the title
	wordField  = "word"   // folded words, without positions: for trat* and Kena~

	aliasField = "alias" // "oit|Organización Internacional del Trabajo" and, folded, the other way round

	personField    = "person"
	orgField       = "org"
	placeField     = "place"
	roleField      = "role"   // folded words, and stems after stemMark
	amountField    = "amount" // with column
	dateField      = "date"
	publisherField = "publisher"
	publishedField = "published" // EDTF, with column

	factPersonField = "fact.person"
	factRoleField   = "fact.role"
	factOrgField    = "fact.org"
	factStatusField = "fact.status"

	versionField = "version" // with column
	lengthField  = "length"  // of the text, by lengthStep, with column
	groupField   = "group"   // of releases that have copies, with column
	copyField    = "copy"    // of those that another one is shown for: "1", with column

	// facetField + a facet's name holds its values, whole, with column.
	facetField = "facet."
)

// stemMark parts the stems from the words of one field.
const stemMark = "~"

// nameFields are the fields that names of each kind are asked in, in text and
// in facts.
var nameFields = map[query.FieldName]struct{ text, fact string }{
	query.Person: {personField, factPersonField},
	query.Org:    {orgField, factOrgField},
	query.Place:  {placeField, ""},
	query.Role:   {roleField, factRoleField},
}

// wholeFields are the fields that are matched whole.
var wholeFields = map[query.FieldName]string{
	query.Country: facetField + string(index.Countries),
	query.Lang:    facetField + string(index.Langs),
	query.Source:  facetField + string(index.Sources),
	query.ID:      "_id",
}

// Bits of a position below the number of its unit: of a sentence, for the
// fields other than the text's own, and of a fact.
const (
	nameBits = 12
	factBits = 6
	slotBits = 4 // of one name within a sentence: 16 words
)

// Options of fields.
const (
	listed  = bindex.IndexField | bindex.SkipFreqNorm // there or not
	placed  = listed | bindex.IncludeTermVectors      // with positions
	counted = listed | bindex.DocValues               // with a column
)

// kindOf takes the language off a field's name.
func kindOf(field string) string {
	if i := strings.IndexByte(field, '.'); i >= 0 {
		return field[:i+1]
	}
	return field
}

// field is one field of a document, analyzed already. Its terms are numbered as
// they come, and every place of each is kept in one row, so that a text of a
// thousand words costs a few allocations and not thousands.
type field struct {
	name    string
	options bindex.FieldIndexingOptions
	numbers map[string]int32
	words   []string // by number
	places  []place  // in the order of adding; none where the field has no positions
	counts  []int32  // of places, by number
	terms   bindex.TokenFrequencies
}

// place is where a term stands.
type place struct {
	number   int32 // of the term
	position int
}

func newField(name string, options bindex.FieldIndexingOptions) *field {
	return &field{name: name, options: options}
}

// add adds a term at a position, which is kept where the field has positions.
func (f *field) add(term string, position int) {
	if term != "" {
		f.at(f.number(term), position)
	}
}

// number returns the number of a term, which it gives it if it has none.
func (f *field) number(term string) int32 {
	n, known := f.numbers[term]
	if !known {
		if f.numbers == nil {
			f.numbers = make(map[string]int32)
		}
		n = int32(len(f.words))
		f.numbers[term] = n
		f.words, f.counts = append(f.words, term), append(f.counts, 0)
	}
	return n
}

// distinct adds a term that the field hasn't, without a place.
func (f *field) distinct(term string) {
	if term != "" {
		f.words = append(f.words, term)
	}
}

// room makes room for about so many terms and places.
func (f *field) room(terms, places int) {
	f.places = make([]place, 0, places)
	f.numbers, f.words, f.counts = make(map[string]int32, terms), make([]string, 0, terms), make([]int32, 0, terms)
}

// at adds a place of a term.
func (f *field) at(number int32, position int) {
	f.counts[number]++
	if f.options.IncludeTermVectors() {
		f.places = append(f.places, place{number, position})
	}
}

// finish makes bleve's terms of what was added.
func (f *field) finish() {
	f.terms = make(bindex.TokenFrequencies, len(f.words))
	freqs, size := make([]bindex.TokenFreq, len(f.words)), 0
	for _, w := range f.words {
		size += len(w)
	}
	text := make([]byte, 0, size)
	for i, w := range f.words {
		text = append(text, w...)
		freqs[i].Term = text[len(text)-len(w) : len(text) : len(text)]
		f.terms[w] = &freqs[i]
	}
	if len(f.places) > 0 {
		f.locate(freqs)
	}
	f.numbers, f.words, f.places, f.counts = nil, nil, nil, nil
}

// locate gives each term its location.
func (f *field) locate(freqs []bindex.TokenFreq) {
	row, ends := make([]int, len(f.places)), make([]int32, len(f.counts))
	for n := 1; n < len(ends); n++ {
		ends[n] = ends[n-1] + f.counts[n-1]
	}
	for _, p := range f.places {
		row[ends[p.number]] = p.position
		ends[p.number]++
	}
	locations, pointers := make([]bindex.TokenLocation, len(freqs)), make([]*bindex.TokenLocation, len(freqs))
	more := make([]uint64, 0, len(row))
	start := int32(0)
	for n := range freqs {
		more = pack(row[start:ends[n]], &locations[n], more)
		pointers[n] = &locations[n]
		freqs[n].Locations = pointers[n : n+1 : n+1]
		start = ends[n]
	}
}

// pack puts all places of a term into one location, as steps from each to the
// next, in the order of the four parts that a location has room for. bleve
// would keep a location for each, of five numbers of which we need one. The
// steps beyond the third are appended to more.
func pack(places []int, l *bindex.TokenLocation, more []uint64) []uint64 {
	if !slices.IsSorted(places) {
		slices.Sort(places)
	}
	places = slices.Compact(places)
	l.Position = places[0] + 1 // bleve counts from 1
	first := len(more)
	for i := range places[1:] {
		step := places[i+1] - places[i]
		switch i {
		case 0:
			l.Start = step
		case 1:
			l.End = step
		default:
			more = append(more, uint64(step))
		}
	}
	if len(more) > first {
		l.ArrayPositions = more[first:len(more):len(more)]
	}
	return more
}

// unpack appends the places that pack put into a location.
func unpack(to []int, pos, start, end uint64, more []uint64) []int {
	at := int(pos) - 1
	to = append(to, at)
	for _, step := range [...]uint64{start, end} {
		if step == 0 {
			return to
		}
		at += int(step)
		to = append(to, at)
	}
	for _, step := range more {
		at += int(step)
		to = append(to, at)
	}
	return to
}

// The methods of bleve's Field.

func (f *field) Name() string                                      { return f.name }
func (f *field) Value() []byte                                     { return nil }
func (f *field) ArrayPositions() []uint64                          { return nil }
func (f *field) EncodedFieldType() byte                            { return 't' }
func (f *field) Analyze()                                          {}
func (f *field) Options() bindex.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                               { return 0 }
func (f *field) AnalyzedTokenFrequencies() bindex.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                         { return 0 }
func (f *field) Size() int                                         { return 0 }
