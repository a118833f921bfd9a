package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// Raw is a release as it came: the bytes, where they were had, when and how.
type Raw struct {
	Source      string    // the standing source's id, or "" for a single ingest
	URL         string    // address on the web, if any
	Path        string    // file path, if any; "-" is standard input; "x.jsonl#12" is its line 12, "x.zip!a.pdf" a file in it
	Parent      string    // id of the release that this one was attached to, or ""
	Bytes       []byte    // as they came
	ContentType string    // as declared by the sender, maybe empty or wrong
	Given       Given     // what the sender said of the release beside it
	Default     Given     // what is true where neither that nor the release says it, such as its publisher
	Fetched     time.Time // when
	Via         string    // how: "file", "http", "feed", "stdin"
}

// Given is the metadata that came beside a release: a sidecar file, the fields
// of a JSON line, a feed's entry. It is believed before what the text itself says.
type Given struct {
	ID        string `json:"id,omitempty"`
	URL       string `json:"url,omitempty"`
	Title     string `json:"title,omitempty"`
	Lang      string `json:"lang,omitempty"`
	Published string `json:"published,omitempty"` // as given; Decode reads it
	Country   string `json:"country,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Author    string `json:"author,omitempty"` // names with "; " between
	Section   string `json:"section,omitempty"`
	Modified  string `json:"modified,omitempty"` // as given
}

// Hash identifies what came: SHA-256 in hexadecimal over the bytes and the
// metadata given beside them, and over its defaults where it has some. The same
// input has the same hash, however fetched.
func (r *Raw) Hash() string {
	h := sha256.New()
	given, _ := json.Marshal(r.Given) // a struct of strings always marshals
	h.Write(given)
	h.Write([]byte{0})
	h.Write(r.Bytes)
	if r.Default != (Given{}) {
		defaults, _ := json.Marshal(r.Default)
		h.Write([]byte{0})
		h.Write(defaults)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Key identifies the release across its versions: the id given, else the URL,
// else the path. Two Raws of one key are the same release, seen twice.
func (r *Raw) Key() string {
	switch {
	case r.Given.ID != "":
		return "id:" + r.Given.ID
	case r.URL != "":
		return "url:" + r.URL
	case r.Given.URL != "":
		return "url:" + r.Given.URL
	default:
		return "path:" + r.Path
	}
}
