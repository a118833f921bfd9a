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
)

//go:embed data/*.tsv
var data embed.FS

// entry is a word or phrase of the lexicon.
type entry struct {
	class   class
	month   int
	weekday int
	season  int
	offset  int // days from publication, for isToday
	shift   int
	decade  int
	count   int // of isOne
	unit    unit
	bound   corpus.Bound // of the words in front of a date
	feasts  []feast
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
	streets  map[string]bool // articles before a day in digits that make it a street
	towns    map[string]bool // words before a day and a capital month that is a place
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
	verbal  bool // no name ends so
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
		case "past", "future", "timeless", "tenseless":
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
	case "town":
		return &l.towns
	case "street":
		return &l.streets
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
	if value == "ending" || value == "verb-ending" {
		l.endings = append(l.endings, ending{word, t, value == "verb-ending"})
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
	case isRoughly:
		if value != "exact" {
			e.bound = corpus.About
		}
		return nil
	case isOne:
		e.count = max(n, 1)
		return nil
	default:
		return nil
	}
	return err
}
