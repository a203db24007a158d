package traderless

import "souk/sim/rng"

// Routing is a policy by which a buyer chooses a seller, as a place in the
// table of Routings.
type Routing int

// Policy is a named routing policy.
type Policy struct {
	Name, Doc string
	// better says whether a buyer prefers a to b; the sellers are compared in
	// order, so of equals the first one drawn wins.
	better func(a, b *row) bool
}

// Routings is the table of policies. The first is the rule of the marketplace
// that this package models.
func Routings() []Policy {
	return []Policy{
		{
			Name: "highest-stock", Doc: "the one that has most of it",
			better: func(a, b *row) bool { return a.stock > b.stock },
		},
		{
			Name: "random", Doc: "each equally likely",
			better: func(_, _ *row) bool { return false },
		},
		{
			Name: "cheapest", Doc: "the one that asks least",
			better: func(a, b *row) bool { return a.price < b.price },
		},
		{
			Name: "nearest", Doc: "the one that answered soonest when the buyer connected",
			better: func(a, b *row) bool { return a.roundTrip < b.roundTrip },
		},
	}
}

// choose picks the best row that could fill an order, and ties at random. It
// consumes one word of the stream whatever the policy; -1 is nobody.
func (r *replica) choose(o *order, partial bool, policy *Policy, draw *rng.Stream) int {
	word := draw.Uint64()
	// Starting somewhere at random would favour rows after gaps; so ties are
	// counted first and the word then picks one of them.
	best, ties := -1, uint64(0)
	for i := range r.rows {
		switch row := &r.rows[i]; {
		case !row.fills(o, partial):
		case best < 0 || policy.better(row, &r.rows[best]):
			best, ties = i, 1
		case !policy.better(&r.rows[best], row):
			ties++
		}
	}
	if ties < 2 {
		return best
	}
	at := word % ties
	for i := best; ; i++ {
		row := &r.rows[i]
		if !row.fills(o, partial) || policy.better(&r.rows[best], row) {
			continue
		}
		if at == 0 {
			return i
		}
		at--
	}
}
