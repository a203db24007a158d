package main

import (
	"souk/experiments/sweep"
	"souk/sim/scenario"
)

// schemaCmd prints the JSON Schema of scenario files or of sweep files.
type schemaCmd struct {
	Sweep bool `help:"The schema of sweep files instead."`
}

func (c *schemaCmd) Run(stdout resultWriter) error {
	text, err := scenario.Table().Schema("Souk scenario", "A market to simulate, its peers, network and faults.")
	if c.Sweep {
		text, err = sweep.Schema()
	}
	if err != nil {
		return err
	}
	_, err = stdout.Write(append(text, '\n'))
	return err
}
