package main

// ofBazaar are bugs of the bazaar, and of what it shares with the other markets.
func ofBazaar() []mutant {
	return []mutant{
		{
			name: "receipt-not-kept", file: "sim/bazaar/warehouse.go",
			old: "	w.receipts.Keep(m.Request, r)\n", with: "",
			why: "the warehouse forgets what it answered, so that a request that is asked twice ships twice",
		},
		{
			name: "receipt-of-the-living-forgotten", file: "sim/market/receipts.go",
			old: "n < done; n++", with: "n <= done; n++",
			why: "off by one: the receipt of the oldest open request is forgotten as well",
		},
		{
			name: "over-not-checked", file: "sim/bazaar/warehouse.go",
			old: "if w.receipts.Over(m.Request) {", with: "if false {",
			why: "a request whose receipt was forgotten because it is over ships again when it comes late",
		},
		{
			name: "queue-not-written", file: "sim/bazaar/trader.go",
			old: "		t.persist(b, j, out)\n", with: "",
			why: "a trader does not write its queue to the store, so that nobody can take it over",
		},
		{
			name: "queue-not-reloaded", file: "sim/bazaar/takeover.go",
			old: "	l := t.reassert(b, p, now, out)\n	t.claim(b, l, out)\n", with: "	t.reassert(b, p, now, out)\n",
			why: "a trader that comes back does not restore its queue",
		},
		{
			name: "queue-not-claimed", file: "sim/bazaar/watch.go",
			old: "	t.claim(b, dead, out)\n", with: "",
			why: "the survivor announces a death and forgets to take over the queue",
		},
		{
			name: "takeover-loses-the-rest", file: "sim/bazaar/store.go",
			old: "		if i == last {", with: "		if i == last || i != absent {",
			why: "of a dead trader's queue only the first request is handed over",
		},
		{
			name: "nobody-is-the-heir", file: "sim/bazaar/watch.go",
			old: "if l.ID > t.self {", with: "if l.ID >= t.self {",
			why: "off by one: every survivor waits for another to act",
		},
		{
			name: "deposit-applied-twice", file: "sim/bazaar/warehouse.go",
			old: "if m.Number > w.deposited[seller] ||", with: "if m.Number >= w.deposited[seller] ||",
			why: "off by one: a deposit that is sent again is stored again",
		},
		{
			name: "sells-below-zero", file: "sim/bazaar/warehouse.go",
			old: "w.goods[row] < take", with: "w.goods[row]+1 < take",
			why: "off by one: the warehouse ships a unit that it has not",
		},
		{
			name: "seller-paid-twice", file: "sim/bazaar/warehouse.go",
			old: "	w.accounts[seller] += rest\n", with: "	w.accounts[seller] += rest + rest\n",
			why: "the seller gets its part twice",
		},
		{
			name: "commission-forgotten", file: "sim/bazaar/warehouse.go",
			old: "	w.accounts[op.from] += cut\n", with: "",
			why: "nobody gets the trader's part",
		},
		{
			name: "price-of-one-unit", file: "sim/bazaar/warehouse.go",
			old: "w.shelf.At(row).Price * market.Money(take)", with: "w.shelf.At(row).Price",
			why: "however many units a buyer gets, it pays for one",
		},
		{
			name: "answer-before-the-commit", file: "sim/bazaar/service.go",
			old: "Message{Kind: Bought, Flags: Promised,", with: "Message{Kind: Bought,",
			why: "the buyer is told that it has its goods before the warehouse was asked",
		},
		{
			name: "refusal-told-as-sale", file: "sim/bazaar/warehouse.go",
			old: "	if r.qty == 0 {\n		answer.Kind = Refused\n	}\n", with: "",
			why: "the warehouse says shipped when it shipped nothing",
		},
		{
			name: "delivery-counted-twice", file: "sim/bazaar/buyer.go",
			old:  "f.Outcome, f.Qty, f.Amount = market.Fulfilled, m.Qty, m.Price",
			with: "f.Outcome, f.Qty, f.Amount = market.Fulfilled, 2*m.Qty, m.Price",
			why:  "a buyer notes twice the units that it got",
		},
		{
			name: "buyer-ends-twice", file: "sim/peers/buyer.go",
			old: "	by.drop(o.Number)\n", with: "",
			why: "an order stays open after its end, and ends again",
		},
		{
			name: "timeout-never-fires", file: "sim/peers/buyer.go",
			old: "o != nil && now >= o.Deadline", with: "o != nil && now > o.Deadline",
			why: "off by one: the timer that fires at the deadline finds that it is not over yet, and there is no other",
		},
		{
			name: "number-used-again", file: "sim/peers/buyer.go",
			old: "	by.Live = by.Live[:0]\n	by.Done = by.issued + 1\n", with: "	by.Live = by.Live[:0]\n	by.issued, by.Done = 0, 1\n",
			why: "a buyer that lost its memory counts its requests from 1 again",
		},
		{
			name: "timers-outlive-a-crash", file: "sim/mishap.go",
			old: "	w.kernel.Cancel(uint32(id))\n", with: "",
			why: "a timer that was set before a crash fires in the next life",
		},
		{
			name: "workers-busy-for-ever", file: "sim/bazaar/takeover.go",
			old:  "	t.busy, t.held, t.locked, t.pullUntil, t.restsUntil = 0, 0, false, 0, 0\n",
			with: "	t.held, t.locked, t.pullUntil, t.restsUntil = 0, false, 0, 0\n",
			why:  "after a crash a trader believes its workers busy with what it was doing before",
		},
		{
			name: "term-forgotten", file: "sim/bazaar/election/election.go",
			old:  "*v = Voter{Self: v.Self, Term: v.Term, Complete: v.Complete, stood: v.stood, held: v.held}",
			with: "*v = Voter{Self: v.Self, Complete: v.Complete}",
			why:  "a crash takes the terms as well, so that one is won twice",
		},
		{
			name: "one-winner-too-many", file: "sim/bazaar/election/bully.go",
			old: "!seated && len(winners) < b.open(v)", with: "!seated && len(winners) <= b.open(v)",
			why: "off by one: an election for all seats at once seats one more",
		},
		{
			name: "one-peer-not-told", file: "sim/bazaar/election/bully.go",
			old:  "		if id != v.Self {\n			out.Send(id, Message{Kind: Won, Term: l.Term, Leader: l})",
			with: "		if id != v.Self && id != 0 {\n			out.Send(id, Message{Kind: Won, Term: l.Term, Leader: l})",
			why:  "the winner of an election forgets to tell peer 0",
		},
		{
			name: "merge-takes-the-larger", file: "sim/bazaar/cache/pull.go",
			old: "o.Count < mine.Count", with: "o.Count > mine.Count",
			why: "a trader takes the larger of two counts, so that the other's sales are undone",
		},
		{
			name: "owed-units-forgotten", file: "sim/bazaar/cache/pull.go",
			old: "	p.owed[r] += count\n", with: "",
			why: "a refresh from the warehouse undoes the trader's own sales that are under way",
		},
		{
			name: "owed-units-not-settled", file: "sim/bazaar/takeover.go",
			old: "			t.cache.Settled(j.row, j.qty)\n", with: "",
			why: "what a crash took from a trader's hands its cache subtracts for ever",
		},
		{
			name: "fence-one-term-too-low", file: "sim/bazaar/gate.go",
			old: "m.Term < f.term || m.Term == f.term && from < f.holder {", with: "m.Term+1 < f.term {",
			why: "off by one: a trader whose term is just over may go on writing",
		},
		{
			name: "outdated-snapshot-taken", file: "sim/bazaar/sync.go",
			old: "m.Version < t.version {", with: "m.Version > t.version+1000 {",
			why: "a cache that checks versions takes an outdated snapshot all the same",
		},
		{
			name: "copy-of-a-message-obeyed", file: "sim/bazaar/warehouse.go",
			old: "w.delivery == market.AtMostOnce && w.arrived.Add(", with: "w.delivery == market.AtMostOnce && false && w.arrived.Add(",
			why: "the warehouse carries out the copies of a message, too",
		},
		{
			name: "asks-again-at-most-once", file: "sim/bazaar/buyer.go",
			old: "b.cfg.Traders.Delivery != market.AtMostOnce && by.Patient(o)", with: "by.Patient(o)",
			why: "a buyer whose requests must not be repeated asks again",
		},
	}
}
