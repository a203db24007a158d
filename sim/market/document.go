package market

import (
	"encoding/json"
	"io"
)

// Document is one row of stock, as the report's database shows it.
type Document struct {
	Seller string  `json:"seller_id"`
	Item   string  `json:"item"`
	Count  int32   `json:"count"`
	Price  float64 `json:"price"`
}

// NewDocument returns a row. The price is that of a unit.
func NewDocument(seller, item string, count int32, price Money) Document {
	return Document{Seller: seller, Item: item, Count: count, Price: float64(price) / float64(Dollar)}
}

// WriteDocuments writes rows as a JSON array.
func WriteDocuments(w io.Writer, rows []Document) error {
	text, err := json.MarshalIndent(rows, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}
