package check

import (
	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/table"
	"souk/sim/vtime"
)

// money checks M1 and M2: no cent appears or vanishes, and every unit that
// left was paid for once, at the price of its offer, split as agreed. Goods
// are paid for in the instant in which they are shipped, so nothing is ever
// held in escrow and there is nothing to refund; what was promised and not
// shipped was never charged.
type money struct {
	Setting
	conserved, paid rule
	// balance is everybody's money by the books.
	balance table.Sparse[market.Money]
	// price is the last price that a seller asked, by seller and item.
	price table.Sparse[market.Money]
}

// row numbers the offers of a market by seller and item.
func (s *Setting) row(seller actor.ID, item market.Item) int { return int(seller)*s.Items + int(item) }

func newMoney(s Setting) *money {
	return &money{
		Setting:   s,
		conserved: rule{id: "M1", statement: "all balances add up to what was paid in (0 cents)"},
		paid:      rule{id: "M2", statement: "a shipped unit is paid exactly once, split between seller and trader"},
		balance:   table.NewSparse[market.Money](s.Actors),
		price:     table.NewSparse[market.Money](s.Actors * s.Items),
	}
}

func (m *money) Wants() []market.Kind {
	return []market.Kind{market.Deposited, market.Sold}
}

func (m *money) Observe(f *market.Fact) error {
	switch f.Kind {
	case market.Deposited:
		*m.price.At(m.row(f.Peer, f.Item)) = f.Amount
	case market.Sold:
		m.paid.checks++
		want := m.price.Get(m.row(f.Peer, f.Item)) * market.Money(f.Qty)
		if f.Amount != want {
			return breach("M2", "request %v paid %v for goods offered at %v", f.Request, f.Amount, want)
		}
		cut, rest := m.Commission.Split(f.Amount)
		if f.Cut != cut {
			return breach("M2", "request %v: the trader kept %v of %v, not %v", f.Request, f.Cut, f.Amount, cut)
		}
		*m.balance.At(int(f.Request.Buyer())) -= f.Amount
		*m.balance.At(int(f.Peer)) += rest
		*m.balance.At(int(f.Trader)) += cut
	}
	return nil
}

// Recount counts the accounts.
func (m *money) Recount(vtime.Time) error {
	held := m.books.look(moneyReader)
	var sum market.Money
	for _, balance := range held.Balance {
		sum += balance
	}
	if m.paid.checks > 0 {
		m.conserved.checks++
	}
	if sum != 0 {
		return breach("M1", "all balances add up to %v", sum)
	}
	for id, balance := range held.Balance {
		if booked := m.balance.Get(id); balance != booked {
			return breach("M2", "%s has %v, by the sales it should have %v", m.Name(actor.ID(id)), balance, booked)
		}
	}
	return nil
}

func (m *money) Finish(e Ending) ([]Verdict, error) {
	err := m.Recount(e.Now)
	return []Verdict{m.conserved.verdict(), m.paid.verdict()}, err
}
