package main

import (
	"testing"
)

// leastRanking is what the ranking must reach by the judgements; raise it with
// the ranking.
const leastRanking = 0.93

func TestRanking(t *testing.T) {
	all, err := judgements()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 60 {
		t.Errorf("%d queries are judged, want 60 at least", len(all))
	}
	releases, err := readReleases("../../../shared/data/releases")
	if err != nil {
		t.Skip(err)
	}
	known := make(map[string]bool)
	for i := range releases {
		known[releases[i].Document.ID] = true
	}
	for _, j := range all {
		for id := range j.grades {
			if !known[id] {
				t.Errorf("%s: there is no release %s", j.query, id)
			}
		}
	}
	scores, err := ranked(t.Context(), newVocero, t.TempDir(), releases, all)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range scores {
		if s < 0.5 {
			t.Logf("%s: %.3f", all[i].query, s)
		}
	}
	if got := mean(scores); got < leastRanking {
		t.Errorf("nDCG@10 %.3f, want %.2f", got, leastRanking)
	} else {
		t.Logf("nDCG@10 %.3f", got)
	}
}
