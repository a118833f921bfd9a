package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"vocero/corpus/near"
)

// Document is the text of a release and what is known about it. Text is UTF-8
// in NFC and never changes within a version; a changed release is a new version.
type Document struct {
	ID        string // stable across versions, see DocumentID
	Version   int    // 1, 2, …; 0 before it was stored
	Parent    string `json:",omitempty"` // id of the release that this one was attached to, or ""
	URL       string
	Source    string // the standing source's id, or ""
	Publisher string
	Country   string // ISO 3166-1 alpha-2, "INT" for an international body, or ""
	Lang      string // ISO 639-1: es, en, pt, fr, ca, gl; "" or "other" where none of them
	Published Date
	Modified  Date   `json:",omitzero"`  // day of the last change that the publisher tells
	Author    string `json:",omitempty"` // who signed it, with "; " between names
	Section   string `json:",omitempty"` // the part of the publisher's site that it stands in
	Title     string
	Text      string // begins with the title where the title was given apart

	// Origins says where each field was found, by its name in small letters:
	// given (beside the bytes), json-ld, opengraph, meta, microdata, time, html,
	// text, url or script. A field of another format than HTML has none.
	Origins map[string]string `json:",omitempty"`
}

// DocumentID gives the id of the release that r is: the id that came with it,
// else 16 hexadecimal digits of its key's SHA-256.
func DocumentID(r *Raw) string {
	if r.Given.ID != "" {
		return r.Given.ID
	}
	sum := sha256.Sum256([]byte(r.Key()))
	return hex.EncodeToString(sum[:8])
}

// Hash identifies the document's content, without its version: two versions of
// one release that hash alike are the same version. Title and text count by their
// words: white space, case, punctuation, quotes and dashes, compatibility forms
// and a page's buttons may change at will, as sites' pages do; figures and their
// marks may not. That a page was touched, and where on it a field was found, makes
// no other version.
func (d *Document) Hash() string {
	c := *d
	c.Version, c.Source, c.Modified, c.Origins = 0, "", Date{}, nil
	c.Title, c.Text = near.Words(d.Title), near.Words(d.Text)
	b, _ := json.Marshal(c) // strings and a Date always marshal
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
