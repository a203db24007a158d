package network

import (
	"slices"

	"souk/sim/actor"
	"souk/sim/rng"
	"souk/sim/vtime"
)

// Trouble is what a disturbance does to messages.
type Trouble uint8

// The troubles.
const (
	// Delayed: a message takes longer by Extra. Order is kept where it is kept
	// without the trouble.
	Delayed Trouble = iota
	// Lossy: a message is lost with the chance of Chance.
	Lossy
	// Doubled: with the chance of Chance a second copy arrives, after a delay of
	// its own.
	Doubled
	// Reordered: with the chance of Chance a message is held back by Extra, and
	// later ones may overtake it, even on a network that keeps order.
	Reordered
	// Clogged: a message waits until no clog touches it any more.
	Clogged
)

// Disturbance is a trouble for the messages that its members send or receive;
// on an overlay, for each hop from or to a member. What somebody sends to
// itself never leaves its machine and is not touched, nor is what is in flight
// when the trouble begins.
type Disturbance struct {
	Trouble Trouble
	Members []actor.ID
	Chance  rng.Probability
	Extra   rng.Distribution
}

// trouble is a disturbance in force.
type trouble struct {
	id int
	Disturbance
	in []bool
	// draws holds one stream a sender. Each message that the trouble could touch
	// draws the same words from it, even one that is doomed.
	draws []rng.Stream
}

// harm is what the troubles do to one message.
type harm struct {
	extra     vtime.Duration
	lost      bool
	overtaken bool
	held      bool
}

// Disturb begins the disturbance of that id, or puts it in the place of the one
// in force. Its draws are keyed by purpose and sender; when it comes again, they
// go on from where they stood.
func (n *Network) Disturb(id int, purpose string, d Disturbance) {
	n.Calm(id)
	if n.draws == nil {
		n.draws = map[int][]rng.Stream{}
	}
	if n.draws[id] == nil {
		draws := make([]rng.Stream, len(n.streams))
		for i := range draws {
			draws[i] = rng.NewStream(n.seed, "network: "+purpose, streamKey(i, n.peers))
		}
		n.draws[id] = draws
	}
	t := trouble{id: id, Disturbance: d, in: make([]bool, len(n.streams)), draws: n.draws[id]}
	for _, member := range d.Members {
		t.in[member] = true
	}
	n.troubles = append(n.troubles, t)
}

// Calm ends the disturbance of that id.
func (n *Network) Calm(id int) {
	n.troubles = slices.DeleteFunc(n.troubles, func(t trouble) bool { return t.id == id })
}

// Clogged says whether a clog holds what goes from one actor to another.
func (n *Network) Clogged(from, to actor.ID) bool {
	return slices.ContainsFunc(n.troubles, func(t trouble) bool { return t.Trouble == Clogged && t.touches(from, to) })
}

// Copies returns when the copies of the message last carried arrive.
func (n *Network) Copies() []vtime.Time { return n.copies }

// Touched returns to how many messages the partition, disturbance or outage of
// that id did something.
func (n *Network) Touched(id int) uint64 {
	if id < len(n.touched) {
		return n.touched[id]
	}
	return 0
}

func (n *Network) touch(id int) {
	for id >= len(n.touched) {
		n.touched = append(n.touched, 0)
	}
	n.touched[id]++
}

func (t *trouble) touches(from, to actor.ID) bool { return from != to && (t.in[from] || t.in[to]) }

// suffer draws what the troubles do to a message on a link.
func (n *Network) suffer(from, to actor.ID) harm {
	var h harm
	n.delays, n.struck = n.delays[:0], n.struck[:0]
	for i := range n.troubles {
		t := &n.troubles[i]
		if !t.touches(from, to) {
			continue
		}
		draw, struck := &t.draws[from], true
		switch t.Trouble {
		case Delayed:
			h.extra += vtime.FromNanos(t.Extra.Draw(draw))
		case Lossy:
			struck = draw.Chance(t.Chance)
			h.lost = h.lost || struck
		case Doubled:
			struck = draw.Chance(t.Chance)
			delay := vtime.FromNanos(n.delay(from, to).Draw(draw))
			if struck {
				n.delays = append(n.delays, delay)
			}
		case Reordered:
			struck = draw.Chance(t.Chance)
			extra := vtime.FromNanos(t.Extra.Draw(draw))
			if struck {
				h.extra, h.overtaken = h.extra+extra, true
			}
		case Clogged:
			h.held = true
		}
		if struck {
			n.struck = append(n.struck, i)
		}
	}
	return h
}

// harmed returns when a message that troubles touched arrives, if it does not wait
// for the end of a clog, and prepares its copies.
func (n *Network) harmed(h harm, from, next actor.ID, now, at vtime.Time) (vtime.Time, Fate) {
	at = at.Add(h.extra)
	if h.held {
		n.credit(Delayed, Reordered, Clogged)
		return at, Held
	}
	if !h.overtaken {
		at = n.InOrder(from, next, at)
	}
	n.credit(Delayed, Doubled, Reordered)
	for _, own := range n.delays {
		other := now.Add(own).Add(h.extra)
		if !h.overtaken {
			other = n.InOrder(from, next, other)
		}
		n.copies = append(n.copies, other)
	}
	return at, Carried
}

// credit counts the message for those troubles of some kinds that struck it. What
// is lost was neither late nor doubled, and what is held has no copy.
func (n *Network) credit(kinds ...Trouble) {
	for _, i := range n.struck {
		if t := &n.troubles[i]; slices.Contains(kinds, t.Trouble) {
			n.touch(t.id)
		}
	}
}
