package train

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"vocero/extract/ner/crf"
)

// ReadLexicon reads the names, "list<TAB>words" lines where list is 0 to 12 as
// crf knows them, and the classes of words, "word class" lines. A file "" is
// passed over.
func ReadLexicon(names, clusters string) (*crf.Lexicon, error) {
	x := &crf.Lexicon{}
	var err error
	if names != "" {
		if x.Names, x.NameBits, err = readLists(names, "\t", nameEntry); err != nil {
			return nil, err
		}
	}
	if clusters != "" {
		if x.Clusters, x.ClusterIDs, err = readLists(clusters, " ", clusterEntry); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// nameEntry reads "8<TAB>estados unidos" as the hash of the phrase and bit 8.
func nameEntry(list, words string) (uint32, uint16, error) {
	bit, err := strconv.Atoi(list)
	if err != nil || bit < 0 || bit > 15 {
		return 0, 0, fmt.Errorf("list %q", list)
	}
	var hashes []uint32
	for _, w := range strings.Fields(words) {
		hashes = append(hashes, crf.Hash(crf.Fold(w)))
	}
	if len(hashes) == 0 {
		return 0, 0, fmt.Errorf("list %d has an empty entry", bit)
	}
	return crf.PhraseHash(hashes), 1 << bit, nil
}

// clusterEntry reads "word 17" as the word's hash and its class, from 1.
func clusterEntry(word, class string) (uint32, uint16, error) {
	n, err := strconv.ParseUint(class, 10, 15)
	if err != nil {
		return 0, 0, fmt.Errorf("class %q", class)
	}
	return crf.Hash(word), uint16(n) + 1, nil
}

// readLists reads a file of two fields a line into sorted hashes with what
// stands under each; entries of one hash are merged.
func readLists(path, separator string, entry func(a, b string) (uint32, uint16, error)) ([]uint32, []uint16, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("read lexicon: %w", err)
	}
	defer file.Close()
	values := map[uint32]uint16{}
	scanner := bufio.NewScanner(file)
	for line := 1; scanner.Scan(); line++ {
		a, b, ok := strings.Cut(scanner.Text(), separator)
		if !ok {
			return nil, nil, fmt.Errorf("read lexicon: %s:%d: no second field", path, line)
		}
		key, value, err := entry(a, b)
		if err != nil {
			return nil, nil, fmt.Errorf("read lexicon: %s:%d: %w", path, line, err)
		}
		values[key] |= value
	}
	if err := scanner.Err(); err != nil {
		return nil, nil, fmt.Errorf("read lexicon: %s: %w", path, err)
	}
	keys := make([]uint32, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	out := make([]uint16, len(keys))
	for i, k := range keys {
		out[i] = values[k]
	}
	return keys, out, nil
}
