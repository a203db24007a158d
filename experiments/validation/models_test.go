package validation

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// printed are the references as VALIDATION.md prints them, by model and
// quantity. A prediction must round to the digits.
var printed = map[string]map[string]string{
	"mm1-rho-0.8": {
		"mean number in system L": "4", "mean wait Wq": "4", "mean time in system W": "5",
		"95th percentile of the time in system": "14.979", "utilisation of a server": ".8",
	},
	"mm2-load-1.6": {"probability of waiting C": ".71111", "mean wait Wq": "1.77778"},
	"mm4-load-3.2": {"probability of waiting C": ".596432", "mean wait Wq": ".745541"},
	"md1-rho-0.8":  {"mean wait Wq": "2", "mean time in system W": "3"},
	"mg1-uniform":  {"mean wait Wq": "2.66667"},
	"mg1-cs2-4":    {"mean wait Wq": "10"},
	"closed-5":     {"throughput X": ".436048"},
	"closed-10":    {"throughput X": ".785418", "mean response time R": "2.732079"},
	"closed-20":    {"throughput X": ".998131"},

	"closed-peer-to-peer-10": {"throughput X": ".785418", "mean response time R": "2.732079"},

	"stale-x-0.1": {"stale fraction": ".0484"},
	"stale-x-0.5": {"stale fraction": ".2131"},
	"stale-x-1":   {"stale fraction": ".3679"},
	"stale-x-2":   {"stale fraction": ".5677"},
	"stale-x-5":   {"stale fraction": ".8013"},
	"cache-age":   {"stale fraction": ".398708"},
	"ttl-x-4":     {"hit ratio": ".8"},

	"oversell-n-3": {"units oversold": ".79742"},
	"oversell-n-5": {"units oversold": ".41069"},

	"heartbeat-p-0.1-k-3": {"beats to the first false suspicion": "1110"},
	"availability-0.9":    {"share of the time in office": ".9"},
	"quorum-3-1-1":        {"within k = 2": ".556", "within k = 3": ".704", "within k = 5": ".868", "within k = 10": ".983"},
	"bully-worst-case":    {"messages, n = 6": "29"},
}

func TestPredictionsRoundToTheDigitsOfTheReference(t *testing.T) {
	checked := 0
	for _, m := range Models(Full) {
		for _, q := range m.Quantities {
			digits, given := printed[m.Name][q.Name]
			if !given {
				continue
			}
			checked++
			want, err := strconv.ParseFloat(digits, 64)
			require.NoError(t, err)
			_, decimals, _ := strings.Cut(digits, ".")
			half := 0.5*math.Pow(10, -float64(len(decimals))) + 1e-12
			require.InDelta(t, want, q.Predicted, half, "%s, %s", m.Name, q.Name)
		}
	}
	all := 0
	for _, quantities := range printed {
		all += len(quantities)
	}
	require.Equal(t, all, checked, "a name in the table of references is wrong")
}

func TestTheTableOfModelsIsFitForAPage(t *testing.T) {
	small, full := Models(Small), Models(Full)
	require.Len(t, small, len(full))
	var names []string
	for i, m := range full {
		require.Equal(t, small[i].Name, m.Name)
		require.Equal(t, small[i].Quantities, m.Quantities, "theory does not depend on the effort")
		for _, text := range []string{m.Name, m.Title, m.Formula, m.Source, m.Setting} {
			require.NotEmpty(t, text, m.Name)
		}
		require.NotContains(t, m.Name, " ")
		names = append(names, m.Name)
		require.Greater(t, m.Replications, 1)
		require.NotEmpty(t, m.Quantities)
		var quantities []string
		for _, q := range m.Quantities {
			require.NotEmpty(t, q.Name)
			require.False(t, math.IsNaN(q.Predicted), q.Name)
			quantities = append(quantities, q.Name)
		}
		slices.Sort(quantities)
		require.Len(t, slices.Compact(quantities), len(m.Quantities), "%s predicts something twice", m.Name)
	}
	slices.Sort(names)
	require.Len(t, slices.Compact(names), len(full))
}

// measured makes the replications of a model under the seeds from 1 on, and
// returns them by quantity.
func measured(t *testing.T, m Model) [][]float64 {
	t.Helper()
	byQuantity := make([][]float64, len(m.Quantities))
	for seed := range m.Replications {
		values, err := m.Measure(uint64(seed + 1))
		require.NoError(t, err)
		require.Len(t, values, len(m.Quantities))
		for i, x := range values {
			byQuantity[i] = append(byQuantity[i], x)
		}
	}
	return byQuantity
}

