package workload_test

import (
	"slices"

	"souk/bench/recipe"
)

// pending is the dumb twin of a kernel: a list in which an event goes behind all
// that are not later.
type pending []planned

type planned struct {
	at   int64
	who  uint32
	kind string
}

func (p *pending) plan(at int64, who uint32, kind string) {
	i := len(*p)
	for i > 0 && (*p)[i-1].at > at {
		i--
	}
	*p = slices.Insert(*p, i, planned{at, who, kind})
}

func (p *pending) first() planned {
	e := (*p)[0]
	*p = slices.Delete(*p, 0, 1)
	return e
}

// reference plays a workload on the dumb twin.
func reference(workload string, n uint32, events int) (t recipe.Tally) {
	switch workload {
	case "hold":
		return holdByList(n, events)
	case "phold":
		return pholdByList(n, events)
	case "mm1":
		return mm1ByList(events)
	default:
		return messagesByList(n, events)
	}
}

func holdByList(n uint32, events int) (t recipe.Tally) {
	var list pending
	s, q := recipe.Stream(1), recipe.NewExponential()
	for i := range n {
		list.plan(q.Delay(s.Next()), i, "")
	}
	for range events {
		e := list.first()
		t.Add(e.at, e.who)
		list.plan(e.at+q.Delay(s.Next()), e.who, "")
	}
	return t
}

func pholdByList(n uint32, events int) (t recipe.Tally) {
	var list pending
	s, q := recipe.Stream(1), recipe.NewExponential()
	for i := range n {
		list.plan(100_000_000+9*q.Delay(s.Next())/10, i, "")
	}
	for range events {
		e := list.first()
		t.Add(e.at, e.who)
		w := s.Next()
		list.plan(e.at+100_000_000+9*q.Delay(w)/10, uint32((w>>32)*uint64(n)>>32), "")
	}
	return t
}

// messagesByList is what timers come to: time-outs are never reached.
func messagesByList(n uint32, events int) (t recipe.Tally) {
	var list pending
	s, q := recipe.Stream(1), recipe.NewExponential()
	for i := range n {
		list.plan(100_000_000+9*q.Delay(s.Next())/10, i, "")
	}
	for range events {
		e := list.first()
		t.Add(e.at, e.who)
		list.plan(e.at+100_000_000+9*q.Delay(s.Next())/10, e.who, "")
	}
	return t
}

// mm1ByList knows no events but Lindley's recursion: a customer is served when it
// has come and the one before has left.
func mm1ByList(departures int) (t recipe.Tally) {
	var list pending
	arrivals, services, q := recipe.Stream(1), recipe.Stream(2), recipe.NewExponential()
	var come, left int64
	for range departures {
		come += q.Delay(arrivals.Next())
		left = max(left, come) + 8*q.Delay(services.Next())/10
		list.plan(come, 0, "")
		list.plan(left, 1, "departure")
	}
	for come < left { // those who come while the last one is there
		come += q.Delay(arrivals.Next())
		list.plan(come, 0, "")
	}
	for departures > 0 {
		e := list.first()
		t.Add(e.at, e.who)
		if e.kind == "departure" {
			departures--
		}
	}
	return t
}
