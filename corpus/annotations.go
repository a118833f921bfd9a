package corpus

import "github.com/cockroachdb/apd/v3"

// Annotations is what was found in one version of a document. Every item
// carries its place in the text; the slices are in order of place.
type Annotations struct {
	Document  string // the document's ID
	Version   int    // the document's version
	Extractor string // version of the extractor that found them
	Mentions  []Mention
	Roles     []Role
	Amounts   []Amount
	Dates     []DateRange
	Entities  []Entity
	Facts     []Fact
}

// Kind is the kind of a thing that is found.
type Kind string

// The kinds, by the names that they have at every edge of the program.
const (
	Person       Kind = "person"
	Organization Kind = "organization"
	Place        Kind = "place"
	RoleKind     Kind = "role"
	Money        Kind = "money"
	Percent      Kind = "percent"
	DateKind     Kind = "date"
)

// Mention is a name in the text: of a person, an organization or a place.
type Mention struct {
	Span       Span
	Kind       Kind    // Person, Organization or Place
	Entity     string  // the ID of its Entity, once linked
	Confidence float64 // 0..1: how often mentions of this score are right
}

// Role is a position or title held, as the text words it.
type Role struct {
	Span    Span
	Holders []string // entity IDs of the persons who hold it
	Orgs    []string // entity IDs of organizations and places named within Span
	Status  Status
}

// Status says how a role is held; the zero value is "holds it".
type Status string

// The ways in which a role is held.
const (
	Acting Status = "acting" // en funciones, interino, encargado
	Former Status = "former" // ex, entonces
	Elect  Status = "elect"  // electo, designado
)

// Amount is a sum of money or a percentage. A single figure has Low equal to
// High; a range has Low below High.
type Amount struct {
	Span      Span
	Unit      string      // ISO 4217 code, XXX where it cannot be told, or "%"
	Low, High apd.Decimal // exact; never changed in place once found
	Bound     Bound
	Restates  Span // of the amount that this one, in brackets, gives in another unit; zero if none
}

// Percent is the Unit of a percentage.
const PercentUnit = "%"

// Kind returns Percent or Money.
func (a *Amount) Kind() Kind {
	if a.Unit == PercentUnit {
		return Percent
	}
	return Money
}

// Bound says on which side of a figure the truth lies; the zero value is "it is the figure".
type Bound string

// The bounds of amounts. Dates use Min (since), Max (until), Over (after), Under (before) and About.
const (
	Min   Bound = "min"   // at least
	Max   Bound = "max"   // at most
	Over  Bound = "over"  // more than
	Under Bound = "under" // less than
	About Bound = "about"
)

// DateRange is a calendar date, or a range of them, as the text gives it.
type DateRange struct {
	Span     Span
	EDTF     string // ISO 8601-2 level 1 and 2: 2021-05-17, 2017-06, 2019/2023, 199X, 2024-33, XXXX-05-17
	From, To Date   // first and last day, both inclusive; zero where open or not known
	Bound    Bound
}

// Entity is an individual person, organization or place within one document.
type Entity struct {
	ID      string // p1, o1, l1 …: unique within the document
	Kind    Kind
	Name    string   // its longest form in the text
	Aliases []string // its other forms, in order of first appearance
}

// Fact is one thing that the text says of a holder: the role, the organization
// or place that the role is in, how it is held and since or until when.
type Fact struct {
	Holder   string // entity ID of a person
	Role     string // the role in the text's words
	Org      string // entity ID of the organization or place, or ""
	Status   Status
	When     string // EDTF, or "" where the text ties no date to it
	Evidence Span   // the sentence, or the part of it, that says so
}
