// Mutants plants bugs in the three systems, one at a time, and reports after how
// many random seeds the checkers find each:
//
//	go run ./internal/mutants
//
// writes results/mutants/README.md. With names as arguments it hunts only these
// and prints the table.
package main

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"souk/experiments/hunt"
)

// The hunt for each bug is repeated on blocks of seeds that have none in common.
const (
	limit  = 1000
	blocks = 5
	apart  = 1_000_000
)

func main() {
	out := flag.String("out", "results/mutants/README.md", "where the table goes, if all bugs are hunted")
	flag.Parse()
	if err := run(flag.Args(), *out); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(names []string, out string) error {
	folder, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	known, err := control(folder)
	if err != nil {
		return err
	}
	var rows []row
	for _, m := range all() {
		if len(names) > 0 && !slices.Contains(names, m.name) {
			continue
		}
		r, err := hunted(&m, folder, known[m.market])
		if err != nil {
			return err
		}
		fmt.Fprintln(os.Stderr, r.line())
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		return fmt.Errorf("no bug is called %s", strings.Join(names, " or "))
	}
	var page bytes.Buffer
	write(&page, rows, known)
	if len(names) > 0 {
		_, err := page.WriteTo(os.Stdout)
		return err
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o777); err != nil {
		return err
	}
	return os.WriteFile(out, page.Bytes(), 0o666)
}

// control hunts on all blocks without a bug and returns the seeds that break all
// the same, by market. There should be none.
func control(folder string) (map[string][]string, error) {
	none := mutant{name: "none", file: all()[0].file, old: all()[0].old, with: all()[0].old}
	program, err := none.build(".", folder)
	if err != nil {
		return nil, err
	}
	known := map[string][]string{}
	for _, market := range hunt.Markets() {
		said, err := hunter(program, "-all", market)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(said) {
			_, seed, _ := strings.Cut(strings.TrimSpace(line), " ")
			known[market] = append(known[market], seed)
		}
		fmt.Fprintf(os.Stderr, "%s: %d seeds break without a bug\n", market, len(known[market]))
	}
	return known, nil
}

// hunter runs the hunting program on every block.
func hunter(program string, args ...string) (string, error) {
	args = append(args, strconv.Itoa(limit))
	for block := range blocks {
		args = append(args, strconv.Itoa(1+block*apart))
	}
	cmd := exec.Command(program, args...)
	cmd.Stderr = os.Stderr
	said, err := cmd.Output()
	return string(said), err
}

// row is what came of one mutant.
type row struct {
	mutant
	// by are the invariants that found it, seeds after how many seeds, a block; 0
	// is not within the limit.
	by    []string
	seeds []int
}

// hunted hunts one mutant on every block.
func hunted(m *mutant, folder string, known []string) (row, error) {
	r := row{mutant: *m}
	program, err := m.build(".", folder)
	if err != nil {
		return r, err
	}
	said, err := hunter(program, "-known", strings.Join(known, ","), m.market)
	if err != nil {
		return r, fmt.Errorf("%s: %w", m.name, err)
	}
	for line := range strings.Lines(said) {
		invariant, count, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.Atoi(count)
		if err != nil {
			return r, fmt.Errorf("%s: the hunter said %q", m.name, line)
		}
		r.seeds = append(r.seeds, n)
		if n > 0 && !slices.Contains(r.by, invariant) {
			r.by = append(r.by, invariant)
		}
	}
	slices.Sort(r.by)
	// A block in which it was not found stands behind all others.
	slices.SortFunc(r.seeds, func(a, b int) int { return cmp.Compare(rank(a), rank(b)) })
	if err := os.Remove(program); err != nil {
		return r, err
	}
	return r, nil
}

func rank(seeds int) int {
	if seeds == 0 {
		return limit + 1
	}
	return seeds
}

func shown(seeds int) string {
	if seeds == 0 {
		return "—"
	}
	return strconv.Itoa(seeds)
}

func (r *row) line() string {
	by := strings.Join(r.by, ", ")
	if by == "" {
		by = "**nothing**"
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s | %s | %s |", r.name, r.market, r.file, r.why, by,
		shown(r.seeds[len(r.seeds)/2]), shown(r.seeds[0]), shown(r.seeds[len(r.seeds)-1]))
}

// write writes the page.
func write(w io.Writer, rows []row, known map[string][]string) {
	found, broken := 0, 0
	for _, market := range hunt.Markets() {
		broken += len(known[market])
	}
	for _, r := range rows {
		if r.seeds[len(r.seeds)-1] > 0 {
			found++
		}
	}
	fmt.Fprintf(w, `# Planted bugs

How many random scenarios does it take until a checker notices a bug? Each line is a
small change of the simulator's source, laid over it for one build. That build runs
the random scenarios of `+"`sim hunt`"+`, seed by seed, on %d blocks of seeds that have none
in common, up to %d seeds each. Made by

    go run ./internal/mutants

Of %d bugs, %d were found on every block. A dash is a block on which a bug was not found.
What found it is an invariant (see the summary of a run) or a panic. Without a bug
%d of the same seeds break; these were passed over.

| bug | market | where | what goes wrong | found by | median seeds | least | most |
|---|---|---|---|---|--:|--:|--:|
`, blocks, limit, len(rows), found, broken)
	for _, r := range rows {
		fmt.Fprintln(w, r.line())
	}
}
