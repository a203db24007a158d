package peertopeer

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/peers"
)

type (
	// Input and Outbox are the contract's, filled in with this market's words.
	Input = actor.Input[Message]
	// Outbox collects a step's effects.
	Outbox = actor.Outbox[Message, market.Fact]
)

// Market is the whole market: the peers, numbered from 0, and nobody else. They
// live in dense slices and share nothing but what is fixed for the run.
type Market struct {
	cfg     Config
	cast    *peers.Cast
	peers   []peer
	buyers  []buyer
	sellers []seller
	// accounts is the money of each peer. A sale moves it in one instant, as a
	// bank would, so a crash takes none.
	accounts []market.Money
}

// New returns a market in which nothing has happened yet.
func New(cfg Config) *Market {
	n := cfg.Number()
	mk := &Market{cfg: cfg, cast: peers.NewCast(&cfg.Config), peers: make([]peer, n), accounts: make([]market.Money, n)}
	for i := range mk.peers {
		mk.peers[i] = newPeer(actor.ID(i))
	}
	for _, id := range mk.cast.Buyers {
		mk.buyers = append(mk.buyers, newBuyer(&mk.cfg, mk.cast, id))
	}
	for _, id := range mk.cast.Sellers {
		mk.sellers = append(mk.sellers, newSeller(&mk.cfg, mk.cast, id))
	}
	return mk
}

// buyer returns a peer's buying side, nil if it has none.
func (mk *Market) buyer(id actor.ID) *buyer {
	if !mk.cast.Buys(id) {
		return nil
	}
	return &mk.buyers[mk.cast.Index(id)]
}

// seller returns a peer's selling side, nil if it has none.
func (mk *Market) seller(id actor.ID) *seller {
	if !mk.cast.Sells(id) {
		return nil
	}
	return &mk.sellers[mk.cast.Index(id)]
}

// Actors returns the number of peers.
func (mk *Market) Actors() int { return len(mk.peers) }

// Peers returns the number of peers.
func (mk *Market) Peers() int { return len(mk.peers) }

// Stalls returns the number of sellers.
func (mk *Market) Stalls() int { return len(mk.sellers) }

// Step hands the input to the peer that it is for.
func (mk *Market) Step(in *Input, out *Outbox) { mk.peers[in.Self].step(mk, in, out) }

// Reboot says what a crash takes. A peer loses the ways of the look-ups that
// passed it; a buyer the replies that it has collected and, without memory, its
// open requests; a seller whoever is at its counter. On disk are the goods, the
// receipts, who has left, and the numbers of requests and look-ups.
func (mk *Market) Reboot(id actor.ID, memory bool) {
	mk.peers[id].trails.forget()
	if by := mk.buyer(id); by != nil {
		by.reboot(memory)
	}
	if s := mk.seller(id); s != nil {
		s.reboot()
	}
}

// Quiet says that nobody is at a counter.
func (mk *Market) Quiet(up func(actor.ID) bool) bool {
	for i := range mk.sellers {
		if s := &mk.sellers[i]; !s.Quiet() && up(s.ID) {
			return false
		}
	}
	return true
}

// MessageKind feeds the digest and the trace.
func (mk *Market) MessageKind(m *Message) (uint8, uint64) { return uint8(m.Kind), uint64(m.Request) }

// Describe adds nothing: the trace tells of a message only its kind.
func (mk *Market) Describe(*Message, *market.Fact) {}

// Connected returns nobody: silence is the only sign of death.
func (mk *Market) Connected(actor.ID) []actor.ID { return nil }

// Audit recounts goods and money from the actors' own fields.
func (mk *Market) Audit(h *market.Holding) {
	h.OnHand = append(h.OnHand[:0], make([]int64, len(mk.cfg.Items))...)
	for i := range mk.sellers {
		h.OnHand[mk.sellers[i].Item] += int64(mk.sellers[i].Goods())
	}
	h.Balance = append(h.Balance[:0], mk.accounts...)
	h.Live = 0
	for i := range mk.buyers {
		h.Live += uint64(mk.buyers[i].Unended())
	}
}
