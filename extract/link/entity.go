package link

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vocero/corpus"
)

// entities puts the mentions of one individual together, in time linear in the
// mentions times the entities.
func entities(source string, found *corpus.Annotations) {
	groups := map[corpus.Kind][]*group{}
	of := make([]*group, len(found.Mentions))
	for _, i := range longestFirst(source, found.Mentions) {
		m := &found.Mentions[i]
		surface := m.Span.Of(source)
		g := best(groups[m.Kind], m.Kind, surface, m.Span.Start)
		if g == nil {
			g = &group{kind: m.Kind, words: content(surface), parts: content(parted(surface)), key: key(surface)}
			groups[m.Kind] = append(groups[m.Kind], g)
		}
		g.mentions = append(g.mentions, i)
		g.starts = append(g.starts, m.Span.Start)
		of[i] = g
	}
	inBrackets(source, found.Mentions, of)
	name(source, found, of)
}

// maxEntities bounds what one text can cost; a release has some dozens.
const maxEntities = 2000

// group is the mentions of one individual.
type group struct {
	kind     corpus.Kind
	words    []string // content words of its longest form
	parts    []string // the same, with words of words like NewsWire parted
	key      string
	mentions []int
	starts   []int
	into     *group // the group that it was merged into, or nil
	id       string
}

func (g *group) root() *group {
	for g.into != nil {
		g = g.into
	}
	return g
}

// longestFirst orders mentions by the number of their words, then by place: a
// short form is joined to a long one, wherever that stands.
func longestFirst(source string, mentions []corpus.Mention) []int {
	order := make([]int, len(mentions))
	words := make([]int, len(mentions))
	for i := range mentions {
		order[i], words[i] = i, len(content(parted(mentions[i].Span.Of(source))))
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(words[b], words[a]) })
	return order
}

// best returns the group that a form belongs to: of those that fit, the one
// last spoken of before it.
func best(groups []*group, kind corpus.Kind, surface string, at int) *group {
	words, k := content(surface), key(surface)
	var top *group
	distance := 0
	for _, g := range groups[:min(len(groups), maxEntities)] {
		if !fits(kind, surface, words, k, g) {
			continue
		}
		if d := g.distance(at); top == nil || d < distance {
			top, distance = g, d
		}
	}
	return top
}

// distance is how far before at the group was spoken of; what comes only after
// is further than all before.
func (g *group) distance(at int) int {
	const after = 1 << 30
	nearest := 2 * after
	for _, s := range g.starts {
		d := at - s
		if d < 0 {
			d = after - d
		}
		nearest = min(nearest, d)
	}
	return nearest
}

// fits says whether a form can stand for the group.
func fits(kind corpus.Kind, surface string, words []string, k string, g *group) bool {
	if k == g.key {
		return true
	}
	if sameThing(k, g.key) || k == g.key+"s" || k+"s" == g.key {
		return true
	}
	switch kind {
	case corpus.Person:
		return partOfPerson(words, g.words)
	case corpus.Organization:
		return shortens(words, g.words) || turned(words, g.words) || abbreviates(surface, g.parts)
	case corpus.Place:
		return len(words) > 0 && withoutKind(words, g.words)
	}
	return false
}

// sameThing says whether aliases.txt has two names on one line.
func sameThing(a, b string) bool {
	of := aliases()[b]
	return slices.ContainsFunc(aliases()[a], func(line int) bool { return slices.Contains(of, line) })
}

// withoutKind says whether two names of a place differ by what it is at most:
// "República del Ecuador", "Ecuador".
func withoutKind(short, long []string) bool {
	rest, ok := bareOf(long, bodies()["kind"])
	return ok && slices.Equal(short, rest)
}

// bareOf is what is left of a name without the words of a class before it, and
// whether there are any.
func bareOf(words []string, class map[string]bool) ([]string, bool) {
	n := 0
	for n < len(words)-1 && class[words[n]] {
		n++
	}
	return words[n:], n > 0
}

// partOfPerson says whether all words of a form stand in a longer name of a
// person, in its order; an initial stands for any word that begins with it.
func partOfPerson(short, long []string) bool {
	if len(short) == 0 {
		return false
	}
	whole := false
	at := 0
	for _, w := range short {
		next := at
		if n := slices.IndexFunc(long[at:], func(l string) bool { return len(l) > 1 && sameName(w, l) }); n >= 0 {
			next += n
		} else if n := slices.IndexFunc(long[at:], func(l string) bool { return sameName(w, l) }); n >= 0 {
			next += n
		} else {
			return false
		}
		whole = whole || len(w) > 1 && len(long[next]) > 1
		at = next + 1
	}
	return whole
}

// sameName says whether two words of persons' names can be the same: also an
// initial and its name, and one with an English genitive's s.
func sameName(a, b string) bool {
	if len(a) == 1 || len(b) == 1 {
		return a[0] == b[0]
	}
	return a == b || len(b) >= 4 && a == b+"s"
}

// shortens says whether a form is short for a longer name: its beginning, of
// two words at least or one that is not common ("Energía Quilmay", "Quilmay" of
// "Quilmay Energía S.A."), or its end, without words like "Compañía".
func shortens(short, long []string) bool {
	if len(short) == 0 || len(short) > len(long) {
		return false
	}
	short, long = withoutForm(short), withoutForm(long)
	telling := len(short) >= 2 || len(short[0]) >= 3 && !bodies()["common"][short[0]]
	if !telling {
		return false
	}
	if len(short) <= len(long) && slices.Equal(short, long[:len(short)]) {
		return true
	}
	rest, ok := bareOf(long, bodies()["before"])
	return ok && slices.Equal(short, rest)
}

