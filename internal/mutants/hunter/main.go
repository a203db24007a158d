// Hunter is the program into which a bug is planted: it hunts on blocks of seeds
// and prints, a line a block, the seed that found something and what broke.
//
//	hunter MARKET SEEDS FROM...
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"

	"souk/experiments/hunt"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 3 {
		return fmt.Errorf("usage: hunter MARKET SEEDS FROM...")
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
		bag, err := hunt.Hunt(context.Background(), hunt.Random(args[0]), hunt.Options{From: from, Seeds: seeds, Workers: runtime.NumCPU()})
		if err != nil {
			return err
		}
		if len(bag.Findings) == 0 {
			fmt.Println("none", 0)
			continue
		}
		f := bag.Findings[0]
		fmt.Println(f.Invariant, f.Seed-from+1)
	}
	return nil
}
