package sweep

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"runtime/debug"
	"strconv"
	"strings"

	"souk/experiments/cells"
	"souk/sim"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

// Source reads a file that a sweep names, and says how the user would call it.
// from is the name of the sweep's own file.
type Source func(from, name string) (src []byte, called string, err error)

// Plan is a sweep that has been read and checked.
type Plan struct {
	Config
	// File is how the user calls the sweep.
	File string
	// About has each scenario's own sentence.
	About  []string
	Axes   []Axis
	Points []Point
	// Seed is that of the first replication.
	Seed uint64
	// Published are the published values that belong to this sweep.
	Published []Published
}

// Axis is a list of values to go through: of one key, or of several in
// lockstep.
type Axis struct {
	Keys []string
	// Values has, for each step, the value of each key.
	Values [][]field.Raw
}

// Point is one combination of values.
type Point struct {
	Index int
	// Values has the text of each varied key's value, in the order of Plan.Keys.
	Values   []string
	config   scenario.Config
	scenario string
	// identity is the scenario in full, but for its seed.
	identity string
}

// Keys lists the varied keys.
func (p *Plan) Keys() []string {
	var keys []string
	for _, a := range p.Axes {
		keys = append(keys, a.Keys...)
	}
	return keys
}

// Fingerprint is the model's version: its number, and a hash of its source and
// of the versions of the modules that it is built with.
func Fingerprint() string {
	h := sha256.New()
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, m := range build.Deps {
			fmt.Fprintln(h, m.Path, m.Version)
		}
	}
	err := fs.WalkDir(sim.Source, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") {
			return err
		}
		src, err := sim.Source.ReadFile(name)
		h.Write([]byte(name))
		h.Write(src)
		return err
	})
	if err != nil {
		panic(err) // embedded files can be read
	}
	return sim.Version + " " + hex.EncodeToString(h.Sum(nil))
}

// seed returns the seed of a replication of a point.
func (p *Plan) seed(point, replication int) uint64 {
	if p.Seeds == Independent {
		return p.Seed + uint64(point)*uint64(p.most()) + uint64(replication)
	}
	return p.Seed + uint64(replication)
}

// most is the largest number of replications that a point may get.
func (p *Plan) most() int {
	if len(p.Until) == 0 {
		return p.Min
	}
	return max(p.Min, p.Max)
}

// key names the cell of a replication.
func (pt *Point) key(model string, seed uint64) cells.Key {
	return cells.KeyOf("run", run.Schema, model, pt.identity, strconv.FormatUint(seed, 10))
}
