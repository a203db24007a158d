package traderless

import (
	"souk/sim/peers"
	"souk/sim/vtime"
)

type row struct {
	stock     int32
	price     int64
	roundTrip vtime.Duration
}
type replica struct{ rows []row }
type order = peers.Order[int]

func (r *row) fills(o *order, partial bool) bool { return false }
