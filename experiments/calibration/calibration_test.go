package calibration

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/scenarios"
	"souk/sim/actor"
	"souk/sim/peers"
	"souk/sim/run"
	"souk/sim/scenario"
)

// stored is the result that is committed.
func stored(t *testing.T) *Result {
	text, err := os.ReadFile("../../results/calibration/result.json")
	require.NoError(t, err)
	var r Result
	require.NoError(t, json.Unmarshal(text, &r))
	require.Equal(t, Schema, r.Schema)
	return &r
}

// points returns the stored result's starting, best and rounded values.
func points(r *Result) (start, best, rounded []float64) {
	for _, v := range r.Parameters {
		start, best, rounded = append(start, v.Start), append(best, v.Best), append(rounded, v.Rounded)
	}
	return start, best, rounded
}

// every lists the cells.
func every(t *testing.T) []cell {
	all, err := cells()
	require.NoError(t, err)
	require.Len(t, all, 11, "six, four and one settings")
	return all
}

func TestTheScenariosHaveTheCalibratedValues(t *testing.T) {
	_, _, rounded := points(stored(t))
	for _, c := range every(t) {
		shipped, err := c.config(nil)
		require.NoError(t, err)
		calibrated, err := c.config(rounded)
		require.NoError(t, err)
		require.Equal(t, calibrated, shipped, "%s %v", c.scenario, c.set)
	}
}

func TestTheStoredResultIsOfTheseParameters(t *testing.T) {
	r := stored(t)
	require.Len(t, r.Parameters, len(Parameters()))
	for i, p := range Parameters() {
		v := r.Parameters[i]
		require.Equal(t, Value{
			Key: p.Key, Is: p.Is, Start: p.Start, Lower: p.Lower, Upper: p.Upper, Reason: p.Reason,
			Best: v.Best, Rounded: p.Round(v.Best), Scenario: p.YAML(p.Round(v.Best)),
		}, v)
		require.Less(t, p.Lower, v.Best)
		require.Greater(t, p.Upper, v.Best)
	}
	require.Equal(t, searched, r.Searched)
	require.Equal(t, fresh, r.Fresh)
}

// A model that changed since would give other numbers.
func TestTheStoredObjectiveIsThatOfTheModel(t *testing.T) {
	r := stored(t)
	_, _, rounded := points(r)
	fits, err := Evaluate(context.Background(), rounded, searched, 2)
	require.NoError(t, err)
	require.InDelta(t, r.ObjectiveRounded, Objective(fits), 1e-9, "the model changed: calibrate again, or explain")
	require.Less(t, r.ObjectiveBest, r.ObjectiveStart)
	require.InDelta(t, r.ObjectiveBest, r.ObjectiveRounded, .01, "rounding costs little")
	require.Less(t, r.ObjectiveRounded, r.ObjectiveStart)
}

// What the calibration is for: each published number could be a single run of
// the model, and ten of twelve means are within 20 %.
func TestTheModelMeetsTheReport(t *testing.T) {
	near := 0
	for _, f := range stored(t).Fits {
		assert.True(t, f.Agrees(), "%s %s: %v is outside %v to %v", f.Experiment, f.Setting, f.Published, f.Low, f.High)
		if math.Abs(f.Error()) <= .2 {
			near++
		}
	}
	require.GreaterOrEqual(t, near, 10)
}

// The files differ in what the experiments are, not in what a trader, the
// database or a buyer is.
func TestTheExperimentsShareOneMechanism(t *testing.T) {
	config := map[string]*scenario.Config{}
	for _, c := range every(t) {
		var err error
		config[c.scenario], err = c.config(nil)
		require.NoError(t, err)
	}
	one, cast := config["exp1-cached"].Bazaar, config["exp1-cached"].Peers
	for name, c := range config {
		require.Equal(t, one.Warehouse, c.Bazaar.Warehouse, name)
		sellers := c.Peers.Sellers
		sellers.Count = cast.Sellers.Count
		require.Equal(t, cast.Sellers, sellers, name)
		require.Equal(t, one.DepositTimeout, c.Bazaar.DepositTimeout, name)
		traders := c.Bazaar.Traders
		traders.Count = one.Traders.Count
		switch name {
		case "exp1-cacheless":
			traders.Cache, traders.PeerSyncTakes = one.Traders.Cache, one.Traders.PeerSyncTakes
		case "exp3-fault":
			traders.TakeoverPause = one.Traders.TakeoverPause
		}
		require.Equal(t, one.Traders, traders, name)
	}
	require.Equal(t, cast.Buyers, config["exp1-cacheless"].Peers.Buyers)
	require.Equal(t, config["exp2-oversell"].Peers.Buyers.Arrivals, config["exp3-fault"].Peers.Buyers.Arrivals)
	require.Equal(t, cast.Roles, config["exp3-fault"].Peers.Roles)
}

// After the elections there must be as many buyers and sellers as in the report.
func TestWhoIsLeftToTrade(t *testing.T) {
	left := map[string]string{}
	for _, c := range every(t) {
		config, err := c.config(nil)
		require.NoError(t, err)
		play := config.Play()
		name := ""
		for id := range play.Peers() - config.Bazaar.Traders.Count {
			name += play.Name(actor.ID(id))[:1]
		}
		left[c.targets[0].Setting] = name
		require.Equal(t, 10, play.Peers())
		if c.scenario == "exp3-fault" {
			require.Equal(t, "seller9", play.Name(9))
			require.Equal(t, "buyer8", play.Name(8))
		}
	}
	for setting, want := range map[string][2]int{
		"peers.buyers.count=3 peers.sellers.count=7": {3, 6}, "peers.buyers.count=4 peers.sellers.count=6": {4, 5},
		"peers.buyers.count=5 peers.sellers.count=5": {5, 4}, "peers.buyers.count=8 peers.sellers.count=2": {7, 2},
	} {
		name := left[setting]
		require.Equal(t, want, [2]int{strings.Count(name, "b"), strings.Count(name, "s")}, setting)
	}
	require.Equal(t, peers.OpenLoop, mustConfig(t, "exp3-fault").Peers.Buyers.Demand)
}

