package main

import (
	"errors"
	"fmt"
	"io"

	"souk/experiments/cells"
	"souk/experiments/sweep"
	"souk/sim"
	"souk/sim/check"
	"souk/sim/run"
	"souk/sim/scenario/field"
)

// The exit codes.
const (
	exitOK       = 0
	exitInternal = 1
	exitUsage    = 2
	// exitBroken: an invariant broke, an expectation was not met, or a run did not
	// repeat itself.
	exitBroken = 3
	// exitInconclusive: the results are there, but not as exact as was asked for,
	// or they say nothing about what was expected.
	exitInconclusive = 4
	// exitIncomplete: some runs of a sweep failed.
	exitIncomplete = 5
)

// usageError is the user's mistake.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

// interrupted is the user's wish; its code is 128 + the signal's number.
type interrupted struct {
	code int
	// trace is the log that was written so far, if any.
	trace string
	// kept says what a sweep has done so far.
	kept string
}

func (interrupted) Error() string { return "interrupted" }

// report prints an error and returns the exit code that it means.
func report(stderr io.Writer, err error) int {
	var problems field.Problems
	var usage usageError
	var broken *check.Breach
	var standstill *sim.Standstill
	var signal interrupted
	switch {
	case errors.As(err, &problems):
		_ = problems.Print(stderr)
		return exitUsage
	case errors.As(err, &signal):
		if signal.kept != "" {
			fmt.Fprintln(stderr, "sim:", signal.kept)
			return signal.code
		}
		written := "nothing was written"
		if signal.trace != "" && signal.trace != "-" {
			written = "the trace so far is in " + signal.trace
		}
		fmt.Fprintf(stderr, "sim: interrupted; %s\n", written)
		return signal.code
	}
	fmt.Fprintln(stderr, "sim:", err)
	var doubt sweep.Inconclusive
	var failed *cells.Failed
	var parted differs
	var found foundBreaches
	var judgement unmet
	switch {
	case errors.As(err, &broken), errors.As(err, &parted), errors.As(err, &found):
		return exitBroken
	case errors.As(err, &judgement) && judgement.outcome == run.NotMet:
		return exitBroken
	case errors.As(err, &failed):
		return exitIncomplete
	case errors.As(err, &usage), errors.As(err, &standstill):
		return exitUsage
	case errors.As(err, &doubt), errors.As(err, &judgement):
		return exitInconclusive
	}
	return exitInternal
}
