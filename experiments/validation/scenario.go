package validation

import (
	"fmt"
	"strconv"
	"strings"

	"souk/sim/market"
	"souk/sim/rng"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

// read reads a scenario as a file of that text would be read.
func read(name, text string, set ...field.Override) (*scenario.Config, error) {
	doc, problems := scenario.Read(name+".yaml", []byte(text), set)
	return &doc.Config, problems.Err()
}

// seeds returns the seeds of the runs of one replication. They depend on the
// model's name too: with the same seeds for all, an odd draw would show in every
// row of the table, and the rows would look like many witnesses of what is one.
func seeds(name string, replication uint64) rng.Stream { return rng.NewStream(replication, name, 0) }

// once makes the one run of a replication, watched by observers.
func once(name, text string, replication uint64, observers ...market.Observer) (*run.Report, error) {
	cfg, err := read(name, text)
	if err != nil {
		return nil, err
	}
	draw := seeds(name, replication)
	return run.Once(cfg.Under(draw.Uint64()), run.Options{Observers: observers})
}

// average makes the many runs of a replication, and returns the mean of what
// measure makes of each.
func average(name, text string, replication uint64, runs int, measure func(*scenario.Config) (float64, error)) (float64, error) {
	cfg, err := read(name, text)
	if err != nil {
		return 0, err
	}
	draw := seeds(name, replication)
	sum := 0.0
	for range runs {
		x, err := measure(cfg.Under(draw.Uint64()))
		if err != nil {
			return 0, err
		}
		sum += x
	}
	return sum / float64(runs), nil
}

// seconds writes a time as scenarios do, to the nanosecond.
func seconds(x float64) string { return strconv.FormatFloat(x, 'f', 9, 64) + "s" }

// exponential writes an exponential distribution of this mean in seconds.
func exponential(mean float64) string { return fmt.Sprintf("{exponential: {mean: %s}}", seconds(mean)) }

// roles lists the roles of so many buyers, a seller of fish, and so many peers
// above them, who are the traders where the highest ids are appointed.
func roles(buyers, traders int) string {
	return "[" + strings.Repeat("buyer, ", buyers) + "fish" + strings.Repeat(", buyer", traders) + "]"
}
