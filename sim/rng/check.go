package rng

import (
	"fmt"
	"math"
)

// The checks of parameters return nil or an error that names the parameter as
// the user does. Callers combine them with cmp.Or: the first error wins.

// notNegative wants a finite number, zero or above.
func notNegative(name string, x float64) error {
	switch {
	case !finite(x):
		return fmt.Errorf("%s must be a finite number", name)
	case x < 0:
		return fmt.Errorf("%s must not be negative", name)
	}
	return nil
}

// positive wants a finite number above zero.
func positive(name string, x float64) error {
	switch {
	case !finite(x):
		return fmt.Errorf("%s must be a finite number", name)
	case x <= 0:
		return fmt.Errorf("%s must be above 0", name)
	}
	return nil
}

// moderate wants a pure number between 0.001 and 1,000,000: wide enough for
// every shape that still looks like its family, and narrow enough that its
// square, its inverse and its gamma function are numbers.
func moderate(name string, x float64) error {
	if x > 0 && (x < 0.001 || x > 1e6) {
		return fmt.Errorf("%s must be between 0.001 and 1000000", name)
	}
	return positive(name, x)
}

// whole wants a whole number that float64 holds exactly, zero or above.
func whole(name string, x float64) error {
	const exact = 1 << 53
	switch {
	case finite(x) && x != math.Floor(x):
		return fmt.Errorf("%s must be a whole number", name)
	case finite(x) && x > exact:
		return fmt.Errorf("%s must be at most %d", name, int64(exact))
	}
	return notNegative(name, x)
}

// ordered wants hi at or above lo.
func ordered(hiName string, hi float64, loName string, lo float64) error {
	if hi < lo {
		return fmt.Errorf("%s must not be below %s", hiName, loName)
	}
	return nil
}

// above wants hi above lo.
func above(hiName string, hi float64, loName string, lo float64) error {
	if hi <= lo {
		return fmt.Errorf("%s must be above %s", hiName, loName)
	}
	return nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
