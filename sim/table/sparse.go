package table

// Sparse is a list with a place for each of many, most of whom never put
// anything there: actors without an office, say. Its memory comes in pages, each
// when something in it is first written.
type Sparse[T any] struct {
	pages []*[sparsePage]T
}

const sparsePage = 64

// NewSparse returns a list of n zero values.
func NewSparse[T any](n int) Sparse[T] {
	return Sparse[T]{pages: make([]*[sparsePage]T, (n+sparsePage-1)/sparsePage)}
}

// Get returns the value at a place, zero if nothing was ever written there.
func (s *Sparse[T]) Get(at int) T {
	if page := s.pages[uint(at)/sparsePage]; page != nil {
		return page[uint(at)%sparsePage]
	}
	var zero T
	return zero
}

// At returns a place to write to.
func (s *Sparse[T]) At(at int) *T {
	page := s.pages[uint(at)/sparsePage]
	if page == nil {
		page = new([sparsePage]T)
		s.pages[uint(at)/sparsePage] = page
	}
	return &page[uint(at)%sparsePage]
}
