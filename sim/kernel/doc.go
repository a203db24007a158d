// Package kernel is the clock and the pending-event set of a discrete-event
// simulation. It knows nothing of markets, actors or networks: an event has a
// time, a target and four small numbers whose meaning is the caller's.
//
// Events fire in the order (time, sequence), which is total. They are kept in a
// ladder queue (Tang, Goh and Thng, "Ladder queue: an O(1) priority queue
// structure for large-scale discrete event simulation", ACM TOMACS 15(3), 2005),
// which sorts late: an event is dropped into a wide bucket, the bucket that comes
// next is divided into narrower ones, and only when few events are left to sort
// are they sorted. So an event moves a few times, from one place to the end of
// another, whatever the number of pending events.
//
//	now                                                          time
//	 |---------------------------------------------------------------->
//	 [a b c d]                                   bottom: sorted
//	          [ fe | h |   | jg )                rung 1: narrow buckets
//	                             [ n k m | o | qp )    rung 0: wide buckets
//	                                               [ z s x t ...  top
//
// Within a bucket nothing is in order. When the bottom is empty, the first bucket
// of the lowest rung is taken: if it has few events they are sorted into the
// bottom, else they become a new rung below. When no rung is left, the top
// becomes rung 0. As long as all pending events fit into the bottom, there is
// nothing else.
//
// Of events that are scheduled one after the other for the same time, as by a
// broadcast, the first few are entries of the ladder, and one entry stands for all
// others: a volley.
//
// The files: event, kernel (clock, limits, lives), ties (shuffled on demand),
// timer (deadlines that are moved), volley, and of the pending-event set ladder
// (where an event goes), refill (what comes next), rung (division of time into
// buckets), bottom (the sorted end) and chunk (the memory of buckets).
package kernel
