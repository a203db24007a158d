package market

// Holding is the goods and money of a market at one instant, as its actors
// themselves hold them: what a checker recounts its own books against.
type Holding struct {
	// OnHand is the goods in the warehouse, by item.
	OnHand []int64
	// Balance is the money of each account.
	Balance []Money
	// Live is the number of requests of which a buyer knows no outcome.
	Live uint64
}

// Auditor fills a Holding from the actors' own fields.
type Auditor interface {
	Audit(h *Holding)
}
