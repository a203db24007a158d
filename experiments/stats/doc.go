// Package stats turns the results of replicated simulation runs into estimates.
//
// A run with one seed is one replication, and gives each measure one value. The
// values of a measure over independent replications are a sample in the sense
// of a statistics book, whatever goes on within a run; that is why nothing here
// looks at the observations of one run, except the two functions that look for
// the end of a warm-up ([MSER5], [Welch]).
//
//   - [Describe] gives the mean with its confidence interval, and the interval
//     in which one further run is expected ([Predict]).
//   - [Paired] compares two settings that were run with common random numbers.
//   - [Target] says how many replications a wanted precision takes.
//
// A value that is not finite is unknown: the mean latency of a run in which
// nobody bought anything is NaN. Unknown values are left out, and N says how
// many were known. A result that the known values don't determine is NaN.
//
// All functions are pure. They panic on arguments that only a bug can produce,
// such as a confidence of 95 instead of 0.95.
package stats
