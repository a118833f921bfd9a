package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"vocero/corpus"
	"vocero/extract/date"
	"vocero/extract/money"
)

func TestProbe(t *testing.T) {
	f, err := os.Open("/tmp/m/probe.txt")
	if err != nil {
		t.Skip()
	}
	s := bufio.NewScanner(f)
	for s.Scan() {
		c := strings.SplitN(s.Text(), "\t", 4)
		if len(c) < 4 {
			continue
		}
		pub, _ := corpus.ParseDate(c[2])
		out := []string{}
		for _, d := range date.Find(c[3], date.Context{Lang: c[0], Country: c[1], Published: pub}) {
			x := d.Span.Of(c[3]) + " = " + d.EDTF
			if d.Bound != "" {
				x += " (" + string(d.Bound) + ")"
			}
			out = append(out, x)
		}
		for _, d := range money.Find(c[3], money.Context{Lang: c[0], Country: c[1], Published: pub}) {
			out = append(out, "$ "+d.Span.Of(c[3])+" = "+d.Unit+" "+d.Low.Text('f')+".."+d.High.Text('f')+string(d.Bound))
		}
		fmt.Println(s.Text(), "\n      ", strings.Join(out, " | "))
	}
}
