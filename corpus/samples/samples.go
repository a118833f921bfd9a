// Package samples holds a few releases, written for vocero, that the demo and
// the README use:
//
//	names, err := fs.Glob(samples.Releases(), "*.txt") // each with its .json
//
// People, bodies and facts in them are invented; the texts are CC0.
package samples

import (
	"embed"
	"io/fs"
)

//go:embed releases
var releases embed.FS

// Releases returns the samples as a folder: ID.txt (title, blank line,
// paragraphs) with ID.json beside it (published, publisher, country, url).
func Releases() fs.FS {
	sub, err := fs.Sub(releases, "releases")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}
