package market

// RequestSet is a set of requests: a bit each, by buyer and number. Buyers
// count their requests from 1 without gaps, so it stays small however long the
// run; and of buyers of whom it holds nothing it keeps nothing.
type RequestSet struct {
	// groups holds, for neighbours among the buyers, a page for each 64 numbers;
	// in it each buyer has a word, with a bit for each number.
	groups [][]*[groupSize]uint64
}

// groupSize is how many neighbours share their pages.
const groupSize = 64

// NewRequestSet returns an empty set for buyers numbered below actors.
func NewRequestSet(actors int) RequestSet {
	return RequestSet{groups: make([][]*[groupSize]uint64, (actors+groupSize-1)/groupSize)}
}

// Has says whether the request is in the set.
func (s *RequestSet) Has(r RequestID) bool {
	buyer, number := uint32(r.Buyer()), r.Number()
	pages := s.groups[buyer/groupSize]
	if at := int(number / 64); at < len(pages) && pages[at] != nil {
		return pages[at][buyer%groupSize]>>(number%64)&1 == 1
	}
	return false
}

// Add puts a request into the set and says whether it was in it before.
func (s *RequestSet) Add(r RequestID) bool {
	buyer, number := uint32(r.Buyer()), r.Number()
	pages := &s.groups[buyer/groupSize]
	at := int(number / 64)
	for at >= len(*pages) {
		*pages = append(*pages, nil)
	}
	if (*pages)[at] == nil {
		(*pages)[at] = new([groupSize]uint64)
	}
	word := &(*pages)[at][buyer%groupSize]
	bit := uint64(1) << (number % 64)
	before := *word&bit != 0
	*word |= bit
	return before
}
