package validation

import (
	"fmt"
	"math"

	"souk/sim"
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/network"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// This file holds how stale a read from a partial quorum is. No market of
// Souk's keeps replicas, so this is a small model of its own on the world: N
// replicas, and one client that writes a version to W of them, waits for all W,
// reads from R of them, takes the newest version, and begins again.

// word is a message between the client and a replica.
type word struct {
	kind    wordKind
	version uint32
}

type wordKind uint8

const (
	put wordKind = iota
	stored
	get
	got
)

// quorum is the whole system; the client is the actor above the replicas.
type quorum struct {
	n, r, w int
	rounds  int
	draw    rng.Stream
	// replicas holds the newest version that each has seen, order the replicas
	// in a random order.
	replicas, order []uint32
	// version is the one written last, awaited how many answers are still out,
	// newest the newest version among the answers.
	version uint32
	reading bool
	awaited int
	newest  uint32
	// behind counts the reads by how many versions they were behind.
	behind []int
}

func newQuorum(n, r, w, rounds int, seed uint64) *quorum {
	q := &quorum{
		n: n, r: r, w: w, rounds: rounds, draw: rng.NewStream(seed, "quorum", n),
		replicas: make([]uint32, n), order: make([]uint32, n), behind: make([]int, rounds+1),
	}
	for i := range q.order {
		q.order[i] = uint32(i)
	}
	return q
}

func (q *quorum) client() actor.ID { return actor.ID(q.n) }

func (q *quorum) Actors() int                         { return q.n + 1 }
func (q *quorum) Peers() int                          { return q.n + 1 }
func (q *quorum) Reboot(actor.ID, bool)               {}
func (q *quorum) Find(string) []actor.ID              { return nil }
func (q *quorum) Name(id actor.ID) string             { return fmt.Sprint("actor", id) }
func (q *quorum) MessageKind(m *word) (uint8, uint64) { return uint8(m.kind), 0 }

func (q *quorum) Describe(*word, *market.Fact) {}

func (q *quorum) Connected(actor.ID) []actor.ID  { return nil }
func (q *quorum) Quiet(func(actor.ID) bool) bool { return true }

func (q *quorum) Step(in *actor.Input[word], out *actor.Outbox[word, market.Fact]) {
	switch {
	case in.Trigger == actor.Start && in.Self == q.client():
		q.write(out)
	case in.Trigger != actor.Receive:
	case in.Self == q.client():
		q.hear(in.Msg, out)
	default:
		mine := &q.replicas[in.Self]
		if in.Msg.kind == put {
			*mine = max(*mine, in.Msg.version)
			out.Send(in.From, word{kind: stored})
			return
		}
		out.Send(in.From, word{kind: got, version: *mine})
	}
}

// ask sends a message to so many different replicas, drawn at random.
func (q *quorum) ask(many int, m word, out *actor.Outbox[word, market.Fact]) {
	q.draw.Shuffle(q.n, func(i, j int) { q.order[i], q.order[j] = q.order[j], q.order[i] })
	for _, id := range q.order[:many] {
		out.Send(actor.ID(id), m)
	}
	q.awaited = many
}

func (q *quorum) write(out *actor.Outbox[word, market.Fact]) {
	q.version++
	q.reading = false
	q.ask(q.w, word{kind: put, version: q.version}, out)
}

// hear takes a replica's answer; after the last one, the client goes on.
func (q *quorum) hear(m *word, out *actor.Outbox[word, market.Fact]) {
	q.newest = max(q.newest, m.version)
	if q.awaited--; q.awaited > 0 {
		return
	}
	if !q.reading {
		q.reading, q.newest = true, 0
		q.ask(q.r, word{kind: get}, out)
		return
	}
	q.behind[q.version-q.newest]++
	if int(q.version) < q.rounds {
		q.write(out)
	}
}

// within returns the share of the reads that got one of the newest k versions.
func (q *quorum) within(k int) float64 {
	n := 0
	for _, reads := range q.behind[:min(k, len(q.behind))] {
		n += reads
	}
	return float64(n) / float64(q.rounds)
}

// withinVersions is the probability that a read sees one of the newest k
// versions.
func withinVersions(n, r, w, k int) float64 {
	missed := 1.0 // (n-w choose r) / (n choose r)
	for i := range r {
		missed *= float64(n-w-i) / float64(n-i)
	}
	return 1 - math.Pow(missed, float64(k))
}

func quorums(e Effort) []Model {
	rounds, replications := e.of(3_000, 60_000), e.of(8, 20)
	return []Model{
		partialQuorum(3, 1, 1, rounds, replications, 1, 2, 3, 5, 10),
		partialQuorum(5, 2, 2, rounds, replications, 1, 2, 3),
	}
}

func partialQuorum(n, r, w, rounds, replications int, versions ...int) Model {
	m := Model{
		Name:    fmt.Sprintf("quorum-%d-%d-%d", n, r, w),
		Title:   fmt.Sprintf("Partial quorums: a read within the newest k versions, N = %d, R = %d, W = %d", n, r, w),
		Formula: "P = 1 - (C(N-W,R)/C(N,R))^k",
		Source:  "P. Bailis et al., PVLDB 5(8), 2012 (probabilistically bounded staleness)",
		Setting: "no market of Souk's: N replicas and a client that writes to W and reads from R of them, drawn at random, " +
			"as actors on Souk's world and kernel, with random delays and nothing else between the replicas",
		Replications: replications,
	}
	for _, k := range versions {
		m.Quantities = append(m.Quantities, Quantity{
			Name: fmt.Sprintf("within k = %d", k), Predicted: withinVersions(n, r, w, k),
		})
	}
	m.Measure = func(seed uint64) ([]float64, error) {
		q := newQuorum(n, r, w, rounds, seed)
		_, err := sim.New[word](sim.Config{
			Seed: seed, TimeLimit: vtime.Duration(rounds) * vtime.Second,
			Network: network.Config{
				Delay:      rng.Exponential(float64(vtime.Millisecond)),
				NameServer: network.NameServer{Lookup: rng.Constant(0)},
			},
		}, q).Run()
		if err != nil {
			return nil, err
		}
		values := make([]float64, len(versions))
		for i, k := range versions {
			values[i] = q.within(k)
		}
		return values, nil
	}
	return m
}
