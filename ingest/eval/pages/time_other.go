//go:build !unix

package pages

import "time"

var begun = time.Now()

// processorTime is the time that passed: this system does not tell it by process.
func processorTime() time.Duration { return time.Since(begun) }
