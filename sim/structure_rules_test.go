package sim_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// This file is the architecture as rules over parsed code: who may import whom,
// and what may not be written under sim/ because it would make a run depend on
// anything but its configuration and its seed. Every rule names what to use
// instead. structure_test.go runs the rules over the module, and over planted
// violations.

// mayImport is the import table: for each package of the module, the packages
// of the module that it may import. ARCHITECTURE.md draws the same graph.
var mayImport = map[string]string{
	"sim/vtime":           "",
	"sim/rng":             "",
	"sim/table":           "",
	"sim/kernel":          "sim/vtime",
	"sim/actor":           "sim/vtime",
	"sim/market":          "sim/actor sim/table sim/vtime",
	"sim/network":         "sim/actor sim/rng sim/table sim/vtime",
	"sim/fault":           "sim/actor sim/rng sim/vtime",
	"sim":                 "sim/actor sim/fault sim/kernel sim/market sim/network sim/rng sim/vtime",
	"sim/peers":           "sim/actor sim/market sim/rng sim/vtime",
	"sim/bazaar":          "sim/actor sim/bazaar/cache sim/bazaar/election sim/market sim/peers sim/rng sim/table sim/vtime",
	"sim/traderless":      "sim/actor sim/market sim/peers sim/rng sim/vtime",
	"sim/peertopeer":      "sim/actor sim/market sim/peers sim/rng sim/table sim/vtime",
	"sim/bazaar/cache":    "sim/actor sim/market sim/rng sim/vtime",
	"sim/bazaar/election": "sim/actor sim/vtime",
	"sim/trace":           "sim/actor sim/market sim/vtime",
	"sim/metrics":         "sim/actor sim/market sim/table sim/vtime",
	"sim/check":           "sim/actor sim/market sim/table sim/vtime",
	"sim/scenario/field":  "sim/rng sim/vtime",
	// A scenario binds all that a run consists of, but not who watches it.
	"sim/scenario": "sim sim/actor sim/bazaar sim/bazaar/cache sim/bazaar/election sim/fault sim/kernel " +
		"sim/market sim/network sim/peers sim/peertopeer sim/rng sim/scenario/field sim/traderless sim/vtime",
	// A run is a scenario with everybody who watches it.
	"sim/run":    "sim sim/actor sim/check sim/market sim/metrics sim/network sim/scenario sim/scenario/field sim/trace sim/verify sim/vtime",
	"sim/verify": "sim sim/market",
	"scenarios":  "",
	// The statistics know samples, not what was sampled.
	"experiments/stats": "",
	// What theory says, against runs of scenarios and small models on the world.
	"experiments/validation": "scenarios sim sim/actor sim/bazaar sim/market sim/network sim/rng sim/run sim/scenario " +
		"sim/scenario/field sim/vtime",
	// Results of runs, and what is made of them: nothing here is part of a run.
	"experiments/cells":       "",
	"experiments/figure":      "",
	"experiments/published":   "",
	"experiments/sweep":       "experiments/cells experiments/figure experiments/published experiments/stats sim sim/run sim/scenario sim/scenario/field sim/vtime",
	"experiments/hunt":        "sim sim/check sim/fault sim/market sim/rng sim/run sim/scenario sim/scenario/field sim/vtime",
	"experiments/warmup":      "experiments/figure experiments/stats sim sim/run sim/scenario sim/vtime",
	"experiments/scale":       "scenarios sim sim/run sim/scenario sim/scenario/field",
	"experiments/calibration": "experiments/published scenarios sim/run sim/scenario sim/scenario/field",
	"experiments": "experiments/calibration experiments/cells experiments/figure experiments/scale experiments/stats " +
		"experiments/sweep experiments/validation scenarios sim",
	// For tests only.
	"internal/property": "",
	// Bugs to be planted, and the program into which they are.
	"internal/mutants":        "experiments/hunt",
	"internal/mutants/hunter": "experiments/hunt",
	// What Souk's kernel costs beside others.
	"bench":            "bench/program bench/recipe experiments/figure",
	"bench/recipe":     "",
	"bench/program":    "bench/recipe",
	"bench/workload":   "bench/recipe sim/kernel sim/vtime",
	"bench/souk":       "bench/program bench/workload",
	"bench/peers/heap": "bench/program bench/recipe",
	"cmd/sim":          anything,
}

// anything, in the import table, allows every package of the module.
const anything = "*"

// thirdParty says which code from outside the module and the standard library
// a package under sim/ may import. Patterns are go list's: x/... is x and all below.
var thirdParty = []struct{ path, in string }{
	{"gonum.org/v1/gonum/graph/...", "sim/network"},
	{"github.com/HdrHistogram/hdrhistogram-go", "sim/metrics"},
	{"github.com/goccy/go-yaml/...", "sim/scenario/..."},
	{"github.com/jedib0t/go-pretty/...", "sim/run"},
	{"github.com/google/jsonschema-go/...", "sim/scenario/..."},
}

