package sweep

import (
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/experiments/figure"
	"souk/experiments/published"
	"souk/experiments/stats"
	"souk/sim"
	"souk/sim/run"
	"souk/sim/scenario/field"
)

func TestNumbersAreReadWithoutTheirNoise(t *testing.T) {
	plainMeasure := &run.Measure{}
	share, err := run.FindMeasure("oversell")
	assert.NoError(t, err)
	for _, c := range []struct {
		mean, half float64
		measure    *run.Measure
		want       string
	}{
		{0.0221345, 0.000087, plainMeasure, "0.022135 ± 0.000087"},
		{1.8, 0.105, plainMeasure, "1.80 ± 0.10"},
		{123.4, 25.2, plainMeasure, "123 ± 25"},
		{12345, 1234, plainMeasure, "12345 ± 1234"},
		{5, 0, plainMeasure, "5.000 ± 0.000"},
		{5, math.NaN(), plainMeasure, "5.000 ± –"},
		{0.0123, 0.0021, &share, "1.23 % ± 0.21 %"},
	} {
		assert.Equal(t, c.want, plusMinus(c.measure, c.mean, c.half))
	}
	assert.Equal(t, "123.5", plain(123.46))
	assert.Equal(t, "8.7e-05", plain(0.000087))
	assert.Equal(t, "1.235e+07", plain(12345678))
	assert.Equal(t, "–", plain(math.NaN()))
	assert.Equal(t, "+1.2 pp", differenceText(&share, 0.012, 0.03))
	assert.Equal(t, "-1.20 pp", differenceText(&share, -0.012, 0.003))
	assert.Equal(t, "0.0000", differenceText(plainMeasure, -0.0000001, 0.002))
	assert.Equal(t, "+0.000061", differenceText(plainMeasure, 0.0000612, 0.000013))
}

func TestValuesOfAnAxisAreNumbersWhereTheyCanBe(t *testing.T) {
	for text, want := range map[string]struct {
		x    float64
		unit string
		ok   bool
	}{
		"12": {12, "", true}, "0.5": {0.5, "", true}, "500ms": {0.5, "s", true}, "2m": {120, "s", true}, "20%": {0.2, "%", true},
		"pull": {}, "[a, b]": {}, "": {},
	} {
		x, unit, ok := quantity(text)
		assert.Equal(t, want.ok, ok, text)
		if ok {
			assert.InDelta(t, want.x, x, 1e-12, text)
			assert.Equal(t, want.unit, unit, text)
		}
	}
}

func TestHalfWidthsCarryTheirUnits(t *testing.T) {
	for text, want := range map[string]Precision{
		"5%": {stats.Target{Relative: 0.05}, "%"}, "0.5pp": {stats.Target{Absolute: 0.005}, "pp"},
		"200ms": {stats.Target{Absolute: 0.2}, "s"}, "0.1": {stats.Target{Absolute: 0.1}, ""},
	} {
		got, err := parseTarget(text)
		assert.NoError(t, err, text)
		assert.InDelta(t, want.Relative, got.Relative, 1e-12, text)
		assert.InDelta(t, want.Absolute, got.Absolute, 1e-12, text)
		assert.Equal(t, want.Unit, got.Unit, text)
	}
	for _, text := range []string{"", "0", "-5%", "five", "0%", "NaN", "Inf%", "-1s"} {
		_, err := parseTarget(text)
		assert.Error(t, err, text)
	}
}

func TestACellIsNamedByItsModelItsScenarioAndItsSeed(t *testing.T) {
	a, b := &Point{identity: "a"}, &Point{identity: "b"}
	assert.Equal(t, a.key("m", 1), (&Point{identity: "a"}).key("m", 1))
	assert.NotEqual(t, a.key("m", 1), a.key("n", 1), "a changed simulator never meets results of its past self")
	assert.NotEqual(t, a.key("m", 1), b.key("m", 1))
	assert.NotEqual(t, a.key("m", 1), a.key("m", 2))
}

// Every package below sim is part of the fingerprint.
func TestTheFingerprintCoversTheWholeSimulator(t *testing.T) {
	missing := 0
	require.NoError(t, filepath.WalkDir("../../sim", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".go" {
			return err
		}
		inside, err := filepath.Rel("../../sim", name)
		if err != nil {
			return err
		}
		text, failed := sim.Source.ReadFile(filepath.ToSlash(inside))
		disk, err := os.ReadFile(name)
		if failed != nil || string(text) != string(disk) {
			t.Errorf("%s is not in sim.Source", inside)
			missing++
		}
		return err
	}))
	assert.Zero(t, missing)
	assert.Regexp(t, `^[0-9.]+ [0-9a-f]{64}$`, Fingerprint())
}

func TestFiguresShowWhatTheTablesSay(t *testing.T) {
	runs := func(latencies ...float64) (all []run.Summary) {
		for _, l := range latencies {
			all = append(all, run.Summary{
				Requests: run.Requests{Issued: 10, Fulfilled: 6, Rejected: 3, Stale: 1, NotOffered: 2, TimedOut: 1},
				Speed:    run.Speed{Throughput: l},
			})
		}
		return all
	}
	raw := func(texts ...string) (values [][]field.Raw) {
		for _, text := range texts {
			values = append(values, []field.Raw{{Text: text}})
		}
		return values
	}
	r := &Result{
		Plan: &Plan{
			Config: Config{Confidence: 9500}, Axes: []Axis{{Keys: []string{"k"}, Values: raw("1", "2")}},
			Points:    []Point{{Values: []string{"1"}}, {Index: 1, Values: []string{"2"}}},
			Published: []Published{{Point: 1, Value: published.Value{Measure: "throughput", Value: 9}}},
		},
		Runs: [][]run.Summary{runs(1, 2, 3), runs(4, 6, 8)},
	}
	l := r.lines(&Plot{X: "k"}, "throughput")
	require.Len(t, l.Series, 1)
	p := l.Series[0].Points[1]
	assert.Equal(t, []float64{2, 6}, []float64{p.X, p.Y})
	assert.Less(t, p.CI.High, p.Single.High, "a single run lies in a wider span than the mean")
	assert.Equal(t, figure.Mark{X: 2, Y: 9}, l.Published[0].Marks[1])
	assert.True(t, math.IsNaN(l.Published[0].Marks[0].Y))

	st := r.stack(&Plot{X: "k", Y: []string{"unmet"}, Parts: []string{"oversell", "not_offered", "undersell"}})
	require.Len(t, st.Parts, 3, "what never happens has no part, what the parts leave over has one")
	assert.Equal(t, "other", st.Parts[2].Name)
	assert.InDeltaSlice(t, []float64{0.1, 0.1}, st.Parts[2].Heights, 1e-12)
}
