package query

import (
	"vocero/corpus"

	"github.com/cockroachdb/apd/v3"
)

// Node is a query or a part of one: All, Word, Phrase, Field, Amount, Dates,
// And, Or, Not, Fact or Near. Its String reads back as the same node.
type Node interface {
	String() string
	node() // sealed: these are all the nodes there are
}

// All matches every document; it is written *.
type All struct{}

// Word matches documents that hold a word, in any of its inflections.
type Word struct {
	Text   string
	Prefix bool // written trat*: every word that begins so
	Fuzzy  int  // written Kena~ or Kena~2: words within so many letters, 0 to 2
}

// Phrase matches words in a row, or all of them within Slop more words than
// they are; it is written "a b" or "a b"~5.
type Phrase struct {
	Text string
	Slop int
}

// Field matches within one field: Of is made of Word, Phrase, And, Or, Not.
type Field struct {
	Name FieldName
	Of   Node
}

// FieldName is a field by its canonical name.
type FieldName string

// The fields. Status is asked within Fact only.
const (
	Title     FieldName = "title"
	Person    FieldName = "person"
	Org       FieldName = "org"
	Role      FieldName = "role"
	Place     FieldName = "place"
	Publisher FieldName = "publisher"
	Country   FieldName = "country"
	Lang      FieldName = "lang"
	Source    FieldName = "source"
	ID        FieldName = "id"
	Status    FieldName = "status"

	money     FieldName = "amount"
	percent   FieldName = "percent"
	inText    FieldName = "date"
	published FieldName = "published"
)

// Amount matches documents that name a sum of money, or a percentage, that may
// lie between From and To: a range in the text matches where it overlaps.
type Amount struct {
	Unit     string // ISO 4217 code, "%", or "" for money of any currency
	From, To Limit
}

// Limit is one end of a range of amounts; the zero value leaves it open.
type Limit struct {
	Value  *apd.Decimal
	Beyond bool // the value itself is not within
}

// Dates matches documents by the days between From and To, both inclusive, of
// which either may be partial, and either zero for an open end.
type Dates struct {
	Published bool // when the release was published, not the dates in its text
	From, To  corpus.Date
}

// And matches what all of its parts match; it holds two or more, none an And.
type And struct{ Of []Node }

// Or matches what any of its parts match; it holds two or more, none an Or.
type Or struct{ Of []Node }

// Not matches what its part doesn't.
type Not struct{ Of Node }

// Fact matches documents of which one single fact matches all of Of, which
// asks for person, role, org and status.
type Fact struct{ Of Node }

// Near matches documents of which one single sentence matches all of Of.
type Near struct{ Of Node }

func (All) node()    {}
func (Word) node()   {}
func (Phrase) node() {}
func (Field) node()  {}
func (Amount) node() {}
func (Dates) node()  {}
func (And) node()    {}
func (Or) node()     {}
func (Not) node()    {}
func (Fact) node()   {}
func (Near) node()   {}

// IsZero says that the limit leaves its end open.
func (l Limit) IsZero() bool { return l.Value == nil }

// Days returns the first and the last day of d; zero where open.
func (d Dates) Days() (from, to corpus.Date) { return d.From.First(), d.To.Last() }
