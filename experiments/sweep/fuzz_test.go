package sweep_test

import (
	"strings"
	"testing"

	"souk/experiments/sweep"
)

// FuzzRead: whatever the file, it is read to a plan or refused with problems
// that have a message and, if they are in the file, a place in it.
func FuzzRead(f *testing.F) {
	f.Add(grid)
	f.Add(unpublished)
	f.Add(strings.Replace(grid, "vary:", "together: [{a: [1], b: [1, 2]}]\nset: {x: {y: 1}}\nvary:", 1))
	f.Add("version: 1\nname: x\nquestion: y\nscenario: [shop.yaml, shop.yaml]\nvary: {scenario: [1], 'faults[0].at': [[]]}\n")
	f.Add("vary: {traders.count: &a [*a]}\nbaseline: {? [1]: 2}\nplots: [{across: [throughput@x]}]\n")
	f.Fuzz(func(t *testing.T, src string) {
		if strings.Count(src, ",") > 60 {
			return // a grid of thousands of points is only slow
		}
		plan, problems := sweep.Read("fuzz.yaml", []byte(src), source)
		if len(problems) == 0 && (plan == nil || len(plan.Points) == 0) {
			t.Fatal("neither a plan nor a problem")
		}
		for _, p := range problems {
			if p.Message == "" || p.File == "fuzz.yaml" && p.Line < 1 {
				t.Fatalf("a problem without words or place: %+v", p)
			}
		}
	})
}
