package run_test

import (
	"fmt"
	"testing"
)

func TestZZ(t *testing.T) {
	for _, n := range shipped(t) {
		r := once(t, n)
		s := n + ": "
		for _, v := range r.Verdicts {
			if v.State != 0 {
				s += fmt.Sprintf("\n   %s %s %s", v.ID, v.Result, v.Note)
			} else {
				s += fmt.Sprintf("%s(%d) ", v.ID, v.Checks)
			}
		}
		fmt.Println(s)
		fmt.Printf("   %+v\n", r.Wrong)
	}
}
