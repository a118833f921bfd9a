package wire

import (
	"encoding/json"
	"fmt"

	"vocero/corpus"
)

// Line is one release as a JSON line gives it:
//
//	{"id":"es-1","title":"…","text":"…","lang":"es","published":"2024-05-17","country":"PE","publisher":"…","url":"…"}
//
// Only the text must be there. Without a title the text is taken as it is.
type Line struct {
	corpus.Given
	Text string `json:"text"`
}

// ParseLine reads one JSON line; fields it does not know are passed over. The
// error is a [corpus.Failure]: Malformed for JSON that cannot be read, Empty
// for a line without text.
func ParseLine(b []byte) (Line, error) {
	var l Line
	if err := json.Unmarshal(b, &l); err != nil {
		return Line{}, fmt.Errorf("read line: %w", &corpus.Failure{Reason: corpus.Malformed, Detail: err.Error()})
	}
	if l.Text == "" {
		return Line{}, fmt.Errorf("read line: %w", &corpus.Failure{Reason: corpus.Empty, Detail: "the line has no text"})
	}
	return l, nil
}

// Raw is the line as input to the decoder of documents, as plain text.
func (l *Line) Raw() corpus.Raw {
	return corpus.Raw{Bytes: []byte(l.Text), ContentType: "text/plain; charset=utf-8", Given: l.Given}
}
