package index

// FacetName is the name of a facet, by which a value can be asked for too.
type FacetName string

// The facets.
const (
	Persons        FacetName = "person"
	Orgs           FacetName = "org"
	Places         FacetName = "place"
	PlaceCountries FacetName = "placecountry" // where the places lie: ISO 3166-1 alpha-2
	Roles          FacetName = "role"         // in lower case
	Facts          FacetName = "fact"         // how roles are held: current, acting, former, elect
	Kinds          FacetName = "kind"         // what was found: person, role, … money, percent, date, fact
	Publishers     FacetName = "publisher"
	Countries      FacetName = "country"
	Langs          FacetName = "lang"
	Sources        FacetName = "source"
	Years          FacetName = "year"     // of publication: 2021
	Months         FacetName = "month"    // of publication: 2021-05
	TextYears      FacetName = "date"     // named in the text: 2021
	Currencies     FacetName = "currency" // ISO 4217 code
	Bands          FacetName = "amount"   // by powers of ten: USD 1M..10M
)

// FacetNames lists all facets.
var FacetNames = [...]FacetName{Persons, Orgs, Places, PlaceCountries, Roles, Facts, Kinds, Publishers, Countries,
	Langs, Sources, Years, Months, TextYears, Currencies, Bands}

// Choice keeps the hits that have any of some values of a facet, or with Not
// those that have none of them. All choices must hold, also two of one facet.
//
// A facet is counted over the hits of the choices of other facets, and of its
// own that are Not: so each of its values shows what choosing it would give,
// beside those that are chosen already.
type Choice struct {
	Facet  FacetName
	Values []string // as Count.Value has them
	Not    bool
}

// FacetRequest asks for one facet.
type FacetRequest struct {
	Name   FacetName
	Size   int    // values; 0 is 10, below 0 is all
	Order  Order  // zero: by count
	Prefix string // only values that begin with it, whatever case and accents
}

// Order is the order of a facet's values.
type Order string

// The orders of values. Those that are equal in it go by value.
const (
	ByCount Order = "" // most frequent first

	// ByValue is the order of a histogram: all values, whatever the Size; the
	// years and months of publication between them without a hit stand in it
	// with the count 0.
	ByValue Order = "value"

	// BySignificance has those first that are typical of the hits against the
	// whole index, and leaves those out that are not. See Count.Score.
	BySignificance Order = "significant"
)

// FacetsOf asks for size values of each of some facets, by count.
func FacetsOf(size int, names ...FacetName) []FacetRequest {
	var all []FacetRequest
	for _, name := range names {
		all = append(all, FacetRequest{Name: name, Size: size})
	}
	return all
}

// Facet counts all hits of a search by one of their properties.
type Facet struct {
	Name   FacetName
	Values []Count // in the order asked for
	More   int     // number of values beyond these
}

// Count is the number of hits that have a value.
type Count struct {
	Value  string
	Count  int
	Chosen bool // by a Choice that isn't Not; always among the values

	// Of is the number of releases in the whole index that have the value, and
	// Score how much more frequent it is among the hits: the difference of the
	// two shares times their ratio. Both BySignificance only.
	Of    int
	Score float64
}
