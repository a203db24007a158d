package main

import (
	"flag"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output in the scripts")

func TestMain(m *testing.M) {
	// sim verify and sim experiment scale start their own executable, which in a
	// test of this process is the test: it must not run all tests once more.
	if len(os.Args) > 1 && (os.Args[1] == "run" || os.Args[1] == "measure") {
		os.Exit(command(os.Args[1:], os.Stdout, os.Stderr))
	}
	testscript.Main(m, map[string]func(){
		"sim": main,
	})
}

// TestScripts runs the scripts in testdata/script, each of which uses the
// command as a user does, in an empty folder.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			return nil
		},
		RequireExplicitExec: true,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"bigfile": func(ts *testscript.TestScript, _ bool, args []string) {
				f, err := os.Create(ts.MkAbs(args[0]))
				ts.Check(err)
				ts.Check(f.Truncate(100 << 20))
				ts.Check(f.Close())
			},
		},
	})
}
