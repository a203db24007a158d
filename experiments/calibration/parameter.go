package calibration

import (
	"fmt"
	"math"
	"slices"
)

// Parameter is a number that the report does not give and that the calibration
// looks for. All are times in milliseconds.
type Parameter struct {
	// Key is the scenario key that it sets.
	Key string
	// Is says what the number is: a mean, a median, or the time itself.
	Is string
	// Start is where the search begins; Lower and Upper bound it.
	Start, Lower, Upper float64
	// Step is the resolution with which the value goes into the scenarios.
	Step float64
	// Reason says why the bounds are what they are.
	Reason string
	// scenarios are those that have it; none is all.
	scenarios []string
	// form writes the value as YAML.
	form func(ms float64) string
}

// Parameters is what is calibrated; all else is given or argued in the scenario
// files. The starting values are a count by hand: a cached sale takes a second, a
// strict one three, of which the database has two.
func Parameters() []Parameter {
	return []Parameter{
		{
			Key: "peers.buyers.arrivals", Is: "mean", Start: 3000, Lower: 1000, Upper: 4500, Step: 100, form: exponential,
			scenarios: []string{"exp2-oversell", "exp3-fault"},
			Reason: "in experiment 3 three buyers had 40 requests served in 60 s: 4.5 s or less between two of one buyer; " +
				"with 1 s, as in experiment 1, a trader never waits for work",
		},
		{
			Key: "traders.service", Is: "mean", Start: 1000, Lower: 100, Upper: 1250, Step: 10, form: exponential,
			Reason: "one trader with a cache shipped 20 goods in 25 s: 1.25 s or less for a sale, all in all; " +
				"0.1 s is what the logs show of a request in all",
		},
		{
			Key: "warehouse.read", Is: "median", Start: 1600, Lower: 100, Upper: 2600, Step: 10, form: lognormal,
			Reason: "one trader without a cache shipped 20 goods in 63 s: 3.15 s or less for a service, a read and a write, " +
				"and a mean read is 1.19 medians; a cache that saves less than 0.1 s would not show",
		},
		{
			Key: "warehouse.write", Is: "median", Start: 100, Lower: 10, Upper: 1000, Step: 10, form: lognormal,
			Reason: "a sale from the cache has a write as well: 1.25 s or less together with its service; " +
				"below 10 ms nothing would change",
		},
	}
}

// in says whether a scenario has the parameter.
func (p *Parameter) in(scenario string) bool {
	return len(p.scenarios) == 0 || slices.Contains(p.scenarios, scenario)
}

// Round returns the value at the parameter's resolution.
func (p *Parameter) Round(ms float64) float64 { return math.Round(ms/p.Step) * p.Step }

// YAML returns the value as it stands in a scenario.
func (p *Parameter) YAML(ms float64) string { return p.form(ms) }

func exponential(ms float64) string { return fmt.Sprintf("{exponential: {mean: %s}}", duration(ms)) }

// lognormal has the shape of the warehouse's defaults: one operation in a
// hundred takes more than four medians.
func lognormal(ms float64) string {
	return fmt.Sprintf("{lognormal: {median: %s, p99: %s}}", duration(ms), duration(4*ms))
}

// duration writes whole milliseconds as such, and anything else in nanoseconds.
func duration(ms float64) string {
	if ms == math.Trunc(ms) {
		return fmt.Sprintf("%.0fms", ms)
	}
	return fmt.Sprintf("%.0fns", ms*1e6)
}

// bounded maps any real number to a value between the bounds, on a logarithmic
// scale: the search moves freely, and what it tries stays within the bounds.
func (p *Parameter) bounded(x float64) float64 {
	share := 1 / (1 + math.Exp(-x))
	return p.Lower * math.Pow(p.Upper/p.Lower, share)
}

// free is the inverse of bounded.
func (p *Parameter) free(ms float64) float64 {
	share := math.Log(ms/p.Lower) / math.Log(p.Upper/p.Lower)
	return math.Log(share / (1 - share))
}
