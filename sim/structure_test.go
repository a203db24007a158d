package sim_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

const (
	module = "souk"
	root   = ".." // tests run in their package's directory
)

// listing is what go list says about one package.
type listing struct {
	ImportPath string
	Export     string // the file with the types that the compiler exported
	GoFiles    []string
	Error      *struct{ Err string }

	// Files that are compiled on some machines only, or not by Go's compiler.
	CgoFiles, SFiles, SysoFiles, IgnoredGoFiles, IgnoredOtherFiles []string
}

// name is the package's path within the module, and "" for a package of others.
func (l listing) name() string {
	name, ok := strings.CutPrefix(l.ImportPath, module+"/")
	switch {
	case l.ImportPath == module:
		return "."
	case !ok:
		return ""
	}
	return name
}

// elsewhere returns the files that the rules do not get to see.
func (l listing) elsewhere() []string {
	files := slices.Concat(l.CgoFiles, l.SFiles, l.SysoFiles, l.IgnoredGoFiles, l.IgnoredOtherFiles)
	return slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "_test.go") })
}

// golist lists the module and all that it or a planted snippet depends on, once
// for all tests. The compiler's export files spare us type checking the
// dependencies, which is most of the time that this could take.
var golist = sync.OnceValues(func() ([]listing, error) {
	args := []string{
		"list", "-e", "-export", "-deps",
		"-json=ImportPath,Export,GoFiles,Error,CgoFiles,SFiles,SysoFiles,IgnoredGoFiles,IgnoredOtherFiles",
		"./...",
	}
	cmd := exec.Command("go", append(args, strings.Fields(plantedImports)...)...)
	cmd.Dir = root
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, &complaint)
	}
	var all []listing
	for dec := json.NewDecoder(&out); ; {
		var l listing
		switch err := dec.Decode(&l); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("go list's output: %w", err)
		}
		all = append(all, l)
	}
})

// ours returns the module's packages, leaving out those that have tests only.
func ours(t *testing.T) []listing {
	t.Helper()
	watch(t)
	all, err := golist()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(slices.Clone(all), func(l listing) bool {
		return l.name() == "" || len(l.GoFiles)+len(l.elsewhere()) == 0
	})
}

// watch opens every directory of the module. go test repeats an old result if
// no file that the test opened has changed, and it does not see what go list
// opens: without this, a new package would go unnoticed.
func watch(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() && path != root && strings.HasPrefix(d.Name(), ".") {
			return filepath.SkipDir
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// exports imports packages from the export files that go list named.
var exports = sync.OnceValues(func() (importerFunc, error) {
	all, err := golist()
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, l := range all {
		files[l.ImportPath] = l.Export
	}
	compiled := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(files[path])
	})
	return func(path string) (*types.Package, error) {
		if files[path] == "" && path != "unsafe" {
			return nil, fmt.Errorf("%w: %s", errNotCompiled, path)
		}
		return compiled.Import(path)
	}, nil
})

var errNotCompiled = errors.New("go list has no compiled package")

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }

// source is a Go file: its name for messages, and its text.
type source struct{ name, text string }

// typed parses and type checks one package.
func typed(t *testing.T, name string, sources []source, imports importerFunc) code {
	t.Helper()
	c := code{name: name, fset: token.NewFileSet(), info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{},
		Uses:  map[*ast.Ident]types.Object{},
	}}
	for _, s := range sources {
		file, err := parser.ParseFile(c.fset, s.name, s.text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		c.files = append(c.files, file)
	}
	conf := types.Config{Importer: imports}
	if _, err := conf.Check(name, c.fset, c.files, c.info); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestStructure(t *testing.T) {
	imports, err := exports()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range ours(t) {
		t.Run(l.name(), func(t *testing.T) {
			if l.Error != nil {
				t.Fatal(l.Error.Err)
			}
			if _, ok := mayImport[l.name()]; !ok {
				t.Fatalf("%s is not in the import table: add it to the table (mayImport) and to ARCHITECTURE.md", l.name())
			}
			if matches("sim/...", l.name()) {
				for _, f := range l.elsewhere() {
					t.Errorf("%s/%s -> plain Go without build constraints, cgo or assembly: all machines run the same code", l.name(), f)
				}
			}
			var sources []source
			for _, f := range l.GoFiles {
				text, err := os.ReadFile(filepath.Join(root, l.name(), f))
				if err != nil {
					t.Fatal(err)
				}
				sources = append(sources, source{l.name() + "/" + f, string(text)})
			}
			for _, f := range inspect(typed(t, l.name(), sources, imports)) {
				t.Error(f)
			}
		})
	}
}

// TestTableIsTrue: a table that names what is not there misleads its readers.
func TestTableIsTrue(t *testing.T) {
	exists := map[string]bool{}
	for _, l := range ours(t) {
		exists[l.name()] = true
	}
	for _, name := range slices.Sorted(maps.Keys(mayImport)) {
		if !exists[name] {
			t.Errorf("the import table has %s, but the module has no such package: take it out of the table and of ARCHITECTURE.md", name)
		}
		for _, other := range strings.Fields(mayImport[name]) {
			if _, ok := mayImport[other]; !ok && other != anything {
				t.Errorf("the import table allows %s to import %s, which has no line of its own", name, other)
			}
		}
	}
}

func TestArchitectureNamesEveryPackage(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range ours(t) {
		if matches("sim/...", l.name()) && !mentions(string(text), l.name()) {
			t.Errorf("ARCHITECTURE.md does not name %s: say what it is for, by this path", l.name())
		}
	}
}

// mentions reports whether text has the path name, and not only as a part of a longer one.
func mentions(text, name string) bool {
	return regexp.MustCompile(`(^|[^\w/])(` + module + `/)?` + regexp.QuoteMeta(name) + `/?([^\w/]|$)`).MatchString(text)
}

func TestMentions(t *testing.T) {
	for text, want := range map[string]bool{
		"`sim/bazaar` is system A":     true,
		"see souk/sim/bazaar/, and":    true,
		"sim/bazaar":                   true,
		"sim/bazaar/cache":             false,
		"my/sim/bazaar":                false,
		"sim/bazaars":                  false,
		"sim/market; bazaar/election.": false,
	} {
		if got := mentions(text, "sim/bazaar"); got != want {
			t.Errorf("mentions(%q, sim/bazaar) = %v", text, got)
		}
	}
}

// TestFilesForOneMachineAreSeen: code behind a build constraint would escape the rules.
func TestFilesForOneMachineAreSeen(t *testing.T) {
	l := listing{
		GoFiles: []string{"rng.go"}, CgoFiles: []string{"c.go"}, SFiles: []string{"log_amd64.s"},
		IgnoredGoFiles: []string{"log_arm64.go", "race_test.go"}, IgnoredOtherFiles: []string{"log_arm64.s"},
	}
	want := []string{"c.go", "log_amd64.s", "log_arm64.go", "log_arm64.s"}
	if got := l.elsewhere(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
