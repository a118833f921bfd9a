package train

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vocero/corpus"
	"vocero/extract/gold"
	"vocero/extract/ner/crf"
)

// Stock is names to put in the place of others, so that what is learnt is how
// names stand in texts rather than which ones do.
type Stock struct {
	Forenames, Surnames, Cities []string
	Countries                   map[string][]string // by language
}

// swapper makes releases that say the same of other people, bodies and places.
type swapper struct {
	stock     *Stock
	forenames map[string]bool
	cities    map[string]bool
	countries map[string]bool
	bodies    map[string][]string // by language
	random    *rand.Rand
	given     map[string]string // within the release at hand
}

func newSwapper(documents []gold.Document, stock *Stock, random *rand.Rand) *swapper {
	s := &swapper{stock: stock, random: random, forenames: folded(stock.Forenames), cities: folded(stock.Cities),
		countries: map[string]bool{}, bodies: map[string][]string{}}
	for _, names := range stock.Countries {
		for name := range folded(names) {
			s.countries[name] = true
		}
	}
	for i := range documents {
		d := &documents[i]
		for _, m := range d.Mentions {
			if name := m.Span.Of(d.Text); m.Kind == corpus.Organization && strings.ContainsRune(name, ' ') && !strings.Contains(name, "\n") {
				s.bodies[d.Lang] = append(s.bodies[d.Lang], name)
			}
		}
	}
	return s
}

func folded(names []string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, n := range names {
		set[crf.Fold(n)] = true
	}
	return set
}

// swap returns d with its names replaced, each by the same one all through.
func (s *swapper) swap(d *gold.Document) gold.Document {
	s.given = map[string]string{}
	out := gold.Document{Document: d.Document}
	out.ID += "~"
	var text strings.Builder
	at := 0
	for _, m := range d.Mentions {
		if crf.KindIndex(m.Kind) < 0 || m.Span.Start < at {
			continue
		}
		text.WriteString(d.Text[at:m.Span.Start])
		at = m.Span.End
		start := text.Len()
		text.WriteString(s.other(m.Kind, m.Span.Of(d.Text), d.Lang))
		m.Span = corpus.Span{Start: start, End: text.Len()}
		out.Mentions = append(out.Mentions, m)
	}
	text.WriteString(d.Text[at:])
	out.Text = text.String()
	return out
}

func (s *swapper) other(kind corpus.Kind, name, lang string) string {
	switch kind {
	case corpus.Person:
		return s.person(name)
	case corpus.Place:
		return s.place(name, lang)
	}
	return s.body(name, lang)
}

// once makes a replacement the first time that a name comes.
func (s *swapper) once(kind, name string, make func() string) string {
	key := kind + crf.Fold(name)
	if s.given[key] == "" {
		s.given[key] = make()
	}
	return likeCase(s.given[key], name)
}

func (s *swapper) person(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case !unicode.IsUpper(first) || utf8.RuneCountInString(w) <= 2:
		case s.forenames[crf.Fold(w)]:
			words[i] = s.once("f", w, func() string { return pick(s.random, s.stock.Forenames) })
		default:
			words[i] = s.once("s", w, func() string { return pick(s.random, s.stock.Surnames) })
		}
	}
	return strings.Join(words, " ")
}

func (s *swapper) place(name, lang string) string {
	switch key := crf.Fold(name); {
	case s.countries[key] && len(s.stock.Countries[lang]) > 0:
		return s.once("c", name, func() string { return pick(s.random, s.stock.Countries[lang]) })
	case s.cities[key]:
		return s.once("l", name, func() string { return pick(s.random, s.stock.Cities) })
	}
	return name
}

func (s *swapper) body(name, lang string) string {
	switch {
	case !strings.ContainsRune(name, ' ') && name == strings.ToUpper(name) && len(name) <= 7:
		return s.once("a", name, func() string { return s.acronym(len(name)) })
	case strings.ContainsRune(name, ' ') && len(s.bodies[lang]) > 0:
		return s.once("o", name, func() string {
			if s.random.IntN(2) == 0 {
				return name
			}
			return pick(s.random, s.bodies[lang])
		})
	}
	return name
}

func (s *swapper) acronym(n int) string {
	const letters = "AAAABCCCDDEEEFFGGHIIIJLMMNNOOPPPRRSSSTTUV"
	b := make([]byte, n)
	for i := range b {
		b[i] = letters[s.random.IntN(len(letters))]
	}
	return string(b)
}

func pick(random *rand.Rand, of []string) string { return of[random.IntN(len(of))] }

// likeCase writes s in capitals when like is.
func likeCase(s, like string) string {
	if like == strings.ToUpper(like) && utf8.RuneCountInString(like) > 3 {
		return strings.ToUpper(s)
	}
	return s
}

// swapped are times copies of each release with other names.
func swapped(documents []gold.Document, stock *Stock, times int, random *rand.Rand) []gold.Document {
	if stock == nil || len(stock.Forenames) == 0 || len(stock.Surnames) == 0 || len(stock.Cities) == 0 {
		return nil
	}
	s := newSwapper(documents, stock, random)
	var out []gold.Document
	for range times {
		for i := range documents {
			out = append(out, s.swap(&documents[i]))
		}
	}
	return slices.Clip(out)
}
