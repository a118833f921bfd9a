package ingest

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"iter"
	"strconv"

	"vocero/corpus"
	"vocero/ingest/fields"
	"vocero/ingest/file"
	"vocero/ingest/mail"
	"vocero/ingest/table"
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

// rows yields the releases in a table. A row that says which release it is is
// known by that, wherever it stands.
func (o *opening) rows(raw corpus.Raw, rows iter.Seq2[table.Row, error]) bool {
	for row, err := range rows {
		part := raw
		id, number := o.identity(row.JSON)
		if number != "" {
			row.Place = "id:" + number
		}
		if row.Place != "" {
			part = within(raw, "#", row.Place)
		}
		if err != nil {
			if !o.fail(part, err) {
				return false
			}
			continue
		}
		part.Bytes, part.ContentType = row.JSON, "application/json"
		part.Given = merge(id, part.Given)
		if !o.yield(part, nil) || o.ctx.Err() != nil {
			return false
		}
	}
	return true
}

// identity is what says which release an object is. A mere number tells it only
// from others beside it.
func (o *opening) identity(object []byte) (id corpus.Given, number string) {
	id = o.e.Fields.Identity(object)
	if _, err := strconv.Atoi(id.ID); err == nil && o.e.Fields[fields.ID] == nil {
		id.ID, number = "", id.ID
	}
	return id, number
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
			o.cut = o.cut || corpus.FailureOf(err).Reason == corpus.Unreadable // nothing follows
			if !o.failPart(part, err) {
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
