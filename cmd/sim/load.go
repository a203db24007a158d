package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"souk/scenarios"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

// largest is the size above which a file is taken for something else than a
// scenario.
const largest = 1 << 20

// settings are the options that change a scenario.
type settings struct {
	Seed *uint64  `help:"Seed in place of the scenario's."`
	Set  []string `help:"Set any key of the scenario, as traders.count=3; may be repeated." placeholder:"KEY=VALUE" sep:"none"`
}

// overrides returns the settings in the scenario's terms.
func (s *settings) overrides() ([]field.Override, error) {
	var list []field.Override
	for _, pair := range s.Set {
		key, value, ok := strings.Cut(pair, "=")
		if !ok || key == "" {
			return nil, usageError{fmt.Errorf("--set %s: write it as key=value, such as traders.count=3", pair)}
		}
		list = append(list, field.Override{Key: strings.TrimSpace(key), Value: value})
	}
	if s.Seed != nil {
		list = append(list, field.Override{Key: "run.seed", Value: fmt.Sprint(*s.Seed)})
	}
	return list, nil
}

// load reads a scenario: a path, or the bare name of one that ships.
func load(name string, s *settings) (*scenario.Document, error) {
	overrides, err := s.overrides()
	if err != nil {
		return nil, err
	}
	src, err := open(name)
	if err != nil {
		return nil, err
	}
	doc, problems := scenario.Read(name, src, overrides)
	_, unclear := run.Expectations(doc)
	return doc, append(problems, unclear...).Err()
}

func open(name string) ([]byte, error) {
	src, err := readFile(name)
	if err == nil {
		return src, nil
	}
	// A folder may well have the name of a scenario: results are put there.
	if !strings.ContainsRune(name, filepath.Separator) && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, errFolder)) {
		src, err := scenarios.Files.ReadFile(strings.TrimSuffix(name, ".yaml") + ".yaml")
		if err == nil {
			return src, nil
		}
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return nil, missing(name, "scenario", "run", ".", "sweep", "sweeps")
}

// missing is the error of a name that is neither a file nor that of something
// of its kind that ships. It knows what was probably meant: a similar name, or
// the same name of the other kind.
func missing(name, kind, verb, folder, otherKind, otherFolder string) error {
	bare := strings.TrimSuffix(name, ".yaml")
	others, err := shippedIn(otherFolder)
	if err != nil {
		return err
	}
	if slices.Contains(others, bare) {
		otherVerb := map[string]string{"run": "sweep", "sweep": "run"}[verb]
		return usageError{fmt.Errorf("%s is a %s: sim %s %s", bare, otherKind, otherVerb, bare)}
	}
	names, err := shippedIn(folder)
	if err != nil {
		return err
	}
	hint := ""
	if meant := field.Nearest(bare, names); meant != "" {
		hint = fmt.Sprintf("did you mean %q? ", meant)
	}
	return usageError{fmt.Errorf("%s: no such file, and no %s of that name; %s`sim list` shows those that ship", name, kind, hint)}
}

var errFolder = errors.New("is a folder")

// readFile reads a file of a scenario's size. The error of a file that does
// not exist is fs.ErrNotExist.
func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		return nil, usageError{err}
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, usageError{err}
	case info.IsDir():
		return nil, usageError{fmt.Errorf("%s: %w; give a scenario file in it", name, errFolder)}
	case info.Size() > largest:
		return nil, usageError{fmt.Errorf("%s: has %d MB; a scenario has at most 1 MB", name, info.Size()>>20)}
	}
	src, err := io.ReadAll(io.LimitReader(f, largest+1))
	if err != nil {
		return nil, usageError{err}
	}
	switch {
	case len(src) > largest:
		return nil, usageError{fmt.Errorf("%s: is longer than 1 MB, the most that a scenario has", name)}
	case len(bytes.TrimSpace(src)) == 0:
		return nil, usageError{fmt.Errorf("%s: the file is empty; `sim init` writes one to start from", name)}
	case !utf8.Valid(src) || bytes.IndexByte(src, 0) >= 0:
		return nil, usageError{fmt.Errorf("%s: is not a text file; scenarios are YAML in UTF-8", name)}
	}
	return src, nil
}
