package warmup_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/experiments/warmup"
	"souk/sim/scenario"
	"souk/sim/vtime"
)

// counter is a shop whose queue needs some minutes to fill: one worker, busy
// 95 % of the time, and nobody there at first.
const counter = `version: 1
name: counter
run: {time_limit: 60m, timeline: 10s, warmup: 30s, drain: 0s}
peers:
  buyers: {count: 19, demand: open-loop, arrivals: {exponential: {mean: 20s}}, answer_timeout: 1h, retries: 0}
  sellers: {count: 1, sells: {change_every: 0s, on_sold_out: wait}, restock: {quantity: 1000000}}
  items: [fish]
  roles: alternating
traders: {count: 1, workers: 1, service: {exponential: {mean: 1s}}, locked: 0s, election: {algorithm: appointed}, settle: 0s, opening: 30s}
`

func study(t *testing.T, src string, replications int) *warmup.Study {
	t.Helper()
	doc, problems := scenario.Read("counter.yaml", []byte(src), nil)
	require.NoError(t, problems.Err())
	s, err := warmup.Find(t.Context(), doc.Config, replications, 2)
	require.NoError(t, err)
	return s
}

func TestAQueueThatFillsSlowlyHasATransient(t *testing.T) {
	s := study(t, counter, 30)
	queue := s.Signals[0]
	assert.Equal(t, "requests under way", queue.Name)
	early, late := queue.Mean[1], queue.Mean[len(queue.Mean)-1]
	assert.Less(t, early, late/2, "it begins empty")
	warm, sure := s.WarmUp()
	assert.True(t, sure)
	assert.Greater(t, warm, vtime.Minute, "the scenario's own warm-up is no part of the study")
	assert.Less(t, warm, 40*vtime.Minute)

	var text, png bytes.Buffer
	require.NoError(t, s.WriteText(&text))
	assert.Contains(t, text.String(), "set run.warmup: "+warm.String())
	require.NoError(t, s.Figure(&queue).WritePNG(&png))
	assert.NotEmpty(t, png.Bytes())
}

func TestAShortRunNamesNoWarmUp(t *testing.T) {
	doc, problems := scenario.Read("counter.yaml", []byte(counter), nil)
	require.NoError(t, problems.Err())
	cfg := doc.Config
	cfg.World.TimeLimit = 4 * vtime.Minute
	s, err := warmup.Find(t.Context(), cfg, 10, 2)
	require.NoError(t, err)
	var text bytes.Buffer
	require.NoError(t, s.WriteText(&text))
	assert.Contains(t, text.String(), "no warm-up can be named")
}

func TestTheNumberOfWorkersDoesNotMatter(t *testing.T) {
	doc, problems := scenario.Read("counter.yaml", []byte(counter), nil)
	require.NoError(t, problems.Err())
	cfg := doc.Config
	cfg.World.TimeLimit = 10 * vtime.Minute
	one, err := warmup.Find(t.Context(), cfg, 6, 1)
	require.NoError(t, err)
	many, err := warmup.Find(t.Context(), cfg, 6, 5)
	require.NoError(t, err)
	assert.Equal(t, one, many)
}

func TestThereMustBeSomethingToObserve(t *testing.T) {
	doc, problems := scenario.Read("counter.yaml", []byte(counter), nil)
	require.NoError(t, problems.Err())
	cfg := doc.Config
	cfg.World.TimeLimit = vtime.Second // over before purchases open
	_, err := warmup.Find(t.Context(), cfg, 3, 1)
	require.ErrorContains(t, err, "nothing to observe")

	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err = warmup.Find(ctx, doc.Config, 3, 1)
	require.ErrorIs(t, err, context.Canceled)
}
