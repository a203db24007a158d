package run_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/market"
	"souk/sim/network"
	"souk/sim/peertopeer"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/vtime"
)

// seekOnce reads a market of n peers on a graph, in which buyer0 once looks for a
// fish.
func seekOnce(t require.TestingT, roles, neighbours string, hopLimit int, delay string) *scenario.Config {
	doc, problems := scenario.Read("seek.yaml", fmt.Appendf(nil, `version: 1
market: peer-to-peer
run: {time_limit: 10s}
peers:
  items: [fish, salt]
  list: %s
  topology: {kind: given, max_degree: 1000, neighbours: %s}
  buyers: {demand: script, script: [{at: 1s, buyer: buyer0, command: buy fish}]}
  sellers: {sells: {change_every: 0s}, service: 3ms}
network: {delay: %s, name_server: {lookup: 0s}}
peer_to_peer: {hop_limit: %d}
`, roles, neighbours, delay, hopLimit), nil)
	require.NoError(t, problems.Err())
	return &doc.Config
}

// crowd is the roles of n peers of whom the first buys and the others sell salt,
// which nobody wants.
func crowd(n int) string {
	roles := "[buyer"
	for range n - 1 {
		roles += ", salt"
	}
	return roles + "]"
}

// flood is what a look-up did.
type flood struct{ messages, visited, suppressed int }

// floodOf returns what the one look-up of a run did.
func floodOf(t *testing.T, cfg *scenario.Config) flood {
	t.Helper()
	report, facts := noted(t, cfg, market.LookedUp, market.Visited, market.Suppressed)
	f := flood{messages: int(report.World.Sent[peertopeer.LookUp])}
	lookUps := 0
	for i := range facts {
		switch facts[i].Kind {
		case market.LookedUp:
			lookUps++
		case market.Visited:
			f.visited++
		default:
			f.suppressed++
		}
	}
	require.Equal(t, 1, lookUps)
	require.Zero(t, report.World.Sent[peertopeer.Reply])
	return f
}

func ring(n int) string {
	g := "["
	for i := range n {
		g += fmt.Sprintf("[%d], ", (i+1)%n)
	}
	return g + "]"
}

func line(n int) string {
	g := "["
	for i := range n - 1 {
		g += fmt.Sprintf("[%d], ", i+1)
	}
	return g + "[]]"
}

// star has its centre at peer 1; peer 0, who buys, is one of the leaves.
func star(n int) string {
	g := "[[1], []"
	for range n - 2 {
		g += ", [1]"
	}
	return g + "]"
}

func complete(n int) string {
	g := "["
	for i := range n {
		g += "["
		for j := range n {
			if j != i {
				g += fmt.Sprint(j, ", ")
			}
		}
		g += "], "
	}
	return g + "]"
}

// Where every hop takes the same time, a peer at distance d first sees the
// look-up after d hops, and with hop limit L it has L-d left. So those with
// 1 <= d <= L are visited. The buyer sends as many messages as it has neighbours,
// and whoever has d < L one fewer than that, since none goes back. Whatever
// arrives and is not the first is suppressed.
//
//	line from its end      messages = visited = min(L, n-1)
//	ring, L < n/2          messages = visited = 2L
//	ring of odd n, L > n/2 all n-1 visited; n+1 messages: two more than it takes, where the two ends meet
//	star from a leaf       1 with L = 1; otherwise all n-1, one message each: a tree repeats nothing
//	complete, L = 1        n-1 messages, all first
//	complete, L >= 2       (n-1) + (n-1)(n-2) = (n-1)^2 messages, n-1 visited
func TestAFloodIsAsLargeAsItsGraphSays(t *testing.T) {
	for _, c := range []struct {
		name, graph string
		n, hops     int
		want        flood
	}{
		{"the end of a line", line(7), 7, 1, flood{1, 1, 0}},
		{"part of a line", line(7), 7, 4, flood{4, 4, 0}},
		{"a whole line", line(7), 7, 6, flood{6, 6, 0}},
		{"more hops than a line has", line(7), 7, 100, flood{6, 6, 0}},
		{"part of a ring", ring(9), 9, 3, flood{6, 6, 0}},
		{"a ring whose ends just don't meet", ring(9), 9, 4, flood{8, 8, 0}},
		{"a ring whose ends meet", ring(9), 9, 5, flood{10, 8, 2}},
		// The peer opposite hears it from both sides.
		{"an even ring, to the peer opposite", ring(8), 8, 4, flood{8, 7, 1}},
		{"an even ring, to the end", ring(8), 8, 5, flood{9, 7, 2}},
		{"the centre of a star", star(6), 6, 1, flood{1, 1, 0}},
		{"a star", star(6), 6, 2, flood{5, 5, 0}},
		{"a star, with hops to spare", star(6), 6, 9, flood{5, 5, 0}},
		{"the neighbours in a complete graph", complete(6), 6, 1, flood{5, 5, 0}},
		{"a complete graph", complete(6), 6, 2, flood{25, 5, 20}},
		{"a complete graph, with hops to spare", complete(6), 6, 9, flood{25, 5, 20}},
		{"two peers", line(2), 2, 3, flood{1, 1, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, floodOf(t, seekOnce(t, crowd(c.n), c.graph, c.hops, "1ms")))
		})
	}
}

