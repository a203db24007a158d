package peertopeer

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"souk/internal/property"
	"souk/sim/actor"
)

// A peer's trails agree with remembering every look-up for ever, as long as no
// look-up is said to be over that still is asked for; and they hold no more than
// the look-ups that are under way.
func TestTrailsForgetNothingThatMatters(t *testing.T) {
	property.Check(t, 200, func(t *rapid.T) {
		type passage struct {
			buyer  actor.ID
			number uint32
		}
		var trails trails
		first := map[passage]actor.ID{}
		var made, done [2]uint32
		for range rapid.IntRange(1, 60).Draw(t, "messages") {
			buyer := actor.ID(rapid.IntRange(0, 1).Draw(t, "buyer"))
			if made[buyer] == 0 || rapid.Bool().Draw(t, "new") {
				made[buyer]++
				done[buyer] = rapid.Uint32Range(max(done[buyer], 1), made[buyer]).Draw(t, "done")
			}
			// A copy of any look-up arrives, however late. It carries what was over
			// when it was sent.
			number := rapid.Uint32Range(1, made[buyer]).Draw(t, "number")
			carries := min(number, done[buyer])
			from := actor.ID(rapid.IntRange(2, 5).Draw(t, "from"))
			over := number < trails.done(buyer)
			_, seen := first[passage{buyer, number}]
			require.Equal(t, !seen && !over, trails.pass(buyer, number, carries, from))
			if !seen && !over {
				first[passage{buyer, number}] = from
			}
			for n := trails.done(buyer); n <= made[buyer]; n++ {
				want, known := first[passage{buyer, n}]
				if !known {
					want = actor.None
				}
				require.Equal(t, want, trails.back(buyer, n))
			}
			for _, tr := range trails.each {
				require.LessOrEqual(t, len(tr.steps), int(made[0]+made[1]))
				for _, s := range tr.steps {
					require.GreaterOrEqual(t, s.number, tr.done)
				}
			}
		}
		trails.forget()
		require.Equal(t, actor.None, trails.back(0, made[0]))
	})
}

// done returns the number below which a buyer's look-ups are over.
func (t *trails) done(buyer actor.ID) uint32 {
	if at := t.of.Find(key(buyer)); at != nil {
		return t.each[*at].done
	}
	return 0
}