func mustConfig(t *testing.T, name string) *scenario.Config {
	for _, c := range every(t) {
		if c.scenario == name {
			config, err := c.config(nil)
			require.NoError(t, err)
			return config
		}
	}
	t.Fatalf("no experiment has the scenario %s", name)
	return nil
}

// All sales before the run closes are in one of the two windows, for the first
// begins when purchases open and the second ends with the run.
func TestTheWindowsHoldAllSales(t *testing.T) {
	report, err := run.Once(mustConfig(t, "exp3-fault"), run.Options{})
	require.NoError(t, err)
	phases := report.Summary().Phases
	require.Len(t, phases, 2)
	before, after := phases[0].Speed, phases[1].Speed
	require.Equal(t, report.Meter.SalesInTime, before.Sales+after.Sales)
	require.Greater(t, before.Sales, after.Sales, "this seed's fault costs sales")
	fault := report.Config.World.Faults[0].At.Seconds()
	require.Equal(t, []float64{fault - 60, fault, fault, fault + 60}, []float64{before.From, before.Until, after.From, after.Until})
}

// The larger market of the sweeps has the same times.
func TestTheHallHasTheCalibratedTimes(t *testing.T) {
	src, err := scenarios.Files.ReadFile("hall.yaml")
	require.NoError(t, err)
	doc, problems := scenario.Read("hall.yaml", src, nil)
	require.NoError(t, problems.Err())
	hall, report := &doc.Config.Bazaar, &mustConfig(t, "exp1-cached").Bazaar
	require.Equal(t, report.Warehouse, hall.Warehouse)
	require.Equal(t, report.Traders.Service, hall.Traders.Service)
	require.Equal(t, report.Traders.PeerSyncTakes, hall.Traders.PeerSyncTakes)
	require.Equal(t, report.Traders.Workers, hall.Traders.Workers)
}

// The cells measure at the close; what a drain adds must not change them.
func TestADrainChangesNoMeasure(t *testing.T) {
	for _, c := range every(t) {
		short, err := c.config(nil)
		require.NoError(t, err)
		long := *short
		long.World.Drain = mustConfig(t, "exp2-oversell").World.Drain
		x, err := c.measure(short)
		require.NoError(t, err)
		y, err := c.measure(&long)
		require.NoError(t, err)
		require.Equal(t, y, x, c.targets[0].Setting)
	}
}

func TestASearchIsTheSameHoweverManyRunsAtATime(t *testing.T) {
	few, others := Seeds{First: 1, Count: 3}, Seeds{First: 50, Count: 4}
	var results []*Result
	for _, jobs := range []int{1, 2} {
		told := 0
		r, err := calibrate(context.Background(), jobs, few, others, 12, func(done int, best float64) {
			told++
			require.Equal(t, told, done)
			require.Positive(t, best)
		})
		require.NoError(t, err)
		require.Equal(t, told, r.Evaluations)
		require.Less(t, r.ObjectiveBest, r.ObjectiveStart)
		require.Len(t, r.Fits, 12)
		results = append(results, r)
	}
	require.Equal(t, results[0], results[1])
}

func TestASearchThatIsStoppedSaysSo(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	points := 0
	_, err := search(ctx, 2, Seeds{First: 1, Count: 2}, 1000, func(done int, _ float64) {
		points = done
		if done == 3 {
			stop()
		}
	})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, 3, points)
}

func TestParametersStayWithinTheirBounds(t *testing.T) {
	for _, p := range Parameters() {
		require.Less(t, p.Lower, p.Start)
		require.Less(t, p.Start, p.Upper)
		require.NotEmpty(t, p.Reason)
		for _, x := range []float64{-50, -3, 0, .5, 50} {
			ms := p.bounded(x)
			require.GreaterOrEqual(t, ms, p.Lower*(1-1e-12))
			require.LessOrEqual(t, ms, p.Upper*(1+1e-12))
		}
		require.InDelta(t, math.Sqrt(p.Lower*p.Upper), p.bounded(0), 1e-9, "the middle of a logarithmic scale")
		require.InDelta(t, p.Start, p.bounded(p.free(p.Start)), 1e-9)
	}
}

func TestTwiceAsSlowIsAsWrongAsTwiceAsFast(t *testing.T) {
	fit := func(mean float64) Fit { return Fit{Target: Target{Published: 20}, Mean: mean} }
	require.Zero(t, Objective([]Fit{fit(20)}))
	require.InDelta(t, math.Ln2*math.Ln2, Objective([]Fit{fit(40)}), 1e-12)
	require.InDelta(t, 2*math.Ln2*math.Ln2, Objective([]Fit{fit(40), fit(10)}), 1e-12)
}

// The numbers 1 to 200: their standard deviation is the root of n(n+1)/12, and
// 2.5 % of them are 5.
func TestASampleIsSummedUp(t *testing.T) {
	var sample []float64
	for i := 200; i > 0; i-- {
		sample = append(sample, float64(i))
	}
	f := sumUp(Target{Published: 5}, sample)
	require.Equal(t, 100.5, f.Mean)
	require.InDelta(t, math.Sqrt(200*201/12.), f.SD, 1e-9)
	require.Equal(t, [2]float64{5, 195}, [2]float64{f.Low, f.High})
	require.True(t, f.Agrees())
	f.Published = 4.9
	require.False(t, f.Agrees())
}
