package bleve

import (
	"math"
	"strconv"

	bindex "github.com/blevesearch/bleve_index_api"
)

// How relevance is weighed: BM25F, of which the fields of one document are
// added before they saturate, so that a word of the title, which the text
// repeats, counts once and more. How often a word stands in a text is kept in
// three steps, as terms of fields of their own: all that is read of a word are
// sets of documents, which is a third less to keep and several times faster
// than frequencies. Lengths are held against that of a usual release rather
// than the average of the index: the same release has the same score whatever
// is put beside it, but for the rarity of the word.
const (
	saturation = 1.2 // BM25's k1
	lengthPart = 0.6 // BM25's b: how much of the length counts
	usualWords = 350

	oftenTimes, muchTimes = 2, 5 // in a text
	leadWords             = 60   // after the title
)

// weights are what a word counts for by the field that has it, as a frequency;
// a word that is in the text often is in both fields.
var weights = map[string]struct {
	weight   float64
	byLength bool // divided by that of the text
}{
	textField:  {1, true},
	oftenField: {1.2, true},
	muchField:  {2, true},
	leadField:  {1, false},
	titleField: {2.5, false},
}

// rarity is the inverse document frequency of what some documents have.
func rarity(reader bindex.IndexReader, have uint64) (float64, error) {
	all, err := reader.DocCount()
	n := float64(have)
	return math.Log(1 + (max(float64(all), n)-n+0.5)/(n+0.5)), err
}

// relevance is the score of a word by its weighed frequency.
func relevance(rarity, frequency float64) float64 {
	return rarity * (saturation + 1) * frequency / (saturation + frequency)
}

// lengthStep is the number of words of a text by half powers of two, which is
// as fine as ranking needs it.
func lengthStep(words int) string {
	return strconv.Itoa(int(math.Round(2 * math.Log2(float64(max(words, 1))))))
}

// lengths reads what the frequencies in a text are divided by.
type lengths struct {
	column  *column
	factors []float64 // by the number of the step; 0 if it wasn't told yet
}

// factor is that of one document.
func (l *lengths) factor(at int, doc uint32) (float64, error) {
	steps, err := l.column.of(at, doc)
	if err != nil || len(steps) == 0 {
		return 1 - lengthPart, err
	}
	return l.ofStep(steps[0]), nil
}

// divide divides what some documents have by length.
func (l *lengths) divide(at int, d documents, frequencies []float64) error {
	in, err := l.column.in(at, len(d.list))
	if err != nil {
		return err
	}
	if in == nil {
		for i, doc := range d.list {
			factor, err := l.factor(at, doc)
			if err != nil {
				return err
			}
			frequencies[i] /= factor
		}
		return nil
	}
	for i, doc := range d.list {
		frequencies[i] /= l.ofStep(in.first(doc))
	}
	return nil
}

// ofStep is the factor of a step by its number, of which 0 has no length.
func (l *lengths) ofStep(number uint32) float64 {
	if int(number) >= len(l.factors) {
		l.factors = append(l.factors, make([]float64, len(l.column.values)-len(l.factors))...)
	}
	if l.factors[number] == 0 {
		l.factors[number] = lengthFactor(l.column.values[number])
	}
	return l.factors[number]
}

// lengthFactor holds the length of a lengthStep against the usual one.
func lengthFactor(step string) float64 {
	n, err := strconv.Atoi(step)
	if err != nil {
		return 1 - lengthPart
	}
	return 1 - lengthPart + lengthPart*math.Exp2(float64(n)/2)/usualWords
}
