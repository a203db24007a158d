package hunt

import (
	"context"
	"sync"
	"sync/atomic"

	"souk/sim"
	"souk/sim/scenario"
)

// Options say how to hunt.
type Options struct {
	// From is the first seed, Seeds how many there are.
	From  uint64
	Seeds int
	// Workers is how many runs are under way at once.
	Workers int
	// KeepGoing hunts on after a finding.
	KeepGoing bool
	// Watch, if set, is told how many seeds are done; it is called by one
	// goroutine at a time.
	Watch func(done, planned int)
}

// Hunt runs the scenarios of a ground, seed by seed, until one of them is a
// finding, all are done, or the context ends. What it returns is that of the
// seeds from the first on without a gap, whatever the number of workers.
func Hunt(ctx context.Context, g Ground, o Options) (*Bag, error) {
	ctx, enough := context.WithCancel(ctx)
	defer enough()
	results := make(chan one)
	var next atomic.Int64
	var workers sync.WaitGroup
	for range max(1, o.Workers) {
		workers.Go(func() {
			reader, memory := scenario.NewReader(), new(sim.Memory)
			for {
				i := next.Add(1) - 1
				if i >= int64(o.Seeds) || ctx.Err() != nil {
					return
				}
				result := g.hunt(ctx, reader, memory, o.From+uint64(i))
				if ctx.Err() != nil {
					return // cut short
				}
				results <- result
			}
		})
	}
	go func() {
		workers.Wait()
		close(results)
	}()
	return gather(g, o, results, enough)
}

// gather takes the results in the order of their seeds.
func gather(g Ground, o Options, results <-chan one, enough func()) (bag *Bag, err error) {
	bag = newBag(&g)
	early := map[uint64]one{}
	over := false
	for result := range results {
		early[result.seed] = result
		for !over {
			at := o.From + uint64(bag.Runs)
			r, there := early[at]
			if !there {
				break
			}
			delete(early, at)
			if r.err != nil {
				err, over = r.err, true
				break
			}
			bag.add(&r)
			over = r.found != nil && !o.KeepGoing
			if o.Watch != nil {
				o.Watch(bag.Runs, o.Seeds)
			}
		}
		if over {
			// Later seeds are of no interest; workers that wait to report are let go.
			enough()
		}
	}
	return bag, err
}
