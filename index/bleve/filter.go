package bleve

import (
	"fmt"
	"strings"

	"vocero/corpus"
	"vocero/index/query"
	"vocero/index/terms"
)

// whole finds a value, or its beginning, in a field that is matched whole.
func (r *reading) whole(name query.FieldName, field string, n query.Node) (matches, error) {
	switch n := n.(type) {
	case query.Phrase:
		return termMatches{r, field, []string{normal(name, n.Text)}}, nil
	case query.Word:
		value := normal(name, n.Text)
		if !n.Prefix {
			return termMatches{r, field, []string{value}}, nil
		}
		return rangeMatches{r, field, value, func(string) bool { return true }}, nil
	}
	return nil, fmt.Errorf("%T in field %s", n, name)
}

// normal writes a value as the corpus does.
func normal(name query.FieldName, value string) string {
	switch name {
	case query.Country:
		return strings.ToUpper(value)
	case query.Lang:
		return strings.ToLower(value)
	}
	return value
}

// amountPrefix returns how the terms begin that a could match.
func amountPrefix(a query.Amount) string {
	if a.Unit == "" {
		return ""
	}
	return a.Unit + separator
}

// amountTest says of a term whether it overlaps what a asks for.
func amountTest(a query.Amount) func(term string) bool {
	var from, to string
	if !a.From.IsZero() {
		from = encodeDecimal(a.From.Value)
	}
	if !a.To.IsZero() {
		to = encodeDecimal(a.To.Value)
	}
	return func(term string) bool {
		unit, low, high := decodeAmount(term)
		switch {
		case a.Unit == "" && unit == corpus.PercentUnit:
			return false
		case from != "" && (high < from || a.From.Beyond && high == from):
			return false
		}
		return to == "" || low < to || low == to && !a.To.Beyond
	}
}

// days finds documents by when they were published or by dates in their text.
func (r *reading) days(d query.Dates) matches {
	field, test := dateField, datesTest(d)
	if d.Published {
		field = publishedField
		overlaps := test
		test = func(term string) bool {
			day, err := corpus.ParseDate(term)
			return err == nil && overlaps(encodeDates(day, day))
		}
	}
	return rangeMatches{r, field, "", test}
}

// datesTest says of a term of encodeDates whether it shares a day with d.
func datesTest(d query.Dates) func(term string) bool {
	from, to, _ := strings.Cut(encodeDates(d.From, d.To), separator)
	return func(term string) bool {
		first, last, _ := strings.Cut(term, separator)
		return first <= to && from <= last
	}
}

// sentences is the number of bits that a field's positions have below the
// number of the sentence.
func sentences(field string) int {
	if strings.HasPrefix(field, textField) {
		return terms.SentenceBits
	}
	return nameBits
}
