package date

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync"

	"vocero/corpus"
	"vocero/extract/number"
)

//go:embed data/*.tsv
var data embed.FS

// class is what a word can be in a date; a word may be several things.
type class uint64

const (
	isMonth class = 1 << iota
	isWeekday
	isSeason
	isUnit
	isToday
	isShift
	isOf
	isArticle
	isTo    // joins the ends of a range
	isUntil // joins them loosely: two full dates stay two
	isAnd
	isOr
	isBetween
	isSince
	isDay // "día" before its number
	isAgoBefore
	isAgoAfter
	isInBefore
	isInAfter
	isPart  // of the day
	isFinal // "último" of several
	isDecade
	isQuarterSign
	isHalfSign
	isYearSign // FY
	isHoliday
	isNumber
	isSign // punctuation
	isWeak // counts only beside a day or a year
	isHalf
	isMany  // a plural
	isApart // stays outside of the span of its year
	isFront // only before its noun
	isLead  // has a preposition in it
	isTold  // counts from the date told before
	isInFuture
	isCapital // a month only with a capital
	isFirst   // of several
	isExact   // counts only with its accents
	isAfter   // between a length of time and the date it is counted from
	isBefore
	isOne      // "a" week
	isOn       // before the weekday of a week
	isPhase    // "finales de"
	isBegins   // "que comienza": between a week and its first day
	isNow      // "la fecha": the end of a range that goes on
	isAndHalf  // "y medio"
	isThat     // "ese": of the month or year that was told before
	isAfterAll // all of the length is meant: "los tres días siguientes a"
	isBeforeAll
	isMore // "más de" before a length of time
	isLess // "menos de"
	isGenitive
	isInTime  // "in two weeks' time"
	isOfWeek  // beside a weekday, that of the week before or after
	isNight   // "noche": of a weekday to the next one
	isNightTo // "para": joins the weekdays of a night, and nothing else
	isLater   // after a length of time: counted from the date told before
	isEarlier
	isRoughly // between "hace" and a length of time
	isPost    // only after its noun
	isInstant // "del corriente", behind a day: of this month
	isInWeeks // "en" before "huit": a week after the weekday
)

var classes = map[string]class{
	"month": isMonth, "weekday": isWeekday, "season": isSeason, "unit": isUnit, "today": isToday,
	"shift": isShift, "of": isOf, "article": isArticle, "to": isTo, "until": isUntil, "and": isAnd,
	"or": isOr, "between": isBetween, "since": isSince, "day": isDay, "ago-before": isAgoBefore,
	"ago-after": isAgoAfter, "in-before": isInBefore, "in-after": isInAfter, "part": isPart,
	"final": isFinal, "decade": isDecade, "quarter-sign": isQuarterSign,
	"half-sign": isHalfSign, "year-sign": isYearSign, "weak": isWeak, "half": isHalf, "many": isMany,
	"apart": isApart, "front": isFront, "lead": isLead, "told": isTold, "accented": isExact, "first": isFirst, "in-future": isInFuture,
	"night": isNight, "night-to": isNightTo, "later": isLater, "earlier": isEarlier, "roughly": isRoughly, "in-weeks": isInWeeks, "instant": isInstant, "post": isPost,
	"after": isAfter, "before": isBefore, "one": isOne, "on": isOn, "phase": isPhase, "begins": isBegins, "now": isNow, "and-half": isAndHalf, "that": isThat, "of-week": isOfWeek, "in-time": isInTime, "genitive": isGenitive, "more": isMore, "after-all": isAfterAll, "before-all": isBeforeAll, "less": isLess, "capital": isCapital, "none": 0,
}

// unit is a length of the calendar.
type unit int8

const (
	noUnit unit = iota
	day
	week
	weekend
	month
	quarter
	third
	twoMonths
	half
	fortnight
	year
	decade
	century
	workday    // a day that is not of a weekend
	twoWeeks   // a fortnight
	dayOfMonth // what is known of "el día 18" without its month
)

var units = map[string]unit{
	"day": day, "week": week, "weekend": weekend, "month": month, "quarter": quarter, "third": third, "two-months": twoMonths,
	"half": half, "fortnight": fortnight, "year": year, "decade": decade, "century": century,
	"workday": workday, "two-weeks": twoWeeks,
}

// entry is a word or phrase of the lexicon.
type entry struct {
	class   class
	month   int
	weekday int
	season  int
	offset  int // days from publication, for isToday
	shift   int
	decade  int
	unit    unit
	bound   corpus.Bound // of the words in front of a date
	feasts  []feast
}

// node is a place in the tree of phrases.
type node struct {
	entry *entry
	next  map[string]*node
}

