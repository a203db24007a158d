package bazaar

import (
	"encoding/json"
	"io"

	"souk/sim/market"
)

// document is one row of stock, as the report's database shows it.
type document struct {
	Seller string  `json:"seller_id"`
	Item   string  `json:"item"`
	Count  int32   `json:"count"`
	Price  float64 `json:"price"`
}

// WriteStock writes the warehouse's record of the stock as a JSON array of
// documents.
func (b *Bazaar) WriteStock(w io.Writer) error {
	docs := []document{}
	for _, s := range b.warehouse.shelf.Snapshot(nil) {
		docs = append(docs, document{
			Seller: b.Name(b.sellerID(b.warehouse.shelf.SellerOf(s.Row))),
			Item:   b.cfg.Items[b.warehouse.shelf.ItemOf(s.Row)],
			Count:  s.Count,
			Price:  float64(s.Price) / float64(market.Dollar),
		})
	}
	text, err := json.MarshalIndent(docs, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}
