package run

import (
	"fmt"
	"strings"
)

// Trouble is what a fault of the scenario did to the run, its repetitions and
// other entries that say the same taken together.
type Trouble struct {
	Fault string `json:"fault"`
	// Result is "bit", or "not exercised" if the fault changed nothing: a run that
	// it left alone says nothing of what it does.
	Result string `json:"result"`
	// Begun, Struck and Touched are those of sim.FaultTally.
	Begun   uint64 `json:"begun"`
	Struck  uint64 `json:"struck"`
	Touched uint64 `json:"touched"`
}

// troubles lists the faults in the order in which the scenario names them.
func (r *Report) troubles() []Trouble {
	at := map[string]int{}
	var list []Trouble
	for _, tally := range r.World.Faults {
		name := r.Config.World.Faults[tally.Plan].New(tally.Plan).String()
		i, seen := at[name]
		if !seen {
			i = len(list)
			at[name] = i
			list = append(list, Trouble{Fault: name, Result: "not exercised"})
		}
		t := &list[i]
		t.Begun += tally.Begun
		t.Struck += tally.Struck
		t.Touched += tally.Touched
		if tally.Exercised() {
			t.Result = "bit"
		}
	}
	return list
}

// writeFaults tells what the faults did.
func (s *Summary) writeFaults(b *strings.Builder) {
	if len(s.Faults) == 0 {
		return
	}
	b.WriteString("\nFaults\n")
	const most = 20
	for i := range s.Faults {
		if i == most {
			fmt.Fprintf(b, "  ... and %d more faults; see --json\n", len(s.Faults)-most)
			return
		}
		f := &s.Faults[i]
		fmt.Fprintf(b, "  %-16s%s: began %s, changed %d\n", f.Result, f.Fault, times(f.Begun), f.Touched)
	}
}

func times(n uint64) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}
