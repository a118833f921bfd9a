//go:build unix

package money_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"vocero/extract/money"
)

// TestLinear makes hostile texts eight times longer and checks that the
// processor's time does not grow faster than they do.
func TestLinear(t *testing.T) {
	for _, piece := range hostile {
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

// spent measures the processor's time, which others on the machine do not lengthen.
func spent(piece string, size, times int) time.Duration {
	text := strings.Repeat(piece, size/len(piece))
	start := processor()
	for range times { // the clock of processor time is too coarse for one short run
		money.Find(text, money.Context{Lang: "es", Country: "PE"})
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