// With hops enough, every peer sees the look-up first exactly once, whatever the
// delays, and then passes it on to all neighbours but one; the buyer to all of
// them. In a graph of n peers and e edges that makes 2e - (n-1) messages, of
// which n-1 are first.
func TestAFloodOfARandomGraphCrossesEveryEdge(t *testing.T) {
	property.Check(t, 100, func(t *rapid.T) {
		n := rapid.IntRange(2, 40).Draw(t, "peers")
		degree := rapid.IntRange(2, 8).Draw(t, "degree")
		g := network.RandomConnected(n, degree, rapid.Uint64().Draw(t, "graph"))
		edges, text := 0, "["
		for _, neighbours := range g {
			edges += len(neighbours)
			text += "["
			for _, other := range neighbours {
				text += fmt.Sprint(other, ", ")
			}
			text += "], "
		}
		cfg := seekOnce(t, crowd(n), text+"]", n, pick(t, "delay", "1ms", "{exponential: {mean: 5ms}}", "{lognormal: {median: 1ms, p99: 100ms}}"))
		report, err := run.Once(cfg, run.Options{})
		require.NoError(t, err)
		require.EqualValues(t, edges-(n-1), report.World.Sent[peertopeer.LookUp])
		require.EqualValues(t, n-1, report.Meter.Counts.Visits)
	})
}

// On a line of n peers with the seller at the other end, the look-up and the
// reply take n-1 hops each, and the purchase one there and one back.
func TestAReplyTravelsBackTheWayTheLookUpCame(t *testing.T) {
	for _, n := range []int{2, 3, 6} {
		roles := "[buyer"
		for range n - 2 {
			roles += ", buyer"
		}
		cfg := seekOnce(t, roles+", fish]", line(n), 10, "2ms")
		cfg.PeerToPeer.Replies = 1
		report, facts := noted(t, cfg, market.Ended, market.MessageDelivered)
		sent := report.World.Sent
		require.EqualValues(t, n-1, sent[peertopeer.Reply])
		require.Equal(t, []uint64{1, 1, 0}, []uint64{sent[peertopeer.Buy], sent[peertopeer.Bought], sent[peertopeer.Gone]})
		hop := 2 * vtime.Millisecond
		for i := range facts {
			f := &facts[i]
			switch {
			case f.Kind == market.Ended:
				require.Equal(t, market.Fulfilled, f.Outcome)
				require.Equal(t, vtime.Duration(2*(n-1)+2)*hop+3*vtime.Millisecond, f.At.Sub(f.Since))
			case peertopeer.MessageKind(f.N) == peertopeer.Reply:
				require.Equal(t, f.Peer-1, f.Actor, "from neighbour to neighbour towards the buyer")
			}
		}
	}
}

