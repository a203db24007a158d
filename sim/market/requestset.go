package market

// RequestSet is a set of requests: a bit each, by buyer and number. Buyers
// count their requests from 1 without gaps, so it stays small however long the
// run.
type RequestSet struct {
	buyers [][]uint64
}

// NewRequestSet returns an empty set for buyers numbered below actors.
func NewRequestSet(actors int) RequestSet { return RequestSet{buyers: make([][]uint64, actors)} }

// Has says whether the request is in the set.
func (s *RequestSet) Has(r RequestID) bool {
	bits := s.buyers[r.Buyer()]
	word := int(r.Number() / 64)
	return word < len(bits) && bits[word]>>(r.Number()%64)&1 == 1
}

// Add puts a request into the set and says whether it was in it before.
func (s *RequestSet) Add(r RequestID) bool {
	if s.Has(r) {
		return true
	}
	bits := &s.buyers[r.Buyer()]
	for int(r.Number()/64) >= len(*bits) {
		*bits = append(*bits, 0)
	}
	(*bits)[r.Number()/64] |= 1 << (r.Number() % 64)
	return false
}
