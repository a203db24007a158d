package kernel

import (
	"math"
	"slices"
	"sort"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/vtime"
)

// pair is a ladder and its dumb twin, a list that is kept in order.
type pair struct {
	ladder *ladder
	sorted []Event
	now    vtime.Time
	seq    uint64
}

func newPair() *pair { return &pair{ladder: newLadder()} }

func (p *pair) push(at vtime.Time, seq uint64) {
	e := Event{At: at, Seq: seq, Ref: uint32(seq)}
	*p.ladder.reserve(at, seq) = e
	i := sort.Search(len(p.sorted), func(i int) bool { return e.Before(&p.sorted[i]) })
	p.sorted = slices.Insert(p.sorted, i, e)
}

// schedule pushes an event with the next sequence.
func (p *pair) schedule(after vtime.Duration) {
	p.seq++
	p.push(p.now.Add(after), p.seq)
}

// pop takes the first event off both and compares.
func (p *pair) pop(t require.TestingT) {
	if len(p.sorted) == 0 {
		require.Nil(t, p.ladder.head())
		return
	}
	first := p.ladder.head()
	require.NotNil(t, first)
	require.Equal(t, p.sorted[0], *first)
	p.now = first.At
	p.ladder.drop()
	p.sorted = p.sorted[1:]
	require.Equal(t, len(p.sorted), p.ladder.len())
}

func (p *pair) drain(t require.TestingT) {
	for len(p.sorted) > 0 {
		p.pop(t)
	}
	p.pop(t)
}

// sound checks what the fields of a ladder promise.
func sound(t require.TestingT, q *ladder) {
	total := q.bottom.len()
	horizon := q.ceiling
	if n := len(q.rungs); n > 0 {
		horizon = q.rungs[n-1].floor
	}
	pending := q.bottom.events[q.bottom.gone:]
	require.True(t, slices.IsSortedFunc(pending, func(e, f Event) int {
		if e.Before(&f) {
			return -1
		}
		return 1
	}))
	for i := range pending {
		require.True(t, pending[i].At < horizon || horizon == vtime.Never)
	}
	for i := range q.rungs {
		r := &q.rungs[i]
		before := q.ceiling
		if i > 0 {
			before = q.rungs[i-1].floor
		}
		for b := range r.buckets {
			for _, e := range eventsOf(&q.pool, r.buckets[b]) {
				total++
				require.GreaterOrEqual(t, b, r.taken)
				require.Same(t, &r.buckets[b], r.bucket(e.At))
				require.GreaterOrEqual(t, e.At, r.floor)
				require.True(t, e.At < before || before == vtime.Never)
			}
		}
	}
	for _, e := range eventsOf(&q.pool, q.top) {
		total++
		require.GreaterOrEqual(t, e.At, q.ceiling)
		require.True(t, q.first <= e.At && e.At <= q.last)
	}
	require.Equal(t, total, q.len())
	require.Equal(t, q.top.count == 0, q.first > q.last || q.first == vtime.Never && q.last == 0)
}

// eventsOf reads a list without changing it.
func eventsOf(p *pool, l list) (events []Event) {
	id := l.head
	for left := l.count; left > 0; {
		n := min(left, chunkLen)
		events = append(events, p.chunk(id)[:n]...)
		left -= n
		id = *p.next(id)
	}
	return events
}

func TestTheLadderAgreesWithASortedListUnderMassiveTies(t *testing.T) {
	property.Check(t, 300, func(t *rapid.T) {
		p := newPair()
		instants := rapid.SampledFrom([]int64{1, 2, 5, 1000, 1 << 40}).Draw(t, "instants")
		fill := rapid.IntRange(0, 300).Draw(t, "fill")
		for range fill {
			p.schedule(vtime.Duration(rapid.Int64Range(0, instants-1).Draw(t, "at")))
		}
		for range rapid.IntRange(1, 200).Draw(t, "steps") {
			if rapid.IntRange(0, 2).Draw(t, "pop") == 0 {
				p.pop(t)
			} else {
				p.schedule(vtime.Duration(rapid.Int64Range(0, instants-1).Draw(t, "at")))
			}
			sound(t, p.ladder)
		}
		p.drain(t)
	})
}