// What to use instead, where several rules say the same.
const (
	ownTime    = "sim/vtime: a run knows virtual time only"
	ownStream  = "rng.Stream: every draw comes from a stream keyed by the run's seed"
	oneThread  = "plain calls: one run is one goroutine, parallelism is across runs"
	fixedOrder = "a slice in a fixed order, or slices.Sorted(maps.Keys(m)): map order differs from run to run"
	stableSort = "slices.SortStableFunc: elements that compare equal must keep their order"
	ownMath    = "sim/rng's log and exp: package math gives other bits on other CPUs"
	givenIO    = "an io.Reader or io.Writer given by the caller"
	plainGo    = "plain Go: a run may not see memory, the collector or the machine"
	messages   = "sim/network: only simulated messages travel"
	inPlain    = "a constructor, or a variable with its value written out"
)

// bannedImports may not be imported under sim/, except in the one package named.
var bannedImports = []struct{ path, except, instead string }{
	{"time", "sim/vtime", ownTime},
	{"math/rand", "sim/rng", ownStream},
	{"math/rand/v2", "sim/rng", ownStream},
	{"crypto/rand", "", ownStream},
	{"hash/maphash", "", "hash/fnv or crypto/sha256: maphash is seeded anew in each process"},
	{"math/cmplx", "", ownMath},
	{"sync/...", "", oneThread},
	{"os/...", "", givenIO},
	{"io/ioutil", "", givenIO},
	{"syscall", "", givenIO},
	{"log/...", "", "a fact, or an error returned to the caller"},
	{"net/...", "", messages},
	{"runtime/...", "", plainGo},
	{"unsafe", "", plainGo},
	{"weak", "", plainGo},
}

// bannedFuncs may not be called, or even mentioned, under sim/. The keys are
// go/types' full names; builtins have no package.
var bannedFuncs = map[string]string{
	"maps.All":                 fixedOrder,
	"maps.Keys":                fixedOrder, // except as in slices.Sorted(maps.Keys(m))
	"maps.Values":              fixedOrder,
	"maps.DeleteFunc":          fixedOrder,
	"maps.EqualFunc":           fixedOrder,
	"(reflect.Value).MapKeys":  fixedOrder,
	"(reflect.Value).MapRange": fixedOrder,
	"(reflect.Value).Seq":      fixedOrder,
	"(reflect.Value).Seq2":     fixedOrder,
	"sort.Sort":                stableSort,
	"sort.Slice":               stableSort,
	"slices.SortFunc":          stableSort,
	"slices.SortedFunc":        stableSort,
	"iter.Pull":                oneThread,
	"iter.Pull2":               oneThread,
	"reflect.MakeChan":         oneThread,
	"reflect.Select":           oneThread,
	"fmt.Print":                givenIO,
	"fmt.Printf":               givenIO,
	"fmt.Println":              givenIO,
	"print":                    givenIO,
	"println":                  givenIO,
}

// exactMath are the functions of package math whose result is the same on every
// CPU, because it is exact or correctly rounded by definition. All others are
// banned, so that one added to the standard library is banned too.
var exactMath = strings.Fields(`
	Abs Ceil Copysign Dim FMA Float32bits Float32frombits Float64bits Float64frombits Floor Frexp
	Ilogb Inf IsInf IsNaN Ldexp Logb Max Min Mod Modf NaN Nextafter Nextafter32 Pow10 Remainder
	Round RoundToEven Signbit Sqrt Trunc`)

// code is one package as the rules see it.
type code struct {
	name  string // its path within the module: "sim/rng"
	fset  *token.FileSet
	files []*ast.File // without tests, which may do as they like
	info  *types.Info
}

// finding is one broken rule.
type finding struct {
	at      token.Position
	what    string
	instead string
}

func (f finding) String() string { return fmt.Sprintf("%s: %s -> %s", f.at, f.what, f.instead) }

// inspection collects the findings in one package.
type inspection struct {
	code
	sorted map[*ast.Ident]bool // each maps.Keys whose result goes straight into slices.Sorted
	found  []finding
}

// inspect returns all that breaks a rule in c, in the order of its text.
func inspect(c code) []finding {
	in := &inspection{code: c, sorted: map[*ast.Ident]bool{}}
	for _, file := range c.files {
		for _, spec := range file.Imports {
			in.checkImport(spec)
		}
		if matches("sim/...", c.name) {
			ast.Inspect(file, in.checkNode)
		}
	}
	return in.found
}

func (in *inspection) report(n ast.Node, what, instead string) {
	in.found = append(in.found, finding{in.fset.Position(n.Pos()), what, instead})
}

