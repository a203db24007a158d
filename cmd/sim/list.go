package main

import (
	"fmt"
	"path"
	"strings"

	"souk/scenarios"
	"souk/sim/scenario"
)

// listCmd lists the shipped scenarios.
type listCmd struct{}

func (c *listCmd) Run(stdout resultWriter) error {
	entries, err := scenarios.Files.ReadDir(".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		src, err := scenarios.Files.ReadFile(e.Name())
		if err != nil {
			return err
		}
		doc, problems := scenario.Read(e.Name(), src, nil)
		if err := problems.Err(); err != nil {
			return err
		}
		name := strings.TrimSuffix(e.Name(), path.Ext(e.Name()))
		fmt.Fprintf(stdout, "%-22s %s\n", name, doc.Config.About)
	}
	return nil
}
