package main

import "souk/sim/scenario"

// schemaCmd prints the JSON Schema of scenario files.
type schemaCmd struct{}

func (c *schemaCmd) Run(stdout resultWriter) error {
	text, err := scenario.Table().Schema("Souk scenario", "A market to simulate, its peers, network and faults.")
	if err != nil {
		return err
	}
	_, err = stdout.Write(append(text, '\n'))
	return err
}
