package link_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/extract/gold"
	"vocero/extract/link"
	"vocero/extract/text"
)

// roles are the sentences with roles and their holders that the finder of roles
// is tested with too.
const roles = "../role/testdata/roles.txt"

func TestHoldersAndStatusOfRoles(t *testing.T) {
	source, err := os.ReadFile(roles)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(source)) {
		n++
		lang, tagged, _ := strings.Cut(strings.TrimSpace(line), " ")
		if tagged == "" || lang[0] == '#' {
			continue
		}
		d, err := gold.Parse(tagged)
		if err != nil {
			t.Fatalf("line %d: %v", n, err)
		}
		found, want := annotated(d)
		link.Link(text.Parse(d.Text, lang), &found)
		var got []string
		for _, r := range found.Roles {
			got = append(got, fmt.Sprint(r.Span.Of(d.Text), named(found.Entities, r.Holders), named(found.Entities, r.Orgs)))
		}
		if !slices.Equal(got, want) {
			t.Errorf("line %d: %s\n got %q\nwant %q", n, d.Text, got, want)
		}
	}
}

// annotated gives the names and roles of d as the finders would, and its roles
// with the names of their holders and bodies.
func annotated(d gold.Document) (found corpus.Annotations, want []string) {
	name := map[string]string{}
	for _, m := range d.Mentions {
		switch m.Kind {
		case corpus.Person, corpus.Organization, corpus.Place:
			found.Mentions = append(found.Mentions, corpus.Mention{Span: m.Span, Kind: m.Kind})
			name[m.ID] = m.Span.Of(d.Text)
		}
	}
	for _, m := range d.Mentions {
		if m.Kind != corpus.RoleKind {
			continue
		}
		found.Roles = append(found.Roles, corpus.Role{Span: m.Span, Status: m.Status})
		var holders, orgs []string
		for _, id := range m.Holders {
			holders = append(holders, name[id])
		}
		for _, n := range found.Mentions {
			if m.Span.Contains(n.Span) {
				orgs = append(orgs, n.Span.Of(d.Text))
			}
		}
		want = append(want, fmt.Sprint(m.Span.Of(d.Text), holders, orgs))
	}
	return found, want
}

// named gives the names of entities by ID.
func named(entities []corpus.Entity, ids []string) []string {
	var names []string
	for _, id := range ids {
		i := slices.IndexFunc(entities, func(e corpus.Entity) bool { return e.ID == id })
		names = append(names, entities[i].Name)
	}
	return names
}

func ExampleLink() {
	source := "Elena Ríos Paz, ministra de Salud desde 2021, recibió a Ríos Paz."
	found := corpus.Annotations{
		Mentions: []corpus.Mention{
			{Span: corpus.Span{Start: 0, End: 15}, Kind: corpus.Person},
			{Span: corpus.Span{Start: 58, End: 67}, Kind: corpus.Person},
		},
		Roles: []corpus.Role{{Span: corpus.Span{Start: 17, End: 34}}},
		Dates: []corpus.DateRange{{Span: corpus.Span{Start: 41, End: 45}, EDTF: "2021"}},
	}
	link.Link(text.Parse(source, "es"), &found)
	for _, f := range found.Facts {
		fmt.Println(named(found.Entities, []string{f.Holder}), f.Role, f.When)
	}
	fmt.Println(len(found.Entities), "person")
	// Output:
	// [Elena Ríos Paz] ministra de Salud 2021/..
	// 1 person
}
