package bazaar

import (
	"cmp"
	"slices"

	"souk/sim/actor"
	"souk/sim/bazaar/election"
	"souk/sim/market"
	"souk/sim/rng"
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
	cfg       Config
	rules     election.Rules
	peers     []peer
	buyers    []buyer
	sellers   []seller
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
	n := cfg.Peers()
	cfg.Traders.Election.Peers = n
	cfg.Traders.Election.Seats = cfg.Traders.Count
	b := &Bazaar{
		cfg: cfg, rules: election.New(cfg.Traders.Election),
		peers: make([]peer, n), clocks: make([]uint64, n+2),
	}
	for i, item := range dealRoles(&cfg, n) {
		b.addPeer(actor.ID(i), item)
	}
	b.warehouse = newWarehouse(b)
	b.store = newStore(n)
	return b
}

// anyItem marks a seller that picks its item itself, buying a buyer.
const (
	anyItem market.Item = -1
	buying  market.Item = -2
)

// dealRoles returns for each peer the item that it sells, or buying.
func dealRoles(cfg *Config, n int) []market.Item {
	roles := make([]market.Item, n)
	draw := rng.NewStream(cfg.Seed, "roles", 0)
	switch {
	case len(cfg.Roles.List) > 0:
		for i, word := range cfg.Roles.List {
			roles[i] = cfg.roleOf(word)
		}
	case cfg.Roles.Assign == AtRandom:
		for i := range roles {
			roles[i] = buying
			if k := draw.IntN(len(cfg.Items) + 1); k < len(cfg.Items) {
				roles[i] = market.Item(k)
			}
		}
	case cfg.Roles.Assign == Alternating:
		buyers, sellers := cfg.Buyers.Count, cfg.Sellers.Count
		for i := range roles {
			roles[i] = cfg.roleOf("seller")
			if buyers > 0 && (i%2 == 0 || sellers == 0) {
				roles[i] = buying
				buyers--
			} else {
				sellers--
			}
		}
	default:
		shuffleRoles(cfg, roles)
	}
	return roles
}

// shuffleRoles makes sellers of the peers that draw the smallest numbers. Each
// peer draws its own, so that one more buyer leaves most roles as they were.
func shuffleRoles(cfg *Config, roles []market.Item) {
	lots := make([]uint64, len(roles))
	order := make([]int, len(roles))
	for i := range roles {
		lot := rng.NewStream(cfg.Seed, "role", i)
		lots[i], order[i], roles[i] = lot.Uint64(), i, buying
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(lots[a], lots[b]) })
	for _, i := range order[:cfg.Sellers.Count] {
		roles[i] = cfg.roleOf("seller")
	}
}

// roleOf reads a word of a role list: buyer, seller, or an item's name.
func (c *Config) roleOf(word string) market.Item {
	switch word {
	case "buyer":
		return buying
	case "seller":
		if c.Sellers.First == "" {
			return anyItem
		}
		word = c.Sellers.First
	}
	for i, item := range c.Items {
		if item == word {
			return market.Item(i)
		}
	}
	return anyItem
}

func (b *Bazaar) addPeer(id actor.ID, sells market.Item) {
	p := &b.peers[id]
	p.voter.Self = id
	if sells == buying {
		p.index = int32(len(b.buyers))
		b.buyers = append(b.buyers, newBuyer(&b.cfg, id))
		return
	}
	p.sells = true
	p.index = int32(len(b.sellers))
	b.sellers = append(b.sellers, newSeller(&b.cfg, id, sells))
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
		b.warehouse.reboot()
	case b.storeID():
	default:
		b.peers[id].reboot(b, memory)
	}
}

// Quiet says that the warehouse is idle. What the queue store still holds once
// every buyer knows an outcome is of no account.
func (b *Bazaar) Quiet() bool { return b.warehouse.serving == 0 }

// MessageKind feeds the digest and the trace.
func (b *Bazaar) MessageKind(m *Message) (uint8, uint64) { return uint8(m.Kind), uint64(m.Request) }

// Audit recounts goods and money from the actors' own fields.
func (b *Bazaar) Audit(h *market.Holding) {
	h.OnHand = append(h.OnHand[:0], make([]int64, len(b.cfg.Items))...)
	for r, count := range b.warehouse.goods {
		h.OnHand[b.warehouse.shelf.ItemOf(market.Row(r))] += int64(count)
	}
	h.Balance = append(h.Balance[:0], b.warehouse.accounts...)
	h.Live = 0
	for i := range b.buyers {
		h.Live += uint64(len(b.buyers[i].live) + len(b.buyers[i].forgotten))
	}
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
