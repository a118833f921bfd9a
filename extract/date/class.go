package date

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
