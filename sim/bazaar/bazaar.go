package bazaar

import (
	"souk/sim/actor"
	"souk/sim/bazaar/election"
	"souk/sim/market"
	"souk/sim/peers"
)

type (
	// Input and Outbox are the contract's, filled in with this market's words.
	Input = actor.Input[Message]
	// Outbox collects a step's effects.
	Outbox = actor.Outbox[Message, market.Fact]
)

// Bazaar is the whole market: the peers, numbered from 0, then the warehouse,
// then the queue store. Its actors live in dense slices and share nothing but
// what is fixed for the run.
type Bazaar struct {
	cfg     Config
	cast    *peers.Cast
	rules   election.Rules
	peers   []peer
	buyers  []buyer
	sellers []seller
	// loads is each slot's queue as each buyer last heard, by buyer and slot; nil
	// unless a buyer's choice depends on it.
	loads     []uint16
	warehouse warehouse
	store     store
	// clocks holds each actor's Lamport clock.
	clocks []uint64
	// snapshots holds the buffers of snapshots that were read and can be
	// written again; which buffer a snapshot uses has no effect on a run.
	snapshots []*[]market.Stock
	// booth is scratch space that adapts a peer's step to an election.
	booth booth
}

// New returns a bazaar in which nothing has happened yet.
func New(cfg Config) *Bazaar {
	n := cfg.Number()
	cfg.Traders.Election.Peers = n
	cfg.Traders.Election.Seats = cfg.Traders.Count
	cfg.Traders.Election.AllCall = cfg.Traders.HeartbeatAll && cfg.Traders.Election.Vacancy == election.Replace
	b := &Bazaar{
		cfg: cfg, cast: peers.NewCast(&cfg.Config), rules: election.New(cfg.Traders.Election),
		peers: make([]peer, n), clocks: make([]uint64, n+2),
	}
	for i := range b.peers {
		b.peers[i].voter.Self = actor.ID(i)
	}
	b.buyers = make([]buyer, len(b.cast.Buyers))
	for i, id := range b.cast.Buyers {
		b.buyers[i] = newBuyer(&b.cfg, b.cast, id)
	}
	b.sellers = make([]seller, len(b.cast.Sellers))
	for i, id := range b.cast.Sellers {
		b.sellers[i] = newSeller(&b.cfg, b.cast, id)
	}
	if cfg.Choice == LeastLoaded {
		b.loads = make([]uint16, len(b.buyers)*cfg.Traders.Count)
	}
	b.warehouse = newWarehouse(b)
	b.store = newStore(n)
	b.store.gate = newGate(&b.cfg.Traders)
	return b
}

// buyer returns a peer's buying side, nil if it has none.
func (b *Bazaar) buyer(id actor.ID) *buyer {
	if !b.cast.Buys(id) {
		return nil
	}
	return &b.buyers[b.cast.Index(id)]
}

// seller returns a peer's selling side, nil if it has none.
func (b *Bazaar) seller(id actor.ID) *seller {
	if !b.cast.Sells(id) {
		return nil
	}
	return &b.sellers[b.cast.Index(id)]
}

// Actors returns the number of peers and services.
func (b *Bazaar) Actors() int { return len(b.clocks) }

// Peers returns the number of peers.
func (b *Bazaar) Peers() int { return len(b.peers) }

func (b *Bazaar) warehouseID() actor.ID { return actor.ID(len(b.peers)) }
func (b *Bazaar) storeID() actor.ID     { return actor.ID(len(b.peers) + 1) }

// Step hands the input to the actor that it is for. Here, and nowhere else,
// the Lamport clocks tick: a step is one event in Lamport's sense, and all
// messages of a step carry its time (Lamport, CACM 21(7), 1978).
func (b *Bazaar) Step(in *Input, out *Outbox) {
	clock := &b.clocks[in.Self]
	if in.Trigger == actor.Receive {
		*clock = max(*clock, in.Msg.Clock)
	}
	*clock++
	switch in.Self {
	case b.warehouseID():
		b.warehouse.step(b, in, out)
	case b.storeID():
		b.store.step(in, out)
	default:
		b.peers[in.Self].step(b, in, out)
	}
	for i := range out.Sends {
		out.Sends[i].Msg.Clock = *clock
	}
}

// Reboot says what a crash takes. The warehouse and the queue store keep on
// disk everything but the operations under way. A peer always loses what only
// its timers knew; without memory it also forgets who leads, its seat, its
// cache, its queue and its open requests. What a request number or a deposit
// number was last used is on disk in any case.
func (b *Bazaar) Reboot(id actor.ID, memory bool) {
	switch id {
	case b.warehouseID():
		b.warehouse.counter.Clear()
	case b.storeID():
	default:
		b.peers[id].reboot(b, memory)
	}
}

// Quiet says that the warehouse is idle. What the queue store still holds once
// every buyer knows an outcome is of no account.
func (b *Bazaar) Quiet(up func(actor.ID) bool) bool {
	return b.warehouse.counter.Busy() == 0 || !up(b.warehouseID())
}

// MessageKind feeds the digest and the trace.
func (b *Bazaar) MessageKind(m *Message) (uint8, uint64) { return uint8(m.Kind), uint64(m.Request) }

// Describe adds nothing: the trace tells of a bazaar's message only its kind.
func (b *Bazaar) Describe(*Message, *market.Fact) {}

// Connected returns nobody: in the bazaar, silence is the only sign of death.
func (b *Bazaar) Connected(actor.ID) []actor.ID { return nil }

// Copy returns a message of its own that says the same: the receiver of a
// snapshot gives its memory back.
func (b *Bazaar) Copy(m *Message) Message {
	c := *m
	if m.Rows != nil {
		c.Rows = b.borrow()
		*c.Rows = append(*c.Rows, *m.Rows...)
	}
	return c
}

// borrow returns an empty buffer for a snapshot.
func (b *Bazaar) borrow() *[]market.Stock {
	if n := len(b.snapshots); n > 0 {
		rows := b.snapshots[n-1]
		b.snapshots = b.snapshots[:n-1]
		*rows = (*rows)[:0]
		return rows
	}
	return new([]market.Stock)
}

func (b *Bazaar) giveBack(rows *[]market.Stock) { b.snapshots = append(b.snapshots, rows) }