// Of three sellers within reach, each is chosen equally often, whoever replies
// first.
func TestTheBuyerPicksOneReplyAtRandom(t *testing.T) {
	doc, problems := scenario.Read("pick.yaml", []byte(`version: 1
market: peer-to-peer
run: {stop: {requests: 3000}}
peers:
  items: [fish]
  list: [buyer, fish, fish, fish]
  topology: {kind: given, neighbours: [[1], [2], [3], []]}
  buyers: {think: 10ms}
  sellers: {sells: {change_every: 0s, on_sold_out: same-item}, restock: {quantity: 1000}}
peer_to_peer: {collect: 200ms}
`), nil)
	require.NoError(t, problems.Err())
	report, facts := noted(t, &doc.Config, market.Routed)
	require.EqualValues(t, 3000, report.Meter.Counts.Outcomes[market.Fulfilled])
	var chosen [4]int
	for i := range facts {
		chosen[facts[i].Peer]++
	}
	// Four standard deviations of a binomial of 3000 trials at 1/3.
	for _, n := range chosen[1:] {
		require.InDelta(t, 1000, n, 4*25.8)
	}
}

// Buyers that compete for few units are refused by a seller that had some when
// it replied, and then go on to another that replied, each at most once.
func TestABuyerThatIsRefusedAsksEachOtherSellerOnce(t *testing.T) {
	report, facts := noted(t, read(t, "peer-to-peer", "peers.buyers.think=0s", "peers.sellers.restock.quantity=1",
		"peers.sellers.service=200ms", "peers.buyers.count=30", "peers.topology.max_degree=6"), market.Routed, market.Ended)
	asked := map[market.RequestID][]bool{}
	again, refused := 0, 0
	for i := range facts {
		f := &facts[i]
		if f.Kind == market.Ended {
			if f.Outcome == market.RejectedStale {
				require.NotEmpty(t, asked[f.Request])
				refused++
			}
			delete(asked, f.Request)
			continue
		}
		sellers := asked[f.Request]
		if sellers == nil {
			sellers = make([]bool, report.Play.Peers())
			asked[f.Request] = sellers
		} else {
			again++
		}
		require.False(t, sellers[f.Peer], "request %v asks %d twice", f.Request, f.Peer)
		sellers[f.Peer] = true
	}
	require.Greater(t, again, 100)
	require.Greater(t, refused, 100)
	require.Greater(t, report.Meter.Counts.StaleRefusals, uint64(again+refused-1))
}

// A purchase or its answer is lost now and then, and the buyer asks the same
// seller again. Nothing is sold twice, and a repeat gets the first answer.
func TestALostAnswerIsRepeatedFromTheReceipt(t *testing.T) {
	report, facts := noted(t, read(t, "two-peers", "network.loss=20%", "peers.buyers.answer_timeout=1s", "peers.buyers.retries=1000"),
		market.Replayed, market.Sold)
	counts := &report.Meter.Counts
	replayed := 0
	for i := range facts {
		if facts[i].Kind == market.Replayed {
			replayed++
		}
	}
	require.Positive(t, replayed)
	require.Zero(t, counts.Outcomes[market.TimedOut])
	require.Equal(t, counts.Outcomes[market.Fulfilled], counts.Sales)
	// A look-up is not repeated: if it or its reply is lost, nobody has the goods.
	require.Equal(t, counts.Outcomes[market.RejectedOutOfStock], counts.Undersold)
}

// While a look-up is under way, the next one of the same buyer passes the same
// peers and makes none of them forget the way back of the first.
func TestLookUpsOfOneBuyerDoNotDisturbEachOther(t *testing.T) {
	cfg := seekOnce(t, "[buyer, salt, fish]", line(3), 5, "10ms")
	script := &cfg.Peers.Buyers.Script
	for i := range 5 {
		next := (*script)[0]
		next.At += vtime.Duration(i+1) * 5 * vtime.Millisecond
		*script = append(*script, next)
	}
	report, err := run.Once(cfg, run.Options{})
	require.NoError(t, err)
	require.EqualValues(t, 6, report.Meter.Counts.Outcomes[market.Fulfilled])
	require.EqualValues(t, 12, report.World.Sent[peertopeer.Reply])
}
