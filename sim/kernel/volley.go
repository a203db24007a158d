package kernel

import "souk/sim/vtime"

// volleys are runs of events that were scheduled one right after the other for the
// same time, as when somebody broadcasts over links that all take equally long.
// Nothing can come between two such events, so the pending-event set holds one
// entry for all of them, and they are not sorted.
type volleys struct {
	// lists hold the events of each volley, in order; free are those not in use.
	lists []list
	free  []uint32
	// last is the entry of the event that was scheduled last, if an event that is
	// scheduled now for the same time would be next to it, else nil. It is the end of
	// a run of that many for one time.
	last *Event
	run  uint32
	// left is how many events of the volley that is firing have not fired, and rest
	// those of them that are not in loaded.
	left   uint32
	rest   list
	loaded []Event
	buffer [sheetLen * chunkLen]Event
}

// volley in the place of an event's life says that it stands for a volley, whose
// number is its reference.
const volley = 1<<32 - 2

// enough events in a run are entries of their own. Only what follows becomes a
// volley, since that takes a chunk, however short it is.
const enough = 32

// joins says whether an event that is scheduled now belongs to a volley with the
// last one.
func (v *volleys) joins(at vtime.Time) bool {
	if v.last == nil || v.last.At != at {
		v.run = 1
		return false
	}
	v.run++
	return v.run > enough
}

// join adds room for an event behind the one that was scheduled last and returns
// it.
func (k *Kernel) join() *Event {
	v := &k.volleys
	if v.last.Life != volley {
		first := *v.last
		*v.last = Event{At: first.At, Seq: first.Seq, Life: volley, Ref: v.open()}
		*k.queue.pool.extend(&v.lists[v.last.Ref]) = first
	}
	return k.queue.pool.extend(&v.lists[v.last.Ref])
}

// open returns the number of an empty volley.
func (v *volleys) open() uint32 {
	if len(v.free) == 0 {
		v.lists = append(v.lists, list{})
		v.free = append(v.free, uint32(len(v.lists)-1))
	}
	id := v.free[len(v.free)-1]
	v.free = v.free[:len(v.free)-1]
	return id
}

// begin lets a volley fire.
func (v *volleys) begin(id uint32) {
	v.rest, v.lists[id] = v.lists[id], list{}
	v.left = v.rest.count
	v.free = append(v.free, id)
}

// fire returns the next event of the volley that is firing.
func (v *volleys) fire(p *pool) *Event {
	if len(v.loaded) == 0 {
		v.loaded = v.buffer[:copy(v.buffer[:], p.shift(&v.rest))]
	}
	e := &v.loaded[0]
	v.loaded = v.loaded[1:]
	v.left--
	return e
}

// clear forgets all volleys and keeps the memory.
func (v *volleys) clear() { *v = volleys{lists: v.lists[:0], free: v.free[:0]} }
