// Sim runs Souk's scenarios. Results go to standard output, all else to
// standard error. Exit codes: 0 ok; 1 internal or input/output error; 2 usage
// or scenario error; 3 a broken invariant, an expectation that was not met, or a
// run that does not repeat itself; 4 results less exact than asked for, or an
// expectation of which they say nothing; 5 some runs of a sweep failed; 130 and
// 143 interrupted.
package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"souk/sim/trace"
)

// cli is the command line.
type cli struct {
	Run        runCmd        `cmd:"" default:"withargs" help:"Run a scenario once and sum it up."`
	Sweep      sweepCmd      `cmd:"" help:"Run a scenario at many points, often enough to know its measures with an interval."`
	Experiment experimentCmd `cmd:"" help:"Make the experiments that ship: tables, data and figures."`
	Compare    compareCmd    `cmd:"" help:"Compare scenarios run by run on common random numbers."`
	Calibrate  calibrateCmd  `cmd:"" help:"Look for the times that the report does not give."`
	Warmup     warmupCmd     `cmd:"" help:"Find how long a scenario takes to settle (Welch, MSER-5)."`
	Verify     verifyCmd     `cmd:"" help:"Show that runs repeat themselves, bit for bit, or where they part."`
	Hunt       huntCmd       `cmd:"" help:"Look for broken invariants in random scenarios, seed by seed."`
	Check      checkCmd      `cmd:"" help:"Check scenario files, or explain one with all defaults."`
	List       listCmd       `cmd:"" help:"List the scenarios that ship with sim."`
	Init       initCmd       `cmd:"" help:"Write a scenario file to start from."`
	Schema     schemaCmd     `cmd:"" help:"Print the JSON Schema of scenario files, for your editor."`
	Measure    measureCmd    `cmd:"" hidden:"" help:"Measure one run for sim experiment scale."`
	Version    versionCmd    `cmd:"" help:"Print the version."`
}

const about = `A deterministic simulator of decentralised marketplaces.

Start with: sim run bazaar`

func main() { os.Exit(command(os.Args[1:], os.Stdout, os.Stderr)) }

// command is main with its surroundings made explicit, and returns the exit code.
func command(args []string, stdout, stderr io.Writer) int {
	var c cli
	exit := -1
	parser, err := kong.New(&c,
		kong.Name("sim"), kong.Description(about), kong.UsageOnError(),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exit = code }),
		kong.Vars{"kinds": strings.Join(trace.Groups(), ", "), "markets": marketNames()},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(stdout, (*resultWriter)(nil)), kong.BindTo(stderr, (*noteWriter)(nil)),
	)
	if err != nil {
		fmt.Fprintln(stderr, "sim:", err)
		return exitInternal
	}
	ctx, err := parser.Parse(args)
	if exit >= 0 {
		return exit // --help was printed
	}
	if err != nil {
		fmt.Fprintf(stderr, "sim: %v\nsee: sim --help\n", err)
		return exitUsage
	}
	if err := ctx.Run(); err != nil {
		return report(stderr, err)
	}
	return exitOK
}

// resultWriter is where results go, noteWriter where all else goes.
type (
	resultWriter interface{ io.Writer }
	noteWriter   interface{ io.Writer }
)
