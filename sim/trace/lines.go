package trace

import (
	"fmt"
	"strconv"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/vtime"
)

// The groups of lines that a filter can name.
const (
	groupElection = "election"
	groupTrade    = "trade"
	groupStock    = "stock"
	groupQueue    = "queue"
	groupCache    = "cache"
	groupFault    = "fault"
	groupWork     = "work"
	groupMessage  = "message"
	groupView     = "view"
	groupLookUp   = "look-up"
)

// line is how a kind of fact is written.
type line struct {
	group string
	text  func(c *Cast, f *market.Fact) string
}

// Small words for the table below.
func who(c *Cast, f *market.Fact) string   { return c.Name(f.Actor) }
func whom(c *Cast, f *market.Fact) string  { return c.Name(f.Peer) }
func item(c *Cast, f *market.Fact) string  { return c.Items[f.Item] }
func buyer(c *Cast, f *market.Fact) string { return c.Name(f.Request.Buyer()) }
func deed(c *Cast, f *market.Fact) string  { return c.Faults[f.N] }
func number(f *market.Fact) uint32         { return f.Request.Number() }
func units(c *Cast, f *market.Fact) string { return count(int64(f.Qty), c.Items[f.Item]) }
func count(n int64, what string) string    { return fmt.Sprintf("%d %s", n, what) }

// trader names whoever serves a request: a trader by its seat, a seller by its
// name.
func trader(c *Cast, f *market.Fact) string {
	if c.Seats == 0 {
		return c.Name(f.Actor)
	}
	return fmt.Sprintf("Trader%d", f.Slot)
}

// letter is a message: its text on the wire, with the line feed that ends it
// written out, or else the name of its kind.
func letter(c *Cast, f *market.Fact) string {
	if c.Wire == nil {
		return c.Messages[f.N]
	}
	return strconv.Quote(c.Wire(f))
}

// lines is the table of all facts, in the words of the report where it has
// some.
func lines() *[market.Kinds]line { return &table }

