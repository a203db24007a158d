package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"souk/sim"
	"souk/sim/check"
	"souk/sim/run"
	"souk/sim/verify"
)

// subject is the run that is verified.
type subject struct {
	name string
	// title is the scenario's own name and the seed.
	title string
	set   []string
	seed  uint64
	// scratch is a folder for what other processes write.
	scratch string
	ctx     context.Context
}

// command is how a user makes the run.
func (s *subject) command(flags string) string {
	c := runCmd{Scenario: s.name, settings: settings{Set: s.set}}
	return c.again(s.seed) + flags
}

// inProcess is a runner in this process.
type inProcess struct {
	*subject
	name string
}

func (p *inProcess) String() string { return p.name }

// Run runs the scenario, read anew. A broken invariant is no error here: that
// run, too, must repeat itself.
func (p *inProcess) Run(w verify.Window) (verify.Trail, error) {
	doc, err := load(p.subject.name, &settings{Seed: &p.seed, Set: p.set})
	if err != nil {
		return verify.Trail{}, err
	}
	doc.Config.World.Watch = func(sim.Progress) bool { return p.ctx.Err() == nil }
	var marks, events bytes.Buffer
	o := run.Options{Checkpoints: &marks}
	if w != (verify.Window{}) {
		o.Events, o.Window = &events, w
	}
	_, err = once(doc, o)
	var broken *check.Breach
	if err == nil || errors.As(err, &broken) {
		err = p.ctx.Err()
	}
	if err != nil {
		return verify.Trail{}, err
	}
	return trail(marks.Bytes(), events.Bytes())
}

// fresh is a runner in a process of its own, with some of the environment set.
type fresh struct {
	*subject
	env []string
}

func (f *fresh) String() string { return "a fresh process, " + strings.Join(f.env, " ") }

// Run runs this program's own sim run.
func (f *fresh) Run(w verify.Window) (verify.Trail, error) {
	self, err := os.Executable()
	if err != nil {
		return verify.Trail{}, err
	}
	digests, events := filepath.Join(f.scratch, "digests.txt"), filepath.Join(f.scratch, "events.txt")
	args := []string{"run", f.name, "--seed", fmt.Sprint(f.seed), "--quiet", "--digests", digests}
	for _, pair := range f.set {
		args = append(args, "--set", pair)
	}
	if w != (verify.Window{}) {
		args = append(args, "--events", events, "--from-event", fmt.Sprint(w.From), "--to-event", fmt.Sprint(w.To))
	}
	child := exec.CommandContext(f.ctx, self, args...)
	child.Env = append(os.Environ(), f.env...)
	var said bytes.Buffer
	child.Stderr = &said
	if err := child.Run(); err != nil && !finished(child) {
		return verify.Trail{}, fmt.Errorf("%w: %s", err, bytes.TrimSpace(said.Bytes()))
	}
	marks, err := os.ReadFile(digests)
	if err != nil {
		return verify.Trail{}, err
	}
	var recorded []byte
	if w != (verify.Window{}) {
		if recorded, err = os.ReadFile(events); err != nil {
			return verify.Trail{}, err
		}
	}
	return trail(marks, recorded)
}

// finished says that a run was made, and only its results were not as expected.
func finished(child *exec.Cmd) bool {
	state := child.ProcessState
	return state != nil && (state.ExitCode() == exitBroken || state.ExitCode() == exitInconclusive)
}

// trail reads what a run wrote.
func trail(marks, events []byte) (t verify.Trail, err error) {
	if _, t.Marks, err = verify.ReadMarks(bytes.NewReader(marks)); err != nil {
		return t, err
	}
	t.Events, err = verify.ReadEvents(bytes.NewReader(events))
	return t, err
}
