package main

import (
	"errors"
	"fmt"

	"souk/sim/actor"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

// checkCmd validates scenarios.
type checkCmd struct {
	Scenarios []string `arg:"" name:"scenario" help:"Scenario files, or names of some that ship."`
	settings
	Explain  bool `help:"Print the scenario with every default and what each option means."`
	Timeline bool `help:"Print the scenario with the faults that chaos draws written out."`
	Names    bool `help:"Print the names of the actors, for faults and links to refer to."`
}

func (c *checkCmd) Run(stdout resultWriter) error {
	var problems field.Problems
	for _, name := range c.Scenarios {
		doc, err := load(name, &c.settings)
		var found field.Problems
		switch {
		case errors.As(err, &found):
			problems = append(problems, found...)
			continue
		case err != nil:
			return err
		}
		switch {
		case c.Explain:
			if err := doc.Explain(stdout); err != nil {
				return err
			}
		case c.Timeline:
			text, err := scenario.Timeline(doc)
			if err != nil {
				return err
			}
			fmt.Fprint(stdout, text)
		case c.Names:
			play := doc.Config.Play()
			for id := range actor.ID(play.Actors()) {
				fmt.Fprintln(stdout, play.Name(id))
			}
			for slot := range play.Traits.Seats {
				fmt.Fprintf(stdout, "trader%d (whoever is elected to that seat)\n", slot)
			}
		default:
			fmt.Fprintf(stdout, "%s: ok, %d peers\n", name, doc.Config.Peers.Number())
			expected, _ := run.Expectations(doc) // load has seen its problems
			for i := range expected {
				fmt.Fprintf(stdout, "  expects %s (%s)\n", expected[i].Text, expected[i].Doc())
			}
		}
	}
	return problems.Err()
}
