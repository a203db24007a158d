package bazaar

import (
	"fmt"
	"slices"
	"strconv"

	"souk/sim/actor"
	"souk/sim/bazaar/cache"
	"souk/sim/bazaar/election"
	"souk/sim/market"
	"souk/sim/rng"
	"souk/sim/table"
	"souk/sim/vtime"
)

// trader is the office of an elected peer. This file takes requests in and
// sorts out what else arrives; service.go serves them, sync.go keeps the cache
// fresh, watch.go watches the other traders, takeover.go moves queues.
type trader struct {
	cfg  *TraderConfig
	self actor.ID
	slot int16
	// term is that of the trader's seat.
	term uint32
	// tenure tells this office from earlier ones of the same peer, whose timers
	// may still fire.
	tenure uint8
	// service, lock, sync draw one time each a request.
	service, lock, sync rng.Stream
	cache               cache.Policy
	// version is that of the snapshot which the cache took in last; 0 is none.
	version uint64

	// jobs is every request and deposit that the trader holds; a number in it
	// is a job's name.
	jobs    table.Slots[job]
	waiting line
	arrived uint64
	// held counts the requests among the jobs.
	held int
	// busy is the number of workers at work. Invariant: 0 <= busy <= workers.
	busy int
	// locked: a worker is inside the write lock; lockLine waits for it.
	locked   bool
	lockLine []int32
	// retiring: the office is given up once the jobs in hand are done.
	retiring bool

	pulls, pushes cadence
	// pullUntil is until when a snapshot that was asked for is expected.
	pullUntil vtime.Time
	// dirty lists the rows whose count the other traders have not been told.
	dirty []market.Row
	// claims are the queues that were claimed and not granted yet.
	claims []claim
	watch  watch
	// unsent lists the requests that the trader let go of before it asked the
	// warehouse, doubtful those that a crash took after that; both for delivery at
	// most once.
	unsent   []market.RequestID
	doubtful []job
	// restsUntil is until when the trader takes up nothing new, because it
	// announced a death; what its workers have in hand they finish.
	restsUntil vtime.Time
}

// stage is how far a job has come.
type stage uint8

const (
	free stage = iota
	// queued: in the waiting line.
	queued
	// serving: a worker does its own part, or waits for the lock or holds it.
	serving
	// asking: the warehouse has been asked.
	asking
	// telling: the neighbours are being told.
	telling
)

// job is a request or deposit in a trader's hands.
type job struct {
	stage stage
	// deposit, else a request.
	deposit bool
	// accepted on the cache, from row; promised to the buyer already.
	accepted, promised bool
	// inherited from another trader, which may have told nobody.
	inherited bool
	// repeated: another trader may have served it.
	repeated bool
	// worker: a worker is bound to the job.
	worker bool
	// superseded: another trader has the request; the job ends when its worker is
	// next through with something.
	superseded bool
	item       market.Item
	qty        int32
	row        market.Row
	from       actor.ID
	number     uint32
	request    market.RequestID
	price      market.Money
	stamp      uint64
	arrival    uint64
	// asked is the last question to the warehouse, put at askedAt and repeated at
	// deadline.
	asked             question
	askedAt, deadline vtime.Time
	// answer is what the warehouse said, until the buyer is told.
	answer answer
}

// question is what a job asks the warehouse, besides what the job itself says.
// Kind Vote, the zero kind, is no question.
type question struct {
	kind       MessageKind
	flags      Flags
	row        market.Row
	qty, count int32
}

// answer is what the buyer and the seller will be told. Kind Vote is none yet.
type answer struct {
	kind       MessageKind
	flags      Flags
	outcome    market.Outcome
	qty, count int32
	seller     actor.ID
	price      market.Money
}

func newTrader(b *Bazaar, p *peer, l election.Leader) *trader {
	cfg := &b.cfg.Traders
	id := int(l.ID)
	p.tenure++
	tenure := strconv.Itoa(int(p.tenure))
	t := &trader{
		cfg: cfg, self: l.ID, slot: l.Slot, term: l.Term, tenure: p.tenure,
		service: rng.NewStream(b.cfg.Seed, "service"+tenure, id),
		lock:    rng.NewStream(b.cfg.Seed, "lock"+tenure, id),
		sync:    rng.NewStream(b.cfg.Seed, "sync"+tenure, id),
		cache:   cache.New(cfg.Cache, len(b.sellers), len(b.cfg.Items)),
		pulls:   cadence{every: cfg.Cache.WarehouseSync.AfterSales},
		pushes:  cadence{every: cfg.Cache.PeerSync.AfterSales},
		watch:   newWatch(cfg.Count),
	}
	t.waiting.first = t.before
	return t
}

// A timer's guard holds the job below the tenure.
const (
	jobBits = 24
	jobMask = 1<<jobBits - 1
)

