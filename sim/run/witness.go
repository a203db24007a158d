package run

import (
	"bufio"
	"errors"
	"fmt"

	"souk/sim"
	"souk/sim/scenario"
	"souk/sim/verify"
)

// witnesses write what runs are compared by.
type witnesses struct {
	marks *bufio.Writer
	log   *eventLog
}

// witnessed returns the scenario with the witnesses that the options ask for,
// who watch the world itself and not only its facts.
func (o *Options) witnessed(cfg *scenario.Config) (*scenario.Config, *witnesses) {
	w := &witnesses{}
	if o.Checkpoints == nil && o.Events == nil {
		return cfg, w
	}
	watched := *cfg
	if o.Checkpoints != nil {
		w.marks = bufio.NewWriter(o.Checkpoints)
		fmt.Fprintf(w.marks, "# %s, model %s: events, virtual time, digest\n", Title(cfg), sim.Version)
		watched.World.Checkpoint = func(c sim.Checkpoint) { fmt.Fprintln(w.marks, verify.MarkOf(c)) }
	}
	if o.Events != nil {
		watched.World.Witness = func(e *sim.Event) { w.log.witness(e) }
	}
	return &watched, w
}

func (w *witnesses) flush() error {
	var err error
	if w.marks != nil {
		err = w.marks.Flush()
	}
	if w.log != nil {
		err = errors.Join(err, w.log.flush())
	}
	return err
}

// Title names a run.
func Title(cfg *scenario.Config) string { return fmt.Sprintf("%s, seed %d", cfg.Name, cfg.World.Seed) }
