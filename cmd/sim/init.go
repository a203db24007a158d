package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"souk/scenarios"
)

// initCmd writes a first scenario file.
type initCmd struct {
	File string `arg:"" optional:"" help:"The file to write, by default the scenario's name; it must not exist."`
	From string `default:"bazaar" help:"The shipped scenario to start from." placeholder:"NAME"`
}

func (c *initCmd) Run(stdout resultWriter) error {
	src, err := scenarios.Files.ReadFile(c.From + ".yaml")
	if err != nil {
		return usageError{fmt.Errorf("--from %s: no such scenario; `sim list` shows those that ship", c.From)}
	}
	if c.File == "" {
		c.File = c.From + ".yaml"
	}
	f, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return usageError{fmt.Errorf("%s exists already; give another name", c.File)}
	case err != nil:
		return usageError{err}
	}
	_, err = f.Write(src)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "wrote %s; run it with: sim run %s\n", c.File, quote(c.File))
	return nil
}
