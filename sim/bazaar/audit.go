package bazaar

import "souk/sim/market"

// Audit recounts goods, money, open requests, views and copies from the actors'
// own fields.
func (b *Bazaar) Audit(h *market.Holding) {
	h.Reset()
	for range b.cfg.Items {
		h.OnHand = append(h.OnHand, 0)
	}
	for r, count := range b.warehouse.goods {
		h.OnHand[b.warehouse.shelf.ItemOf(market.Row(r))] += int64(count)
	}
	h.Balance = append(h.Balance, b.warehouse.accounts...)
	h.Version = b.warehouse.version
	for i := range b.buyers {
		h.Live += uint64(b.buyers[i].Unended())
	}
	for i := 0; h.Closely && i < len(b.peers); i++ {
		b.auditPeer(&b.peers[i], h)
	}
}

// auditPeer adds what a peer believes of who leads and, if it is a trader, of
// the stock.
func (b *Bazaar) auditPeer(p *peer, h *market.Holding) {
	v := h.AddView()
	v.Peer, v.Leads, v.Abstains = p.id(), p.office != nil && !p.office.retiring, p.voter.Abstains()
	for _, l := range p.voter.Leaders {
		v.Leaders = append(v.Leaders, market.Seat{ID: l.ID, Slot: l.Slot, Term: l.Term})
	}
	if p.office == nil {
		return
	}
	c := h.AddCopy()
	c.Holder, c.Version = p.id(), p.office.version
	shelf := b.warehouse.shelf
	p.office.cache.Each(func(r market.Row, shows, unsettled int32) {
		c.Rows = append(c.Rows, market.CopiedRow{
			Seller: b.sellerID(shelf.SellerOf(r)), Item: shelf.ItemOf(r),
			Shows: shows, Real: shelf.At(r).Count, Unsettled: unsettled,
		})
	})
}
