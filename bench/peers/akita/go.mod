module souk/bench/peers/akita

go 1.26.0

require (
	github.com/sarchlab/akita/v4 v4.9.2
	souk v0.0.0
)

require github.com/rs/xid v1.6.0 // indirect

replace souk => ../../..
