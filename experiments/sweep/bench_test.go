package sweep_test

import (
	"fmt"
	"strings"
	"testing"

	"souk/experiments/cells"
	"souk/experiments/sweep"
)

// BenchmarkWorkers is the speed-up of a sweep: the time with one worker over
// the time with two, nothing being in the store. Its runs take some 30 ms, as
// those of a market hour do; of runs that take one or two, the disk, which must
// confirm every cell, has its share.
func BenchmarkWorkers(b *testing.B) {
	src := strings.Replace(unpublished, "replications: {min: 10}", "replications: {min: 12}\nset: {run.stop.requests: 8000, run.time_limit: 10h}", 1)
	for _, workers := range []int{1, 2, 4} {
		b.Run(fmt.Sprint(workers), func(b *testing.B) {
			for range b.N {
				plan, problems := sweep.Read("small.yaml", []byte(src), source)
				if err := problems.Err(); err != nil {
					b.Fatal(err)
				}
				lab := cells.Lab{Store: cells.Open(b.TempDir()), Workers: workers}
				if _, err := plan.Execute(b.Context(), lab, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
