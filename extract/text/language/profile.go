package language

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxClasses is the width of a row of weights.
const maxClasses = 16

// Profile is a learned classifier: for every bucket of features the weight that
// it has for each class.
type Profile struct {
	classes []class
	weights [1 << bucketBits][maxClasses]int8
}

// class is one of the languages, or groups of them, that are told apart.
type class struct {
	name      string
	calls     string   // what Of calls it
	languages []string // whose samples it is learned from
}

// parseClasses reads the table of classes.txt.
func parseClasses(table string) ([]class, error) {
	var classes []class
	for line := range strings.Lines(table) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0 || f[0][0] == '#':
		case len(f) < 3:
			return nil, fmt.Errorf("class %q: not a name, what it is called and languages", f[0])
		default:
			classes = append(classes, class{f[0], f[1], f[2:]})
		}
	}
	if len(classes) == 0 || len(classes) > maxClasses {
		return nil, fmt.Errorf("%d classes: not 1 to %d", len(classes), maxClasses)
	}
	return classes, nil
}

var errProfile = errors.New("not a language profile")

// A profile's file is the table of classes, an empty line and the weights by
// bucket, deflated.
const profileBreak = "\n\n"

// ParseProfile reads what [Profile.Bytes] wrote.
func ParseProfile(b []byte) (*Profile, error) {
	plain, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b)), 1<<22))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errProfile, err)
	}
	table, weights, ok := strings.Cut(string(plain), profileBreak)
	if !ok {
		return nil, errProfile
	}
	p := &Profile{}
	if p.classes, err = parseClasses(table); err != nil {
		return nil, fmt.Errorf("%w: %w", errProfile, err)
	}
	if len(weights) != len(p.weights)*len(p.classes) {
		return nil, fmt.Errorf("%w: %d weights", errProfile, len(weights))
	}
	for i := range weights {
		p.weights[i/len(p.classes)][i%len(p.classes)] = int8(weights[i])
	}
	return p, nil
}

// Bytes is the profile as its file has it; the same profile gives the same bytes.
func (p *Profile) Bytes() ([]byte, error) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	for _, c := range p.classes {
		fmt.Fprintln(w, c.name, c.calls, strings.Join(c.languages, " "))
	}
	fmt.Fprintln(w)
	row := make([]byte, len(p.classes))
	for i := range p.weights {
		for c := range row {
			row[c] = byte(p.weights[i][c])
		}
		if _, err := w.Write(row); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
