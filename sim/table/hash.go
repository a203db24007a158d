// Package table holds the structures in which a run looks things up by number: a
// hash table, a sparse list, and slots that are used again. None of them is ever
// visited in an order that depends on hashes, and once a run has warmed up none
// allocates.
package table

// Hash keeps values by keys above 0. Its memory follows the most keys that it ever
// held at once and never shrinks. It is open addressing with linear probing, as in
// Knuth, The Art of Computer Programming, volume 3, 6.4: algorithms L and R.
type Hash[V any] struct {
	// cells are a power of two, at least twice as many as there are keys. A key is in
	// the cell of its hash or, if others were there first, in the next one that was
	// free. Key 0 marks an empty cell.
	// Invariant: from the cell of its hash to that of a key none is empty.
	cells []cell[V]
	// shift leaves as many high bits of a hash as number the cells.
	shift uint8
	n     int
}

type cell[V any] struct {
	key   uint64
	value V
}

// Len returns how many keys there are.
func (h *Hash[V]) Len() int { return h.n }

// home returns the cell of a key's hash: the high bits of a product with 2^64
// divided by the golden ratio.
func (h *Hash[V]) home(key uint64) int { return int(key * 0x9e3779b97f4a7c15 >> (h.shift & 63)) }

// search returns the cell of a key, or the empty one that ends the search.
func (h *Hash[V]) search(key uint64) int {
	i := h.home(key)
	for h.cells[i].key != key && h.cells[i].key != 0 {
		i = (i + 1) & (len(h.cells) - 1)
	}
	return i
}

// Find returns the value of a key, nil if it has none. It is good until the next
// At or Drop.
func (h *Hash[V]) Find(key uint64) *V {
	if h.n == 0 || key == 0 {
		return nil
	}
	if c := &h.cells[h.search(key)]; c.key == key {
		return &c.value
	}
	return nil
}

// At returns the value of a key; if it had none, it is added with a zero. The
// value is good until the next At or Drop. Key 0 is a bug of the caller and panics.
func (h *Hash[V]) At(key uint64) (value *V, added bool) {
	if key == 0 {
		panic("table: key 0")
	}
	if 2*h.n >= len(h.cells) {
		h.grow()
	}
	c := &h.cells[h.search(key)]
	if c.key == 0 {
		c.key, added = key, true
		h.n++
	}
	return &c.value, added
}

func (h *Hash[V]) grow() {
	before := h.cells
	h.cells = make([]cell[V], max(8, 2*len(before)))
	h.shift = 64
	for size := len(h.cells); size > 1; size /= 2 {
		h.shift--
	}
	for _, c := range before {
		if c.key != 0 {
			h.cells[h.search(c.key)] = c
		}
	}
}

// Drop forgets a key and returns the value that it had, if any. Keys behind it that
// could be nearer to the cells of their hashes move up, so that the gap cuts nobody
// off.
func (h *Hash[V]) Drop(key uint64) (value V, had bool) {
	if h.n == 0 || key == 0 {
		return value, false
	}
	mask := len(h.cells) - 1
	gap := h.search(key)
	if h.cells[gap].key == 0 {
		return value, false
	}
	value = h.cells[gap].value
	h.n--
	for i := (gap + 1) & mask; h.cells[i].key != 0; i = (i + 1) & mask {
		if fromHome := (i - h.home(h.cells[i].key)) & mask; fromHome >= (i-gap)&mask {
			h.cells[gap], gap = h.cells[i], i
		}
	}
	h.cells[gap] = cell[V]{}
	return value, true
}

// Clear forgets all keys and keeps the memory.
func (h *Hash[V]) Clear() {
	clear(h.cells)
	h.n = 0
}
