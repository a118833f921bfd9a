package corpus

// Group says of a release whether others are copies of it: the same text, or
// nearly, under another address. A Store groups what it holds; one release of
// each group is shown, the earliest published and then the first stored, and the
// others stay under it.
type Group struct {
	ID   string // the same for all of a group while it lasts; "" for a release without copies
	Copy bool   // another release of the group is shown for this one
}

// Copies are the releases of one group.
type Copies struct {
	Shown     string     // ID of the release that is shown for all
	Total     int        // how many they are, that one included
	Documents []Document // the first of them without Text: that one, then by day of publication
}
