// Package query turns query text into a small tree that prints back as the
// text, in the language that the command line, the API and the page share:
//
//	q, err := query.Parse(`trata "crimen organizado" org:USAID amount>=1M date:2020..2022`)
//
//	words            trata            in any inflection, accents or none; all must be there
//	phrases          "crimen organizado"   "ministra salud"~3
//	beginnings       trat*            near spellings   Kena~  Kena~2
//	operators        AND OR NOT, or Y O NO; -word; brackets; everything: *
//	fields           title: person: org: role: place: publisher: country: lang: source: id:
//	                 each with a word, a phrase or a bracketed group
//	amounts          amount>=1M USD   amount:1M..5M EUR   percent>30
//	dates in text    date:2020..2022   date>=2021-05
//	published        published:2021-05   published>=2021-05-17   published:..2020
//	one fact         fact(person:Kenna role:embajadora org:"Estados Unidos" status:acting)
//	one sentence     near(person:Kenna, amount>=1M)
//
// AND binds tighter than OR. Names of fields have Spanish, Portuguese and
// French words too (names.txt). What cannot be read is an [*Error] that points
// at its column; it never becomes another query.
package query
