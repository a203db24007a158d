package main

// ofTraderless are bugs of the traderless market, and of the stall that it shares
// with the peer-to-peer market.
func ofTraderless() []mutant {
	return []mutant{
		{
			name: "sells-without-checking", file: "sim/peers/stall.go",
			old: "case left >= p.Qty:", with: "case left > 0:",
			why: "a seller that has one unit says yes to six",
		},
		{
			name: "goods-stay-on-the-shelf", file: "sim/peers/stall.go",
			old: "	s.goods -= take\n", with: "",
			why: "the goods of a sale are still there after it",
		},
		{
			name: "record-not-decremented", file: "sim/peers/stall.go",
			old: "		s.Record -= take\n", with: "",
			why: "the books show the goods of a sale for ever",
		},
		{
			name: "withdrawn-goods-stay", file: "sim/peers/stall.go",
			old: "	s.goods, s.Record = 0, 0\n", with: "	s.Record = 0\n",
			why: "goods that were taken off sale turn up under the next item",
		},
		{
			name: "seller-not-paid", file: "sim/peers/stall.go",
			old: "	accounts[s.ID] += price\n", with: "",
			why: "a buyer pays and nobody gets it",
		},
		{
			name: "buys-elsewhere-too-soon", file: "sim/traderless/buyer.go",
			old:  "			by.callAgain(m, at, now, out)\n		}\n	}\n	by.each(r.seller, func(o *order) { by.GiveUp(o, by.active(), out) })",
			with: "			by.callAgain(m, at, now, out)\n		}\n	}\n	by.each(r.seller, func(o *order) { by.ask(m, o, now, out) })",
			why:  "a buyer that loses a seller asks the next one, though the first may have sold",
		},
		{
			name: "promise-taken-for-goods", file: "sim/traderless/buyer.go",
			old: "	case msg.Promised:\n", with: "	case false:\n",
			why: "a buyer takes a promise that will be cancelled for the goods",
		},
		{
			name: "dead-buyer-keeps-its-orders", file: "sim/traderless/buyer.go",
			old: "	by.Reboot(false)\n", with: "	by.Reboot(true)\n",
			why: "a crashed buyer keeps orders whose timers are gone",
		},
		{
			name: "one-buyer-not-told", file: "sim/traderless/seller.go",
			old: "	for at := range s.members {\n", with: "	for at := range max(0, len(s.members)-1) {\n",
			why: "a broadcast leaves out the buyer that came last",
		},
		{
			name: "gap-not-noticed", file: "sim/traderless/buyer.go",
			old: "	missing := msg.Seq != r.next\n", with: "	missing := false\n",
			why: "a buyer goes on with a replica in which news is missing",
		},
	}
}

// ofPeerToPeer are bugs of the peer-to-peer market.
func ofPeerToPeer() []mutant {
	return []mutant{
		{
			name: "no-duplicate-suppression", file: "sim/peertopeer/trails.go",
			old: "	if seen || number < tr.done {\n		return false\n	}\n", with: "	if seen {\n		return true\n	}\n",
			why: "a peer passes on every copy of a look-up",
		},
		{
			name: "hops-not-counted", file: "sim/peertopeer/peer.go",
			old: "	onward.Hops--\n", with: "",
			why: "a look-up travels as far as there are peers",
		},
		{
			name: "one-hop-too-many", file: "sim/peertopeer/peer.go",
			old: "	if m.Hops == 0 {\n", with: "	if m.Hops < 0 {\n",
			why: "off by one: a look-up goes one hop beyond its limit",
		},
		{
			name: "sellers-receipt-not-kept", file: "sim/peertopeer/seller.go",
			old: "		s.receipts.Keep(sale.Request, r)\n", with: "",
			why: "a purchase that is asked for again is sold again",
		},
		{
			name: "purchase-in-line-twice", file: "sim/peertopeer/seller.go",
			old: "if s.held.Find(uint64(m.Request)) != nil || ", with: "if ",
			why: "a purchase that is asked for again while it waits is served twice",
		},
		{
			name: "look-up-number-used-again", file: "sim/peertopeer/buyer.go",
			old: "	by.replies = by.replies[:0]\n", with: "	by.replies, by.lookUps = by.replies[:0], 0\n",
			why: "a buyer that crashed counts its look-ups from 1 again",
		},
	}
}
