package calibration

import (
	"fmt"
	"math"

	"souk/experiments/published"
	"souk/scenarios"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

// Target is a published number, which a single run of the report gave.
type Target struct {
	Experiment string  `json:"experiment"`
	Setting    string  `json:"setting,omitempty"`
	Measure    string  `json:"measure"`
	Unit       string  `json:"unit,omitempty"`
	Published  float64 `json:"published"`
}

// cell is a setting of the report: a scenario, what is set in it, and the
// numbers that are published of it.
type cell struct {
	scenario string
	set      []field.Override
	targets  []Target
}

// experiment says how the runs of one of the report's experiments are made: the
// scenario, unless a setting names it, and what is set for the calibration.
type experiment struct {
	name, scenario string
	set            []field.Override
}

// atOnce ends a run whose measures are known when it closes; what is under way
// then would take longer than the run.
var atOnce = []field.Override{{Key: "run.drain", Value: "0s"}}

// experiments are those to which the times are calibrated.
func experiments() []experiment {
	return []experiment{
		{name: "exp1-throughput", set: atOnce},
		{name: "exp2-oversell", scenario: "exp2-oversell"},
		{name: "exp3-fault", scenario: "exp3-fault", set: atOnce},
	}
}

// cells are the settings of the report's experiments, in the order of the file
// of published values. Numbers of the same setting share a cell.
func cells() ([]cell, error) {
	src, err := scenarios.Files.ReadFile("sweeps/published.csv")
	if err != nil {
		return nil, err
	}
	values, err := published.Read(src)
	if err != nil {
		return nil, err
	}
	var all []cell
	for _, e := range experiments() {
		last := ""
		for i := range values {
			v := &values[i]
			if v.Experiment != e.name {
				continue
			}
			if setting := v.String(); len(all) == 0 || all[len(all)-1].targets[0].Experiment != e.name || setting != last {
				all = append(all, e.cell(v))
				last = setting
			}
			c := &all[len(all)-1]
			c.targets = append(c.targets, Target{
				Experiment: v.Experiment, Setting: v.String(), Measure: v.Measure, Unit: v.Unit, Published: v.Value,
			})
		}
	}
	return all, nil
}

// cell returns the setting of a value, without targets.
func (e *experiment) cell(v *published.Value) cell {
	c := cell{scenario: e.scenario, set: append([]field.Override{}, e.set...)}
	for _, a := range v.Setting {
		if a.Key == "scenario" {
			c.scenario = a.Value
			continue
		}
		c.set = append(c.set, field.Override{Key: a.Key, Value: a.Value})
	}
	return c
}

// config reads the cell's scenario with the parameters at a point, or, without
// one, as it stands.
func (c *cell) config(point []float64) (*scenario.Config, error) {
	name := c.scenario + ".yaml"
	src, err := scenarios.Files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	set := append([]field.Override{}, c.set...)
	for i, p := range Parameters() {
		if point != nil && p.in(c.scenario) {
			set = append(set, field.Override{Key: p.Key, Value: p.YAML(point[i])})
		}
	}
	doc, problems := scenario.Read(name, src, set)
	return &doc.Config, problems.Err()
}

// measure runs the cell once and returns one value for each of its targets.
func (c *cell) measure(cfg *scenario.Config) ([]float64, error) {
	report, err := run.Once(cfg, run.Options{})
	if err != nil {
		return nil, err
	}
	summary := report.Summary()
	values := make([]float64, len(c.targets))
	for i := range c.targets {
		m, err := run.FindMeasure(c.targets[i].Measure)
		if err != nil {
			return nil, err
		}
		if values[i] = m.Of(&summary); math.IsNaN(values[i]) {
			return nil, fmt.Errorf("%s: seed %d has no %s", c.scenario, cfg.World.Seed, m.Name)
		}
	}
	return values, nil
}
