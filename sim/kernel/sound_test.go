package kernel

import (
	"slices"
	"sort"

	"github.com/stretchr/testify/require"

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
	i := sort.Search(len(p.sorted), func(i int) bool { return e.before(p.sorted[i].At, p.sorted[i].Seq) })
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
}

func (p *pair) drain(t require.TestingT) {
	for len(p.sorted) > 0 {
		p.pop(t)
	}
	p.pop(t)
}

// sound checks what the fields of a ladder promise, and returns how many events
// it has.
func sound(t require.TestingT, q *ladder) (total int) {
	total, chunks := q.bottom.len(), 0
	horizon := q.reach
	if n := len(q.rungs); n > 0 {
		horizon = q.rungs[n-1].passed
	}
	pending := q.bottom.events[q.bottom.gone:]
	require.True(t, slices.IsSortedFunc(pending, func(e, f Event) int {
		if e.before(f.At, f.Seq) {
			return -1
		}
		return 1
	}))
	for i := range pending {
		require.LessOrEqual(t, pending[i].At, horizon)
	}
	if len(pending) > crowd+1 {
		// It could not be divided, but for one event that has come since.
		most := pending[len(pending)/2].At
		others := slices.DeleteFunc(slices.Clone(pending), func(e Event) bool { return e.At == most })
		require.LessOrEqual(t, len(others), 1)
	}
	for i := range q.rungs {
		r := &q.rungs[i]
		latest := q.reach
		if i > 0 {
			latest = q.rungs[i-1].passed
		}
		for b := range r.buckets {
			chunks += chunksOf(r.buckets[b])
			for _, e := range eventsOf(&q.pool, r.buckets[b]) {
				total++
				require.GreaterOrEqual(t, b, r.taken)
				require.Same(t, &r.buckets[b], r.bucket(e.At))
				require.Greater(t, e.At, r.passed)
				require.LessOrEqual(t, r.passed, latest)
				require.LessOrEqual(t, e.At, latest)
			}
		}
	}
	for _, e := range eventsOf(&q.pool, q.top) {
		total++
		require.Greater(t, e.At, q.reach)
		require.True(t, q.first <= e.At && e.At <= q.last)
	}
	chunks += chunksOf(q.top)
	chunks += int(q.pool.chunks.count + sheetLen*q.pool.sheets.count)
	require.EqualValues(t, q.pool.fresh, chunks, "every chunk is a list's or free")
	require.Equal(t, q.top.count == 0, q.first > q.last || q.first == vtime.Never && q.last == 0)
	return total
}

// sound checks the ladder and its size.
func (p *pair) sound(t require.TestingT) { require.Equal(t, len(p.sorted), sound(t, p.ladder)) }

func chunksOf(l list) int {
	chunks := int(l.count+chunkLen-1) / chunkLen
	if chunks > singles {
		chunks = (chunks + sheetLen - 1) / sheetLen * sheetLen
	}
	return chunks
}

// eventsOf reads a list without changing it.
func eventsOf(p *pool, l list) (events []Event) {
	for piece := l.first; l.count > 0; {
		chunk, chunks := piece.chunk(), uint32(1)
		if piece.sheet() {
			chunks = sheetLen
		}
		n := min(l.count, chunks*chunkLen)
		events = append(events, p.events(chunk, chunks)[:n]...)
		l.count -= n
		piece = *p.next(chunk + chunks - 1)
	}
	return events
}

// splitmix is a source of words for tests (Steele, Lea and Flood, OOPSLA 2014).
type splitmix uint64

func (s *splitmix) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	return mix(uint64(*s) - 0x9e3779b97f4a7c15)
}
