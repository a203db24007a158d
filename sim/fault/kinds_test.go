package fault_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/fault"
	"souk/sim/rng"
	"souk/sim/vtime"
)

func TestEachKindOfFaultBeginsAndEnds(t *testing.T) {
	for _, c := range []struct {
		spec       *fault.Spec
		name       string
		begin, end []string
	}{
		{
			crash("trader*", "warehouse"),
			"crash of trader*, warehouse",
			[]string{"crash 1", "crash 3", "crash 4", "crash 7"},
			[]string{"restart 1, memory true", "restart 3, memory true", "restart 4, memory true", "restart 7, memory true"},
		},
		{
			forgetful(crash("trader0")),
			"crash of trader0",
			[]string{"crash 4"},
			[]string{"restart 4, memory false"},
		},
		{
			of("resign", "trader0", "warehouse"),
			"resignation of trader0, warehouse",
			[]string{"resign 4", "resign 7"},
			nil,
		},
		{
			partition([]string{"trader*"}, []string{"warehouse", "nobody"}),
			"partition of trader* | warehouse, nobody",
			[]string{"heal 9", "partition 9: [[1 3 4] [7]]"},
			[]string{"heal 9"},
		},
		{
			outage(),
			"outage of the name server",
			[]string{"name server down 9"},
			[]string{"name server up 9"},
		},
		{
			forgetful(of("restart", "trader*")),
			"restart of trader*",
			[]string{
				"crash 1", "restart 1, memory false", "crash 3", "restart 3, memory false",
				"crash 4", "restart 4, memory false",
			},
			nil,
		},
		{
			of("pause", "trader0", "warehouse"),
			"pause of trader0, warehouse",
			[]string{"pause 9: 4", "pause 9: 7"},
			[]string{"resume 9: 4", "resume 9: 7"},
		},
		{
			with(of("slow", "trader*"), func(s *fault.Spec) { s.By = 2.5 }),
			"slowness of trader*",
			[]string{"slow 9: [1 3 4] by 2500000"},
			[]string{"unslow 9"},
		},
		{
			apart("one_way", []string{"trader0"}, []string{"warehouse"}),
			"loss one way, from trader0 to warehouse",
			[]string{"heal 9", "one way 9: [4] to [7]"},
			[]string{"heal 9"},
		},
		{
			of("isolate", "trader0", "warehouse"),
			"isolation of trader0, warehouse",
			[]string{"heal 9", "partition 9: [[4] [7] [0 1 3]]"},
			[]string{"heal 9"},
		},
		{
			of("ring", "all"),
			"ring of majorities of all",
			[]string{"heal 9", "ring 9 of 5"},
			[]string{"heal 9"},
		},
		{
			with(of("delay", "trader*"), func(s *fault.Spec) { s.Extra = rng.Constant(50e6) }),
			"delay of trader*",
			[]string{"delay 9: [1 3 4] by 50ms"},
			[]string{"calm 9"},
		},
		{
			with(of("loss", "trader*"), func(s *fault.Spec) { s.Chance = rng.ProbabilityOf(0.25) }),
			"loss of trader*",
			[]string{"lose 9: [1 3 4] at 0.25"},
			[]string{"calm 9"},
		},
		{
			with(of("duplicate", "trader*"), func(s *fault.Spec) { s.Chance = rng.ProbabilityOf(0.25) }),
			"duplication of trader*",
			[]string{"duplicate 9: [1 3 4] at 0.25"},
			[]string{"calm 9"},
		},
		{
			with(of("reorder", "trader*"), func(s *fault.Spec) { s.Chance, s.Extra = rng.ProbabilityOf(0.25), rng.Constant(1e9) }),
			"reordering of trader*",
			[]string{"reorder 9: [1 3 4] at 0.25 by 1s"},
			[]string{"calm 9"},
		},
		{
			of("clog", "warehouse"),
			"clogging of warehouse",
			[]string{"clog 9: [7]"},
			[]string{"calm 9"},
		},
		{
			with(of("clock_drift", "trader0"), func(s *fault.Spec) { s.By = 1.1 }),
			"clock drift of trader0",
			[]string{"drift 9: [4] at 1100000"},
			[]string{"undrift 9"},
		},
		{
			with(of("clock_skew", "trader0"), func(s *fault.Spec) { s.Offset = -5 * vtime.Second }),
			"clock skew of trader0",
			[]string{"clock 9: 4 by -5s"},
			[]string{"clock 9: 4 by 5s"},
		},
		{
			with(of("clock_jump", "trader0"), func(s *fault.Spec) { s.Offset = vtime.Second }),
			"clock jump of trader0",
			[]string{"clock 9: 4 by 1s"},
			nil,
		},
		{
			ailing("warehouse_errors", 0.5),
			"errors of the warehouse",
			[]string{"afflict 9: 7 with 0 at 8000000000000000"},
			[]string{"afflict 9: 7 with 0 at 0"},
		},
		{
			ailing("warehouse_late_errors", 1),
			"errors after the fact of the warehouse",
			[]string{"afflict 9: 7 with 1 at ffffffffffffffff"},
			[]string{"afflict 9: 7 with 1 at 0"},
		},
		{
			ailing("warehouse_stale_reads", 0.25),
			"stale reads of the warehouse",
			[]string{"afflict 9: 7 with 2 at 4000000000000000"},
			[]string{"afflict 9: 7 with 2 at 0"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Len(t, c.spec.Given(), 1)
			w, f := newWorld(), c.spec.New(9)
			require.Equal(t, c.name, f.String())
			for range 2 { // a fault can come again
				f.Begin(w, newDraw())
				w.says(t, c.begin...)
				f.End(w)
				w.says(t, c.end...)
			}
		})
	}
}
