package metrics_test

import (
	"slices"
	"strings"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/metrics"
	"souk/sim/vtime"
)

// The cast: two buyers, a seller, two traders.
const (
	ann actor.ID = iota
	bob
	sam
	tim
	tom
	actors
)

func name(id actor.ID) string { return [...]string{"ann", "bob", "sam", "tim", "tom"}[id] }

const (
	salt market.Item = iota
	boar
)

var wares = []string{"salt", "boar"}

// tale is facts in order of time; at sets the time of those that follow.
type tale struct {
	now   vtime.Time
	facts []market.Fact
}

func (s *tale) at(seconds float64) *tale {
	s.now = vtime.Time(vtime.FromNanos(seconds * float64(vtime.Second)))
	return s
}

func (s *tale) say(f market.Fact) *tale {
	f.At = s.now
	s.facts = append(s.facts, f)
	return s
}

func (s *tale) happens(kind market.Kind, who actor.ID) *tale {
	return s.say(market.Fact{Kind: kind, Actor: who, Peer: actor.None, Trader: actor.None})
}

func (s *tale) elected(who actor.ID, slot int16) *tale {
	return s.say(market.Fact{Kind: market.Elected, Actor: who, Slot: slot})
}

func (s *tale) deposit(item market.Item, qty int32) *tale {
	return s.say(market.Fact{Kind: market.Deposited, Peer: sam, Item: item, Qty: qty, Amount: market.Dollar})
}

func (s *tale) wish(buyer actor.ID, n uint32, qty int32) *tale {
	return s.say(market.Fact{Kind: market.Issued, Actor: buyer, Request: market.NewRequestID(buyer, n), Qty: qty})
}

// trader states a fact of a trader about a request.
func (s *tale) trader(kind market.Kind, who actor.ID, slot int16, buyer actor.ID, n uint32, qty int32) *tale {
	return s.say(market.Fact{
		Kind: kind, Actor: who, Trader: who, Slot: slot, Request: market.NewRequestID(buyer, n), Qty: qty, Peer: actor.None,
	})
}

func (s *tale) sold(trader, buyer actor.ID, n uint32, qty int32) *tale {
	return s.say(market.Fact{
		Kind: market.Sold, Trader: trader, Peer: sam, Request: market.NewRequestID(buyer, n), Qty: qty,
		Amount: market.Dollar * market.Money(qty), Cut: 20 * market.Money(qty),
	})
}

func (s *tale) bought(trader, buyer actor.ID, n uint32, qty int32, since float64) *tale {
	return s.say(market.Fact{
		Kind: market.Ended, Actor: buyer, Trader: trader, Peer: sam, Request: market.NewRequestID(buyer, n), Qty: qty,
		Outcome: market.Fulfilled, Amount: market.Dollar * market.Money(qty),
		Since: vtime.Time(vtime.FromNanos(since * float64(vtime.Second))),
	})
}

func (s *tale) failed(trader, buyer actor.ID, n uint32, o market.Outcome) *tale {
	return s.say(market.Fact{
		Kind: market.Ended, Actor: buyer, Trader: trader, Peer: actor.None, Request: market.NewRequestID(buyer, n), Outcome: o,
	})
}

// show plays the tale to observers, each what it wants, in their order.
func (s *tale) show(observers ...market.Observer) {
	for i := range s.facts {
		for _, o := range observers {
			if slices.Contains(o.Wants(), s.facts[i].Kind) {
				if err := o.Observe(&s.facts[i]); err != nil {
					panic(err)
				}
			}
		}
	}
}

func measure(s *tale, warmUp vtime.Duration) *metrics.Meter {
	m := metrics.New(metrics.Setting{Actors: int(actors), Items: len(wares), WarmUp: warmUp})
	s.show(m)
	return m
}

// table lines up what a test expects, with the indentation taken out.
func table(text string) string {
	lines := strings.Split(strings.Trim(text, "\n\t "), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n") + "\n"
}
