package peertopeer

import (
	"io"

	"souk/sim/market"
)

// WriteStock writes what each seller has on sale as a JSON array of documents.
func (mk *Market) WriteStock(w io.Writer) error {
	rows := []market.Document{}
	for i := range mk.sellers {
		s := &mk.sellers[i]
		rows = append(rows, market.NewDocument(mk.Name(s.ID), mk.cfg.Items[s.Item], s.Goods(), s.Price))
	}
	return market.WriteDocuments(w, rows)
}
