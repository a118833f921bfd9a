package ingest

import (
	"bytes"
	"cmp"
	"fmt"
	"io"

	"vocero/corpus"
	"vocero/ingest/file"
	"vocero/ingest/mail"
)

// mail yields a message, and then what is attached to it.
func (o *opening) mail(raw corpus.Raw, r io.Reader, depth int) bool {
	whole, err := file.Whole(raw, r, int64(o.limits.Raw))
	if err != nil {
		return o.yield(whole, err)
	}
	message, err := mail.Parse(whole.Bytes, o.limits.mail())
	if err != nil {
		return o.fail(whole, err)
	}
	if !o.yield(whole, nil) {
		return false
	}
	for _, a := range message.Attachments {
		part := within(raw, "!", a.Name)
		part.Parent, part.ContentType = corpus.DocumentID(&whole), a.Type
		part.Given.Publisher = cmp.Or(part.Given.Publisher, message.From)
		if !o.open(part, bytes.NewReader(a.Bytes), depth+1) {
			return false
		}
	}
	return true
}

// mailbox yields the messages of a mailbox, each known by its own ID: others
// may be deleted before it.
func (o *opening) mailbox(raw corpus.Raw, r io.Reader, depth int) bool {
	n := 0
	for b, err := range mail.Messages(r, o.limits.Raw) {
		n++
		message, _ := mail.Parse(b, o.limits.mail()) // what is wrong with it is said when it is opened
		part := within(raw, "#", cmp.Or(message.ID, fmt.Sprint(n)))
		if err != nil {
			if !o.fail(part, err) {
				return false
			}
			continue
		}
		if !o.mail(part, bytes.NewReader(b), depth+1) || o.ctx.Err() != nil {
			return false
		}
	}
	return true
}