// lexicon is the words of one language.
type lexicon struct {
	root     node
	leads    node // words in front of a date that bound it or say which part is meant
	tails    node // words behind a date that bound it
	tense    map[string]tense
	said     map[string]bool // verbs of saying, which tell no time of what is said
	that     map[string]bool // words that lead to what is said
	begins   map[string]bool // words that begin a pair with a tense: "va a"
	still    map[string]bool // words that a participle after them does not put into the past
	endings  []ending        // of verbs
	exact    []string        // words that count only with their accents
	labels   map[string]bool
	counts   map[string]bool
	strong   map[string]bool // words before a year
	habits   []string
	glued    map[string]bool // words that a hyphen ties to a date
	owners   map[string]bool // words before "30s" that make it an age
	halves   map[string]bool // words before "a year" that leave half of it
	opens    map[string]bool // words before a pair of years that lead to the first
	events   map[string]bool // what "today's" is said of when it means the day
	theDay   map[string]bool // articles before a day, with their prepositions
	lasting  map[string]bool // verbs beside "today" that make it nowadays
	ages     map[string]bool // what "of today" is said of when it means the times
	inMonth  map[string]bool // words before a month with a capital that is no name
	eves     map[string]bool // words before a holiday that is a date
	spans    map[string]bool // words before a length of time that say how long
	places   map[string]bool // words before a day that is the name of a street or a movement
	names    map[string]bool // words before a day that is a name: "plaza 2 de Mayo"
	monthDay bool            // 3/4 is 4 March
	capitals bool            // months and weekdays are written with a capital
	paired   bool            // years are told in halves: nineteen eighty
	articled bool            // a bare weekday has an article before it
}

// tense is the time that a verb or a word beside a date speaks of.
type tense int8

const (
	past     tense = -1
	future   tense = 1
	timeless tense = 2 // and no farther word tells: "la deuda correspondiente a marzo"
)

// ending is a verb's ending that gives its tense.
type ending struct {
	letters string
	tense   tense
}

// lexicons is every language's, read once.
var lexicons = sync.OnceValue(func() map[string]*lexicon {
	all, err := readLexicons(data)
	if err != nil {
		panic("extract/date: embedded data: " + err.Error()) // the package's tests read it
	}
	return all
})

func readLexicons(files fs.FS) (map[string]*lexicon, error) {
	names, err := fs.Glob(files, "data/??.tsv")
	if err != nil {
		return nil, err
	}
	all := map[string]*lexicon{}
	for _, name := range names {
		lex := &lexicon{tense: map[string]tense{}, begins: map[string]bool{}}
		if err := eachLine(files, name, 3, lex.add); err != nil {
			return nil, err
		}
		lex.exactLeads()
		all[strings.TrimSuffix(strings.TrimPrefix(name, "data/"), ".tsv")] = lex
	}
	return all, eachLine(files, "data/holidays.tsv", 5, func(f []string) error { return addFeast(all, f) })
}

// exactLeads makes the words that count only with their accents do so before a
// date too: "dès 2020" but "des 2020".
func (l *lexicon) exactLeads() {
	for _, phrase := range l.exact {
		if e, end := l.leads.longest(phrase, 0); e != nil && end == len(phrase) {
			e.class |= isExact
		}
	}
}

// place in the world: what dates of a country have of their own.
type country struct {
	order string // day-month or month-day, or - for the language's
	south bool
}

// countries is the table of countries, read once.
var countries = sync.OnceValue(func() map[string]country {
	all := map[string]country{}
	err := eachLine(data, "data/countries.tsv", 3, func(f []string) error {
		all[f[0]] = country{f[1], f[2] == "south"}
		return nil
	})
	if err != nil {
		panic("extract/date: embedded data: " + err.Error()) // the package's tests read it
	}
	return all
})

// eachLine calls do with the columns of every line that is no comment.
func eachLine(files fs.FS, name string, columns int, do func([]string) error) error {
	file, err := files.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != columns {
			return fmt.Errorf("%s:%d: %d columns, not %d", name, n, len(fields), columns)
		}
		if err := do(fields); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return lines.Err()
}

// add reads one line: class, value, phrases with bars between them.
func (l *lexicon) add(f []string) error {
	name, value := f[0], f[1]
	for phrase := range strings.SplitSeq(f[2], "|") {
		if list := l.list(name); list != nil {
			if *list == nil {
				*list = map[string]bool{}
			}
			(*list)[fold(phrase)] = true
			continue
		}
		switch name {
		case "past", "future", "timeless":
			l.addTense(name, value, phrase)
		case "habit":
			l.habits = append(l.habits, fold(phrase))
		case "bound":
			l.leads.place(phrase).bound = corpus.Bound(value)
		case "bound-after":
			l.tails.place(phrase).bound = corpus.Bound(value)
		case "lead-in":
			l.leads.place(phrase)
		case "ahead":
			l.leads.place(phrase).shift = 1
		case "behind":
			l.leads.place(phrase).shift = -1
		case "order":
			l.monthDay = value == "month-day"
			l.capitals = l.capitals || phrase == "capitals"
			l.paired = l.paired || phrase == "paired-years"
			l.articled = l.articled || phrase == "weekdays-with-article"
		default:
			if err := l.addWord(name, value, phrase); err != nil {
				return err
			}
		}
	}
	return nil
}

