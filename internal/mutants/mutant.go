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

// change makes the change in a text of the file.
func (m *mutant) change(src string) (string, error) {
	if n := strings.Count(src, m.old); n != 1 {
		return "", fmt.Errorf("%s: %s has %d places that read %q, want 1", m.name, m.file, n, m.old)
	}
	return strings.Replace(src, m.old, m.with, 1), nil
}

// build builds the hunting program with one bug in it, in a folder of its own, and
// returns its path.
func (m *mutant) build(root, folder string) (program string, err error) {
	overlay, err := plant(root, folder, *m)
	if err != nil {
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

// plant writes the files that bugs change to a folder, and returns the overlay
// that puts them over the source.
func plant(root, folder string, bugs ...mutant) (overlay string, err error) {
	changed := map[string]string{}
	for _, m := range bugs {
		text, there := changed[m.file]
		if !there {
			src, err := os.ReadFile(filepath.Join(root, m.file))
			if err != nil {
				return "", err
			}
			text = string(src)
		}
		if changed[m.file], err = m.change(text); err != nil {
			return "", err
		}
	}
	replace := map[string]string{}
	for file, text := range changed {
		original, err := filepath.Abs(filepath.Join(root, file))
		if err != nil {
			return "", err
		}
		replace[original] = filepath.Join(folder, strings.ReplaceAll(file, "/", "-"))
		if err := os.WriteFile(replace[original], []byte(text), 0o666); err != nil {
			return "", err
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(folder, "overlay.json")
	return overlay, os.WriteFile(overlay, list, 0o666)
}
