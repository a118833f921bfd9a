//go:build unix

package pages

import (
	"syscall"
	"time"
)

// processorTime is what this process used so far, in all its threads: other
// programs beside it do not change it.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
