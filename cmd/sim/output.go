package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// output is a folder of results that appears whole or not at all: files are
// written beside their final place under another name, synced, and renamed
// when all of them are complete. The zero output writes nothing.
type output struct {
	dir   string
	files []*pending
	err   error
}

// pending is a file that has not got its name yet.
type pending struct {
	name string
	file *os.File
	buf  *bufio.Writer
}

// document is a file to be written by a function.
type document struct {
	name  string
	write func(io.Writer) error
}

func openOutput(dir string) (*output, error) {
	if dir == "" {
		return &output{}, nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("--out: %w", err)
	}
	return &output{dir: dir}, nil
}

// file opens a file of the folder, or returns nil when there is no folder.
func (o *output) file(name string) io.Writer {
	if o.dir == "" {
		return nil
	}
	f, err := os.CreateTemp(o.dir, ".unfinished-*-"+name)
	if err != nil {
		o.err = errors.Join(o.err, err)
		return io.Discard
	}
	p := &pending{name: name, file: f, buf: bufio.NewWriterSize(f, 1<<16)}
	o.files = append(o.files, p)
	return p.buf
}

// commit writes the documents and gives every file its name.
func (o *output) commit(documents ...document) error {
	for _, d := range documents {
		w := o.file(d.name)
		o.err = errors.Join(o.err, d.write(w))
	}
	for _, p := range o.files {
		o.err = errors.Join(o.err, p.buf.Flush(), p.file.Chmod(0o644), p.file.Sync(), p.file.Close())
	}
	if o.err != nil {
		return fmt.Errorf("--out: %w", o.err)
	}
	for _, p := range o.files {
		if err := os.Rename(p.file.Name(), filepath.Join(o.dir, p.name)); err != nil {
			return fmt.Errorf("--out: %w", err)
		}
	}
	o.files = nil
	return nil
}

// discard removes what was not committed.
func (o *output) discard() {
	for _, p := range o.files {
		_ = p.file.Close()
		_ = os.Remove(p.file.Name())
	}
}
