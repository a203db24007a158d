package run_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/rng"
	"souk/sim/run"
)

// pace is what the authors of RonLek/677-l3 computed from their logs, which hold
// nothing but sales: all of them over the time from the first to the last.
func pace(s *run.Summary) float64 {
	return float64(s.Speed.Sales) / (s.Speed.LastSale - s.Speed.FirstSale)
}

// spread returns the mean and the standard deviation of the pace of single runs.
func spread(t *testing.T, n int, pace func(seed int) float64) (mean, deviation float64) {
	var sum, squares float64
	for seed := range n {
		x := pace(seed)
		require.Less(t, x, math.MaxFloat64, "neither infinite nor undefined")
		sum += x
		squares += x * x
	}
	mean = sum / float64(n)
	return mean, math.Sqrt((squares - sum*mean) / float64(n-1))
}

// A published figure is one run. It agrees with the simulator if it lies within
// two standard deviations of the simulator's own single runs.
func TestPublishedRunsOfTheSameSystemAreLikeOurs(t *testing.T) {
	file, err := os.Open("../../scenarios/sweeps/published.csv")
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"experiment", "setting", "measure", "unit", "published"}, rows[0][:5])
	cases := 0
	for _, row := range rows[1:] {
		if row[0] != "ronlek" {
			continue
		}
		cases++
		scenario := strings.TrimPrefix(row[1], "scenario=")
		published, err := strconv.ParseFloat(row[4], 64)
		require.NoError(t, err)
		mean, deviation := spread(t, 40, func(seed int) float64 {
			s := once(t, scenario, fmt.Sprint("run.seed=", seed)).Summary()
			return pace(&s)
		})
		require.InDelta(t, published, mean, 2*deviation, "%s: %s", scenario, row[6])
	}
	require.Equal(t, 5, cases)
}

// rounds is the published program's driver as a plain loop: the sellers deposit
// a unit each, then each buyer in turn asks for one of three items. A sale takes
// effect when its call returns.
type rounds struct {
	buyers int
	sells  []int
	// before is how many rounds of deposits were made before the first call.
	before int
	length float64
}

func (r rounds) pace(seed int) float64 {
	const deposit, call, sleep = .012, .08, 1
	draw := rng.NewStream(uint64(seed), "rounds", 0)
	var stock [3]int
	store := func(times int) {
		for _, item := range r.sells {
			stock[item] += times
		}
	}
	var sales, first, last float64
	store(r.before)
	for now := 0.; now < r.length; {
		store(1)
		for range r.buyers {
			if item := draw.IntN(3); stock[item] > 0 && now+call < r.length {
				stock[item]--
				sales++
				last = now + call
				if sales == 1 {
					first = last
				}
			}
			now += call + sleep
		}
		now += deposit * float64(len(r.sells))
	}
	return sales / (last - first)
}

// The scenarios are checked against the plain loop that they stand for. Caches
// make no difference: where one is out of date, the goods are gone either way.
func TestBuyersInTurnSellLikeAPlainLoop(t *testing.T) {
	const runs = 60
	for name, loop := range map[string]rounds{
		"ronlek-2b3s": {2, []int{0, 0, 2}, 0, 181.329},
		"ronlek-1b4s": {1, []int{1, 1, 2, 2}, 0, 119.967},
		"ronlek-4b2s": {4, []int{1, 2}, 2, 123.221},
		"ronlek-4b1s": {4, []int{2}, 0, 123.874},
		"ronlek-3b3s": {3, []int{0, 0, 2}, 0, 121.733},
	} {
		want, _ := spread(t, 5000, loop.pace)
		mean, deviation := spread(t, runs, func(seed int) float64 {
			s := once(t, name, fmt.Sprint("run.seed=", seed)).Summary()
			return pace(&s)
		})
		require.InDelta(t, want, mean, 3*deviation/math.Sqrt(runs), name)
	}
}

// With goods for two of three items, a buyer that takes any item fails a third
// of the time. One that avoids the item just refused never fails twice running:
// it fails with probability f = (1-f)/3, a quarter of the time.
func TestABuyerThatTakesAnyItemIsRefusedMoreOften(t *testing.T) {
	for refusal, share := range map[string]float64{"any-item": 1. / 3, "another-item": 1. / 4} {
		q := once(t, "ronlek-1b4s", "run.time_limit=3h", "peers.buyers.on_refusal="+refusal).Summary().Requests
		require.InDelta(t, 3*3600/1.128, q.Issued, 2)
		deviation := math.Sqrt(share * (1 - share) / float64(q.Issued))
		require.InDelta(t, share, float64(q.Rejected)/float64(q.Issued), 3*deviation, refusal)
	}
}
