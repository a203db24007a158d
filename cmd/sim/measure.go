package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"

	"souk/experiments/scale"
)

// measureCmd is the process in which sim experiment scale measures one run.
type measureCmd struct{}

func (*measureCmd) Run(stdout resultWriter) error {
	var job scale.Job
	if err := json.NewDecoder(os.Stdin).Decode(&job); err != nil {
		return usageError{fmt.Errorf("a job of sim experiment scale is expected on standard input: %w", err)}
	}
	sample, err := scale.Measure(&job)
	if err != nil {
		return err
	}
	return json.NewEncoder(stdout).Encode(sample)
}

// apart measures a job in a process of its own.
func apart(ctx context.Context, job *scale.Job) (scale.Sample, error) {
	var sample scale.Sample
	self, err := os.Executable()
	if err != nil {
		return sample, err
	}
	order, err := json.Marshal(job)
	if err != nil {
		return sample, err
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, self, "measure")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(order), &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return sample, errors.Join(fmt.Errorf("measuring %s: %w", job.Point.Name(), err), errors.New(stderr.String()))
	}
	return sample, json.Unmarshal(stdout.Bytes(), &sample)
}
