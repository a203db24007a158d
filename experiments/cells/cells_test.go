package cells_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"souk/experiments/cells"
)

type value struct {
	Square int
	Share  float64
}

// squares are jobs that count how often they are computed.
func squares(n int, computed *atomic.Int32) []cells.Job[value] {
	jobs := make([]cells.Job[value], n)
	for i := range jobs {
		jobs[i] = cells.Job[value]{
			Key: cells.KeyOf("square", strconv.Itoa(i)), Name: "job " + strconv.Itoa(i),
			Do: func(context.Context) (value, error) {
				computed.Add(1)
				return value{Square: i * i, Share: 1 / (float64(i) + 3)}, nil
			},
		}
	}
	return jobs
}

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	}))
	return names
}

func TestWhatIsInTheStoreIsNotComputedAgain(t *testing.T) {
	dir := t.TempDir()
	var computed atomic.Int32
	first, err := cells.Compute(t.Context(), &cells.Lab{Store: cells.Open(dir), Workers: 1}, squares(20, &computed))
	require.NoError(t, err)
	require.Equal(t, 49, first[7].Square)
	require.EqualValues(t, 20, computed.Load())

	again, err := cells.Compute(t.Context(), &cells.Lab{Store: cells.Open(dir), Workers: 4}, squares(20, &computed))
	require.NoError(t, err)
	assert.Equal(t, first, again, "every bit of a float survives")
	assert.EqualValues(t, 20, computed.Load())

	fresh, err := cells.Compute(t.Context(), &cells.Lab{Store: cells.Open(dir), Workers: 4, Fresh: true}, squares(20, &computed))
	require.NoError(t, err)
	assert.Equal(t, first, fresh)
	assert.EqualValues(t, 40, computed.Load())
}

func TestADamagedCellIsComputedAgain(t *testing.T) {
	dir := t.TempDir()
	store := cells.Open(dir)
	key := cells.KeyOf("a")
	require.NoError(t, store.Save(key, value{Square: 1234, Share: 0.1}))
	name := files(t, dir)[0]
	whole, err := os.ReadFile(name)
	require.NoError(t, err)
	for length := range len(whole) - 1 {
		require.NoError(t, os.WriteFile(name, whole[:length], 0o666))
		var v value
		there, err := store.Load(key, &v)
		require.NoError(t, err)
		require.False(t, there, "the first %d bytes of a cell are no cell", length)
	}
	require.NoError(t, store.Save(key, value{Square: 1234, Share: 0.1}))
	var v value
	there, err := store.Load(key, &v)
	require.NoError(t, err)
	require.True(t, there)
	require.Equal(t, value{1234, 0.1}, v)
}

func TestACellUnderAnotherNameIsNotTakenForTheOther(t *testing.T) {
	dir := t.TempDir()
	store := cells.Open(dir)
	a, b := cells.KeyOf("a"), cells.KeyOf("b")
	require.NoError(t, store.Save(a, 1))
	from := files(t, dir)[0]
	to := filepath.Join(dir, string(b[:2]), string(b[2:])+".json")
	require.NoError(t, os.MkdirAll(filepath.Dir(to), 0o777))
	require.NoError(t, os.Rename(from, to))
	var v int
	there, err := store.Load(b, &v)
	require.NoError(t, err)
	assert.False(t, there)
}

func TestKeysTellTheirPartsApart(t *testing.T) {
	assert.NotEqual(t, cells.KeyOf("ab", "c"), cells.KeyOf("a", "bc"))
	assert.NotEqual(t, cells.KeyOf("a"), cells.KeyOf("a", ""))
	assert.Equal(t, cells.KeyOf("a", "b"), cells.KeyOf("a", "b"))
}

