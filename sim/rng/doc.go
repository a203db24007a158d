// Package rng turns a seed into draws: keyed streams of random words, and the
// distributions that shape those words into delays, prices and counts.
//
// Two promises hold for everything in it.
//
// The same seed gives the same bits on every machine. The Go specification
// lets a compiler fuse x*y + z into one operation with one rounding, across
// statements and inlined calls, and the compilers for arm64 and GOAMD64=v3 do;
// math.Exp, math.Log and their kin are in assembly on some CPUs. So every
// floating-point product here stands in an explicit float64(...), which the
// specification says rounds, and the transcendental functions are this
// package's own. Dividing by a power of two counts as a product, because that
// is what compilers make of it. Tests read the source and hold both rules.
//
// Every draw takes exactly one word of its stream, whatever the distribution
// and its parameters. Two runs that differ in one parameter therefore stay in
// step, draw for draw (common random numbers), and all distributions but gamma
// and Erlang grow with the word, so that the runs' draws are as alike as the
// change allows.
package rng
