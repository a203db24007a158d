// Package sweep runs a scenario at many points of a grid, often enough at each
// to know its measures with an interval, and writes the results as a page,
// tables and figures.
package sweep

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"souk/experiments/stats"
	"souk/sim/run"
	"souk/sim/scenario/field"
	"souk/sim/vtime"
)

// Config is a sweep file.
type Config struct {
	Version    int
	Name       string
	Question   string
	Conclusion string
	// Scenarios are the files that points start from, or bare names of those that
	// ship. Several are an axis of the grid, whose key is "scenario".
	Scenarios []string
	// Set changes the scenario at all points alike.
	Set []field.Entry[field.Raw]
	// Vary is a grid: every combination of its values is a point. The keys of
	// one element of Together go through their lists in lockstep.
	Vary     []field.Entry[[]field.Raw]
	Together [][]field.Entry[[]field.Raw]

	Min, Max int
	// Until lists how well measures must be known before a point is done.
	Until      []field.Entry[Precision]
	Confidence int // in basis points
	Seeds      Seeds
	Measures   []string
	// Baseline names the values against which all others are compared.
	Baseline []field.Entry[field.Raw]
	// Steps lists varied keys each of whose values is compared with the one
	// before it; Changes lists pairs of measures that are compared in each run.
	Steps   []string
	Changes [][]string
	// Overview names values of varied keys at which all points and measures are
	// shown side by side.
	Overview  []field.Entry[[]field.Raw]
	Labels    []field.Entry[field.Raw]
	Plots     []Plot
	Published string
}

// Precision is a half-width that an interval must reach, in a unit: "%" of the
// mean, "pp" of a share, "s", or none for the measure's own.
type Precision struct {
	stats.Target
	Unit string
}

// Seeds says how the runs of different points get their seeds.
type Seeds int

// The ways to seed.
const (
	// Common: replication r has the same seed at every point (common random
	// numbers), so that points are compared run by run.
	Common Seeds = iota
	// Independent: every run has its own.
	Independent
)

// Plot is one figure.
type Plot struct {
	File, Title string
	// X and Series are varied keys, Y are measures, one above the other. Parts are
	// measures that add up to a single Y and are stacked; with Across, measures
	// stand side by side on the x axis in place of a key.
	X, Series        string
	Y, Parts, Across []string
	// Where picks the points of the figure by values of keys that are neither.
	Where []field.Entry[field.Raw]
	Log   bool
}

