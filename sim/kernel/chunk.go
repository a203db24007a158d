package kernel

// list is a bag of events that is filled one by one and emptied chunk by chunk: a
// linked list of chunks.
//
// Invariant: all chunks but the tail are full, and the tail is not empty. Head and
// tail mean nothing while count is 0.
type list struct {
	head, tail uint32
	count      uint32
}

const (
	// chunkLen events make a chunk: eight cache lines that are read one after
	// the other.
	chunkLen = 16
	// blockLen chunks are allocated at once.
	blockLen = 128
)

type chunk [chunkLen]Event

// block is memory for chunks. It holds no pointer, so the collector never looks
// inside.
type block struct {
	chunks [blockLen]chunk
	next   [blockLen]uint32
}

// pool is the memory of all lists. Blocks never move and are kept until the end,
// so that a queue that has had its largest size allocates nothing.
type pool struct {
	blocks []*block
	// fresh is the number of chunks that were ever used: they are numbered from 0.
	// Invariant: fresh <= blockLen * len(blocks).
	fresh uint32
	// free is 1 + the number of the first chunk of those that were given back,
	// which are linked like a list's; 0 is none. The last to be given back is the
	// first to be used again: it is likely still in the cache.
	free uint32
}

func (p *pool) chunk(id uint32) *chunk { return &p.blocks[id/blockLen].chunks[id%blockLen] }

func (p *pool) next(id uint32) *uint32 { return &p.blocks[id/blockLen].next[id%blockLen] }

// extend adds room for one event to a list and returns it.
func (p *pool) extend(l *list) *Event {
	i := l.count % chunkLen
	if i == 0 {
		p.lengthen(l)
	}
	l.count++
	return &p.blocks[l.tail/blockLen].chunks[l.tail%blockLen][i]
}

// lengthen adds a chunk to a list whose chunks are full.
func (p *pool) lengthen(l *list) {
	id := p.take()
	if l.count == 0 {
		l.head = id
	} else {
		*p.next(l.tail) = id
	}
	l.tail = id
}

func (p *pool) take() uint32 {
	if p.free != 0 {
		id := p.free - 1
		p.free = *p.next(id)
		return id
	}
	if p.fresh == uint32(len(p.blocks)*blockLen) {
		p.blocks = append(p.blocks, new(block))
	}
	p.fresh++
	return p.fresh - 1
}

func (p *pool) release(id uint32) {
	*p.next(id) = p.free
	p.free = id + 1
}

// shift takes the first chunk off a list and returns its events, none if the list
// is empty. They stay there until something is added to a list.
func (p *pool) shift(l *list) []Event {
	n := min(l.count, chunkLen)
	if n == 0 {
		return nil
	}
	id := l.head
	l.head = *p.next(id)
	l.count -= n
	p.release(id)
	return p.chunk(id)[:n]
}

// clear makes all chunks free, whoever has them.
func (p *pool) clear() { p.fresh, p.free = 0, 0 }
