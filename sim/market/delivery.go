package market

// Delivery is what a market promises about how often a request takes effect when
// messages are lost, delayed or come twice, and actors crash.
type Delivery int

// The promises.
const (
	// ExactlyOnce: requests are repeated until they are answered, and whoever
	// carries them out keeps receipts, so that a repeated one takes effect once.
	ExactlyOnce Delivery = iota
	// AtLeastOnce: requests are repeated, and nobody keeps receipts: none is lost,
	// some take effect more than once.
	AtLeastOnce
	// AtMostOnce: nobody repeats a request whose effect is unknown: none takes
	// effect twice, some are lost, and their buyers are told so.
	AtMostOnce
)
