package bleve

import (
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
	wordField  = "word"   // folded words, without positions: for trat* and Kena~

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
	searched = bindex.IndexField | bindex.IncludeTermVectors                       // ranked, with positions
	placed   = bindex.IndexField | bindex.IncludeTermVectors | bindex.SkipFreqNorm // positions only
	listed   = bindex.IndexField | bindex.SkipFreqNorm                             // there or not
	counted  = listed | bindex.DocValues                                           // with a column
)

// field is one field of a document, analyzed already.
type field struct {
	name    string
	options bindex.FieldIndexingOptions
	length  int
	terms   bindex.TokenFrequencies
}

func newField(name string, options bindex.FieldIndexingOptions) *field {
	return &field{name: name, options: options, terms: make(bindex.TokenFrequencies)}
}

// add adds a term at a position, which is kept where the field has positions.
func (f *field) add(term string, position int) {
	if term == "" {
		return
	}
	freq := f.terms[term]
	if freq == nil {
		freq = &bindex.TokenFreq{Term: []byte(term)}
		f.terms[term] = freq
	}
	f.length++
	if !f.options.SkipFreqNorm() {
		freq.SetFrequency(freq.Frequency() + 1)
	}
	if f.options.IncludeTermVectors() {
		// bleve counts positions from 1; where a word begins is of no use here
		freq.Locations = append(freq.Locations, &bindex.TokenLocation{Position: position + 1})
	}
}

// The methods of bleve's Field.

func (f *field) Name() string                                      { return f.name }
func (f *field) Value() []byte                                     { return nil }
func (f *field) ArrayPositions() []uint64                          { return nil }
func (f *field) EncodedFieldType() byte                            { return 't' }
func (f *field) Analyze()                                          {}
func (f *field) Options() bindex.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                               { return f.length }
func (f *field) AnalyzedTokenFrequencies() bindex.TokenFrequencies { return f.terms }
func (f *field) NumPlainTextBytes() uint64                         { return 0 }
func (f *field) Size() int                                         { return 0 }
