package near

import (
	"cmp"
	"container/heap"
)

// Node is a text in the graph of copies.
type Node struct {
	Text      int64
	Leader    int64  // the text whose copy it is; its own where it is nobody's
	Published string // earliest day of the releases with this text; compares as bytes
	First     int64  // the first stored of them
}

// leads says whether the text stands for its copies.
func (n Node) leads() bool { return n.Leader == n.Text }

// compare orders texts: the earliest published, then the first stored.
func (n Node) compare(m Node) int {
	return cmp.Or(cmp.Compare(n.Published, m.Published), cmp.Compare(n.First, m.First), cmp.Compare(n.Text, m.Text))
}

// Graph holds texts and which of them are copies of which. A store implements it
// over its tables.
type Graph interface {
	Node(text int64) (Node, error)
	Neighbours(text int64) ([]Node, error) // those that Copies said yes to
	SetLeader(text, leader int64) error
}

// Regroup gives each text its leader anew after seeds changed: those that came,
// those whose order changed, and the neighbours of these and of what went away.
//
// Texts take their turn in order. One that is a copy of a leader before it
// follows the earliest such; any other one leads. So each follower is a copy of
// its leader and not of a copy of a copy, and the outcome (the lexicographically
// first maximal independent set) is that of grouping all texts from nothing, in
// whatever order they came. Only what seeds reach is looked at.
func Regroup(g Graph, seeds []int64) error {
	q := queue{seen: make(map[int64]bool)}
	for _, text := range seeds {
		n, err := g.Node(text)
		if err != nil {
			return err
		}
		q.add(n)
	}
	for q.Len() > 0 {
		n := heap.Pop(&q).(Node)
		around, err := g.Neighbours(n.Text)
		if err != nil {
			return err
		}
		leader := n
		for _, m := range around {
			if m.leads() && m.compare(leader) < 0 {
				leader = m
			}
		}
		if leader.Text == n.Leader {
			continue
		}
		led := n.leads()
		if err := g.SetLeader(n.Text, leader.Text); err != nil {
			return err
		}
		if led == (leader.Text == n.Text) {
			continue
		}
		for _, m := range around {
			if m.compare(n) > 0 {
				q.add(m)
			}
		}
	}
	return nil
}

// queue is a heap of texts in their order, each added once: what is added while
// one is looked at comes after it.
type queue struct {
	nodes []Node
	seen  map[int64]bool
}

func (q *queue) add(n Node) {
	if !q.seen[n.Text] {
		q.seen[n.Text] = true
		heap.Push(q, n)
	}
}

// The methods of heap.Interface.

func (q *queue) Len() int           { return len(q.nodes) }
func (q *queue) Less(i, j int) bool { return q.nodes[i].compare(q.nodes[j]) < 0 }
func (q *queue) Swap(i, j int)      { q.nodes[i], q.nodes[j] = q.nodes[j], q.nodes[i] }
func (q *queue) Push(n any)         { q.nodes = append(q.nodes, n.(Node)) }
func (q *queue) Pop() any {
	last := len(q.nodes) - 1
	n := q.nodes[last]
	q.nodes = q.nodes[:last]
	return n
}
