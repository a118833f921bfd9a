//go:build unix

package date_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"vocero/corpus"
	"vocero/extract/date"
)

// TestLinear holds that no input makes the processor's time grow faster than
// the input's length.
func TestLinear(t *testing.T) {
	published := corpus.Date{Year: 2021, Month: 5, Day: 10}
	for _, piece := range []string{
		"1", "1.", "1/", "1-1-", "el ", "de 5 ", "5, ", "mayo ", "5 de mayo y ", "2019-", "lunes ", "hoy (", "'", "el año ",
		"próximo ", "primer ", "hace ", "entre ", "2020 y ", "XX ", "mil ", "enero-", "los ", "un día y ", "dos semanas después de ",
		"fin de ", "(", "\"", "a partir de ", "Aaaa ", "Av. ", "día 1 ", "semana ", "1/1-", "1 año ", "hasta ", "de ", "é", "April 15, 2015 ", "Hoy: 2015\n", "2015",
		"más de ", "semana 1 a ", "lunes hasta ", "siglo XV al ", "lunes y ", "noche del lunes ", "dos días después ", "1980s, ", "lunes (",
	} {
		linear(t, piece, published)
	}
	for _, piece := range []string{ // where the day of publication is looked for
		"hoy, 5 de mayo, ", "este lunes 5 de mayo ", "Lima, 5 de mayo de 2021\n", "lunes 5 de mayo. ", "2020 ", "este año ", ", ", "21 de mayo de 2019 . . ",
	} {
		linear(t, piece, corpus.Date{})
	}
}

func linear(t *testing.T, piece string, published corpus.Date) {
	short, long := time.Hour, time.Hour
	for range 5 {
		short, long = min(short, spent(piece, published, 1<<15, 8)/8), min(long, spent(piece, published, 1<<18, 1))
		if long < 20*short+30*time.Millisecond {
			return
		}
	}
	t.Errorf("%q: 8 times the text takes %v, before %v", piece, long, short)
}

// spent measures the processor's time, which others on the machine do not lengthen.
func spent(piece string, published corpus.Date, size, times int) time.Duration {
	text := strings.Repeat(piece, size/len(piece))
	start := processor()
	for range times { // the clock of processor time is too coarse for one short run
		date.Find(text, date.Context{Lang: "es", Country: "PE", Published: published})
	}
	return processor() - start
}

func processor() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano())
}
