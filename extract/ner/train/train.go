// Package train makes the models of the tagger of names from annotated releases:
//
//	model, err := train.Train(ctx, train.Options{Folders: []string{"../shared/gold/train"}})
//	err = model.Write(file)
//
// The same releases and options give the same bytes.
package train

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"vocero/corpus"
	"vocero/extract/gold"
	"vocero/extract/ner/crf"
	"vocero/extract/text"
)

// Options says what to train on and how. Zero values are the defaults, which
// made the embedded model.
type Options struct {
	Folders []string     // of annotated releases
	Lexicon *crf.Lexicon // what the model is to know of words; nil for nothing

	// From is a model to begin with, in the place of nothing; nil for none. Its
	// lexicon and its number of buckets are kept.
	From *crf.Model

	// More are annotated texts of others, to learn from beside the releases.
	// Confidences are fitted on releases alone.
	More []gold.Document

	// Texts is the hash of the texts that the lexicon's classes were learnt from.
	Texts string

	Stock *Stock // names to put in the place of others; nil for none
	Swap  int    // copies of each release to make with other names

	Epochs  int         // times that the releases are gone through
	Bits    int         // features hash into 1<<Bits buckets
	Penalty crf.Penalty // of the learner
	Drop    float64     // share of tokens that are learnt without their own word
	Seed    uint64

	Progress func(epoch int, loss float64) // after each epoch, the mean loss of a token
}

func (o Options) withDefaults() Options {
	if o.Epochs == 0 {
		o.Epochs = 8
	}
	if o.Bits == 0 {
		o.Bits = 20
	}
	if o.Penalty == (crf.Penalty{}) {
		o.Penalty = crf.Penalty{Rate: 0.1, Sparse: 0.3, Small: 1}
	}
	if o.Swap == 0 {
		o.Swap = 1
	}
	if o.Drop == 0 {
		o.Drop = 0.2
	}
	if o.From != nil {
		o.Lexicon, o.Texts, o.Bits = o.From.Lexicon(), o.From.Texts, o.From.Bits
	}
	if o.Lexicon == nil {
		o.Lexicon = &crf.Lexicon{}
	}
	if o.Progress == nil {
		o.Progress = func(int, float64) {}
	}
	return o
}

// String is the options that change the model, as its header records them.
func (o Options) String() string {
	o = o.withDefaults()
	from := ""
	if o.From != nil {
		from = " from=" + o.From.Data
	}
	return fmt.Sprintf("epochs=%d bits=%d rate=%g sparse=%g small=%g drop=%g swap=%d seed=%d",
		o.Epochs, o.Bits, o.Penalty.Rate, o.Penalty.Sparse, o.Penalty.Small, o.Drop, o.Swap, o.Seed) + from
}

// ErrNoReleases says that the folders hold nothing to train on.
var ErrNoReleases = errors.New("no annotated releases")

// Train reads the releases and makes a model of them.
func Train(ctx context.Context, o Options) (*crf.Model, error) {
	documents, err := Read(o.Folders)
	if err != nil {
		return nil, err
	}
	return Fit(ctx, documents, o)
}

// Read reads the annotated releases of all folders, in order.
func Read(folders []string) ([]gold.Document, error) {
	var all []gold.Document
	for _, folder := range folders {
		documents, err := gold.Read(folder)
		if err != nil {
			return nil, fmt.Errorf("train: %w", err)
		}
		all = append(all, documents...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("train: %w in %v", ErrNoReleases, folders)
	}
	return all, nil
}

// Fit makes a model of releases that were read.
func Fit(ctx context.Context, documents []gold.Document, o Options) (*crf.Model, error) {
	o = o.withDefaults()
	h := crf.Header{Data: DataHash(slices.Concat(documents, o.More), o.Lexicon), Texts: o.Texts, Options: o.String(), Documents: len(documents)}
	model, err := fit(ctx, documents, o, h)
	if err != nil {
		return nil, err
	}
	model.Slope, model.Offset, err = calibrate(ctx, documents, o)
	return model, err
}

func fit(ctx context.Context, documents []gold.Document, o Options, h crf.Header) (*crf.Model, error) {
	learner := crf.NewLearner(o.Bits, o.Penalty)
	if o.From != nil {
		learner = crf.Adapt(o.From, o.Penalty)
	}
	random := rand.New(rand.NewPCG(o.Seed, 1))
	copies := swapped(documents, o.Stock, o.Swap, random)
	documents = slices.Concat(documents, copies, o.More)
	examples, err := newExamples(ctx, documents, o.Lexicon)
	if err != nil {
		return nil, err
	}
	var rows [][]uint32
	for epoch := range o.Epochs {
		loss, tokens := 0.0, 0
		for _, i := range random.Perm(len(examples)) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			for k := range examples[i] {
				s := &examples[i][k]
				if s.learnt(epoch, k) {
					continue
				}
				rows = s.drop(rows[:0], func() bool { return random.Float64() < o.Drop })
				s.loss = learner.Step(rows, s.labels)
				loss += s.loss
				tokens += len(rows)
			}
		}
		o.Progress(epoch+1, loss/float64(max(tokens, 1)))
	}
	return learner.Model(h, o.Lexicon), nil
}

