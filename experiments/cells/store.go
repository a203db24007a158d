// Package cells keeps the results of finished runs, one file a run, and
// computes those that are missing. A cell is named by a hash of everything
// that its value depends on, so whether it is done is a question to the file
// system, and resuming, sharing and merging sweeps need nothing else.
package cells

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// schema names the format of a cell's file.
const schema = "souk.cell/1"

// Key names a cell.
type Key string

// KeyOf returns the key of a cell whose value depends on the given texts, in
// this order, and on nothing else.
func KeyOf(parts ...string) Key {
	h := sha256.New()
	for _, part := range parts {
		// The length keeps ("ab", "c") and ("a", "bc") apart.
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return Key(hex.EncodeToString(h.Sum(nil)[:16]))
}

// Store is a folder of cells. Several processes may use it at the same time.
type Store struct{ dir string }

// Open returns the store in a folder, which is made when the first cell is
// saved. It removes what a killed process left unfinished.
func Open(dir string) *Store {
	s := &Store{dir: dir}
	discardUnfinished(s.unfinished())
	return s
}

// discardUnfinished removes what killed processes left unfinished in a folder.
func discardUnfinished(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // there is none
	}
	for _, e := range entries {
		info, err := e.Info()
		// A minute is much longer than any write of another process takes.
		if err == nil && strings.HasPrefix(e.Name(), unfinished) && time.Since(info.ModTime()) > time.Minute {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// unfinished begins the name of a file that has not got its own yet.
const unfinished = ".unfinished-"

func (s *Store) unfinished() string { return filepath.Join(s.dir, "unfinished") }

// path spreads the cells over folders by the first two digits of their key.
func (s *Store) path(k Key) string {
	return filepath.Join(s.dir, string(k[:2]), string(k[2:])+".json")
}

// cell is the content of a file.
type cell struct {
	Schema string          `json:"schema"`
	Key    Key             `json:"key"`
	Value  json.RawMessage `json:"value"`
}

// Writable makes the folder, and says whether cells can be saved in it.
func (s *Store) Writable() error {
	if err := os.MkdirAll(s.unfinished(), 0o777); err != nil {
		return err
	}
	f, err := os.CreateTemp(s.unfinished(), unfinished+"*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// Has says whether the cell is there.
func (s *Store) Has(k Key) bool {
	_, err := os.Stat(s.path(k))
	return err == nil
}

// Load reads a cell into v. A file that is not the cell it should be, such as
// one that a failing disk has damaged, counts as missing.
func (s *Store) Load(k Key, v any) (bool, error) {
	src, err := os.ReadFile(s.path(k))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("cell: %w", err)
	}
	var c cell
	if json.Unmarshal(src, &c) != nil || c.Schema != schema || c.Key != k || json.Unmarshal(c.Value, v) != nil {
		return false, nil
	}
	return true, nil
}

// Save writes a cell. Whenever the process is killed, the cell is afterwards
// either there as a whole or not at all.
func (s *Store) Save(k Key, v any) error {
	value, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("cell: %w", err)
	}
	src, err := json.Marshal(cell{Schema: schema, Key: k, Value: value})
	if err != nil {
		return fmt.Errorf("cell: %w", err)
	}
	if err := os.MkdirAll(s.unfinished(), 0o777); err != nil {
		return fmt.Errorf("cell: %w", err)
	}
	if err := replace(s.path(k), s.unfinished(), append(src, '\n')); err != nil {
		return fmt.Errorf("cell: %w", err)
	}
	return nil
}

// WriteFile writes a file as a whole or not at all, over one that is there.
// Folders on the way are made.
func WriteFile(name string, content []byte) error {
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	discardUnfinished(dir)
	return replace(name, dir, content)
}

// replace writes the content under another name in a folder of the same file
// system, and gives it its name once it is on the disk.
func replace(name, folder string, content []byte) (err error) {
	f, err := os.CreateTemp(folder, unfinished+"*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(content)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