// fields returns every field of a sweep file.
func fields() *field.Table[Config] {
	type f = field.Field[Config]
	return field.New(
		f{
			Key: "version", Required: true, Doc: "The version of this format; 1.",
			Type: field.Int(func(c *Config) *int { return &c.Version }, 1, 1),
		},
		f{
			Key: "name", Required: true, Doc: "What the sweep is called; the folder of its results too.",
			Type: field.Parsed(func(c *Config) *string { return &c.Name }, "letters, digits, - and _", parseName),
		},
		f{
			Key: "question", Required: true, Doc: "What the sweep answers, in one sentence.",
			Type: field.String(func(c *Config) *string { return &c.Question }),
		},
		f{
			Key: "conclusion", Doc: "What to make of the results; printed below them.",
			Type: field.String(func(c *Config) *string { return &c.Conclusion }),
		},
		f{
			Key: "scenario", Required: true, Doc: "The scenario that points start from: a file, seen from this one, or the name of one that ships; or a list of them.",
			Type: field.Strings(func(c *Config) *[]string { return &c.Scenarios }),
		},
		f{
			Key: "set", Doc: "Keys of the scenario with the value that they have at every point.",
			Type: field.Given(func(c *Config) *[]field.Entry[field.Raw] { return &c.Set }, scenarioKeys),
		},
		f{
			Key: "vary", Doc: "Keys of the scenario with lists of values; every combination is a point.",
			Type: field.Grid(func(c *Config) *[]field.Entry[[]field.Raw] { return &c.Vary }, scenarioKeys),
		},
		f{
			Key: "together", Doc: "The same, but the keys of an element change in lockstep.",
			Type: field.Grids(func(c *Config) *[][]field.Entry[[]field.Raw] { return &c.Together }, scenarioKeys),
		},
		f{
			Key: "replications.min", Default: "10", Doc: "How many runs each point has at least.",
			Type: field.Int(func(c *Config) *int { return &c.Min }, 1, MostRuns),
		},
		f{
			Key: "replications.max", Default: "100", Doc: "How many runs each point has at most, if replications.until asks for more than the least.",
			Type: field.Int(func(c *Config) *int { return &c.Max }, 1, MostRuns),
		},
		f{
			Key: "replications.until", Doc: "Measures with the half-width that their interval must reach: 5% of the mean, 1pp (percentage points of a share), or 200ms or 0.1 in the measure's unit.",
			Type: field.ParsedEntries(func(c *Config) *[]field.Entry[Precision] { return &c.Until },
				"measures", "a half-width such as 5%, 1pp, 200ms or 0.1", parseTarget),
		},
		f{
			Key: "replications.confidence", Default: "95%", Doc: "The confidence of every interval.",
			Type: field.Share(func(c *Config) *int { return &c.Confidence }),
		},
		f{
			Key: "seeds", Default: "common", Doc: "How the runs of different points get their seeds.",
			Type: field.Choice(func(c *Config) *Seeds { return &c.Seeds },
				field.Option[Seeds]{Name: "common", Value: Common, Doc: "the same at every point, so that points are compared run by run"},
				field.Option[Seeds]{Name: "independent", Value: Independent, Doc: "another for every run"}),
		},
		f{
			Key: "measures", Default: "[throughput, oversell, unmet, latency_mean]", Doc: "What is tabulated, in this order.",
			Type: field.ParsedList(func(c *Config) *[]string { return &c.Measures }, MeasureWords(), parseMeasure),
		},
		f{
			Key: "baseline", Doc: "Varied keys with the value against which the others are compared.",
			Type: field.Given(func(c *Config) *[]field.Entry[field.Raw] { return &c.Baseline }, "varied keys"),
		},
		f{
			Key: "steps", Doc: "Varied keys; each of their values is compared with the one before it.",
			Type: field.Strings(func(c *Config) *[]string { return &c.Steps }),
		},
		f{
			Key: "changes", Doc: "Pairs of measures to compare within each run, such as [[throughput@before, throughput@after]].",
			Type: field.StringLists(func(c *Config) *[][]string { return &c.Changes }),
		},
		f{
			Key: "overview", Doc: "Varied keys with those of their values for which a table shows all points and measures side by side.",
			Type: field.Grid(func(c *Config) *[]field.Entry[[]field.Raw] { return &c.Overview }, "varied keys"),
		},
		f{
			Key: "labels", Doc: "What keys and values are called in tables and figures.",
			Type: field.Given(func(c *Config) *[]field.Entry[field.Raw] { return &c.Labels }, "varied keys and their values"),
		},
		f{
			Key: "plots", Doc: "The figures.",
			Type: field.Objects(func(c *Config) *[]Plot { return &c.Plots }, plotFields()),
		},
		f{
			Key: "published", Doc: "A CSV file with published values to draw and tabulate beside the simulated ones, seen from this file.",
			Type: field.String(func(c *Config) *string { return &c.Published }),
		},
	)
}

