package sim

// FaultTally says what a fault plan did to a run.
type FaultTally struct {
	// Plan is its place among the plans of the run.
	Plan int
	// Begun counts its beginnings.
	Begun uint64
	// Struck counts the actors, groups or services that it struck, once each
	// time.
	Struck uint64
	// Touched counts what it changed: messages that it lost, cut off, delayed,
	// doubled, overtook or held; inputs that waited for an actor; work and timers
	// that took another time; operations that failed. Of kinds of which the world
	// can't see that, it is Struck.
	Touched uint64
}

// Exercised says that the fault did something in the run.
func (t *FaultTally) Exercised() bool { return t.Touched > 0 }

// tallied adds up what the plans touched.
func (w *World[M]) tallied() []FaultTally {
	for i := range w.tally {
		t := &w.tally[i]
		t.Touched += w.network.Touched(i)
		if !w.cfg.Faults[i].Kind().Counted {
			t.Touched = t.Struck
		}
	}
	return w.tally
}
