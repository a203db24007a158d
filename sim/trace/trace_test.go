package trace

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/vtime"
)

const (
	ann actor.ID = iota
	sam
	tim
)

func cast() Cast {
	return Cast{
		Seats: 4,
		Name: func(id actor.ID) string {
			if id == actor.None {
				return "nobody"
			}
			return [...]string{"ann", "sam", "tim"}[id]
		},
		Items: []string{"salt", "boar"}, Messages: []string{"vote", "buy"},
		Faults: []string{"flood"}, LossReasons: []string{"carried", "lost"},
	}
}

func TestEveryFactHasItsLineInAKnownGroup(t *testing.T) {
	c := cast()
	used := map[string]bool{}
	for kind := range market.Kind(market.Kinds) {
		l := lines()[kind]
		require.NotNil(t, l.text, "fact %d has no line", kind)
		require.Contains(t, Groups(), l.group, "fact %d", kind)
		used[l.group] = true
		// Also when nobody else is concerned.
		text := l.text(&c, &market.Fact{Kind: kind, Peer: actor.None, Trader: actor.None})
		require.NotEmpty(t, text)
		require.NotContains(t, text, "%!", "a wrong verb")
		require.NotContains(t, text, "\n")
	}
	require.Len(t, used, len(Groups()), "a group without a line")
}

// write shows all facts that a filter wants to a log.
func write(t *testing.T, filter Filter, facts ...market.Fact) string {
	t.Helper()
	var out bytes.Buffer
	l := New(&out, cast(), filter)
	for i := range facts {
		if slices.Contains(l.Wants(), facts[i].Kind) {
			require.NoError(t, l.Observe(&facts[i]))
		}
	}
	require.NoError(t, l.Flush())
	return out.String()
}

var hour = []market.Fact{
	{Kind: market.Joined, Actor: ann},
	{Kind: market.Joined, Actor: sam, N: 1, Item: 1},
	{Kind: market.Issued, At: 1_500_000_000, Actor: ann, Request: market.NewRequestID(ann, 1), Item: 1, Qty: 2},
	{Kind: market.MessageSent, At: 1_500_000_000, Actor: ann, Peer: tim, N: 1},
	{Kind: market.MessageLost, At: 1_500_000_000, Actor: ann, Peer: tim, N: 1, Term: 1},
	{Kind: market.Queued, At: 2_000_000_000, Actor: tim, Slot: 3, Request: market.NewRequestID(ann, 1), Item: 1},
	{Kind: market.Crashed, At: 3_000_000_000, Actor: tim},
	{Kind: market.FaultBegan, At: vtime.Time(vtime.Hour), Actor: actor.None},
}

func TestTheLogReadsLikeTheReport(t *testing.T) {
	require.Equal(t, strings.TrimPrefix(`
00:00:00.000000 : ann joined the bazaar as buyer
00:00:00.000000 : sam joined the bazaar as seller selling boar
00:00:01.500000 : ann is looking for 2 boar (request 0#1)
00:00:02.000000 : Trader3 got a purchase request for item boar from ann
00:00:03.000000 : tim crashed
01:00:00.000000 : fault: flood
`, "\n"), write(t, Filter{}, hour...), "messages are not named, so they are not there")
}

func find(name string) []actor.ID {
	return map[string][]actor.ID{"ann": {ann}, "tim": {tim}}[name]
}

func TestAFilterChoosesLines(t *testing.T) {
	for _, c := range []struct {
		about  string
		filter Filter
		want   string
	}{
		{"one actor's own lines", Filter{Actors: []string{"tim"}, Find: find}, `
00:00:02.000000 : Trader3 got a purchase request for item boar from ann
00:00:03.000000 : tim crashed
`},
		{"two groups", Filter{Groups: []string{"fault", "queue"}}, `
00:00:02.000000 : Trader3 got a purchase request for item boar from ann
00:00:03.000000 : tim crashed
01:00:00.000000 : fault: flood
`},
		{"messages only when named", Filter{Groups: []string{"message"}}, `
00:00:01.500000 : ann -> tim : buy sent
00:00:01.500000 : ann -> tim : buy lost (lost)
`},
		{"an actor and a group", Filter{Actors: []string{"ann"}, Find: find, Groups: []string{"election"}}, `
00:00:00.000000 : ann joined the bazaar as buyer
`},
		{"a group that does not exist", Filter{Groups: []string{"weather"}}, "\n"},
	} {
		require.Equal(t, strings.TrimPrefix(c.want, "\n"), write(t, c.filter, hour...), c.about)
	}
}

// What a filter does not want it does not ask for, so that it costs nothing.
func TestALogAsksForNoMoreThanItWrites(t *testing.T) {
	require.Len(t, New(nil, Cast{}, Filter{Groups: Groups()}).Wants(), market.Kinds)
	require.Len(t, New(nil, Cast{}, Filter{}).Wants(), market.Kinds-5-5-4, "all but the five kinds about messages, the five about work and the four about look-ups")
	require.Empty(t, New(nil, Cast{}, Filter{Groups: []string{"weather"}}).Wants())
}

// failing is a writer on a full disk.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, bytes.ErrTooLarge }

func TestAFullDiskIsSaidAtTheEnd(t *testing.T) {
	l := New(failing{}, cast(), Filter{})
	for range 10_000 {
		require.NoError(t, l.Observe(&hour[0]))
	}
	require.ErrorIs(t, l.Flush(), bytes.ErrTooLarge)
}
