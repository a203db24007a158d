package run

import (
	"fmt"
	"strings"
)

// wrongs are the measures of what goes wrong where it may; see Wrong.
func wrongs() []Measure {
	count := func(name, unit, doc string, of func(*Wrong) float64) Measure {
		return Measure{Name: name, Unit: unit, Doc: doc, Goal: Less, Of: func(s *Summary) float64 { return of(&s.Wrong) }}
	}
	return []Measure{
		count("leaders_max", "peers", "most peers that believed at once that they lead", func(w *Wrong) float64 { return float64(w.LeadersMax) }),
		count("split_brain", "s", "time in which more peers than seats, or two for one seat, believed that they lead", func(w *Wrong) float64 { return w.SplitBrain }),
		count("term_regressions", "claims", "seats that a peer gave to an older claim than it had adopted before", func(w *Wrong) float64 { return float64(w.TermRegressions) }),
		count("zombie_writes", "sales", "sales by a trader for a request that another had taken over from it", func(w *Wrong) float64 { return float64(w.ZombieWrites) }),
		count("duplicates", "sales", "sales for a request that had one", func(w *Wrong) float64 { return float64(w.Duplicates) }),
		count("lost_requests", "requests", "requests whose buyer will never know what became of them", func(w *Wrong) float64 { return float64(w.Lost) }),
		count("repeated_deposits", "deposits", "deposits that were stored although they had been", func(w *Wrong) float64 { return float64(w.RepeatedDeposits) }),
		count("inversions", "requests", "requests served before an earlier one of their buyer", func(w *Wrong) float64 { return float64(w.Inversions) }),
		count("version_regressions", "snapshots", "snapshots of the stock that replaced a newer one in a cache", func(w *Wrong) float64 { return float64(w.VersionRegressions) }),
		{
			Name: "session_violations", Goal: Less, Whole: "answers",
			Doc:    "answers that contradict what their buyer had seen or done before, as a share of all of which the version is known",
			Trials: func(s *Summary) float64 { return float64(s.Wrong.Answers) },
			Of: func(s *Summary) float64 {
				return quotient(float64(s.Wrong.SessionViolations), float64(s.Wrong.Answers))
			},
		},
	}
}

// writeWrong tells what went wrong, if anything did that need not.
func (s *Summary) writeWrong(b *strings.Builder) {
	w := &s.Wrong
	var lines []string
	line := func(n uint64, what, note string) {
		if n > 0 {
			lines = append(lines, fmt.Sprintf("  %-16s%d %s", what, n, note))
		}
	}
	if w.SplitBrain > 0 {
		lines = append(lines, fmt.Sprintf("  %-16s%s with too many leaders, up to %d at once", "split brain", span(w.SplitBrain), w.LeadersMax))
	}
	line(w.ZombieWrites, "zombie writes", "sales by a trader for a request that another had taken over")
	line(w.Duplicates, "duplicates", fmt.Sprintf("sales for a request that had one, of %d units", w.DuplicateUnits))
	line(w.RepeatedDeposits, "deposits", "stored again")
	line(w.TermRegressions, "old claims", "to a seat, adopted after newer ones")
	line(w.Inversions, "inversions", "requests served before an earlier one of their buyer")
	line(w.VersionRegressions, "old snapshots", "that replaced a newer one in a cache")
	// With a cache some always do; alone that is no news.
	if w.SessionViolations > 0 && len(lines) > 0 {
		lines = append(lines, fmt.Sprintf("  %-16s%d of %d answers contradict what their buyer knew", "sessions", w.SessionViolations, w.Answers))
	}
	if len(lines) > 0 {
		fmt.Fprintf(b, "\nWhat went wrong\n%s\n", strings.Join(lines, "\n"))
	}
}
