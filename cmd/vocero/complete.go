package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vocero/cmd/internal/api"
	"vocero/index"
	"vocero/index/query"
	"vocero/index/terms"
)

// completionTime bounds the search for what a word may become: a person waits.
const completionTime = 3 * time.Second

type completer = func(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective)

// completeQuery completes the last part of a query, of which the arguments are
// the parts before.
func (p *program) completeQuery(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return p.completePart(c.Context(), strings.Join(args, " "), typed)
}

// completeAlone completes a query that is one argument of its own.
func (p *program) completeAlone(c *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return p.completePart(c.Context(), "", typed)
}

func (p *program) completePart(ctx context.Context, rest, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	before, part := lastPart(typed)
	name, value, isField := strings.Cut(part, ":")
	if !isField {
		return prefixed(before, namesLike(part)), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	field := canonical(name)
	if field == "status" {
		return prefixed(before+name+":", wordsLike(value, query.Acting, query.Current, query.Elect, query.Former)), cobra.ShellCompDirectiveNoFileComp
	}
	facet, ok := facetOf[field]
	if !ok {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	v := valuesOf{program: p, rest: strings.TrimSpace(rest + " " + before), field: field, facet: facet}
	return prefixed(before+name+":", v.like(ctx, value)), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// lastPart splits a query into its last part and what stands before it.
func lastPart(s string) (before, part string) {
	at, quoted := 0, false
	for i, r := range s {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && (r == ' ' || r == '(' || r == ',' || r == '-' && i == at):
			at = i + 1
		}
	}
	return s[:at], s[at:]
}

// fieldNames are what a part of a query may begin with.
var fieldNames = [...]cobra.Completion{
	"person:\twho is named", "org:\twhich bodies are named", "role:\twhich offices are named", "place:\twhich places are named",
	"title:\twords of the title", "publisher:\twho published it", "country:\tof the publisher, as in PE", "lang:\tlanguage, as in es",
	"source:\twhere it came from", "id:\tone release", "amount:\tsums, as in 1M..5M USD", "percent:\tshares, as in 30..50",
	"date:\tdays in the text, as in 2020..2022", "published:\tday of publication, as in 2021-05",
	"fact(\twho holds which role", "near(\tin one sentence",
}

// facetOf gives the fields whose values the index can list their facet.
var facetOf = map[string]index.FacetName{
	"person": index.Persons, "org": index.Orgs, "role": index.Roles, "place": index.Places,
	"publisher": index.Publishers, "country": index.Countries, "lang": index.Langs, "source": index.Sources,
	"published": index.Months, "date": index.TextYears,
}

// namesLike are the fields that begin with what was typed: in another language
// than the canonical one where only there one does.
func namesLike(typed string) []cobra.Completion {
	var found []cobra.Completion
	for _, name := range fieldNames {
		if strings.HasPrefix(name, strings.ToLower(typed)) {
			found = append(found, name)
		}
	}
	if len(found) > 0 {
		return found
	}
	for word, canonical := range query.Words() {
		for _, name := range fieldNames {
			about, ok := strings.CutPrefix(name, canonical)
			if ok && word != canonical && strings.HasPrefix(word, strings.ToLower(typed)) {
				found = append(found, word+about)
			}
		}
	}
	slices.Sort(found)
	return found
}

func canonical(name string) string {
	for word, canonical := range query.Words() {
		if word == strings.ToLower(name) {
			return canonical
		}
	}
	return ""
}

func wordsLike(typed string, words ...string) []cobra.Completion {
	return slices.DeleteFunc(words, func(w string) bool { return !strings.HasPrefix(w, typed) })
}

func prefixed(before string, completions []cobra.Completion) []cobra.Completion {
	for i := range completions {
		completions[i] = before + completions[i]
	}
	return completions
}

// valuesOf completes a value of a field among the hits of the rest of the query.
type valuesOf struct {
	program *program
	rest    string
	field   string
	facet   index.FacetName
}

func (v valuesOf) like(ctx context.Context, typed string) []cobra.Completion {
	if inner, ok := strings.CutPrefix(typed, `"`); ok {
		var quoted []cobra.Completion
		for _, c := range v.counts(ctx, inner) {
			if begins(c.Value, inner) {
				quoted = append(quoted, `"`+continued(inner, c.Value)+`"`+"\t"+found(c.Count))
			}
		}
		return quoted
	}
	// What is typed may begin any word of a name, but a name of more words needs
	// quotes: a shell that completes only what begins as typed gives the word,
	// others also the whole.
	var words, whole []cobra.Completion
	seen := make(map[string]bool)
	for _, c := range v.counts(ctx, typed) {
		for word := range strings.FieldsSeq(c.Value) {
			alone := word == c.Value
			if typed != "" && bare(word) && begins(word, typed) && !seen[terms.Fold(word)] {
				seen[terms.Fold(word)] = true
				about := found(c.Count)
				if !alone {
					about = c.Value + ", " + about
				}
				words = append(words, continued(typed, word)+"\t"+about)
			}
		}
		switch {
		case !bare(c.Value) && begins(c.Value, typed):
			whole = append(whole, `"`+c.Value+`"`+"\t"+found(c.Count))
		case typed == "":
			whole = append(whole, c.Value+"\t"+found(c.Count))
		}
	}
	return append(words, whole...)
}

// counts returns values that have a word which begins with typed, the most
// frequent first.
func (v valuesOf) counts(ctx context.Context, typed string) []api.Count {
	const beginning, within = 30, 300
	r := index.FacetRequest{Name: v.facet, Size: beginning, Prefix: typed}
	if v.facet == index.Months || v.facet == index.TextYears {
		r.Order = index.ByValue
		return slices.DeleteFunc(v.count(ctx, v.rest, r), func(c api.Count) bool { return c.Count == 0 })
	}
	all := v.count(ctx, v.rest, r)
	if typed == "" {
		return all
	}
	named := fmt.Sprintf("%s %s:%s*", v.rest, v.field, typed)
	if strings.Contains(typed, " ") {
		named = fmt.Sprintf("%s %s:%q", v.rest, v.field, typed)
	}
	for _, c := range v.count(ctx, named, index.FacetRequest{Name: v.facet, Size: within}) {
		same := func(d api.Count) bool { return d.Value == c.Value }
		if !begins(c.Value, typed) && slices.ContainsFunc(strings.Fields(c.Value), func(w string) bool { return begins(w, typed) }) && !slices.ContainsFunc(all, same) {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b api.Count) int { return cmp.Compare(b.Count, a.Count) })
	return all
}

// count counts one facet of the hits of a query, or of all releases where the
// query is not yet one.
func (v valuesOf) count(ctx context.Context, text string, facet index.FacetRequest) []api.Count {
	if _, err := query.Parse(text); err != nil {
		text = "*"
	}
	ctx, cancel := context.WithTimeout(ctx, completionTime)
	defer cancel()
	page, err := v.program.page(ctx, api.Request{Query: text, Facets: []index.FacetRequest{facet}})
	if err != nil || len(page.Facets) == 0 {
		return nil // what can't be completed is left as it was typed
	}
	values := page.Facets[0].Values
	for i := range values { // no quotation mark, which no query can quote
		values[i].Value = strings.Join(strings.Fields(strings.ReplaceAll(printable(values[i].Value), `"`, " ")), " ")
	}
	return values
}

// begins says whether value begins with typed, whatever case and accents.
func begins(value, typed string) bool {
	return strings.HasPrefix(terms.Fold(value), terms.Fold(typed))
}

// continued is value with what was typed in the place of its beginning, which a
// search reads alike but a shell compares letter by letter.
func continued(typed, value string) string {
	n := len([]rune(typed))
	if runes := []rune(value); n <= len(runes) && terms.Fold(string(runes[:n])) == terms.Fold(typed) {
		return typed + string(runes[n:])
	}
	return value
}

// bare says that a query reads value as one word.
func bare(value string) bool {
	return !strings.ContainsAny(value, " \"():<>=~*,") && !strings.HasPrefix(value, "-")
}

// completeChoice completes the value of --only and --not, as in lang:es.
func (p *program) completeChoice(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	facet, value, chosen := strings.Cut(typed, ":")
	if !chosen {
		names := wordsLike(facet, strings.Split(facetNames(), ", ")...)
		for i := range names {
			names[i] += ":"
		}
		return names, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	v := valuesOf{program: p, rest: strings.Join(args, " "), facet: index.FacetName(facet)}
	var values []cobra.Completion
	for _, count := range v.count(c.Context(), v.rest, index.FacetRequest{Name: v.facet, Size: 30, Prefix: value}) {
		values = append(values, facet+":"+count.Value+"\t"+found(count.Count))
	}
	return values, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// completeSaved completes the name of a saved query and, where a query follows it,
// that.
func (p *program) completeSaved(queries bool) completer {
	return func(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 && queries {
			return p.completeQuery(c, args[1:], typed)
		}
		folder, err := p.dataFolder()
		if err != nil || len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		saved, err := loadQueries(folder)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var names []cobra.Completion
		for _, name := range wordsLike(typed, saved.names()...) {
			names = append(names, name+"\t"+printable(saved.Queries[name]))
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeSources completes the IDs of standing sources.
func (p *program) completeSources(c *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	_, sources, err := p.standing(c.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []cobra.Completion
	for _, s := range sources {
		if strings.HasPrefix(s.ID, typed) && !slices.Contains(args, s.ID) {
			ids = append(ids, s.ID+"\t"+printable(s.URL))
		}
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

// oneOf completes one of these words.
func oneOf(words ...string) completer {
	return cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
}

// folders completes the name of a folder.
func folders(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// completeFacets completes a list of facets with commas between.
func completeFacets(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	at := strings.LastIndexByte(typed, ',') + 1
	names := append(strings.Split(facetNames(), ", "), "all")
	if name, _, ordered := strings.Cut(typed[at:], ":"); ordered {
		names = []string{name + ":count", name + ":value", name + ":significant"}
	}
	return prefixed(typed[:at], wordsLike(typed[at:], names...)), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// completeIDs completes the IDs of releases.
func (p *program) completeIDs(c *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	text := "*"
	if typed != "" {
		text = "id:" + typed + "*"
	}
	ctx, cancel := context.WithTimeout(c.Context(), completionTime)
	defer cancel()
	page, err := p.page(ctx, api.Request{Query: text, Size: 50, Sort: index.Newest})
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []cobra.Completion
	for _, h := range page.Hits {
		ids = append(ids, h.ID+"\t"+strings.Join(strings.Fields(printable(h.Title)), " "))
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

// completeWith has the values of a flag completed. The flag is there: the verb
// has just made it.
func completeWith(c *cobra.Command, flag string, f completer) {
	if err := c.RegisterFlagCompletionFunc(flag, f); err != nil {
		panic(err)
	}
}