func (t *trader) timer(kind uint16, at int32) actor.Timer {
	return timer(kind, uint32(t.tenure)<<jobBits|uint32(at))
}

// before is the order of the waiting line.
func (t *trader) before(a, b int32) bool {
	x, y := t.jobs.At(a), t.jobs.At(b)
	if t.cfg.Order == Arrival || x.stamp == y.stamp && x.from == y.from {
		return x.arrival < y.arrival
	}
	if x.stamp != y.stamp {
		return x.stamp < y.stamp
	}
	return x.from < y.from
}

// open starts what a trader does of its own accord.
func (t *trader) open(b *Bazaar, p *peer, now vtime.Time, out *Outbox) {
	for _, l := range p.voter.Leaders {
		t.greet(l, now)
	}
	out.After(t.cfg.HeartbeatEvery, t.timer(beatTimer, 0))
	if t.cfg.Cache.Mode == cache.Off {
		return
	}
	if every := t.cfg.Cache.WarehouseSync.Every; every > 0 {
		out.After(every, t.timer(pullTimer, 0))
	}
	if every := t.cfg.Cache.PeerSync.Every; every > 0 {
		out.After(every, t.timer(pushTimer, 0))
	}
}

// accept takes a request or a deposit into the queue.
func (t *trader) accept(b *Bazaar, p *peer, in *Input, out *Outbox) {
	m := in.Msg
	j := t.enqueue(job{
		deposit: m.Kind == Deposit, item: m.Item, qty: m.Qty, from: in.From,
		number: m.Number, request: m.Request, price: m.Price, stamp: m.Stamp, row: market.NoRow,
		repeated: m.Flags&Again != 0,
	})
	if !j.deposit {
		t.say(market.Queued, j, out)
		t.persist(b, j, out)
	}
	t.serveNext(b, p, in.Now, out)
}

// enqueue gives a job a number and puts it into the waiting line. The job is good
// until the next one.
func (t *trader) enqueue(j job) *job {
	t.arrived++
	j.stage, j.arrival = queued, t.arrived
	if !j.deposit {
		t.held++
	}
	at := t.jobs.Put(j)
	if at > jobMask {
		panic(fmt.Sprintf("bazaar: a trader holds more than %d requests", jobMask))
	}
	t.waiting.push(at)
	return t.jobs.At(at)
}

// drop lets go of a job.
func (t *trader) drop(at int32) {
	if !t.jobs.At(at).deposit {
		t.held--
	}
	t.jobs.Drop(at)
}

// say states a fact about one of the trader's requests, which may still be
// completed.
func (t *trader) say(kind market.Kind, j *job, out *Outbox) *market.Fact {
	return out.Say(market.Fact{
		Kind: kind, Peer: actor.None, Request: j.request, Item: j.item, Qty: j.qty,
		Slot: t.slot, Trader: t.self,
	})
}

func (t *trader) receive(b *Bazaar, p *peer, in *Input, out *Outbox) {
	m := in.Msg
	switch m.Kind {
	case Shipped, Refused, ReadReply, Stored:
		t.hearWarehouse(b, p, in, out)
	case Snapshot:
		t.pullUntil = 0
		t.load(b, in.Now, m, out)
	case Sync:
		t.cache.Merge(m.Row, market.Offer{Count: m.Count, Stamp: m.Stamp, Price: m.Price})
	case Inherited:
		t.inherit(b, p, in, out)
	case Granted:
		t.claims = slices.DeleteFunc(t.claims, func(c claim) bool { return c.of == m.Seller })
	case Barred:
		t.hearBarred(b, p, in, out)
	case Fenced:
		t.hearFenced(b, p, in, out)
	case Failed:
		t.hearFailed(b, p, in, out)
	}
}

func (t *trader) expire(b *Bazaar, p *peer, in *Input, out *Outbox) {
	at := int32(in.Timer.Guard & jobMask)
	if uint8(in.Timer.Guard>>jobBits) != t.tenure {
		return
	}
	switch in.Timer.Kind {
	case servedTimer:
		t.enterLock(at, out)
	case unlockTimer:
		t.leaveLock(b, p, in.Now, at, out)
	case toldTimer:
		t.afterTelling(b, p, in.Now, at, out)
	case chaseTimer:
		t.chase(b, p, in.Now, at, out)
	case pullTimer:
		t.pull(b, in.Now, out)
		out.After(t.cfg.Cache.WarehouseSync.Every, t.timer(pullTimer, 0))
	case pushTimer:
		t.push(p, out)
		out.After(t.cfg.Cache.PeerSync.Every, t.timer(pushTimer, 0))
	case claimTimer:
		t.claimAgain(b, out)
	case beatTimer:
		t.beat(b, p, in.Now, out)
	case restTimer:
		t.serveNext(b, p, in.Now, out)
	}
}