var table = [market.Kinds]line{
	market.Joined: {groupElection, func(c *Cast, f *market.Fact) string {
		place := "bazaar"
		if c.Seats == 0 {
			place = "market"
		}
		if f.N == 1 {
			return fmt.Sprintf("%s joined the %s as seller selling %s", who(c, f), place, item(c, f))
		}
		return fmt.Sprintf("%s joined the %s as buyer", who(c, f), place)
	}},
	market.Ready: {groupElection, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s is ready to trade", who(c, f))
	}},
	market.Settling: {groupElection, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s knows all traders; waiting %v before starting trading", who(c, f), vtime.Duration(f.N))
	}},
	market.Opened: {groupElection, func(c *Cast, f *market.Fact) string {
		if c.Seats == 0 {
			return fmt.Sprintf("%s is ready to trade", who(c, f))
		}
		return fmt.Sprintf("%s aka %s - is ready to trade; %d trader(s) in the bazaar, trading can begin!!!", trader(c, f), who(c, f), f.N)
	}},
	market.ElectionStarted: {groupElection, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s has started the election", who(c, f))
	}},
	market.ElectionAgain: {groupElection, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("Start re-election!! Traders elected till now: %d", f.N)
	}},
	market.Elected: {groupElection, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("Dear buyers and sellers, My ID is %s, and I am the new coordinator; %s is ready for product registration", who(c, f), trader(c, f))
	}},
	market.Recognised: {groupElection, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s received message won from %s and recognizes %s as the new coordinator of the bazaar", who(c, f), whom(c, f), whom(c, f))
	}},

	market.Picked: {groupStock, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s has picked item %s to sell, %d at %v", who(c, f), item(c, f), f.Qty, f.Amount)
	}},
	market.Registered: {groupStock, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s registered their product %s with trader%d", who(c, f), item(c, f), f.Slot)
	}},
	market.Deposited: {groupStock, func(c *Cast, f *market.Fact) string {
		if c.Seats == 0 {
			return fmt.Sprintf("%s puts %s on sale at %v", whom(c, f), units(c, f), f.Amount)
		}
		return fmt.Sprintf("%s of %s stored in the warehouse", units(c, f), whom(c, f))
	}},
	market.DepositRepeated: {groupStock, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("a deposit of %s was stored before; nothing changes", whom(c, f))
	}},
	market.Sold: {groupStock, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("Item %s is shipped from inventory: %d for request %v", item(c, f), f.Qty, f.Request)
	}},
	market.Refused: {groupStock, func(c *Cast, f *market.Fact) string {
		if c.Seats == 0 {
			return fmt.Sprintf("%s has not got %s for request %v (%v)", who(c, f), units(c, f), f.Request, f.Outcome)
		}
		return fmt.Sprintf("Item %s is unavailable (%v)", item(c, f), f.Outcome)
	}},
	market.Replayed: {groupStock, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("request %v was answered before; the answer is repeated", f.Request)
	}},

	market.Issued: {groupTrade, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s is looking for %s (request %v)", who(c, f), units(c, f), f.Request)
	}},
	market.Retried: {groupTrade, func(c *Cast, f *market.Fact) string {
		if c.Seats == 0 && f.Peer == actor.None {
			return fmt.Sprintf("%s looks again for %s (request %v)", who(c, f), item(c, f), f.Request)
		}
		return fmt.Sprintf("%s asks again for %s, of %s (request %v)", who(c, f), item(c, f), whom(c, f), f.Request)
	}},
	market.Unavailable: {groupTrade, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s is not available for sell in the bazaar right now, says %s", item(c, f), trader(c, f))
	}},
	market.Confirmed: {groupTrade, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s confirmed %s to %s", trader(c, f), units(c, f), buyer(c, f))
	}},
	market.Revoked: {groupTrade, func(c *Cast, f *market.Fact) string {
		if c.Seats == 0 {
			return fmt.Sprintf("%s hears from %s that %s won't come after all", who(c, f), whom(c, f), units(c, f))
		}
		return fmt.Sprintf("%s hears from %s that %s won't come after all", who(c, f), trader(c, f), units(c, f))
	}},
	market.Paid: {groupTrade, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s has sold %s to %s and earned %v; %s left", who(c, f), item(c, f), whom(c, f), f.Amount, count(f.N, item(c, f)))
	}},
	market.Ended: {groupTrade, func(c *Cast, f *market.Fact) string {
		if f.Outcome == market.Fulfilled {
			return fmt.Sprintf("%s purchased %s from %s", who(c, f), item(c, f), whom(c, f))
		}
		return fmt.Sprintf("%s did not get %s: %v (request %v)", who(c, f), item(c, f), f.Outcome, f.Request)
	}},
	market.Late: {groupTrade, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s hears %v about request %v, which is over", who(c, f), f.Outcome, f.Request)
	}},

	market.Queued: {groupQueue, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s got a purchase request for item %s from %s", trader(c, f), item(c, f), buyer(c, f))
	}},
	market.TookOver: {groupQueue, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s took over request %v for %s from %s's queue", trader(c, f), f.Request, item(c, f), whom(c, f))
	}},
	market.Reloaded: {groupQueue, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s has request %v for %s back", trader(c, f), f.Request, item(c, f))
	}},
	market.Dropped: {groupQueue, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s lets go of request %v", trader(c, f), f.Request)
	}},

	market.Accepted: {groupCache, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s is served from cache by %s, which shows %d", item(c, f), trader(c, f), f.N)
	}},
	market.Asked: {groupCache, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s is served from database by %s", item(c, f), trader(c, f))
	}},
	market.Denied: {groupCache, func(c *Cast, f *market.Fact) string {
		if c.Seats == 0 {
			return fmt.Sprintf("%s knows nobody who has %s (request %v)", who(c, f), units(c, f), f.Request)
		}
		return fmt.Sprintf("%s is denied from cache by %s", item(c, f), trader(c, f))
	}},
	market.PeerSynced: {groupCache, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s is syncing its cache with neighbor Trader%d", trader(c, f), f.N)
	}},
	market.PullStarted: {groupCache, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s is syncing their cache with database", trader(c, f))
	}},
	market.Pulled: {groupCache, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s cache: %d rows, fresh from the database", trader(c, f), f.N)
	}},

	market.Suspected: {groupFault, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s aka %s is dead!!! says %s", trader(c, f), whom(c, f), who(c, f))
	}},
	market.Resting: {groupFault, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s aka %s waits %v before it serves again", trader(c, f), who(c, f), vtime.Duration(f.N))
	}},
	market.Bereaved: {groupFault, func(c *Cast, f *market.Fact) string {
		switch market.Bereavement(f.N) {
		case market.Goodbye:
			return fmt.Sprintf("%s hears that %s resigned; resetting trader_queue", who(c, f), whom(c, f))
		case market.Noticed:
			return fmt.Sprintf("%s no longer hears from %s; resetting trader_queue", who(c, f), whom(c, f))
		}
		return fmt.Sprintf("%s received death message of %s!!! resetting trader_queue", who(c, f), whom(c, f))
	}},
	market.WronglySuspected: {groupFault, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s aka %s hears of its own death: it was suspected wrongly", trader(c, f), who(c, f))
	}},
	market.Resigned: {groupFault, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s aka %s resigns; %s is its heir", trader(c, f), who(c, f), whom(c, f))
	}},
	market.Returned: {groupFault, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s aka %s is back", trader(c, f), who(c, f))
	}},
	market.Crashed: {groupFault, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s crashed", who(c, f))
	}},
	market.Restarted: {groupFault, func(c *Cast, f *market.Fact) string {
		if f.N == 1 {
			return fmt.Sprintf("%s restarted with its memory", who(c, f))
		}
		return fmt.Sprintf("%s restarted without memory", who(c, f))
	}},
	market.FaultBegan: {groupFault, func(c *Cast, f *market.Fact) string {
		return "fault: " + deed(c, f)
	}},
	market.FaultMissed: {groupFault, func(c *Cast, f *market.Fact) string {
		return "fault without effect: nobody answers to " + deed(c, f)
	}},
	market.FaultEnded: {groupFault, func(c *Cast, f *market.Fact) string {
		return "fault over: " + deed(c, f)
	}},
	market.Closing: {groupFault, func(*Cast, *market.Fact) string {
		return "the run closes: nothing new begins"
	}},

	market.Started: {groupWork, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("a worker of %s takes request %v", trader(c, f), f.Request)
	}},
	market.Finished: {groupWork, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("a worker of %s is through with request %v", trader(c, f), f.Request)
	}},
	market.Answered: {groupWork, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s has answered %s's request %d", trader(c, f), buyer(c, f), number(f))
	}},
	market.WorkBegan: {groupWork, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("the warehouse begins an operation, %d under way", f.N)
	}},
	market.WorkEnded: {groupWork, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("the warehouse is through with an operation, %d under way", f.N)
	}},

	market.Withdrawn: {groupStock, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s takes %s off sale", whom(c, f), units(c, f))
	}},
	market.Checked: {groupStock, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s looks whether it has %s for request %v: the record shows %d", who(c, f), units(c, f), f.Request, f.N)
	}},
	market.Left: {groupFault, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s leaves the market", who(c, f))
	}},

	market.Routed: {groupView, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s asks %s for %s, of which it believes there are %d (request %v)", who(c, f), whom(c, f), units(c, f), f.N, f.Request)
	}},
	market.Connected: {groupView, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s is connected to %s, %v there and back", who(c, f), whom(c, f), vtime.Duration(f.N))
	}},
	market.Disconnected: {groupView, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s has lost %s: %v", who(c, f), whom(c, f), market.Ending(f.N))
	}},
	market.Listed: {groupView, func(c *Cast, f *market.Fact) string {
		if f.Peer == actor.None {
			return fmt.Sprintf("%s lists nothing: it is connected to no seller", who(c, f))
		}
		row := fmt.Sprintf("%s lists %s: %s at %v", who(c, f), whom(c, f), units(c, f), f.Amount)
		if f.N >= 0 {
			row += fmt.Sprintf(", for another %v", vtime.Duration(f.N))
		}
		return row
	}},

	market.LookedUp: {groupLookUp, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s asks its neighbours for %s (request %v, hop limit %d)", who(c, f), units(c, f), f.Request, f.N)
	}},
	market.Visited: {groupLookUp, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s hears from %s that %s seeks %s; hops left: %d", who(c, f), whom(c, f), buyer(c, f), item(c, f), f.N)
	}},
	market.Suppressed: {groupLookUp, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s hears from %s again that %s seeks %s, and drops it", who(c, f), whom(c, f), buyer(c, f), item(c, f))
	}},
	market.Offered: {groupLookUp, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s replies to %s that it has %s", who(c, f), buyer(c, f), count(f.N, item(c, f)))
	}},

	market.MessageDuplicated: {groupMessage, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s -> %s: %s, a second copy", who(c, f), whom(c, f), letter(c, f))
	}},
	market.MessageHeld: {groupMessage, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s -> %s: %s, held by a clog", who(c, f), whom(c, f), letter(c, f))
	}},
	market.Paused: {groupFault, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s stands still", who(c, f))
	}},
	market.Resumed: {groupFault, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s goes on; %s waited for it", who(c, f), count(f.N, "messages and timers"))
	}},
	market.ClockSet: {groupFault, func(c *Cast, f *market.Fact) string {
		if f.N != 0 {
			return fmt.Sprintf("the clock of %s jumps by %v", who(c, f), vtime.Duration(f.N))
		}
		return fmt.Sprintf("the clock of %s runs at %.6g times the right pace", who(c, f), float64(f.Qty)/1e6)
	}},
	market.Afflicted: {groupFault, func(c *Cast, f *market.Fact) string {
		what := [actor.Ailments]string{"errors", "errors after the fact", "stale reads"}[f.Term]
		if f.N == 1 {
			return fmt.Sprintf("%s suffers from %s", who(c, f), what)
		}
		return fmt.Sprintf("%s has recovered from %s", who(c, f), what)
	}},
	market.Barred: {groupFault, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s bars writes of Trader%d from before term %d, as %s says", who(c, f), f.Slot, f.Term, whom(c, f))
	}},
	market.Fenced: {groupFault, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s turns down request %v of %s: its term %d is over, Trader%d is at %d", who(c, f), f.Request, whom(c, f), f.Term, f.Slot, f.N)
	}},
	market.Superseded: {groupQueue, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s hears that its term is over and lets go of request %v", trader(c, f), f.Request)
	}},
	market.Failed: {groupFault, func(c *Cast, f *market.Fact) string {
		if f.N == 1 {
			return fmt.Sprintf("%s tells %s that request %v failed, though it did not", who(c, f), whom(c, f), f.Request)
		}
		return fmt.Sprintf("%s tells %s that request %v failed", who(c, f), whom(c, f), f.Request)
	}},
	market.Abandoned: {groupQueue, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s cannot tell whether request %v for %s took effect, and gives it up", trader(c, f), f.Request, item(c, f))
	}},

	market.ReadStale: {groupFault, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s shows %s old stock, %s behind", who(c, f), whom(c, f), count(f.N, "changes"))
	}},

	market.MessageSent: {groupMessage, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s -> %s : %s sent", who(c, f), whom(c, f), letter(c, f))
	}},
	market.MessageDelivered: {groupMessage, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s -> %s : %s arrived", whom(c, f), who(c, f), letter(c, f))
	}},
	market.MessageLost: {groupMessage, func(c *Cast, f *market.Fact) string {
		return fmt.Sprintf("%s -> %s : %s lost (%s)", who(c, f), whom(c, f), letter(c, f), c.LossReasons[f.Term])
	}},
}
