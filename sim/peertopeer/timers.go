package peertopeer

// The timers that actors set, and what their guards name.
const (
	// thinkTimer: a buyer wants something again; guard is its era.
	thinkTimer uint16 = iota
	// arrivalTimer: the next request of an open-loop buyer; guard is its era.
	arrivalTimer
	// scriptTimer: guard is the number of the line.
	scriptTimer
	// answerTimer: a purchase waits for its answer; guard is the number of the
	// request.
	answerTimer
	// collectTimer: a look-up waits for replies; guard is its number.
	collectTimer

	// changeTimer: a seller picks another item; guard is its era.
	changeTimer
	// servedTimer: guard is the seller's worker that is through with a purchase.
	servedTimer
	// restockedTimer: goods for the seller are there; guard is the offer that they
	// replace.
	restockedTimer
)