func TestAnInterruptKeepsWhatIsFinished(t *testing.T) {
	dir := t.TempDir()
	var computed atomic.Int32
	ctx, stop := context.WithCancel(t.Context())
	seen := 0
	lab := cells.Lab{Store: cells.Open(dir), Workers: 2, Watch: func(bool) {
		if seen++; seen == 7 {
			stop()
		}
	}}
	_, err := cells.Compute(ctx, &lab, squares(100, &computed))
	var interrupted *cells.Interrupted
	require.ErrorAs(t, err, &interrupted)
	assert.GreaterOrEqual(t, interrupted.Kept, 7)
	assert.Less(t, interrupted.Kept, 100)
	assert.Len(t, files(t, dir), interrupted.Kept)

	before := computed.Load()
	_, err = cells.Compute(t.Context(), &cells.Lab{Store: cells.Open(dir), Workers: 2}, squares(100, &computed))
	require.NoError(t, err)
	assert.EqualValues(t, 100-interrupted.Kept, computed.Load()-before, "only the rest is computed")
}

func TestAFailureLeavesTheOthersAlone(t *testing.T) {
	dir := t.TempDir()
	var computed atomic.Int32
	jobs := squares(10, &computed)
	broken := errors.New("goods from nowhere")
	jobs[3].Do = func(context.Context) (value, error) { return value{}, broken }
	jobs[6].Do = func(context.Context) (value, error) { panic("a bug") }
	_, err := cells.Compute(t.Context(), &cells.Lab{Store: cells.Open(dir), Workers: 3}, jobs)
	require.ErrorIs(t, err, broken)
	assert.ErrorContains(t, err, "job 3: goods from nowhere")
	assert.ErrorContains(t, err, "2 of 10 cells failed")
	assert.Len(t, files(t, dir), 8)

	_, err = cells.Compute(t.Context(), &cells.Lab{Store: cells.Open(dir), Workers: 3}, jobs[6:7])
	assert.ErrorContains(t, err, "internal error: a bug")
}

func TestWhatCannotBeKeptIsNotComputed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o666))
	var computed atomic.Int32
	_, err := cells.Compute(t.Context(), &cells.Lab{Store: cells.Open(filepath.Join(file, "cells")), Workers: 2}, squares(20, &computed))
	require.ErrorContains(t, err, "finished runs can't be kept")
	assert.Zero(t, computed.Load())
}

func TestOpeningClearsWhatAKilledProcessLeft(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, cells.Open(dir).Save(cells.KeyOf("a"), 1))
	old, young := filepath.Join(dir, "unfinished", ".unfinished-1"), filepath.Join(dir, "unfinished", ".unfinished-2")
	for _, name := range []string{old, young} {
		require.NoError(t, os.WriteFile(name, []byte("half a"), 0o666))
	}
	require.NoError(t, os.Chtimes(old, time.Time{}, time.Now().Add(-time.Hour)))
	cells.Open(dir)
	assert.NoFileExists(t, old)
	assert.FileExists(t, young, "it may belong to another process that is just writing")
}

func TestAFileIsReplacedAsAWhole(t *testing.T) {
	name := filepath.Join(t.TempDir(), "deep", "page.md")
	require.NoError(t, cells.WriteFile(name, []byte("first")))
	require.NoError(t, cells.WriteFile(name, []byte("second")))
	content, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, "second", string(content))
	assert.Len(t, files(t, filepath.Dir(name)), 1)
}

func TestNoMoreJobsAreComputedAtOnceThanThereAreWorkers(t *testing.T) {
	var now, most atomic.Int32
	jobs := make([]cells.Job[int], 60)
	for i := range jobs {
		jobs[i] = cells.Job[int]{Key: cells.KeyOf(strconv.Itoa(i)), Do: func(context.Context) (int, error) {
			n := now.Add(1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			time.Sleep(time.Millisecond)
			now.Add(-1)
			return i, nil
		}}
	}
	values, err := cells.Compute(t.Context(), &cells.Lab{Store: cells.Open(t.TempDir()), Workers: 3}, jobs)
	require.NoError(t, err)
	assert.Equal(t, 59, values[59])
	assert.EqualValues(t, 3, most.Load())
}
