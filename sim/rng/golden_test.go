package rng

import (
	"encoding/binary"
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite testdata/golden.txt")

// The digests of 10,000 draws are the same on every machine. Run this test
// wherever the simulator is to run: with GODEBUG=cpu.fma=off, GOAMD64=v3,
// GOARCH=386, GOARCH=arm64. Write it anew only if the draws were meant to
// change: it changes every result of the simulator.
func TestGoldenDrawsAreTheSameBitsOnEveryMachine(t *testing.T) {
	const golden = "testdata/golden.txt"
	got := digests(t)
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// digests has a line for each law, and for the functions that scenarios use
// without drawing.
func digests(t *testing.T) string {
	var out strings.Builder
	line := func(name string, value func(s *Stream) float64) {
		fmt.Fprintf(&out, "%016x %s\n", digest(value), name)
	}
	line("Float64", (*Stream).Float64)
	line("IntN(1000)", func(s *Stream) float64 { return float64(s.IntN(1000)) })
	line("Probability", func(s *Stream) float64 { return ProbabilityOf(s.Float64()).Float64() })
	line("log", func(s *Stream) float64 { return log(math.Ldexp(s.open(), s.IntN(2000)-1000)) })
	line("exp", func(s *Stream) float64 { return exp(float64(1500*s.open()) - 750) })
	line("normalQuantile", func(s *Stream) float64 { return normalQuantile(math.Ldexp(s.open(), -s.IntN(100))) })
	line("normal moments", func(s *Stream) float64 {
		d, _ := newNormal(s.open(), s.open())
		return d.Mean() + d.Variance()
	})
	line("weibull moments", func(s *Stream) float64 {
		d, _ := newWeibull(1, 0.1+s.open())
		return d.Mean() + d.Variance()
	})
	for _, law := range laws(t) {
		line(law.name, law.Draw)
	}
	return out.String()
}

// digest hashes the bits of 10,000 values (FNV-1a).
func digest(value func(s *Stream) float64) uint64 {
	stream := NewStream(1, "golden", 0)
	hash := fnv.New64a()
	for range 10_000 {
		var word [8]byte
		binary.LittleEndian.PutUint64(word[:], math.Float64bits(value(&stream)))
		hash.Write(word[:])
	}
	return hash.Sum64()
}