// example is a release as the learner takes it, sentence by sentence.
type example []sentence

type sentence struct {
	rows   []crf.Row
	labels []crf.Label
	loss   float64 // when it was last learnt from
}

// learnt says whether sentence k of its release is left out of an epoch: one
// that has little more to teach is learnt from in every other one.
func (s *sentence) learnt(epoch, k int) bool {
	const first, little = 2, 0.02
	return epoch >= first && s.loss < little && (epoch+k)%2 == 1
}

func newExamples(ctx context.Context, documents []gold.Document, lexicon *crf.Lexicon) ([]example, error) {
	examples := make([]example, len(documents))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range documents {
		g.Go(func() error {
			examples[i] = newExample(&documents[i], lexicon)
			return ctx.Err()
		})
	}
	return examples, g.Wait()
}

func newExample(d *gold.Document, lexicon *crf.Lexicon) example {
	t := text.Parse(d.Text, d.Lang)
	features, labels := crf.NewFeatures(t, lexicon), labels(t, d.Mentions)
	var e example
	for _, s := range t.Sentences {
		rows := features.Sentence(s)
		for i := range rows {
			all := slices.Clone(rows[i].All)
			rows[i] = crf.Row{Context: all[:len(rows[i].Context)], All: all}
		}
		e = append(e, sentence{rows: rows, labels: labels[s.First:s.Last]})
	}
	return e
}

// drop appends the features of each token to rows: without those that know its
// word where lean says so.
func (s *sentence) drop(rows [][]uint32, lean func() bool) [][]uint32 {
	for _, r := range s.rows {
		if lean() {
			rows = append(rows, r.Context)
		} else {
			rows = append(rows, r.All)
		}
	}
	return rows
}

// labels gives each token its label. What gold leaves out is no name: most of
// it is programmes, laws and events, which are not to be found.
func labels(t *text.Text, mentions []gold.Mention) []crf.Label {
	out := make([]crf.Label, len(t.Tokens))
	for _, m := range mentions {
		kind := crf.KindIndex(m.Kind)
		if kind < 0 {
			continue
		}
		first, last := tokensOf(t, m.Span)
		if first > last || !oneSentence(t, first, last) {
			continue
		}
		for i := first; i <= last; i++ {
			out[i] = crf.LabelAt(kind, i-first, last-first+1)
		}
	}
	return out
}

// tokensOf returns the first and the last token that share a byte with s.
func tokensOf(t *text.Text, s corpus.Span) (first, last int) {
	lo, hi := 0, len(t.Tokens)
	for lo < hi {
		if mid := (lo + hi) / 2; t.Tokens[mid].End <= s.Start {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	last = lo - 1
	for last+1 < len(t.Tokens) && t.Tokens[last+1].Start < s.End {
		last++
	}
	return lo, last
}

func oneSentence(t *text.Text, first, last int) bool {
	for _, s := range t.Sentences {
		if s.First <= first && first < s.Last {
			return last < s.Last
		}
	}
	return false
}

// DataHash is the SHA-256, in hexadecimal, of the releases and the lists of names
// that a model is made of.
func DataHash(documents []gold.Document, lexicon *crf.Lexicon) string {
	h := sha256.New()
	for i := range documents {
		d := &documents[i]
		fmt.Fprintf(h, "%s\x00%s\x00%s\x00", d.ID, d.Lang, d.Text)
		for _, m := range d.Mentions {
			fmt.Fprintf(h, "%d %d %s\n", m.Span.Start, m.Span.End, m.Kind)
		}
	}
	fmt.Fprintln(h, lexicon.Names, lexicon.NameBits)
	return hex.EncodeToString(h.Sum(nil))
}
