// Bench compares Souk's kernel with what a user can install instead:
//
//	go run ./bench
//
// It builds the programs of the peers that are installed, runs all programs in
// turns, round by round, checks that all fired the same events, and writes what
// it measured as a page, a table and two figures. Only processor time counts,
// and only the ratios within a round are compared, because machines are shared
// and their clocks change.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout)
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// settings is what the flags say.
type settings struct {
	rounds int
	out    string
	sizes  []int // of phold and hold
	huge   int   // of the largest hold; 0: none
	peers  []string
	// share scales the number of events: 1 is enough for a stable figure.
	share float64
}

func parse(args []string, w io.Writer) (s settings, err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(w)
	flags.IntVar(&s.rounds, "rounds", 5, "how often everything is run")
	flags.StringVar(&s.out, "out", filepath.Join("results", "bench"), "the folder for what is written")
	sizes := flags.String("sizes", "1e3,1e5,1e6", "pending events in hold and phold")
	huge := flags.String("huge", "1e7", "pending events in the largest hold, 0 for none")
	peers := flags.String("peers", "", "only these, by their folders in bench/peers, with commas (default all)")
	quick := flags.Bool("quick", false, "a tenth of the events, at most 1e5 of them pending: to see whether it works")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if flags.NArg() > 0 {
		return s, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if s.rounds < 1 {
		return s, fmt.Errorf("%d rounds", s.rounds)
	}
	for size := range strings.SplitSeq(*sizes, ",") {
		n, err := number(size)
		if err != nil || n == 0 {
			return s, fmt.Errorf("-sizes: %q is no number of events", size)
		}
		s.sizes = append(s.sizes, n)
	}
	if s.huge, err = number(*huge); err != nil {
		return s, fmt.Errorf("-huge: %q is no number of events", *huge)
	}
	if slices.Contains(s.sizes, s.huge) {
		return s, fmt.Errorf("-huge: %q is one of -sizes", *huge)
	}
	if *peers != "" {
		s.peers = strings.Split(*peers, ",")
	}
	s.share = 1
	if *quick {
		s.share, s.huge = 0.1, 0
		s.sizes = slices.DeleteFunc(s.sizes, func(n int) bool { return n > 100_000 })
	}
	return s, nil
}

// number reads a count such as 1000 or 1e3.
func number(text string) (int, error) {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, err
	}
	if f < 0 || f > 1e8 || f != float64(int(f)) {
		return 0, fmt.Errorf("%q is out of range", text)
	}
	return int(f), nil
}

func run(ctx context.Context, args []string, w io.Writer) error {
	s, err := parse(args, w)
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "souk-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	b, err := newBuilder(ctx, scratch)
	if err != nil {
		return err
	}
	field, err := b.field(s.peers, w)
	if err != nil {
		return err
	}
	whole := &peer{name: "Souk's markets", folder: "market"}
	if err := b.goBuild(whole, b.root, "./bench/market"); err != nil {
		return err
	}
	m := &measurement{settings: s, field: field, whole: whole, quantiles: b.quantiles()}
	if err := m.run(ctx, w); err != nil {
		return err
	}
	return m.write(w, time.Now().Format(time.DateOnly)+", "+describe())
}
