package bazaar

import (
	"io"

	"souk/sim/market"
)

// WriteStock writes the warehouse's record of the stock as a JSON array of
// documents.
func (b *Bazaar) WriteStock(w io.Writer) error {
	rows := []market.Document{}
	for _, s := range b.warehouse.shelf.Snapshot(nil) {
		seller := b.sellerID(b.warehouse.shelf.SellerOf(s.Row))
		rows = append(rows, market.NewDocument(b.Name(seller), b.cfg.Items[b.warehouse.shelf.ItemOf(s.Row)], s.Count, s.Price))
	}
	return market.WriteDocuments(w, rows)
}
