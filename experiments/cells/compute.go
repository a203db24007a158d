package cells

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Job is a cell to have, and the way to its value if it is not in the store.
type Job[T any] struct {
	Key Key
	// Name is how an error calls the job.
	Name string
	// Do computes the value. It is a pure function: the same job gives the same
	// value, in whatever order and on whatever core. It gives up when the context
	// ends.
	Do func(context.Context) (T, error)
}

// Lab computes cells on several cores and keeps them in a store.
type Lab struct {
	Store *Store
	// Workers is how many jobs are computed at once.
	Workers int
	// Fresh computes every cell anew, over those in the store.
	Fresh bool
	// Watch, if set, is told of every cell that is there now; it is called by
	// one goroutine at a time.
	Watch func(computed bool)
}

// Interrupted is the error of a computation that was told to stop.
type Interrupted struct{ Kept, All int }

func (i *Interrupted) Error() string {
	return fmt.Sprintf("interrupted; %d/%d cells kept; the same command continues", i.Kept, i.All)
}

// Unsaved is the error of a value that could not be kept, or read again.
type Unsaved struct{ Err error }

func (u *Unsaved) Error() string { return "finished runs can't be kept: " + u.Err.Error() }

// Unwrap returns the cause.
func (u *Unsaved) Unwrap() error { return u.Err }

// Failed is the error of a computation some of whose jobs failed. All others
// were done, and are in the store.
type Failed struct {
	// First is the first job's that failed, in the order of the jobs.
	First     error
	Jobs, All int
}

func (f *Failed) Error() string {
	return fmt.Sprintf("%v\n%d of %d cells failed; the others are kept", f.First, f.Jobs, f.All)
}

// Unwrap returns the first failure.
func (f *Failed) Unwrap() error { return f.First }

// saving is how many cells may be on their way to the disk, or from it, while
// others are computed: a worker doesn't wait for a disk.
const saving = 16

// Compute returns the values of the jobs, in their order. If the context ends
// before all are there, the error is an *Interrupted; if jobs fail, a *Failed.
// In both cases what is finished is in the store. If it can't be written, nothing
// is computed.
func Compute[T any](ctx context.Context, lab *Lab, jobs []Job[T]) ([]T, error) {
	if slices.ContainsFunc(jobs, func(j Job[T]) bool { return lab.Fresh || !lab.Store.Has(j.Key) }) {
		// Before hours of work, not after.
		if err := lab.Store.Writable(); err != nil {
			return nil, &Unsaved{err}
		}
	}
	values := make([]T, len(jobs))
	failures := make([]error, len(jobs))
	var mu sync.Mutex
	kept := 0
	workers := make(chan struct{}, max(1, lab.Workers))
	var group errgroup.Group
	group.SetLimit(cap(workers) + saving)
	for i := range jobs {
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error {
			if ctx.Err() != nil {
				return nil // told to stop before it began
			}
			computed, err := one(ctx, lab, &jobs[i], &values[i], workers)
			if err != nil {
				failures[i] = err
				return nil
			}
			mu.Lock()
			defer mu.Unlock()
			kept++
			if lab.Watch != nil {
				lab.Watch(computed)
			}
			return nil
		})
	}
	_ = group.Wait() // jobs report through failures
	if ctx.Err() != nil {
		return nil, &Interrupted{Kept: kept, All: len(jobs)}
	}
	failed := &Failed{All: len(jobs)}
	for i, err := range failures {
		if unsaved := (*Unsaved)(nil); errors.As(err, &unsaved) {
			return nil, unsaved
		}
		if err != nil && failed.First == nil {
			failed.First = fmt.Errorf("%s: %w", jobs[i].Name, err)
		}
		if err != nil {
			failed.Jobs++
		}
	}
	if failed.First != nil {
		return nil, failed
	}
	return values, nil
}

// one gets the value of one job, and says whether it had to be computed, for
// which it takes one of the workers.
func one[T any](ctx context.Context, lab *Lab, job *Job[T], value *T, workers chan struct{}) (computed bool, err error) {
	if !lab.Fresh {
		there, err := lab.Store.Load(job.Key, value)
		if err != nil {
			return false, &Unsaved{err}
		}
		if there {
			return false, nil
		}
	}
	workers <- struct{}{}
	*value, err = do(ctx, job)
	<-workers
	if err != nil {
		return true, err
	}
	if err := lab.Store.Save(job.Key, *value); err != nil {
		return true, &Unsaved{err}
	}
	return true, nil
}

// do computes a value; a panic, which is a bug of ours, becomes an error that
// tells where it came from.
func do[T any](ctx context.Context, job *Job[T]) (value T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("internal error: %v\n%s", r, debug.Stack())
		}
	}()
	if ctx.Err() != nil {
		return value, ctx.Err()
	}
	return job.Do(ctx)
}