func plotFields() *field.Table[Plot] {
	type f = field.Field[Plot]
	return field.New(
		f{
			Key: "file", Required: true, Doc: "The name of the PNG file.",
			Type: field.Parsed(func(p *Plot) *string { return &p.File }, "a file name that ends in .png", parseFile),
		},
		f{
			Key: "title", Doc: "The title; without one, the sweep's question.",
			Type: field.String(func(p *Plot) *string { return &p.Title }),
		},
		f{
			Key: "x", Doc: "The varied key on the horizontal axis.",
			Type: field.String(func(p *Plot) *string { return &p.X }),
		},
		f{
			Key: "across", Doc: "Instead of a key: measures that stand side by side.",
			Type: field.ParsedList(func(p *Plot) *[]string { return &p.Across }, MeasureWords(), parseMeasure),
		},
		f{
			Key: "y", Doc: "The measure on the vertical axis, or several, one above the other; not with across.",
			Type: field.ParsedList(func(p *Plot) *[]string { return &p.Y }, MeasureWords(), parseMeasure),
		},
		f{
			Key: "series", Doc: "The varied key that tells the lines apart.",
			Type: field.String(func(p *Plot) *string { return &p.Series }),
		},
		f{
			Key: "where", Doc: "Varied keys that are neither x nor series, with the value that they have in the figure.",
			Type: field.Given(func(p *Plot) *[]field.Entry[field.Raw] { return &p.Where }, "varied keys"),
		},
		f{
			Key: "parts", Doc: "Measures that add up to y, drawn as stacked bars.",
			Type: field.ParsedList(func(p *Plot) *[]string { return &p.Parts }, MeasureWords(), parseMeasure),
		},
		f{
			Key: "log", Default: "false", Doc: "A logarithmic horizontal axis.",
			Type: field.Bool(func(p *Plot) *bool { return &p.Log }),
		},
	)
}

func parseName(text string) (string, error) {
	for _, r := range text {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", r) {
			return "", errors.New(strconv.Quote(text) + " can't be the name of a folder")
		}
	}
	switch text {
	case "":
		return "", errors.New("the name is empty")
	case "cells":
		return "", errors.New("the folder cells is that of finished runs")
	}
	return text, nil
}

func parseFile(text string) (string, error) {
	base, isPNG := strings.CutSuffix(text, ".png")
	if _, err := parseName(base); !isPNG || err != nil {
		return "", errors.New(strconv.Quote(text) + " can't be the name of a figure")
	}
	return text, nil
}

// MeasureWords completes "y wants ...": one of the measures.
func MeasureWords() string {
	var names []string
	for _, m := range run.Measures() {
		names = append(names, m.Name)
	}
	return "one of " + strings.Join(names, ", ") + "; many also as name@phase"
}

func parseMeasure(text string) (string, error) {
	_, err := run.FindMeasure(text)
	if err == nil {
		return text, nil
	}
	base, _, _ := strings.Cut(text, "@")
	var names []string
	for _, m := range run.Measures() {
		names = append(names, m.Name)
	}
	if meant := field.Nearest(base, names); meant != "" && meant != base {
		return text, fmt.Errorf("%w; did you mean %q?", err, meant)
	}
	return text, err
}

func parseTarget(text string) (Precision, error) {
	bad := errors.New(strconv.Quote(text) + " is not a half-width")
	if d, err := vtime.ParseDuration(text); err == nil && d > 0 {
		return Precision{stats.Target{Absolute: d.Seconds()}, "s"}, nil
	}
	unit, scale := "", 1.0
	digits := text
	for _, u := range []string{"%", "pp"} {
		if d, ok := strings.CutSuffix(text, u); ok {
			unit, scale, digits = u, 0.01, d
		}
	}
	x, err := strconv.ParseFloat(digits, 64)
	if err != nil || !(x > 0) || math.IsInf(x, 0) {
		return Precision{}, bad
	}
	if unit == "%" {
		return Precision{stats.Target{Relative: x * scale}, unit}, nil
	}
	return Precision{stats.Target{Absolute: x * scale}, unit}, nil
}

// Schema returns a JSON Schema of sweep files, for editors.
func Schema() ([]byte, error) {
	return fields().Schema("Souk sweep", "A scenario at many points, often enough at each to know its measures.")
}

// MostRuns is how many runs a point may have.
const MostRuns = 1_000_000

const scenarioKeys = "dotted keys of the scenario, such as traders.count,"
