package figure

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// tick is a place on an axis. Without a label it is a short mark.
type tick struct {
	value float64
	label string
}

// linearTicks returns at most so many ticks, at round numbers: multiples of 1,
// 2 or 5 times a power of ten. Labels of very large or small numbers leave out
// a factor of 10^exponent, which belongs into the axis title.
func linearTicks(lo, hi float64, percent bool, most int) (ticks []tick, exponent int) {
	unit := 1.0
	if percent {
		unit = 100
	}
	first, last, mantissa, power := roundStep(lo*unit, hi*unit, most)
	if !percent {
		exponent = leftOut(max(math.Abs(lo), math.Abs(hi)))
	}
	decimals := max(0, exponent-power)
	for k := first; k <= last; k++ {
		label := number(shifted(k*mantissa, power-exponent), decimals)
		if percent {
			label += percentSign
		}
		ticks = append(ticks, tick{value: shifted(k*mantissa, power) / unit, label: label})
	}
	return ticks, exponent
}

const percentSign = "\u00a0%" // a space that does not break

// roundStep finds the smallest step mantissa * 10^power, with a mantissa of 1,
// 2 or 5, that has at most so many multiples from lo to hi. It returns
// the first and the last multiple as well.
func roundStep(lo, hi float64, most int) (first, last, mantissa float64, power int) {
	const slack = 1e-9
	for power = int(math.Floor(math.Log10(hi-lo))) - 2; ; power++ {
		for _, mantissa = range []float64{1, 2, 5} {
			step := shifted(mantissa, power)
			first, last = math.Ceil(lo/step-slack), math.Floor(hi/step+slack)
			if last-first < float64(most) {
				return first, last, mantissa, power
			}
		}
	}
}

// shifted returns v * 10^power, rounded once.
func shifted(v float64, power int) float64 {
	if power < 0 {
		return v / math.Pow10(-power)
	}
	return v * math.Pow10(power)
}

// leftOut returns the power of ten, a multiple of 3, that labels up to this
// size leave out, or 0 if they can be written as they are.
func leftOut(size float64) int {
	if size >= 0.01 && size < 1e6 {
		return 0
	}
	return 3 * int(math.Floor(math.Log10(size)/3+1e-9))
}

// logTicks returns round numbers on a logarithmic axis: 1, 2 and 5 in each
// power of ten if that gives at most so many, else each power of ten, else every
// second one and so on. Between them lie marks without a label. A range too
// short for that gets linear ticks.
func logTicks(lo, hi float64, percent bool, most int) (ticks []tick, exponent int) {
	s := scale{lo: lo, hi: hi, log: true}
	from, to := int(math.Floor(math.Log10(lo))), int(math.Ceil(math.Log10(hi)))
	for _, mantissas := range []string{"125", "1"} {
		if marks := logLabels(s, from, to, 1, mantissas, percent); len(marks) <= most {
			if len(marks) < 3 {
				break
			}
			return append(marks, minorTicks(s, from, to)...), 0
		}
	}
	if marks := logLabels(s, from, to, 1, "1", percent); len(marks) < 3 {
		return linearTicks(lo, hi, percent, most)
	}
	for every := 2; ; every++ {
		marks := logLabels(s, from, to, every, "1", percent)
		if len(marks) <= most {
			return marks, 0
		}
	}
}

// logLabels returns the labelled ticks in every so many powers of ten.
func logLabels(s scale, from, to, every int, mantissas string, percent bool) (ticks []tick) {
	plain := s.lo >= 1e-3 && s.hi < 1e6 || percent
	for power := from; power <= to; power++ {
		if power%every != 0 {
			continue
		}
		for _, m := range mantissas {
			mantissa := float64(m - '0')
			t := tick{value: shifted(mantissa, power)}
			switch {
			case !s.has(t.value):
				continue
			case percent:
				t.label = number(shifted(mantissa, power+2), max(0, -power-2)) + percentSign
			case plain:
				t.label = number(t.value, max(0, -power))
			case m == '1':
				t.label = powerOfTen(power)
			default:
				t.label = string(m) + "·" + powerOfTen(power)
			}
			ticks = append(ticks, t)
		}
	}
	return ticks
}

// minorTicks are the marks at 2 to 9 times each power of ten.
func minorTicks(s scale, from, to int) (ticks []tick) {
	for power := from; power <= to; power++ {
		for m := 2.0; m <= 9; m++ {
			if v := shifted(m, power); s.has(v) {
				ticks = append(ticks, tick{value: v})
			}
		}
	}
	return ticks
}

// measured returns ticks at the measured places themselves, which tell most if
// they are few and round. It returns nil if they are not.
func measured(values []float64, percent bool) (ticks []tick) {
	const most = 12
	if len(values) > most {
		return nil
	}
	for _, v := range values {
		shown, suffix := v, ""
		if percent {
			shown, suffix = v*100, percentSign
		}
		round, err := strconv.ParseFloat(strconv.FormatFloat(shown, 'g', 3, 64), 64)
		exact := err == nil && math.Abs(round-shown) <= 1e-9*math.Abs(shown)
		if !exact || shown != 0 && leftOut(math.Abs(shown)) != 0 {
			return nil
		}
		_, fraction, _ := strings.Cut(strconv.FormatFloat(round, 'f', -1, 64), ".")
		ticks = append(ticks, tick{value: v, label: number(round, len(fraction)) + suffix})
	}
	return ticks
}

// number writes v with so many decimals, a true minus sign, and a thin space
// between groups of three digits from 10 000 on.
func number(v float64, decimals int) string {
	text := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, fraction, dotted := strings.Cut(text, ".")
	if len(whole) > 4 {
		var groups []string
		for len(whole) > 3 {
			groups = append([]string{whole[len(whole)-3:]}, groups...)
			whole = whole[:len(whole)-3]
		}
		whole = strings.Join(append([]string{whole}, groups...), "\u2009")
	}
	if dotted {
		whole += "." + fraction
	}
	if v < 0 {
		whole = "−" + whole
	}
	return whole
}

var raisedDigits = strings.NewReplacer(
	"-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

func powerOfTen(power int) string { return "10" + raisedDigits.Replace(strconv.Itoa(power)) }

// axisTitle writes a title with its unit, and the factor that the labels leave out.
func axisTitle(spec Axis, exponent int) string {
	unit := spec.Unit
	if exponent != 0 {
		unit = strings.TrimSpace(powerOfTen(exponent) + " " + unit)
	}
	if unit == "" {
		return spec.Title
	}
	return strings.TrimSpace(fmt.Sprintf("%s [%s]", spec.Title, unit))
}
