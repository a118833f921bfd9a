package sqlite

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"vocero/corpus/near"
)

// The bounds on what a text is compared with, so that thousands of releases
// made from one pattern cost no more than a few.
const (
	perBand    = 64 // texts looked at of those that share a band: the last stored
	candidates = 32 // texts compared: those that share most bands
)

// connect finds the copies of a new text among those stored and notes them. It
// returns seeds with the text and its copies.
func (g *grouper) connect(text int64, t *near.Text, seeds []int64) ([]int64, error) {
	g.keep(text, t)
	seeds = append(seeds, text)
	keys := t.Bands()
	others, err := g.candidates(keys)
	if err != nil {
		return nil, err
	}
	for _, other := range others {
		o, err := g.text(other)
		if err != nil {
			return nil, err
		}
		if !near.Copies(t, o) {
			continue
		}
		g.w.exec(`INSERT OR IGNORE INTO alike (text, other) VALUES (?, ?), (?, ?)`, text, other, other, text)
		seeds = append(seeds, other)
	}
	for _, key := range keys {
		g.w.exec(`INSERT OR IGNORE INTO bands (key, text) VALUES (?, ?)`, key, text)
	}
	return seeds, g.w.err
}

// candidates returns the texts that share most bands, and those that lead them.
func (g *grouper) candidates(keys []int64) ([]int64, error) {
	shared := make(map[int64]int)
	for _, key := range keys {
		err := g.w.each(`SELECT text FROM bands WHERE key = ? ORDER BY text DESC LIMIT ?`, func(row scanner) error {
			var text int64
			err := row.Scan(&text)
			shared[text]++
			return err
		}, key, perBand)
		if err != nil {
			return nil, err
		}
	}
	found := make([]int64, 0, len(shared))
	for text := range shared {
		found = append(found, text)
	}
	slices.SortFunc(found, func(a, b int64) int { return cmp.Or(cmp.Compare(shared[b], shared[a]), cmp.Compare(a, b)) })
	found = found[:min(len(found), candidates)]
	for _, text := range slices.Clone(found) {
		n, err := g.Node(text)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(found, n.Leader) {
			found = append(found, n.Leader)
		}
	}
	return found, nil
}

const nodeColumns = "t.text, t.leader, t.published, t.first"

func scanNode(row scanner) (n near.Node, err error) {
	err = row.Scan(&n.Text, &n.Leader, &n.Published, &n.First)
	return n, err
}

// Node, Neighbours and SetLeader make a grouper a near.Graph.

func (g *grouper) Node(text int64) (near.Node, error) {
	n, err := scanNode(g.w.query(`SELECT `+nodeColumns+` FROM texts t WHERE t.text = ?`, text))
	return n, cmp.Or(g.w.err, err)
}

func (g *grouper) Neighbours(text int64) (around []near.Node, err error) {
	err = g.w.each(`SELECT `+nodeColumns+` FROM alike a JOIN texts t ON t.text = a.other WHERE a.text = ?`, func(row scanner) error {
		n, err := scanNode(row)
		around = append(around, n)
		return err
	}, text)
	return around, err
}

func (g *grouper) SetLeader(text, leader int64) error {
	n, err := g.Node(text)
	if err != nil {
		return err
	}
	for _, l := range [...]int64{n.Leader, leader} {
		if err := g.remember(l); err != nil {
			return err
		}
	}
	g.moved[text] = true
	g.w.exec(`UPDATE texts SET leader = ? WHERE text = ?`, leader, text)
	return g.w.err
}

// face is what a group looks like from outside: which release is shown, and
// whether it has copies.
type face struct {
	shown int64 // num of its newest version, 0 where there is none
	alone bool
}

func (g *grouper) face(leader int64) (f face, err error) {
	err = g.w.query(`SELECT num FROM members WHERE text = ? ORDER BY published, first LIMIT 1`, leader).Scan(&f.shown)
	if errors.Is(err, sql.ErrNoRows) {
		return face{}, g.w.err
	}
	if err != nil {
		return f, cmp.Or(g.w.err, err)
	}
	var n int
	err = g.w.query(`SELECT count(*) FROM (SELECT 1 FROM texts t JOIN members m ON m.text = t.text WHERE t.leader = ? LIMIT 2)`, leader).Scan(&n)
	f.alone = n < 2
	return f, cmp.Or(g.w.err, err)
}

// finish puts among the changes the releases whose group is another now, or that
// another release is shown for, so that an index learns of it.
func (g *grouper) finish() error {
	again := make(map[int64]bool)
	for leader, before := range g.before {
		after, err := g.face(leader)
		if err != nil {
			return err
		}
		if after != before {
			again[before.shown], again[after.shown] = true, true
		}
	}
	for text := range g.moved {
		err := g.w.each(`SELECT num FROM members WHERE text = ?`, func(row scanner) error {
			var num int64
			err := row.Scan(&num)
			again[num] = true
			return err
		}, text)
		if err != nil {
			return err
		}
	}
	for num := range g.fresh {
		delete(again, num)
	}
	nums, _ := json.Marshal(slices.Collect(maps.Keys(again))) // numbers always marshal
	return g.w.again(`SELECT value FROM json_each(?)`, string(nums))
}

// again puts the newest versions whose nums a query gives at the end of the
// changes, in their order.
func (w *writer) again(query string, args ...any) error {
	var nums []int64
	err := w.each(`SELECT num FROM changes WHERE num IN (`+query+`) ORDER BY num`, func(row scanner) error {
		var num int64
		err := row.Scan(&num)
		nums = append(nums, num)
		return err
	}, args...)
	if err != nil {
		return err
	}
	for _, num := range nums {
		w.exec(`DELETE FROM changes WHERE num = ?`, num)
		w.exec(`INSERT INTO changes (num) VALUES (?)`, num)
	}
	return w.err
}
