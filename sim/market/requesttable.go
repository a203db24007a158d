package market

// RequestTable keeps a value for each of some requests, found by a hash of the
// request. Its memory follows the most requests that it ever held at once and
// never shrinks, so that a run that has warmed up allocates nothing. Nothing in
// it is ever visited in the order of the hashes.
type RequestTable[T any] struct {
	// Values holds the values. The number of one stays the same while it is kept.
	Values Slots[T]
	// cells are a power of two, more than twice as many as there are requests. A
	// request is in the cell of its hash or, if others were there first, in the
	// next one that was free.
	// Invariant: from there to the cell of its hash none is empty.
	cells []cell
	shift uint8
	n     int
}

// cell holds a request and the number of its value; request 0 is none.
type cell struct {
	request RequestID
	at      int32
}

// Nowhere is where the value of a request is that has none.
const Nowhere int32 = -1

// home returns the cell of a request's hash.
func (t *RequestTable[T]) home(r RequestID) int {
	return int(uint64(r) * 0x9e3779b97f4a7c15 >> t.shift)
}

// search returns the cell of a request, or the empty one that ends the search.
func (t *RequestTable[T]) search(r RequestID) int {
	i := t.home(r)
	for t.cells[i].request != r && t.cells[i].request != 0 {
		i = (i + 1) & (len(t.cells) - 1)
	}
	return i
}

// Find returns the number of a request's value, or Nowhere.
func (t *RequestTable[T]) Find(r RequestID) int32 {
	if t.n == 0 || r == 0 {
		return Nowhere
	}
	if c := &t.cells[t.search(r)]; c.request == r {
		return c.at
	}
	return Nowhere
}

// Get returns a request's value, if it has one.
func (t *RequestTable[T]) Get(r RequestID) (value T, known bool) {
	at := t.Find(r)
	if at == Nowhere {
		return value, false
	}
	return *t.Values.At(at), true
}

// Put stores the value of a request, in the place of one that it has, and returns
// its number. Request 0 has none.
func (t *RequestTable[T]) Put(r RequestID, value T) int32 {
	if 2*t.n >= len(t.cells) {
		t.grow()
	}
	c := &t.cells[t.search(r)]
	if c.request == r {
		*t.Values.At(c.at) = value
		return c.at
	}
	*c = cell{request: r, at: t.Values.Put(value)}
	t.n++
	return c.at
}

func (t *RequestTable[T]) grow() {
	before := t.cells
	t.cells = make([]cell, max(16, 2*len(before)))
	t.shift = 64
	for size := len(t.cells); size > 1; size /= 2 {
		t.shift--
	}
	for _, c := range before {
		if c.request != 0 {
			t.cells[t.search(c.request)] = c
		}
	}
}

// Drop forgets a request. Those after it that could be nearer to the cells of
// their hashes move up, so that no gap cuts anybody off.
func (t *RequestTable[T]) Drop(r RequestID) {
	if t.Find(r) == Nowhere {
		return
	}
	mask := len(t.cells) - 1
	gap := t.search(r)
	t.Values.Drop(t.cells[gap].at)
	t.n--
	for i := (gap + 1) & mask; t.cells[i].request != 0; i = (i + 1) & mask {
		if home := t.home(t.cells[i].request); (i-home)&mask >= (i-gap)&mask {
			t.cells[gap], gap = t.cells[i], i
		}
	}
	t.cells[gap] = cell{}
}
