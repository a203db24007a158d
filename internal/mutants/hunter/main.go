// Hunter is the program into which a bug is planted: it hunts on blocks of seeds
// and prints, a line a block, what broke and after how many seeds.
//
//	hunter [-known SEED,...] MARKET SEEDS FROM...
//	hunter -all MARKET SEEDS FROM...
//
// Seeds that are known to break without the bug are passed over. With -all it
// prints each seed that breaks.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"souk/experiments/hunt"
)

func main() {
	all := flag.Bool("all", false, "print each seed that breaks")
	known := flag.String("known", "", "seeds to pass over")
	flag.Parse()
	if err := run(flag.Args(), *all, *known); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string, all bool, known string) error {
	if len(args) < 3 {
		return fmt.Errorf("usage: hunter [-all | -known SEED,...] MARKET SEEDS FROM")
	}
	seeds, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	for _, word := range args[2:] {
		from, err := strconv.ParseUint(word, 10, 64)
		if err != nil {
			return err
		}
		o := hunt.Options{From: from, Seeds: seeds, Workers: runtime.NumCPU(), KeepGoing: all}
		if err := block(hunt.Random(args[0]), o, strings.Split(known, ",")); err != nil {
			return err
		}
	}
	return nil
}

// block hunts on one block of seeds.
func block(g hunt.Ground, o hunt.Options, known []string) error {
	first, end := o.From, o.From+uint64(o.Seeds)
	for o.From < end {
		o.Seeds = int(end - o.From)
		bag, err := hunt.Hunt(context.Background(), g, o)
		if err != nil {
			return err
		}
		if o.KeepGoing {
			for _, f := range bag.Findings {
				fmt.Println(f.Invariant, f.Seed)
			}
			return nil
		}
		if len(bag.Findings) == 0 {
			break
		}
		f := bag.Findings[0]
		if !slices.Contains(known, strconv.FormatUint(f.Seed, 10)) {
			fmt.Println(f.Invariant, f.Seed-first+1)
			return nil
		}
		o.From = f.Seed + 1
	}
	fmt.Println("none", 0)
	return nil
}
