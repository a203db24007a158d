package bazaar

import (
	"souk/sim/bazaar/cache"
	"souk/sim/market"
	"souk/sim/vtime"
)

// cadence counts sales and says after which it is time again; every 0 is
// never.
type cadence struct{ every, since int }

func (c *cadence) due() bool {
	c.since++
	if c.every == 0 || c.since < c.every {
		return false
	}
	c.since = 0
	return true
}

// spread is what follows a sale: perhaps a pull from the warehouse, perhaps
// telling the other traders, for which the worker takes its time.
func (t *trader) spread(b *Bazaar, p *peer, now vtime.Time, at int32, out *Outbox) {
	j := t.jobs.At(at)
	j.stage = telling
	told := 0
	if t.cfg.Cache.Mode != cache.Off {
		t.soil(j.row)
		if t.pulls.due() {
			t.pull(b, now, out)
		}
		if t.pushes.due() {
			told = t.push(p, out)
		}
	}
	pause := t.cfg.PeerSyncTakes.Draw(&t.sync)
	if told == 0 {
		t.afterTelling(b, p, now, at, out)
		return
	}
	t.wait(pause*float64(told), toldTimer, at, out)
}

// afterTelling concludes a job, or, if the warehouse has yet to answer for a
// promise, frees its worker.
func (t *trader) afterTelling(b *Bazaar, p *peer, now vtime.Time, at int32, out *Outbox) {
	j := t.jobs.At(at)
	j.stage = asking
	if j.answer.kind != 0 {
		t.conclude(b, p, now, at, out)
		return
	}
	if j.superseded {
		t.letGo(at, out)
	} else {
		t.release(at, out)
	}
	t.serveNext(b, p, now, out)
}

// soil notes a row whose count the other traders have not been told.
func (t *trader) soil(r market.Row) {
	if t.cfg.Cache.PeerSync.AfterSales == 0 && t.cfg.Cache.PeerSync.Every == 0 || r == market.NoRow {
		return
	}
	for _, known := range t.dirty {
		if known == r {
			return
		}
	}
	t.dirty = append(t.dirty, r)
}

// push tells every other trader the counts that changed, and returns how many
// traders it told.
func (t *trader) push(p *peer, out *Outbox) int {
	if len(t.dirty) == 0 {
		return 0
	}
	told := 0
	for _, l := range p.voter.Leaders {
		if l.ID == t.self {
			continue
		}
		told++
		out.Say(market.Fact{Kind: market.PeerSynced, Peer: l.ID, Slot: t.slot, N: int64(l.Slot)})
		for _, r := range t.dirty {
			o := t.cache.At(r)
			out.Send(l.ID, Message{Kind: Sync, Row: r, Count: o.Count, Price: o.Price, Stamp: o.Stamp})
		}
	}
	t.dirty = t.dirty[:0]
	return told
}

// pull asks the warehouse for its stock, unless an answer is still expected.
func (t *trader) pull(b *Bazaar, now vtime.Time, out *Outbox) {
	if now < t.pullUntil {
		return
	}
	t.pullUntil = now.Add(t.cfg.AskAgain)
	out.Say(market.Fact{Kind: market.PullStarted, Peer: b.warehouseID(), Slot: t.slot})
	out.Send(b.warehouseID(), Message{Kind: Pull})
}

// load takes in a snapshot, unless it is outdated and versions are checked, and
// gives its memory back.
func (t *trader) load(b *Bazaar, now vtime.Time, m *Message, out *Outbox) {
	defer b.giveBack(m.Rows)
	if t.cfg.Cache.Versions == cache.Check && m.Version < t.version {
		return
	}
	t.version = m.Version
	t.cache.Load(now, *m.Rows)
	out.Say(market.Fact{
		Kind: market.Pulled, Peer: b.warehouseID(), Slot: t.slot, N: int64(len(*m.Rows)), Version: m.Version,
	})
}