// turned says whether two names are of the same two words: "Justice Department",
// "Department of Justice".
func turned(a, b []string) bool {
	return len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}

// withoutForm is a company's name without the words at its end that say what
// form of company it is.
func withoutForm(words []string) []string {
	n := len(words)
	for n > 1 && bodies()["form"][words[n-1]] {
		n--
	}
	return words[:n]
}

// parted parts words that are written together, at their capitals:
// "InvestorBrandNetwork", whose acronym is IBN.
func parted(name string) string {
	var out strings.Builder
	before := ' '
	for _, r := range name {
		if unicode.IsUpper(r) && unicode.IsLower(before) {
			out.WriteByte(' ')
		}
		out.WriteRune(r)
		before = r
	}
	return out.String()
}

// abbreviates says whether an acronym ("OIT") or a blend ("Mininter") is made
// of a name's words, from the first on.
func abbreviates(surface string, words []string) bool {
	short := fold(strings.ReplaceAll(surface, ".", ""))
	if len(words) < 2 || len(short) < 2 || strings.ContainsFunc(short, unicode.IsSpace) {
		return false
	}
	capitals := 0
	for _, r := range surface {
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	acronym := capitals >= 2 && capitals*2 >= utf8.RuneCountInString(surface)
	if !acronym && len(short) < 5 {
		return false
	}
	return spells(short, words, !acronym)
}

// spells says whether short is a row of beginnings of the words, from the first
// to some last one. A blend takes two letters or more of each word that it
// takes, and two words at least; an acronym may pass over a word.
func spells(short string, words []string, blend bool) bool {
	const longest = 12 // words; the search is bounded by their product with letters
	words = words[:min(len(words), longest)]
	reached := map[int]int{0: 0} // letters taken → most words taken on the way
	for i, w := range words {
		next := map[int]int{}
		for at, taken := range reached {
			if i > 0 && (!blend || at == len(short)) {
				next[at] = max(next[at], taken)
			}
			for n := 1; n <= len(w) && at+n <= len(short) && short[at+n-1] == w[n-1]; n++ {
				if !blend && n > 3 || blend && n < 2 {
					continue
				}
				next[at+n] = max(next[at+n], taken+1)
			}
		}
		if i == 0 {
			delete(next, 0)
		}
		reached = next
	}
	taken := reached[len(short)]
	return taken >= 2
}

// inBrackets joins a name and the acronym that stands in brackets after it:
// "Organización Internacional del Trabajo (OIT)". Where the name is part of a
// unit's, as in "Oficina de Prensa del Ministerio de Salud (OPMS)", it is that of
// the two which the acronym spells.
func inBrackets(source string, mentions []corpus.Mention, of []*group) {
	for i := 1; i < len(mentions); i++ {
		b := &mentions[i]
		if b.Kind == corpus.Person || b.Span.End >= len(source) || source[b.Span.End] != ')' || len(content(b.Span.Of(source))) != 1 {
			continue
		}
		if at := spelledBy(source, mentions[:i], b, of); at >= 0 {
			if to, from := of[at].root(), of[i].root(); to != from {
				from.into = to
			}
		}
	}
}

// spelledBy returns the place of the name for which b stands in brackets, or -1.
func spelledBy(source string, before []corpus.Mention, b *corpus.Mention, of []*group) int {
	const farthest = 12 // bytes between a unit and its body
	last := len(before) - 1
	a := &before[last]
	short := b.Span.Of(source)
	if a.Kind != b.Kind || strings.TrimSpace(source[a.Span.End:b.Span.Start]) != "(" || len(of[last].root().parts) < 2 {
		return -1
	}
	if abbreviates(short, content(parted(a.Span.Of(source)))) {
		return last
	}
	if last > 0 && before[last-1].Kind == b.Kind && a.Span.Start-before[last-1].Span.End <= farthest &&
		abbreviates(short, content(parted(before[last-1].Span.Of(source)))) {
		return last - 1
	}
	if b.Kind == corpus.Place {
		return -1
	}
	return last
}

// prefix is what the IDs of a kind begin with.
var prefix = map[corpus.Kind]string{corpus.Person: "p", corpus.Organization: "o", corpus.Place: "l"}

// name gives the groups their IDs, in order of appearance, and their names.
func name(source string, found *corpus.Annotations, of []*group) {
	counts := map[corpus.Kind]int{}
	at := map[*group]int{}
	for i := range found.Mentions {
		m := &found.Mentions[i]
		g := of[i].root()
		surface := strings.Join(strings.Fields(m.Span.Of(source)), " ")
		if g.id == "" {
			counts[m.Kind]++
			g.id = fmt.Sprintf("%s%d", prefix[m.Kind], counts[m.Kind])
			at[g] = len(found.Entities)
			found.Entities = append(found.Entities, corpus.Entity{ID: g.id, Kind: m.Kind})
		}
		m.Entity = g.id
		e := &found.Entities[at[g]]
		if !slices.Contains(e.Aliases, surface) {
			e.Aliases = append(e.Aliases, surface)
		}
	}
	for i := range found.Entities {
		e := &found.Entities[i]
		longest := slices.MaxFunc(e.Aliases, func(a, b string) int {
			return cmp.Compare(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
		})
		e.Name = longest
		e.Aliases = slices.DeleteFunc(e.Aliases, func(a string) bool { return a == longest })
	}
}
