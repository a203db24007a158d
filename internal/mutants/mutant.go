package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// mutant is a bug: a change of one place in the simulator's source. It is never
// applied to the source itself but laid over it for one build.
type mutant struct {
	name, market string
	// file is the source, from the module's root.
	file string
	// old stands there exactly once, and is replaced.
	old, with string
	// why is what goes wrong.
	why string
}

// all lists the mutants, by market.
func all() []mutant {
	in := func(market string, list []mutant) []mutant {
		for i := range list {
			list[i].market = market
		}
		return list
	}
	return slices.Concat(in("bazaar", ofBazaar()), in("traderless", ofTraderless()), in("peer-to-peer", ofPeerToPeer()))
}

// source returns the changed file.
func (m *mutant) source(root string) ([]byte, error) {
	src, err := os.ReadFile(filepath.Join(root, m.file))
	if err != nil {
		return nil, err
	}
	if n := strings.Count(string(src), m.old); n != 1 {
		return nil, fmt.Errorf("%s: %s has %d places that read %q, want 1", m.name, m.file, n, m.old)
	}
	return []byte(strings.Replace(string(src), m.old, m.with, 1)), nil
}

// build builds the hunting program with the bug in it, in a folder of its own,
// and returns its path.
func (m *mutant) build(root, folder string) (program string, err error) {
	src, err := m.source(root)
	if err != nil {
		return "", err
	}
	changed, overlay := filepath.Join(folder, m.name+".go"), filepath.Join(folder, m.name+".json")
	original, err := filepath.Abs(filepath.Join(root, m.file))
	if err != nil {
		return "", err
	}
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{original: changed}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(changed, src, 0o666); err != nil {
		return "", err
	}
	if err := os.WriteFile(overlay, replace, 0o666); err != nil {
		return "", err
	}
	program = filepath.Join(folder, m.name)
	cmd := exec.Command("go", "build", "-overlay", overlay, "-o", program, "./internal/mutants/hunter")
	cmd.Dir = root
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s does not build: %w\n%s", m.name, err, said)
	}
	return program, nil
}
