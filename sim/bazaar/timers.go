package bazaar

import "souk/sim/actor"

// The timers that actors set, and what their guards name.
const (
	// electionTimer: guard is the election algorithm's.
	electionTimer uint16 = iota
	// settledTimer: the wait before deposits is over.
	settledTimer
	// openTimer: the wait before purchases is over.
	openTimer
	// introduceTimer: nobody has told this peer who leads.
	introduceTimer

	// thinkTimer: a buyer wants something again; guard is its era.
	thinkTimer
	// arrivalTimer: the next request of an open-loop buyer; guard is its era.
	arrivalTimer
	// scriptTimer: guard is the number of the wish.
	scriptTimer
	// answerTimer: guard is the number of the request.
	answerTimer

	// changeTimer: a seller picks another item; guard is its era.
	changeTimer
	// depositTimer: guard is the number of the deposit.
	depositTimer

	// servedTimer: guard is the job whose worker is through with its own part.
	servedTimer
	// unlockTimer: guard is the job that holds the write lock.
	unlockTimer
	// toldTimer: guard is the job whose worker has told the neighbours.
	toldTimer
	// chaseTimer: guard is the job that waits for the warehouse.
	chaseTimer
	// pullTimer: time to refresh the cache.
	pullTimer
	// pushTimer: time to tell the other traders.
	pushTimer
	// claimTimer: guard is nothing; time to repeat claims that were not granted.
	claimTimer
	// beatTimer: time for a heartbeat.
	beatTimer

	// workTimer: guard is the warehouse's bay whose operation is done.
	workTimer

	// The timers below come last because the numbers of the others are part of
	// the digests.

	// restTimer: a trader's rest after a death is over.
	restTimer
	// restockedTimer: goods for a seller are there; guard is the number of its last
	// deposit.
	restockedTimer
	// listenTimer: time to look for silent leaders.
	listenTimer
)

func timer(kind uint16, guard uint32) actor.Timer { return actor.Timer{Kind: kind, Guard: guard} }
