package main

import (
	"fmt"
	"io"
	"path"
	"strings"

	"souk/experiments"
	"souk/scenarios"
	"souk/sim/check"
	"souk/sim/run"
	"souk/sim/scenario"
)

// listCmd lists the shipped scenarios and sweeps, or what they can speak of.
type listCmd struct {
	Measures bool `help:"List the measures that sweeps, comparisons and expectations know, instead."`
	Expect   bool `help:"List what a scenario can expect beside measures: invariants and quantities, instead."`
}

func (c *listCmd) Run(stdout resultWriter) error {
	if c.Measures {
		return listMeasures(stdout)
	}
	if c.Expect {
		return listExpectable(stdout)
	}
	names, err := shippedIn(".")
	if err != nil {
		return err
	}
	reader := scenario.NewReader()
	for _, name := range names {
		src, err := scenarios.Files.ReadFile(name + ".yaml")
		if err != nil {
			return err
		}
		doc, problems := reader.Read(name, src, nil)
		if err := problems.Err(); err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%-23s %s\n", name, doc.Config.About)
	}
	return listSweeps(stdout)
}

func listSweeps(w io.Writer) error {
	names, err := shippedIn("sweeps")
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nSweeps, for sim sweep:\n")
	for _, name := range names {
		plan, err := experiments.Shipped(name)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%-23s %s\n", name, plan.Question)
	}
	return nil
}

// shippedIn lists the names of the files in a folder of those that ship.
func shippedIn(folder string) ([]string, error) {
	entries, err := scenarios.Files.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if name, isYAML := strings.CutSuffix(path.Base(e.Name()), ".yaml"); isYAML && !e.IsDir() {
			names = append(names, name)
		}
	}
	return names, nil
}

func listMeasures(w io.Writer) error {
	for _, m := range run.Measures() {
		unit := m.Unit
		if m.Share() {
			unit = "share"
		}
		phased := ""
		if m.Phased {
			phased = "; also @phase"
		}
		if _, err := fmt.Fprintf(w, "%-23s %-11s %s%s\n", m.Name, unit, m.Doc, phased); err != nil {
			return err
		}
	}
	return nil
}

func listExpectable(w io.Writer) error {
	fmt.Fprintln(w, "Invariants, as always: no-oversell or always: O2; eventually: is the same.")
	for _, n := range check.Names() {
		fmt.Fprintf(w, "  %-3s %-20s %s\n", n.ID, n.Word, n.Doc)
	}
	fmt.Fprintln(w, "\nQuantities, as always: down <= 1 (at every moment) or eventually: leaders >= 2 (from some moment to the end).")
	for _, p := range run.Probes() {
		fmt.Fprintf(w, "  %-10s %s\n", p.Name, p.Doc)
	}
	_, err := fmt.Fprintln(w, "\nMeasures, as throughput >= 0.5/s or oversell@after <= 40%: see sim list --measures.")
	return err
}
