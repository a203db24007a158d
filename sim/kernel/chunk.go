package kernel

// list is a bag of events that is filled one by one and emptied piece by piece: a
// linked list of pieces of memory, chunks first, and sheets if it grows long.
//
// Invariant: all pieces but the last are full, and that is not empty. First, last
// and tail mean nothing while count is 0. A list from which pieces were taken is
// not added to before it is empty.
type list struct {
	// first is the link to the first piece, tail the chunk to which is added.
	first link
	tail  uint32
	count uint32
}

const (
	// chunkLen events make a chunk: eight cache lines that are read one after the
	// other.
	chunkLen = 16
	// sheetLen chunks, one after the other, make a sheet: a page of memory. A list
	// that is read in pieces of that size is not worth the time of a miss for each
	// chunk.
	sheetLen = 8
	// singles is after how many chunks a list goes on with sheets. The fewer, the
	// more of the last sheet would be empty memory.
	singles = 16
	// blockLen chunks are allocated at once.
	blockLen = 128
)

// link is the number of a piece's first chunk, twice, plus 1 if it is a sheet.
type link uint32

func (l link) sheet() bool { return l&1 != 0 }

func (l link) chunk() uint32 { return uint32(l >> 1) }

// block is memory for chunks. It holds no pointer, so the collector never looks
// inside.
type block struct {
	events [blockLen * chunkLen]Event
	// next is the link from the last chunk of a piece to the piece that follows.
	next [blockLen]link
}

// pool is the memory of all lists. Blocks never move and are kept until the end,
// so that a queue that has had its largest size allocates nothing.
type pool struct {
	blocks []*block
	// fresh is the number of chunks that were ever used: they are numbered from 0.
	// Invariant: a multiple of sheetLen, and at most blockLen * len(blocks).
	fresh uint32
	// chunks and sheets are the pieces that were given back, the last one first: it is
	// likely still in the cache. A sheet may become chunks, but not the reverse.
	chunks, sheets stack
}

// stack is a linked list of free pieces.
type stack struct {
	top   link
	count uint32
}

// events returns so many chunks' places for events.
func (p *pool) events(chunk, chunks uint32) []Event {
	at := chunk % blockLen * chunkLen
	return p.blocks[chunk/blockLen].events[at : at+chunks*chunkLen]
}

func (p *pool) next(chunk uint32) *link { return &p.blocks[chunk/blockLen].next[chunk%blockLen] }

// extend adds room for one event to a list and returns it.
func (p *pool) extend(l *list) *Event {
	i := l.count % chunkLen
	if i == 0 {
		p.lengthen(l)
	}
	l.count++
	return &p.blocks[l.tail/blockLen].events[l.tail%blockLen*chunkLen+i]
}

// lengthen adds a chunk to a list whose chunks are full, or the next one of its
// last sheet.
func (p *pool) lengthen(l *list) {
	chunks := l.count / chunkLen
	if chunks >= singles && chunks%sheetLen != 0 {
		l.tail++
		return
	}
	var piece link
	if chunks < singles {
		piece = p.takeChunk()
	} else {
		piece = p.takeSheet()
	}
	if l.count == 0 {
		l.first = piece
	} else {
		*p.next(l.tail) = piece
	}
	l.tail = piece.chunk()
}

func (p *pool) takeChunk() link {
	if p.chunks.count == 0 {
		sheet := p.takeSheet().chunk()
		for i := uint32(sheetLen); i > 0; i-- {
			p.put(&p.chunks, link(sheet+i-1)<<1)
		}
	}
	return p.pop(&p.chunks)
}

func (p *pool) takeSheet() link {
	if p.sheets.count > 0 {
		return p.pop(&p.sheets)
	}
	if p.fresh == uint32(len(p.blocks)*blockLen) {
		p.blocks = append(p.blocks, new(block))
	}
	p.fresh += sheetLen
	return link(p.fresh-sheetLen)<<1 | 1
}

func (p *pool) put(s *stack, piece link) {
	*p.next(piece.chunk()) = s.top
	s.top = piece
	s.count++
}

func (p *pool) pop(s *stack) link {
	piece := s.top
	s.top = *p.next(piece.chunk())
	s.count--
	return piece
}

// shift takes the first piece off a list and returns its events, none if the list
// is empty. They stay there until something is added to a list.
func (p *pool) shift(l *list) []Event {
	if l.count == 0 {
		return nil
	}
	piece := l.first
	chunk, chunks := piece.chunk(), uint32(1)
	if piece.sheet() {
		chunks = sheetLen
	}
	n := min(l.count, chunks*chunkLen)
	if l.count -= n; l.count > 0 {
		l.first = *p.next(chunk + chunks - 1)
	}
	if piece.sheet() {
		p.put(&p.sheets, piece)
	} else {
		p.put(&p.chunks, piece)
	}
	return p.events(chunk, chunks)[:n]
}

// clear makes all chunks free, whoever has them.
func (p *pool) clear() { *p = pool{blocks: p.blocks} }
