package stats

import (
	"fmt"
	"math"
)

// Wilson returns the score interval of a probability, of which p is the share of
// successes in n independent trials:
//
//	(n p + z²/2 ± z √(n p (1-p) + z²/4)) / (n + z²)
//
// where z is the normal quantile (Wilson, "Probable inference, the law of
// succession, and statistical inference", J. American Statistical Association
// 22, 1927). It stays in [0, 1], has a width also where p is 0 or 1, and holds
// its confidence near the ends (Brown, Cai and DasGupta, Statistical Science 16,
// 2001). n need not be whole; without trials the interval is [0, 1]. A p that is
// NaN is unknown, and so is its interval.
func Wilson(p, n, confidence float64) Interval {
	z := standardNormal(tailOf(confidence))
	switch {
	case math.IsNaN(p):
		return unknown()
	case p < 0 || p > 1 || !(n >= 0) || math.IsInf(n, 1):
		panic(fmt.Sprintf("stats: a share of %v in %v trials", p, n))
	}
	z2 := z * z
	center := (n*p + z2/2) / (n + z2)
	i := around(center, z*math.Sqrt(n*p*(1-p)+z2/4)/(n+z2)).within01()
	if p == 1 {
		i.High = 1 // as the formula has it, but for rounding; 0 comes out as 0
	}
	return i
}

// effectiveTrials returns the number of independent trials that would tell as
// much about the share as the sample does, which has at least two values.
//
// Independent trials of success probability p give a share with variance
// p(1-p)/n. The sample shows the variance s²/n of its mean, whatever the trials
// of a run have in common, and so is worth p(1-p)/(s²/n) of them: the number of
// trials over Kish's design effect (Kish, Survey Sampling, 1965). The variance
// itself is estimated, with n-1 degrees of freedom; the factor (z/t)² pays for
// that as Student's t does (Korn and Graubard, Survey Methodology 24, 1998).
//
// Two bounds hold the estimate. Below: a variable in [0, 1] with mean p varies
// by p(1-p) at most, so n independent replications are worth at least n trials.
// Above: the number of trials, where it is known. Trials of one run may repeat
// each other but are not expected to balance each other, and a lower variance is
// taken for luck.
//
// If all values are equal, they show no spread to estimate it from. The trials
// then count as independent, all of them, or one a replication where their
// number is unknown. For a share of 0 that is near the rule of three. It is too
// good for failures in clumps: if one run in fifty loses half its 40 trials, 20
// runs mostly show none, and three of four intervals at 95 % miss the share of
// 1 %. One trial a replication then holds 94 %; see Setting.Trials.
func effectiveTrials(m sample, trials, tail float64) float64 {
	least := float64(m.n())
	if m.sd == 0 {
		return max(least, trials)
	}
	se := m.standardError()
	ratio := standardNormal(tail) / studentT(tail, m.n()-1)
	worth := m.mean * (1 - m.mean) / (se * se) * (ratio * ratio)
	if trials > 0 {
		worth = min(worth, trials)
	}
	return max(least, worth)
}
