package field

import (
	"fmt"
	"strings"
)

// didYouMean returns `did you mean "x"? ` for the candidate nearest to what was
// typed, or "" when none is near.
func didYouMean(typed string, candidates []string) string {
	if best := Nearest(typed, candidates); best != "" {
		return fmt.Sprintf("did you mean %q? ", best)
	}
	return ""
}

// Nearest returns the candidate that is most likely meant, or "". One slip for
// every three characters of the longer word is allowed, so that thruput is near
// throughput; case and the choice of - or _ are free.
func Nearest(typed string, candidates []string) string {
	typed = plainName(typed)
	if len(typed) > 64 { // no key is that long
		return ""
	}
	best, fewest := "", len(typed)+1
	for _, c := range candidates {
		d := distance(typed, plainName(c))
		if allowed := max(1, max(len(typed), len(c))/3); d <= allowed && d < len(c) && d < fewest {
			best, fewest = c, d
		}
	}
	return best
}

func plainName(s string) string {
	return strings.ToLower(strings.ReplaceAll(s, "-", "_"))
}

// distance is the number of slips of the keyboard that turn a into b: a letter
// missing, added or wrong, or two next to each other swapped.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	var older []int
	last := make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		row := make([]int, len(t)+1)
		row[0] = i
		for j := 1; j <= len(t); j++ {
			change := last[j-1]
			if s[i-1] != t[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
		}
		older, last = last, row
	}
	return last[len(t)]
}