// shapes are distributions of the time until an event, from a uniform word: the
// usual ones, and those that break queues that bet on a distribution.
var shapes = map[string]func(word uint64) vtime.Duration{
	"constant":    func(uint64) vtime.Duration { return 1e9 },
	"exponential": func(w uint64) vtime.Duration { return vtime.FromNanos(-1e9 * math.Log(uniform(w))) },
	"uniform":     func(w uint64) vtime.Duration { return vtime.Duration(w >> 34) },
	"lattice":     func(w uint64) vtime.Duration { return vtime.Duration(w>>61) * 1e9 },
	"bimodal": func(w uint64) vtime.Duration {
		if w&63 != 0 {
			return vtime.Duration(w >> 54)
		}
		return vtime.Duration(w >> 20)
	},
	"Pareto":    func(w uint64) vtime.Duration { return vtime.FromNanos(1e3 * math.Pow(uniform(w), -2)) },
	"geometric": func(w uint64) vtime.Duration { return 1 << (w >> 58) },
	"now":       func(w uint64) vtime.Duration { return vtime.Duration(w >> 63) },
	"never":     func(w uint64) vtime.Duration { return vtime.Duration(vtime.Never) - vtime.Duration(w>>62) },
}

func uniform(word uint64) float64 { return (float64(word>>11) + 0.5) / (1 << 53) }

func TestTheLadderAgreesWithASortedListWhateverTheDistribution(t *testing.T) {
	for name, after := range shapes {
		for _, size := range []int{1, 30, 70, 1000, 20_000} {
			t.Run(name, func(t *testing.T) {
				words := splitmix(uint64(size))
				p := newPair()
				for range size {
					p.schedule(after(words.next()))
				}
				sound(t, p.ladder)
				// Hold: as many come as go.
				for range 2 * min(size, 2000) {
					p.pop(t)
					p.schedule(after(words.next()))
				}
				sound(t, p.ladder)
				p.drain(t)
				sound(t, p.ladder)
			})
		}
	}
}

func TestTheLadderFollowsAPopulationThatGrowsAndShrinks(t *testing.T) {
	words := splitmix(1)
	p := newPair()
	for _, size := range []int{20, 5000, 33, 0, 40_000, 10} {
		for len(p.sorted) < size {
			p.schedule(vtime.Duration(words.next() >> 30))
		}
		for len(p.sorted) > size {
			p.pop(t)
		}
		sound(t, p.ladder)
	}
	p.drain(t)
}

func TestEventsInReverseOrderAndMonotoneOnes(t *testing.T) {
	p := newPair()
	for i := range vtime.Duration(3000) {
		p.schedule(3_000_000 - 1000*i)
	}
	for i := range vtime.Duration(3000) {
		p.schedule(3_000_000 + 1000*i)
		p.pop(t)
	}
	p.drain(t)
}

func TestShuffledSequencesAreInOrderToo(t *testing.T) {
	words := splitmix(7)
	p := newPair()
	for i := range uint64(5000) {
		p.push(vtime.Time(words.next()>>62)+p.now, words.next()>>20<<20|i)
		if i%3 == 0 {
			p.pop(t)
		}
	}
	p.drain(t)
}

func TestALadderThatHasHadItsSizeAllocatesNothing(t *testing.T) {
	for name, after := range shapes {
		words := splitmix(3)
		q := newLadder()
		seq := uint64(0)
		hold := func(pushes, pops int) {
			for range pushes {
				seq++
				at := vtime.Time(0)
				if e := q.head(); e != nil {
					at = e.At
				}
				at = at.Add(after(words.next()))
				*q.reserve(at, seq) = Event{At: at, Seq: seq}
			}
			for range pops {
				q.head()
				q.drop()
			}
		}
		hold(5000, 0)
		for range 200_000 {
			hold(1, 1)
		}
		got := testing.AllocsPerRun(20_000, func() { hold(1, 1) })
		require.Zero(t, got, name)
	}
}

// FuzzLadder reads each byte as a step: the high bit pops, the others say in how
// many powers of two of time an event comes.
func FuzzLadder(f *testing.F) {
	f.Add([]byte{1, 2, 3, 128, 1, 1, 1, 200, 63, 128, 128})
	f.Add(slices.Repeat([]byte{0, 0, 40, 40, 41, 1, 128}, 60))
	f.Fuzz(func(t *testing.T, steps []byte) {
		p := newPair()
		for i, step := range steps {
			if step >= 128 {
				p.pop(t)
				continue
			}
			for j := range vtime.Duration(step>>6*20 + 1) {
				p.schedule(1<<(step&63)>>1 + j*vtime.Duration(i%3))
			}
		}
		sound(t, p.ladder)
		p.drain(t)
	})
}

// splitmix is a source of words for tests (Steele, Lea and Flood, OOPSLA 2014).
type splitmix uint64

func (s *splitmix) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	return mix(uint64(*s) - 0x9e3779b97f4a7c15)
}
