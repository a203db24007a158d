package market

// Receipts is the record of the answers to requests, kept by whoever carries
// them out so that a request that arrives twice takes effect once. A buyer
// tells with each request the number below which all its requests are over, and
// their receipts are forgotten then: the idea of RIFL (Lee et al., SOSP 2015).
type Receipts[T any] struct {
	answers RequestTable[T]
	// over is, by buyer, the number below which its requests are over.
	over []uint32
}

// NewReceipts returns an empty record for buyers numbered from 0 in a dense
// order that the caller keeps.
func NewReceipts[T any](buyers int) Receipts[T] {
	return Receipts[T]{over: make([]uint32, buyers)}
}

// Settle forgets the requests of a buyer below done.
func (r *Receipts[T]) Settle(request RequestID, buyer int32, done uint32) {
	for n := r.over[buyer]; n < done; n++ {
		r.answers.Drop(NewRequestID(request.Buyer(), n))
	}
	r.over[buyer] = max(r.over[buyer], done)
}

// Over says that the buyer has an outcome of the request: nobody waits for it
// any more, and what it once was answered is forgotten.
func (r *Receipts[T]) Over(request RequestID, buyer int32) bool {
	return request.Number() < r.over[buyer]
}

// Find returns the answer to a request that was carried out before.
func (r *Receipts[T]) Find(request RequestID) (answer T, known bool) { return r.answers.Get(request) }

// Keep records an answer.
func (r *Receipts[T]) Keep(request RequestID, answer T) { r.answers.Put(request, answer) }
