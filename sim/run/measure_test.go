package run_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/sim/run"
	"souk/sim/scenario"
)

// phased is a market whose demand stops half-way, cut into three phases.
const phased = `version: 1
run:
  time_limit: 90s
  phases:
    - {name: all, from: 0s, until: 10m}
    - {name: early, from: 0s, until: 60s}
    - {name: late, from: 60s, until: 90s}
peers: {buyers: {count: 4, think: {exponential: {mean: 1s}}}, sellers: {count: 4}}
traders: {count: 2, election: {algorithm: appointed}}
`

func summarise(t *testing.T, src string) *run.Summary {
	t.Helper()
	doc, problems := scenario.Read("test.yaml", []byte(src), nil)
	require.NoError(t, problems.Err())
	r, err := run.Once(&doc.Config, run.Options{})
	require.NoError(t, err)
	s := r.Summary()
	return &s
}

func of(t *testing.T, s *run.Summary, name string) float64 {
	t.Helper()
	m, err := run.FindMeasure(name)
	require.NoError(t, err)
	return m.Of(s)
}

func TestPhasesAddUpToTheRun(t *testing.T) {
	s := summarise(t, phased)
	require.Len(t, s.Phases, 3)
	assert.Equal(t, of(t, s, "pace"), of(t, s, "pace@all"))
	for _, name := range []string{"issued", "shipped"} {
		assert.Equal(t, of(t, s, name+"@all"), of(t, s, name+"@early")+of(t, s, name+"@late"), name)
		assert.Positive(t, of(t, s, name+"@late"), name)
	}
	assert.Equal(t, of(t, s, "issued"), of(t, s, "issued@all"))
	assert.Equal(t, s.Requests.Fulfilled-s.Phases[0].Requests.Fulfilled, s.Goods.Sales-s.Phases[0].Speed.Sales,
		"what was served during the drain is in no phase")
	assert.InDelta(t, of(t, s, "shipped@late")/30, of(t, s, "throughput@late"), 1e-12)
	assert.InDelta(t, 90, of(t, s, "duration@all"), 1e-9, "a phase ends when the run closes")
	assert.Equal(t, of(t, s, "served@early"), float64(s.Phases[1].Requests.Fulfilled)/float64(s.Phases[1].Requests.Issued))
}

func TestSharesOfRequestsAddUp(t *testing.T) {
	s := summarise(t, phased)
	var failed float64
	for _, name := range []string{"oversell", "out_of_stock", "not_offered", "undersell", "timed_out"} {
		failed += of(t, s, name)
	}
	assert.InDelta(t, of(t, s, "unmet"), failed, 1e-12)
	assert.InDelta(t, 1, of(t, s, "unmet")+of(t, s, "served"), 1e-12)
}

func TestAMeasureWithoutAnythingToMeasureIsUnknown(t *testing.T) {
	empty := &run.Summary{}
	for _, m := range run.Measures() {
		x := m.Of(empty)
		if m.Share() || m.Name == "latency_p95" || m.Name == "messages_per_sale" {
			assert.True(t, math.IsNaN(x), m.Name)
			continue
		}
		assert.False(t, math.IsInf(x, 0), m.Name)
	}
	assert.True(t, math.IsNaN(of(t, empty, "throughput@late")))
}

func TestEveryMeasureIsNamedOnceAndExplained(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range run.Measures() {
		assert.False(t, seen[m.Name], m.Name)
		seen[m.Name] = true
		assert.NotEmpty(t, m.Doc, m.Name)
		found, err := run.FindMeasure(m.Name)
		require.NoError(t, err)
		assert.Equal(t, m.Name, found.Name)
	}
	_, err := run.FindMeasure("thruput")
	require.ErrorContains(t, err, `no measure "thruput"`)
	_, err = run.FindMeasure("elected@late")
	require.ErrorContains(t, err, "can't be taken of a phase")
}

func TestImpatientTradersBuryTheLiving(t *testing.T) {
	s := summarise(t, `version: 1
run: {time_limit: 5m}
traders: {count: 2, election: {algorithm: appointed}, heartbeat: {every: 250ms, dead_after: 500ms}}
network: {loss: 10%}
`)
	assert.Positive(t, of(t, s, "false_suspicions"))
}
