package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"souk/sim/run"
	"souk/sim/verify"
)

// openLogs opens the files that a run writes as it goes; - is standard error. The function that it
// returns closes them.
func (c *runCmd) openLogs(o *run.Options, stderr io.Writer) (func() error, error) {
	var open []*os.File
	closeAll := func() error {
		var err error
		for _, f := range open {
			err = errors.Join(err, f.Close())
		}
		return err
	}
	o.Window = verify.Window{From: c.FromEvent, To: c.ToEvent}
	if c.ToEvent == 0 {
		o.Window.To = math.MaxUint64
	}
	for _, log := range []struct {
		flag, name string
		to         *io.Writer
	}{{"--trace", c.Trace, &o.Trace}, {"--digests", c.Digests, &o.Checkpoints}, {"--events", c.Events, &o.Events}} {
		switch log.name {
		case "":
			continue
		case "-":
			*log.to = stderr
			continue
		}
		f, err := os.OpenFile(log.name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", log.flag, errors.Join(err, closeAll()))
		}
		open = append(open, f)
		*log.to = f
	}
	return closeAll, nil
}

// logsToStderr says whether a log goes where progress would be told.
func (c *runCmd) logsToStderr() bool {
	return c.Trace == "-" || c.Digests == "-" || c.Events == "-"
}
