package main

import (
	"fmt"
	"slices"
)

// spread is what a quantity was in the rounds.
type spread struct{ median, least, greatest float64 }

func spreadOf(values []float64) spread {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return spread{(sorted[(n-1)/2] + sorted[n/2]) / 2, sorted[0], sorted[n-1]}
}

// String prints three digits, as 3.14 (3.01..3.33).
func (s spread) String() string {
	return fmt.Sprintf("%s (%s..%s)", digits(s.median), digits(s.least), digits(s.greatest))
}

func digits(v float64) string {
	switch {
	case v < 9.995:
		return fmt.Sprintf("%.2f", v)
	case v < 99.95:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}

// perEvent returns a peer's processor time of an event in a contest, in
// nanoseconds, a value a round; nothing if it took no part.
func (m *measurement) perEvent(p *peer, c contest) (values []float64) {
	for _, r := range m.results {
		if r.peer == p && r.contest == c {
			values = append(values, r.perEvent())
		}
	}
	return values
}

// over divides two quantities round by round. That is the only fair way where
// the machine's clock changes from round to round.
func over(a, b []float64) spread {
	ratios := make([]float64, len(a))
	for i := range a {
		ratios[i] = a[i] / b[i]
	}
	return spreadOf(ratios)
}

// ratio returns how many times longer a peer takes for an event than Souk.
func (m *measurement) ratio(p *peer, c contest) (spread, bool) {
	theirs, ours := m.perEvent(p, c), m.perEvent(m.field[0], c)
	if len(theirs) == 0 || len(ours) == 0 {
		return spread{}, false
	}
	return over(theirs, ours), true
}

// target is how many times longer a peer is to take for an event of phold.
type target struct {
	peer    string
	atLeast map[int]float64 // by n
}

// targets is the table that Souk's kernel is built to meet.
func targets() []target {
	return []target{
		{"ns-3, PriorityQueue scheduler", map[int]float64{1e3: 2, 1e5: 2.8, 1e6: 3}},
		{"ns-3, Map scheduler", map[int]float64{1e3: 3, 1e5: 6, 1e6: 9}},
		{"Akita v4", map[int]float64{1e3: 7, 1e5: 13, 1e6: 16}},
		{"simgo", map[int]float64{1e3: 14, 1e5: 12, 1e6: 12}},
		{"SimPy", map[int]float64{1e3: 25, 1e5: 40, 1e6: 35}},
		{"C++ std::priority_queue", map[int]float64{1e3: 1.2, 1e5: 1.8, 1e6: 2}},
		{"Go container/heap", map[int]float64{1e3: 3, 1e5: 5.5, 1e6: 6}},
	}
}

// The limits that Souk sets itself.
const (
	mostHugeHold   = 1.6     // hold at the largest size, in holds at the smallest
	mostBytes      = 56.0    // of live memory for a pending event
	mostPaired     = 1.05    // processor time of a run beside another, in runs alone
	enoughForBytes = 100_000 // with fewer pending events, what a kernel needs in any case shows
)

// verdict says whether a goal is met.
func verdict(met bool) string {
	if met {
		return "met"
	}
	return "**short**"
}

// bytesPerEvent returns the live memory of Souk's hold for each pending event,
// for the largest n that was run and is large enough to tell.
func (m *measurement) bytesPerEvent() (n int, bytes float64) {
	for _, r := range m.results {
		if r.peer == m.field[0] && r.contest.workload == "hold" && r.contest.n >= max(n, enoughForBytes) {
			n, bytes = r.contest.n, float64(r.Heap)/float64(r.contest.n)
		}
	}
	return n, bytes
}