// list gives the plain list that a class of words is, or nil.
func (l *lexicon) list(name string) *map[string]bool {
	switch name {
	case "label":
		return &l.labels
	case "count":
		return &l.counts
	case "strong":
		return &l.strong
	case "name":
		return &l.names
	case "the-day":
		return &l.theDay
	case "lasting":
		return &l.lasting
	case "ages":
		return &l.ages
	case "place":
		return &l.places
	case "glued":
		return &l.glued
	case "owners":
		return &l.owners
	case "halves":
		return &l.halves
	case "opens":
		return &l.opens
	case "event":
		return &l.events
	case "month-before":
		return &l.inMonth
	case "span":
		return &l.spans
	case "still":
		return &l.still
	case "said":
		return &l.said
	case "says-that":
		return &l.that
	case "before-date":
		return &l.eves
	}
	return nil
}

func (l *lexicon) addTense(name, value, word string) {
	t := map[string]tense{"past": past, "future": future, "timeless": timeless}[name]
	if value == "ending" {
		l.endings = append(l.endings, ending{word, t})
		return
	}
	l.tense[strings.ToLower(word)] = t
	if first, _, more := strings.Cut(word, " "); more {
		l.begins[first] = true
	}
}

func (l *lexicon) addWord(name, value, phrase string) error {
	c, ok := classes[name]
	if !ok {
		return fmt.Errorf("no class %q", name)
	}
	e := l.root.place(phrase)
	e.class |= c
	n, err := strconv.Atoi(value)
	switch c {
	case isUnit:
		if e.unit = units[value]; e.unit == noUnit {
			return fmt.Errorf("no unit %q", value)
		}
		return nil
	case isExact:
		l.exact = append(l.exact, phrase)
		return nil
	case isMonth:
		e.month = n
	case isWeekday:
		e.weekday = n
	case isSeason:
		e.season = n
	case isToday:
		e.offset = n
	case isInFuture:
		if value == "years" {
			e.shift = inYears
		}
		return nil
	case isPhase:
		if value == "rest" {
			e.shift = restOf
		}
		if e.class&isUnit == 0 {
			e.unit = units[value]
		}
		return nil
	case isShift:
		e.shift = n
	case isDecade:
		e.decade = n
	default:
		return nil
	}
	return err
}

// place finds the entry of a phrase, or makes it.
func (n *node) place(phrase string) *entry {
	at := n
	var buffer [32]byte
	for i := skipSpace(phrase, 0); i < len(phrase); i = skipSpace(phrase, i) {
		key, end := atom(buffer[:0], phrase, i)
		if at.next == nil {
			at.next = map[string]*node{}
		}
		if at.next[string(key)] == nil {
			at.next[string(key)] = &node{}
		}
		at, i = at.next[string(key)], end
	}
	if at.entry == nil {
		at.entry = &entry{}
	}
	return at.entry
}

// longest finds the longest phrase that begins at byte pos of the text.
func (l *lexicon) longest(text string, pos int) (found *entry, end int) {
	return l.root.longest(text, pos)
}

func (n *node) longest(text string, pos int) (found *entry, end int) {
	at, end := n, pos
	var buffer [32]byte
	for i := pos; i < len(text) && at.next != nil; {
		key, next := atom(buffer[:0], text, i)
		if at = at.next[string(key)]; at == nil {
			break
		}
		if at.entry != nil {
			found, end = at.entry, next
		}
		i = skipSpace(text, next)
	}
	return found, end
}

// atom appends the piece of a phrase at pos to dst: letters folded, digits, or one sign.
func atom(dst []byte, text string, pos int) (key []byte, end int) {
	if key, end = number.Fold(dst, text, pos); end > pos {
		return key, end
	}
	for end < len(text) && end-pos < 8 && digit(text, end) {
		end++
	}
	if end > pos {
		return append(dst, text[pos:end]...), end
	}
	c, size := sign(text, pos)
	return append(dst, c), pos + size
}

// fold gives a phrase as its atoms with a space between words.
func fold(phrase string) string {
	var out []byte
	for i := 0; i < len(phrase); {
		if next := skipSpace(phrase, i); next > i {
			out, i = append(out, ' '), next
			continue
		}
		var buffer [32]byte
		key, end := atom(buffer[:0], phrase, i)
		out, i = append(out, key...), end
	}
	return string(out)
}
