package kernel

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/vtime"
)

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
			p.sound(t)
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
	"geometric": func(w uint64) vtime.Duration { return 1 << (w >> 58 % 63) },
	"now":       func(w uint64) vtime.Duration { return vtime.Duration(w >> 63) },
	"never":     func(w uint64) vtime.Duration { return vtime.Duration(vtime.Never) - vtime.Duration(w>>62) },
}

func uniform(word uint64) float64 { return (float64(word>>11) + 0.5) / (1 << 53) }

func TestTheLadderAgreesWithASortedListWhateverTheDistribution(t *testing.T) {
	for name, after := range shapes {
		for _, size := range []int{1, 30, 70, 1000, 8000} {
			t.Run(name, func(t *testing.T) {
				words := splitmix(uint64(size))
				p := newPair()
				for range size {
					p.schedule(after(words.next()))
				}
				p.sound(t)
				// Hold: as many come as go.
				for range 2 * min(size, 2000) {
					p.pop(t)
					p.schedule(after(words.next()))
				}
				p.sound(t)
				p.drain(t)
				p.sound(t)
			})
		}
	}
}

// More than can be divided at once.
func TestManyEventsComeInOrder(t *testing.T) {
	for _, name := range []string{"exponential", "uniform", "bimodal", "Pareto"} {
		words := splitmix(11)
		q := newLadder()
		const events = 100_000
		for i := range uint64(events) {
			at := vtime.Time(0).Add(shapes[name](words.next()))
			*q.reserve(at, i) = Event{At: at, Seq: i}
		}
		var last Event
		deepest := 0
		for i := range events {
			e := q.head()
			require.NotNil(t, e, name)
			if i > 0 && !last.before(e.At, e.Seq) {
				t.Fatalf("%s: %v after %v", name, *e, last)
			}
			last = *e
			deepest = max(deepest, len(q.rungs))
			q.drop()
		}
		require.Nil(t, q.head())
		require.Greater(t, deepest, 1, name)
	}
}

func TestTheLadderFollowsAPopulationThatGrowsAndShrinks(t *testing.T) {
	words := splitmix(1)
	p := newPair()
	come := func() { p.schedule(vtime.Duration(words.next() >> (30 + words.next()>>60))) }
	for _, size := range []int{20, 5000, 33, 0, 10_000, 10, 100, 25} {
		for len(p.sorted) < size {
			come()
		}
		for len(p.sorted) > size {
			p.pop(t)
		}
		for i := range 300 {
			come()
			p.pop(t)
			if i%100 == 0 || size < 200 {
				p.sound(t)
			}
		}
	}
	p.drain(t)
}

func TestACrowdBeforeTheNextEvent(t *testing.T) {
	p := newPair()
	for i := range vtime.Duration(1000) {
		p.schedule(1_000_000 * (i + 1))
	}
	p.pop(t)
	// The later ones come before what the bottom was divided at, and before what it
	// then has.
	for i := range vtime.Duration(10 * crowd) {
		p.schedule(1000 - i)
		if i%16 == 0 {
			p.sound(t)
		}
	}
	for range 10 * crowd {
		p.schedule(5)
	}
	p.sound(t)
	p.drain(t)
}

func TestEverEarlierEvents(t *testing.T) {
	p := newPair()
	for i := range vtime.Duration(1000) {
		p.schedule(1_000_000 * (i + 1))
	}
	p.pop(t)
	for i := range vtime.Duration(3000) {
		p.schedule(300_000 - 100*i)
	}
	p.sound(t)
	require.Greater(t, len(p.ladder.rungs), few)
	words := splitmix(2)
	for range 1000 {
		p.schedule(vtime.Duration(words.next() % 400_000))
	}
	p.drain(t)
}

// As when actors broadcast now and then, and all that comes of it lies before what
// was pending.
func TestBurstsBeforeTheNextEvent(t *testing.T) {
	for seed := range uint64(4) {
		words := splitmix(seed)
		p := newPair()
		for range 1000 {
			p.schedule(vtime.Duration(words.next() >> 24))
		}
		deepest := 0
		for burst := range 150 {
			width := words.next()>>58 + 8
			for range 20 + words.next()>>57 {
				p.schedule(vtime.Duration(words.next() >> (64 - width%40)))
			}
			deepest = max(deepest, len(p.ladder.rungs))
			if burst%50 == 0 {
				p.sound(t)
			}
			for range words.next() >> 57 {
				p.pop(t)
			}
		}
		p.drain(t)
		require.Greater(t, deepest, few)
	}
}

// The end of time is a time like any other.
func TestEventsNearTheEndOfTime(t *testing.T) {
	for _, before := range []vtime.Time{0, 1, 3, 64, 128, 1024, 1 << 40} {
		for _, ties := range []bool{false, true} {
			words := splitmix(before)
			seq := func(i uint64) uint64 {
				if ties {
					return words.next()>>20<<20 | i
				}
				return i
			}
			p := newPair()
			for i := range uint64(100) {
				p.push(vtime.Time(i), seq(i))
			}
			for i := range uint64(7) {
				p.push(vtime.Never, seq(100+i))
				p.push(vtime.Never-before, seq(200+i))
			}
			for len(p.sorted) > 14 {
				p.pop(t)
			}
			p.ladder.head()
			for i := range uint64(200) {
				p.push(vtime.Never-before+vtime.Time(words.next()%uint64(before+1)), seq(300+i))
				p.sound(t)
			}
			p.drain(t)
		}
	}
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
	for _, name := range []string{"constant", "exponential", "uniform", "lattice", "bimodal", "now"} {
		for _, size := range []int{20, 5000} {
			words := splitmix(3)
			q := newLadder()
			seq := uint64(0)
			schedule := func(now vtime.Time) {
				seq++
				at := now.Add(shapes[name](words.next()))
				*q.reserve(at, seq) = Event{At: at, Seq: seq}
			}
			hold := func(steps int) {
				for range steps {
					now := q.head().At
					q.drop()
					schedule(now)
				}
			}
			for range size {
				schedule(0)
			}
			hold(200_000)
			require.Zero(t, testing.AllocsPerRun(1, func() { hold(20_000) }), "%s, %d", name, size)
			require.LessOrEqual(t, cap(q.bottom.events), max(4*crowd, 2*size), "%s, %d", name, size)
		}
	}
}

func TestClearingGivesAllMemoryBack(t *testing.T) {
	q := newLadder()
	for range 10 {
		words := splitmix(5)
		for i := range uint64(5000) {
			at := vtime.Time(words.next() >> 30)
			*q.reserve(at, i) = Event{At: at, Seq: i}
			if i%3 == 0 {
				q.head()
				q.drop()
			}
		}
		q.clear()
		require.Zero(t, sound(t, q))
	}
	require.Less(t, len(q.pool.blocks)*blockLen*chunkLen, 15_000)
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
		p.sound(t)
		p.drain(t)
	})
}