// checkImport holds the import table, the list of third-party code, and the bans.
func (in *inspection) checkImport(spec *ast.ImportSpec) {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		panic(err) // the parser lets no such import through
	}
	what := fmt.Sprintf("%s imports %s", in.name, path)
	if inside, ok := strings.CutPrefix(path, module+"/"); ok {
		allowed := mayImport[in.name]
		if allowed != anything && !slices.Contains(strings.Fields(allowed), inside) {
			in.report(spec, what, "an import that the table allows ("+orNone(allowed)+"): actors say, the world does, observers watch")
		}
		return
	}
	if !matches("sim/...", in.name) {
		return
	}
	if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
		for _, t := range thirdParty {
			if matches(t.path, path) && matches(t.in, in.name) {
				return
			}
		}
		in.report(spec, what, "the standard library, or a line in thirdParty that says why here")
		return
	}
	for _, ban := range bannedImports {
		if matches(ban.path, path) && in.name != ban.except {
			in.report(spec, what, ban.instead)
		}
	}
}

// checkNode holds the rules about statements and expressions.
func (in *inspection) checkNode(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GoStmt:
		in.report(n, "go statement", oneThread)
	case *ast.SelectStmt:
		in.report(n, "select", oneThread)
	case *ast.ChanType:
		in.report(n, "channel type", oneThread)
	case *ast.SendStmt:
		in.report(n, "channel send", oneThread)
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			in.report(n, "channel receive", oneThread)
		}
	case *ast.RangeStmt:
		in.checkRange(n)
	case *ast.FuncDecl:
		if n.Recv == nil && n.Name.Name == "init" {
			in.report(n, "func init", inPlain)
		}
	case *ast.CallExpr:
		in.noteSorted(n)
	case *ast.Ident:
		in.checkUse(n)
	}
	return true
}

func (in *inspection) checkRange(n *ast.RangeStmt) {
	for _, t := range underneath(in.info.TypeOf(n.X)) {
		switch t.(type) {
		case *types.Map:
			in.report(n, "range over a map", fixedOrder)
			return
		case *types.Chan:
			in.report(n, "range over a channel", oneThread)
			return
		}
	}
}

// underneath returns the underlying types that a value of type t can have:
// one, or for a type parameter those that its constraint lists.
func underneath(t types.Type) (all []types.Type) {
	switch u := t.Underlying().(type) {
	case *types.Interface:
		for embedded := range u.EmbeddedTypes() {
			all = append(all, underneath(embedded)...)
		}
	case *types.Union:
		for term := range u.Terms() {
			all = append(all, underneath(term.Type())...)
		}
	default:
		all = append(all, u)
	}
	return all
}

// noteSorted lets slices.Sorted(maps.Keys(m)) pass: keys are distinct and
// ordered, so the result has one order whatever the map's.
func (in *inspection) noteSorted(call *ast.CallExpr) {
	if in.fullName(callee(call)) != "slices.Sorted" || len(call.Args) != 1 {
		return
	}
	if arg, ok := call.Args[0].(*ast.CallExpr); ok {
		if id := callee(arg); in.fullName(id) == "maps.Keys" {
			in.sorted[id] = true
		}
	}
}

// callee returns the name that is called, or nil if the call is of no name.
func callee(call *ast.CallExpr) *ast.Ident {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f
	case *ast.SelectorExpr:
		return f.Sel
	}
	return nil
}

// checkUse looks at what a name means, and so sees through renamed imports and
// through functions that are passed around and not called.
func (in *inspection) checkUse(id *ast.Ident) {
	name := in.fullName(id)
	if name == "" || in.sorted[id] {
		return
	}
	if instead, ok := bannedFuncs[name]; ok {
		in.report(id, name, instead)
	}
	if f, ok := strings.CutPrefix(name, "math."); ok && !slices.Contains(exactMath, f) {
		in.report(id, name, ownMath)
	}
	// The generators' constructors are for sim/rng; the functions beside them
	// draw from a source that the whole process shares and nobody seeded.
	for _, global := range []string{"math/rand.", "math/rand/v2."} {
		if f, ok := strings.CutPrefix(name, global); ok && !strings.HasPrefix(f, "New") {
			in.report(id, name, ownStream)
		}
	}
}

// fullName returns the full name of the function that id refers to, such as
// math.Log, (reflect.Value).MapKeys or println, or "" for all that is no function.
func (in *inspection) fullName(id *ast.Ident) string {
	if id == nil {
		return ""
	}
	switch f := in.info.Uses[id].(type) {
	case *types.Func:
		return f.FullName()
	case *types.Builtin:
		return f.Name()
	}
	return ""
}

// matches reports whether path fits the pattern: x is x, x/... is x and all below.
func matches(pattern, path string) bool {
	if top, ok := strings.CutSuffix(pattern, "/..."); ok {
		return path == top || strings.HasPrefix(path, top+"/")
	}
	return path == pattern
}

func orNone(list string) string {
	if list == "" {
		return "none"
	}
	return list
}