// interval returns the mean of a sample and the half-width of its 99.9 %
// interval by Student's t.
func interval(xs []float64) (mean, half float64) {
	mean, deviation := stat.MeanStdDev(xs, nil)
	t := distuv.StudentsT{Sigma: 1, Nu: float64(len(xs) - 1)}.Quantile(0.9995)
	return mean, t * deviation / math.Sqrt(float64(len(xs)))
}

// width returns how wide the interval of a model may be at small effort, as a
// share of what is predicted. The queues that vary most get more room: at
// rho = 0.95 a fault of 3 % in the service time more than doubles the wait.
func width(model string) float64 {
	switch model {
	case "mm1-rho-0.95":
		return 0.5
	case "mg1-cs2-4":
		return 0.25
	default:
		return 0.15
	}
}

func TestRunsAgreeWithTheory(t *testing.T) {
	for _, m := range Models(Small) {
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			for i, xs := range measured(t, m) {
				q := m.Quantities[i]
				if q.Exact {
					for _, x := range xs {
						require.Equal(t, q.Predicted, x, q.Name)
					}
					continue
				}
				mean, half := interval(xs)
				require.InDelta(t, q.Predicted, mean, half, q.Name)
				require.Less(t, half, width(m.Name)*q.Predicted, "%s: the interval says too little", q.Name)
			}
		})
	}
}

// fault is a simulator that is a little wrong, played by a model that measures
// one thing and says another.
type fault struct {
	name           string
	measures, says Model
}

func TestALittleFaultIsNoticed(t *testing.T) {
	slow := station{load: 0.8, servers: 1, service: exponential(1.03), squaredCV: 1}
	for _, f := range []fault{
		{"service takes 3 % longer", slow.measured(Model{Name: "mm1-slow", Replications: 12}, 12_000, meanWait(0), meanTime(0)), Model{
			Quantities: []Quantity{{Predicted: 4}, {Predicted: 5}},
		}},
		{"three servers are four", mmc(4, 2.4, 4_000, 8), mmc(3, 2.4, 4_000, 8)},
		{"one customer too many", closedNetwork(11, 4_000, 8), closedNetwork(10, 4_000, 8)},
		{"one buyer too many", closedStall(11, 4_000, 8), closedStall(10, 4_000, 8)},
		{"caches refreshed 20 % later", freshness(Model{Name: "stale", Replications: 12}, 1.2, 0, Small), freshness(Model{}, 1, 0, Small)},
		{"the snapshot comes too late", freshness(Model{Name: "age", Replications: 12}, 1, 0.2, Small), freshness(Model{}, 1, 0.05, Small)},
		{"copies good for 10 % longer", onDemand(1.1, 4_000, 12), onDemand(1, 4_000, 12)},
		{"a trader that does not oversell", oversell(3, 1, 100, 10), oversell(4, 1, 100, 10)},
		{"one miss more is forgiven", falseSuspicion(0.5, 5, 30, 12), falseSuspicion(0.5, 4, 30, 12)},
		{"repairs take half as long again", available(20, 45, 20_000, 8), available(20, 30, 20_000, 8)},
		{"reads ask two", partialQuorum(3, 2, 1, 3_000, 8, 1), partialQuorum(3, 1, 1, 3_000, 8, 1)},
	} {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			for i, xs := range measured(t, f.measures) {
				mean, half := interval(xs)
				if math.Abs(mean-f.says.Quantities[i].Predicted) > half {
					return
				}
			}
			t.Fatal("the rows all agree")
		})
	}
}

// A measurement depends on its seed alone: also when others run beside it.
func TestAMeasurementIsAFunctionOfItsSeed(t *testing.T) {
	for _, m := range []Model{
		mm1(0.5, 500, 2), closedNetwork(5, 500, 2), freshness(Model{Name: "stale", Replications: 2}, 1, 0.05, Small),
		oversell(3, 1, 3, 2), falseSuspicion(0.5, 4, 3, 2), available(90, 10, 2_000, 2), partialQuorum(3, 1, 1, 100, 2, 2),
		littlesLaw(), bullyWorstCase(),
	} {
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			want, err := m.Measure(7)
			require.NoError(t, err)
			beside := make(chan []float64)
			for range 2 {
				go func() {
					values, _ := m.Measure(7)
					beside <- values
				}()
			}
			other, err := m.Measure(8)
			require.NoError(t, err)
			require.Equal(t, want, <-beside)
			require.Equal(t, want, <-beside)
			if !m.Quantities[0].Exact {
				require.NotEqual(t, want, other, "another seed is another run")
			}
		})
	}
}
