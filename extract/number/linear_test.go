//go:build unix

package number_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"vocero/extract/number"
)

// TestLinear makes hostile texts eight times longer and checks that the
// processor's time does not grow faster than they do.
func TestLinear(t *testing.T) {
	for _, piece := range []string{"1", "1.1", "1,234,", "mil ", "dos y ", "1 234 ", "un millón ", "1/", "half a ", "1 mil 500 ", "18 mil 500 millones "} {
		short, long, ok := time.Hour, time.Hour, false
		for range 5 {
			short, long = min(short, spent(piece, 1<<15, 8)/8), min(long, spent(piece, 1<<18, 1))
			if ok = long < 20*short+30*time.Millisecond; ok {
				break
			}
		}
		if !ok {
			t.Errorf("%q: 8 times the text took %v, before %v", piece, long, short)
		}
	}
}

// spent reads all numbers of a text that repeats piece, as a finder would, and
// measures the processor's time, which others on the machine do not lengthen.
func spent(piece string, size, times int) time.Duration {
	r, text := number.For("es", "PE"), strings.Repeat(piece, size/len(piece))
	start := processor()
	for range times { // the clock of processor time is too coarse for one short run
		for i := 0; i < len(text); i++ {
			if n, _ := r.At(text, i); n.End > i {
				i = n.End - 1
			}
		}
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
