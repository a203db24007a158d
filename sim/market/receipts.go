package market

import (
	"souk/sim/actor"
	"souk/sim/table"
)

// Receipts is the record of the answers to requests, kept by whoever carries
// them out so that a request that arrives twice takes effect once. A buyer
// tells with each request the number below which all its requests are over, and
// their receipts are forgotten then: the idea of RIFL (Lee et al., SOSP 2015).
// The zero value is an empty record.
type Receipts[T any] struct {
	answers RequestTable[T]
	// over is, by buyer, the number below which its requests are over. Who has no
	// request that is over is not in it: in a market where everybody sells, most
	// buyers never come back to a seller.
	over table.Hash[uint32]
}

// buyerKey is the key of a request's buyer in over.
func buyerKey(buyer actor.ID) uint64 { return uint64(uint32(buyer)) + 1 }

// Settle forgets the requests of a request's buyer below done.
func (r *Receipts[T]) Settle(request RequestID, done uint32) {
	if done <= 1 {
		return // requests count from 1
	}
	over, _ := r.over.At(buyerKey(request.Buyer()))
	for n := max(*over, 1); n < done; n++ {
		r.answers.Drop(NewRequestID(request.Buyer(), n))
	}
	*over = max(*over, done)
}

// Over says that the buyer has an outcome of the request: nobody waits for it
// any more, and what it once was answered is forgotten.
func (r *Receipts[T]) Over(request RequestID) bool {
	over := r.over.Find(buyerKey(request.Buyer()))
	return over != nil && request.Number() < *over
}

// Find returns the answer to a request that was carried out before.
func (r *Receipts[T]) Find(request RequestID) (answer T, known bool) { return r.answers.Get(request) }

// Keep records an answer.
func (r *Receipts[T]) Keep(request RequestID, answer T) { r.answers.Put(request, answer) }
