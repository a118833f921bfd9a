package money

import (
	"slices"

	"vocero/corpus"
)

// unknownUnit is ISO 4217's code for no currency.
const unknownUnit = "XXX"

// in returns the member that is legal tender in a country on a day, else the
// one that was last.
func (f *family) in(country string, day corpus.Date) string {
	best := member{}
	for _, m := range f.members {
		if !slices.Contains(m.countries, country) {
			continue
		}
		switch {
		case best.code == "":
			best = m
		case day.IsZero() || day.Compare(best.until) > 0 && !best.until.IsZero():
			if m.until.IsZero() || !best.until.IsZero() && m.until.Compare(best.until) > 0 {
				best = m
			}
		case !m.until.IsZero() && day.Compare(m.until) <= 0 && (best.until.IsZero() || m.until.Compare(best.until) < 0):
			best = m
		}
	}
	return best.code
}

// has says whether the family has a currency.
func (f *family) has(code string) bool {
	return slices.ContainsFunc(f.members, func(m member) bool { return m.code == code })
}

// meet returns the narrower of two units that can mean the same currency, or nil.
func meet(a, b *family) *family {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	small, large := a, b
	if len(b.members) < len(a.members) {
		small, large = b, a
	}
	for _, m := range small.members {
		if large.has(m.code) {
			return small
		}
	}
	return nil
}

// resolve names the currency that a unit means: by the nationality beside it,
// by the document's country, by the only currency of the family that the
// document names outright, by the custom where none is known.
func (f *finder) resolve(u *family, nation string) string {
	if u == nil {
		return unknownUnit
	}
	if len(u.members) == 1 {
		return u.members[0].code
	}
	if nation != "" {
		if code := u.in(nation, f.context.Published); code != "" {
			return code
		}
	}
	if code := u.in(f.context.Country, f.context.Published); code != "" {
		return code
	}
	if code := f.named(u); code != "" {
		return code
	}
	if f.context.Country != "" && f.context.Country != "INT" {
		return u.abroad
	}
	if code, ok := u.unknown[f.context.Lang]; ok {
		return code
	}
	return u.unknown[""]
}

// named returns the only currency of the family that the text names outright.
func (f *finder) named(u *family) string {
	only := ""
	for _, code := range f.outright {
		if !u.has(code) {
			continue
		}
		if only != "" {
			return ""
		}
		only = code
	}
	return only
}

// collectOutright lists the currencies that the text names outright.
func (f *finder) collectOutright() {
	for i := range f.found {
		c := &f.found[i]
		if c.percent || c.unit == nil {
			continue
		}
		code := ""
		if len(c.unit.members) == 1 {
			code = c.unit.members[0].code
		} else if c.nation != "" {
			code = c.unit.in(c.nation, f.context.Published)
		}
		if code != "" && !slices.Contains(f.outright, code) {
			f.outright = append(f.outright, code)
		}
	}
}
