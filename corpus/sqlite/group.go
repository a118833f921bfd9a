package sqlite

import (
	"cmp"
	"database/sql"
	"errors"
	"slices"

	"vocero/corpus"
	"vocero/corpus/near"
)

// grouper keeps the groups of copies up to date within one transaction: place
// for each new version, then finish.
type grouper struct {
	w      *writer
	texts  map[int64]*near.Text // read in this transaction; bounded by forget
	before map[int64]face       // of each leader whose group may change, as it was
	moved  map[int64]bool       // texts that got another leader
	fresh  map[int64]bool       // nums that this transaction puts among the changes anyway
}

func newGrouper(w *writer) *grouper {
	return &grouper{w: w, texts: make(map[int64]*near.Text), before: make(map[int64]face),
		moved: make(map[int64]bool), fresh: make(map[int64]bool)}
}

// unknownDay stands for the day of publication where it is not known: last.
const unknownDay = "~"

// place takes in the newest version of a release, in the place of the one before.
func (g *grouper) place(num int64, d *corpus.Document) error {
	w := g.w
	first, was := num, int64(0)
	if d.Version > 1 {
		err := w.query(`SELECT v.num, coalesce(m.text, 0) FROM versions v LEFT JOIN members m ON m.first = v.num
			WHERE v.id = ? AND v.version = 1`, d.ID).Scan(&first, &was)
		if err != nil {
			return cmp.Or(w.err, err)
		}
	}
	g.fresh[num] = true
	t := near.Read(d.Text)
	text, known, err := g.find(t)
	if err != nil {
		return err
	}
	if !known {
		hash := t.Hash()
		text = w.exec(`INSERT INTO texts (hash, num, leader, published, first) VALUES (?, ?, 0, '', 0)`, hash[:], num)
		w.exec(`UPDATE texts SET leader = text WHERE text = ?`, text)
	}
	for _, id := range [...]int64{was, text} {
		if err := g.touch(id); err != nil {
			return err
		}
	}
	w.exec(`INSERT OR REPLACE INTO members (first, num, text, published) VALUES (?, ?, ?, ?)`,
		first, num, text, cmp.Or(d.Published.String(), unknownDay))
	seeds, err := g.reorder(was, text)
	if err == nil && !known {
		seeds, err = g.connect(text, t, seeds)
	}
	if err != nil || len(seeds) == 0 {
		return cmp.Or(w.err, err)
	}
	return near.Regroup(g, seeds)
}

// find looks up a text by its words.
func (g *grouper) find(t *near.Text) (text int64, known bool, err error) {
	hash := t.Hash()
	err = g.w.query(`SELECT text FROM texts WHERE hash = ?`, hash[:]).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return text, err == nil, cmp.Or(g.w.err, err)
}

// touch remembers what the group of a text looked like before this transaction.
func (g *grouper) touch(text int64) error {
	if text == 0 {
		return nil
	}
	n, err := g.Node(text)
	if err != nil {
		return err
	}
	return g.remember(n.Leader)
}

func (g *grouper) remember(leader int64) error {
	if _, known := g.before[leader]; known {
		return nil
	}
	f, err := g.face(leader)
	g.before[leader] = f
	return err
}

// reorder gives texts their order anew after releases came or went, removes
// those that no release has any more, and returns what Regroup must look at.
func (g *grouper) reorder(texts ...int64) (seeds []int64, err error) {
	w := g.w
	slices.Sort(texts)
	for _, text := range slices.Compact(texts) {
		if text == 0 {
			continue
		}
		n, err := g.Node(text)
		if err != nil {
			return nil, err
		}
		now := n
		err = w.query(`SELECT published, first FROM members WHERE text = ? ORDER BY published, first LIMIT 1`, text).Scan(&now.Published, &now.First)
		gone := errors.Is(err, sql.ErrNoRows)
		if err != nil && !gone {
			return nil, cmp.Or(w.err, err)
		}
		if now == n && !gone {
			continue
		}
		around, err := g.Neighbours(text)
		if err != nil {
			return nil, err
		}
		for _, m := range around {
			seeds = append(seeds, m.Text)
		}
		if gone {
			if err := g.remove(text); err != nil {
				return nil, err
			}
			continue
		}
		w.exec(`UPDATE texts SET published = ?, first = ? WHERE text = ?`, now.Published, now.First, text)
		seeds = append(seeds, text)
	}
	return seeds, w.err
}

// remove takes a text out that no release has any more.
func (g *grouper) remove(text int64) error {
	t, err := g.text(text)
	if err != nil {
		return err
	}
	for _, key := range t.Bands() {
		g.w.exec(`DELETE FROM bands WHERE key = ? AND text = ?`, key, text)
	}
	g.w.exec(`DELETE FROM alike WHERE other = ? AND text IN (SELECT other FROM alike WHERE text = ?)`, text, text)
	g.w.exec(`DELETE FROM alike WHERE text = ?`, text)
	g.w.exec(`DELETE FROM texts WHERE text = ?`, text)
	delete(g.texts, text)
	delete(g.moved, text)
	return g.w.err
}

// text reads the words of a text.
func (g *grouper) text(text int64) (*near.Text, error) {
	if t := g.texts[text]; t != nil {
		return t, nil
	}
	var words string
	err := g.w.query(`SELECT v.text FROM texts t JOIN versions v ON v.num = t.num WHERE t.text = ?`, text).Scan(&words)
	if err != nil {
		return nil, cmp.Or(g.w.err, err)
	}
	return g.keep(text, near.Read(words)), nil
}

// keep holds a text in memory for the transaction's next comparisons.
func (g *grouper) keep(text int64, t *near.Text) *near.Text {
	const most = 1000
	if len(g.texts) >= most {
		clear(g.texts)
	}
	g.texts[text] = t
	return t
}
