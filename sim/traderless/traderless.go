package traderless

import (
	"io"

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

// Market is the whole market: sellers and buyers, and no one else.
type Market struct {
	cfg     Config
	cast    *peers.Cast
	policy  *Policy
	buyers  []buyer
	sellers []seller
	// accounts is everybody's money, by actor. A sale moves its price in the
	// instant in which the goods leave, so no payment is ever owed or doubled.
	// Invariant: the accounts add up to 0.
	accounts []market.Money
}

// New returns a market in which nothing has happened yet.
func New(cfg Config) *Market {
	m := &Market{cfg: cfg, cast: peers.NewCast(&cfg.Config), policy: &Routings()[cfg.Routing]}
	m.accounts = make([]market.Money, m.cast.Peers())
	for _, id := range m.cast.Buyers {
		m.buyers = append(m.buyers, newBuyer(&m.cfg, m.cast, id))
	}
	for _, id := range m.cast.Sellers {
		m.sellers = append(m.sellers, newSeller(&m.cfg, m.cast, id))
	}
	return m
}

// Actors returns the number of peers; there are no services.
func (m *Market) Actors() int { return m.cast.Peers() }

// Peers returns the number of peers.
func (m *Market) Peers() int { return m.cast.Peers() }

// Stalls returns the number of sellers.
func (m *Market) Stalls() int { return len(m.sellers) }

// Connections returns, for each peer, whom it connects to at the start: every
// buyer to every seller.
func (m *Market) Connections() [][]actor.ID {
	ends := make([][]actor.ID, m.Peers())
	for _, id := range m.cast.Buyers {
		ends[id] = m.cast.Sellers
	}
	for _, id := range m.cast.Sellers {
		ends[id] = m.cast.Buyers
	}
	return ends
}

// Step hands the input to the actor that it is for.
func (m *Market) Step(in *Input, out *Outbox) {
	if m.cast.Sells(in.Self) {
		m.seller(in.Self).step(m, in, out)
	} else {
		m.buyer(in.Self).step(m, in, out)
	}
}

func (m *Market) buyer(id actor.ID) *buyer   { return &m.buyers[m.cast.Index(id)] }
func (m *Market) seller(id actor.ID) *seller { return &m.sellers[m.cast.Index(id)] }

// Reboot says what a crash takes, with or without memory: every connection, and
// with them a buyer's replica and its open requests, and a seller's list of
// buyers and whoever stood at its counter. A seller's goods and books stay, and
// so does the number that a request, a connection or an offer was last given.
func (m *Market) Reboot(id actor.ID, _ bool) {
	if m.cast.Sells(id) {
		m.seller(id).reboot()
	} else {
		m.buyer(id).reboot()
	}
}

// Quiet says that nobody is at any counter.
func (m *Market) Quiet(up func(actor.ID) bool) bool {
	for i := range m.sellers {
		if s := &m.sellers[i]; !s.Quiet() && up(s.ID) {
			return false
		}
	}
	return true
}

// Connected returns the other ends of an actor's connections.
func (m *Market) Connected(id actor.ID) []actor.ID {
	var ends []actor.ID
	if m.cast.Sells(id) {
		for _, c := range m.seller(id).members {
			ends = append(ends, c.buyer)
		}
		return ends
	}
	for i := range m.buyer(id).replica.rows {
		if r := &m.buyer(id).replica.rows[i]; r.tie == joined || r.tie == calling {
			ends = append(ends, r.seller)
		}
	}
	return ends
}

// Audit recounts goods and money from the actors' own fields.
func (m *Market) Audit(h *market.Holding) {
	h.Reset()
	for range m.cfg.Items {
		h.OnHand = append(h.OnHand, 0)
	}
	for i := range m.sellers {
		h.OnHand[m.sellers[i].Item] += int64(m.sellers[i].Goods())
	}
	h.Balance = append(h.Balance, m.accounts...)
	for i := range m.buyers {
		h.Live += uint64(m.buyers[i].Unended())
		if h.Closely {
			m.auditReplica(&m.buyers[i], h)
		}
	}
}

// auditReplica adds a buyer's copy of the sellers' stocks: of those whose last
// word has reached it, and who have no broadcast due. Only for these is the
// copy meant to be equal; the others' next word is on its way, was lost, or
// waits for the seller's clock.
func (m *Market) auditReplica(by *buyer, h *market.Holding) {
	c := h.AddCopy()
	c.Holder = by.ID
	for i := range by.replica.rows {
		r := &by.replica.rows[i]
		s := m.seller(r.seller)
		at := s.place[m.cast.Index(by.ID)]
		if r.tie != joined || !r.heard || s.due || at < 0 {
			continue
		}
		if told := &s.members[at]; told.line != r.line || told.sent != r.next {
			continue
		}
		row := market.CopiedRow{Seller: r.seller, Item: r.item, Shows: r.stock}
		if r.item == s.Item {
			row.Real = max(0, s.Record)
		}
		c.Rows = append(c.Rows, row)
	}
}

// Name returns buyer7 or seller6.
func (m *Market) Name(id actor.ID) string { return m.cast.Name(id) }

// Find resolves a selector as peers.Find does.
func (m *Market) Find(selector string) []actor.ID {
	return peers.Find(selector, m.Peers(), m.Actors(), m.Name)
}

// WriteStock writes what each seller has on sale as a JSON array of documents.
func (m *Market) WriteStock(w io.Writer) error {
	rows := []market.Document{}
	for i := range m.sellers {
		s := &m.sellers[i]
		rows = append(rows, market.NewDocument(m.Name(s.ID), m.cfg.Items[s.Item], s.Goods(), s.Price))
	}
	return market.WriteDocuments(w, rows)
}
