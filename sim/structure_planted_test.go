package sim_test

import (
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"
)

// A rule that catches nothing looks just like code that breaks no rule. So each
// rule is shown here a violation that it must catch, and things that look like
// one and must pass.

// plantedImports are the packages that the snippets below call.
const plantedImports = "fmt iter maps math math/rand/v2 reflect slices sort time"

// planted are violations, each with the part of its message that matters: what
// was found, and what to use instead. The bans of whole imports and of single
// functions of package math are planted from their tables.
var planted = []struct{ in, text, want string }{
	{"sim/kernel", `import _ "souk/sim/market"`, "sim/kernel imports souk/sim/market -> an import that the table allows (sim/vtime)"},
	{"sim/vtime", `import _ "souk/sim/rng"`, "sim/vtime imports souk/sim/rng -> an import that the table allows (none)"},
	{"sim/bazaar", `import _ "souk/sim/network"`, "sim/bazaar imports souk/sim/network -> an import that"},
	{"sim", `import _ "souk/sim/bazaar"`, "sim imports souk/sim/bazaar -> an import that"},
	{"sim/scenario", `import _ "souk/sim/trace"`, "sim/scenario imports souk/sim/trace -> an import that"},
	{"scenarios", `import _ "souk/sim"`, "scenarios imports souk/sim -> an import that"},
	{"unknown", `import _ "souk/sim"`, "unknown imports souk/sim -> an import that"},

	{"sim/fault", `import _ "gonum.org/v1/gonum/graph/simple"`, "sim/fault imports gonum.org/v1/gonum/graph/simple -> the standard library"},
	{"sim/network", `import _ "gonum.org/v1/gonum/stat"`, "gonum.org/v1/gonum/stat -> the standard library"},
	{"sim", `import _ "github.com/HdrHistogram/hdrhistogram-go"`, "hdrhistogram-go -> the standard library"},
	{"sim/market", `import _ "github.com/goccy/go-yaml/ast"`, "go-yaml/ast -> the standard library"},
	{"sim/market", `import _ "example.com/x"`, "example.com/x -> the standard library, or a line in thirdParty"},

	{"sim/rng", `import "math/rand/v2"; var _ = rand.IntN(3)`, "math/rand/v2.IntN -> rng.Stream"},
	{"sim", `func f() { go f() }`, "go statement -> plain calls: one run is one goroutine"},
	{"sim", `func f() { select {} }`, "select -> plain calls"},
	{"sim", `type s struct{ c <-chan int }`, "channel type -> plain calls"},
	{"sim", `func f[C ~chan<- int](c C) { c <- 1 }`, "channel send -> plain calls"},
	{"sim", `func f[C ~<-chan int](c C) int { return <-c }`, "channel receive -> plain calls"},
	{"sim", `func f[C ~<-chan int](c C) { for range c { } }`, "range over a channel -> plain calls"},
	{"sim", `import "iter"; var _ = iter.Pull[int]`, "iter.Pull -> plain calls"},
	{"sim", `import "iter"; var _ = iter.Pull2[int, int]`, "iter.Pull2 -> plain calls"},
	{"sim", `import "reflect"; var _ = reflect.MakeChan`, "reflect.MakeChan -> plain calls"},
	{"sim", `import "reflect"; var _ = reflect.Select`, "reflect.Select -> plain calls"},

	{"sim", `func f(m map[int]int) { for range m { } }`, "range over a map -> a slice in a fixed order"},
	{"sim", `type stock map[int]int; func f(s stock) { for k := range s { _ = k } }`, "range over a map -> a slice"},
	{"sim", `func f[M ~map[int]int](m M) { for range m { } }`, "range over a map -> a slice"},
	{"sim", `type c interface { ~map[int]int; Len() int }; func f[M c](m M) { for range m { } }`, "range over a map -> a slice"},
	{"sim", `import "maps"; func f(m map[int]int) { for range maps.Keys(m) { } }`, "maps.Keys -> a slice in a fixed order, or slices.Sorted(maps.Keys(m))"},
	{"sim", `import ("maps"; "slices"); func f(m map[int]int) []int { return slices.Collect(maps.Keys(m)) }`, "maps.Keys -> a slice"},
	{"sim", `import m "maps"; var _ = m.Values[map[int]int]`, "maps.Values -> a slice"},
	{"sim", `import . "maps"; var _ = All[map[int]int]`, "maps.All -> a slice"},
	{"sim", `import "maps"; var _ = maps.DeleteFunc[map[int]int]`, "maps.DeleteFunc -> a slice"},
	{"sim", `import "maps"; var _ = maps.EqualFunc[map[int]int, map[int]int]`, "maps.EqualFunc -> a slice"},
	{"sim", `import "reflect"; func f(v reflect.Value) { v.MapKeys() }`, "(reflect.Value).MapKeys -> a slice"},
	{"sim", `import "reflect"; func f(v reflect.Value) { v.MapRange() }`, "(reflect.Value).MapRange -> a slice"},
	{"sim", `import "reflect"; func f(v reflect.Value) { v.Seq() }`, "(reflect.Value).Seq -> a slice"},
	{"sim", `import "reflect"; var _ = reflect.Value.Seq2`, "(reflect.Value).Seq2 -> a slice"},

	{"sim", `import "sort"; func f(s sort.IntSlice) { sort.Sort(s) }`, "sort.Sort -> slices.SortStableFunc"},
	{"sim", `import "sort"; func f(s []int) { sort.Slice(s, nil) }`, "sort.Slice -> slices.SortStableFunc"},
	{"sim", `import "slices"; func f(s []int) { slices.SortFunc(s, nil) }`, "slices.SortFunc -> slices.SortStableFunc"},
	{"sim", `import "slices"; func f(s []int) { slices.SortedFunc(slices.Values(s), nil) }`, "slices.SortedFunc -> slices.SortStableFunc"},

	{"sim", `import "math"; var draw = math.Log`, "math.Log -> sim/rng's log and exp"},
	{"sim/rng", `import "math"; func f(x float64) float64 { return math.Exp(x) }`, "math.Exp -> sim/rng's log and exp"},

	{"sim", `func init() {}`, "func init -> a constructor"},
	{"sim", `import "fmt"; func f() { fmt.Print() }`, "fmt.Print -> an io.Reader or io.Writer given by the caller"},
	{"sim", `import "fmt"; func f() { fmt.Printf("") }`, "fmt.Printf -> an io.Reader or io.Writer"},
	{"sim", `import "fmt"; func f() { fmt.Println() }`, "fmt.Println -> an io.Reader or io.Writer"},
	{"sim", `func f() { print() }`, "print -> an io.Reader or io.Writer"},
	{"sim", `func f() { println() }`, "println -> an io.Reader or io.Writer"},
}

// caught inspects a planted snippet.
func caught(t *testing.T, in, text string) []finding {
	t.Helper()
	imports, err := exports()
	if err != nil {
		t.Fatal(err)
	}
	return inspect(typed(t, in, []source{{in + "/planted.go", "package planted\n" + text}}, pretending(imports)))
}

// pretending takes a package that is not there for an empty one, so that a
// snippet may import what does not exist.
func pretending(imports importerFunc) importerFunc {
	return func(path string) (*types.Package, error) {
		pkg, err := imports(path)
		if errors.Is(err, errNotCompiled) {
			pkg, err = types.NewPackage(path, "empty"), nil
			pkg.MarkComplete()
		}
		return pkg, err
	}
}

func TestRulesCatchWhatIsPlanted(t *testing.T) {
	banned := map[string]bool{}
	for _, p := range planted {
		found := caught(t, p.in, p.text)
		hit := false
		for _, f := range found {
			banned[f.what] = true
			hit = hit || strings.HasPrefix(f.String(), p.in+"/planted.go:2:") && strings.Contains(f.String(), p.want)
		}
		if !hit {
			t.Errorf("%s: %s\nfound %v\nwant  %s", p.in, p.text, found, p.want)
		}
	}
	for _, f := range slices.Sorted(maps.Keys(bannedFuncs)) {
		if !banned[f] {
			t.Errorf("%s is banned, but no snippet shows that it is caught", f)
		}
	}
}

func TestBannedImportsAreCaught(t *testing.T) {
	for _, ban := range bannedImports {
		path, deep := strings.CutSuffix(ban.path, "/...")
		paths := []string{path}
		if deep {
			paths = append(paths, path+"/below")
		}
		for _, path := range paths {
			snippet := fmt.Sprintf("import _ %q", path)
			found := caught(t, "sim/market", snippet)
			if len(found) != 1 || found[0].what != "sim/market imports "+path || found[0].instead != ban.instead {
				t.Errorf("%s: found %v, want one finding that says %q", snippet, found, ban.instead)
			}
			if ban.except != "" {
				if found := caught(t, ban.except, snippet); len(found) != 0 {
					t.Errorf("%s in %s: found %v, want none", snippet, ban.except, found)
				}
			}
		}
	}
}

// TestMathIsExactOrBanned goes through all of package math, so that what the
// next Go release adds is banned until somebody finds it exact.
func TestMathIsExactOrBanned(t *testing.T) {
	imports, err := exports()
	if err != nil {
		t.Fatal(err)
	}
	math, err := imports("math")
	if err != nil {
		t.Fatal(err)
	}
	transcendental := strings.Fields("Log Log2 Log10 Log1p Exp Exp2 Expm1 Pow Sin Cos Tan Asin Acos Atan Atan2 " +
		"Sinh Cosh Tanh Asinh Acosh Atanh Sincos Hypot Cbrt Gamma Lgamma Erf Erfc Erfinv Erfcinv J0 J1 Jn Y0 Y1 Yn")
	for _, name := range math.Scope().Names() {
		if _, ok := math.Scope().Lookup(name).(*types.Func); !ok || !token.IsExported(name) {
			continue
		}
		found := caught(t, "sim/rng", `import "math"; var _ = math.`+name)
		if exact := slices.Contains(exactMath, name); exact == (len(found) > 0) {
			t.Errorf("math.%s: exact %v, found %v", name, exact, found)
		}
		transcendental = slices.DeleteFunc(transcendental, func(s string) bool { return s == name && len(found) > 0 })
	}
	if len(transcendental) > 0 {
		t.Errorf("not banned, and not the same on every CPU: %v", transcendental)
	}
}

func TestRulesLetPassWhatOnlyLooksWrong(t *testing.T) {
	for _, p := range []struct{ in, text string }{
		{"sim/kernel", `import _ "souk/sim/vtime"`},
		{"sim/bazaar", `import (_ "souk/sim/bazaar/cache"; _ "souk/sim/bazaar/election")`},
		{"cmd/sim", `import (_ "souk/sim/bazaar"; _ "souk/scenarios"; _ "example.com/x")`},
		{"cmd/sim", `import (_ "os"; _ "time"; _ "sync"); func f(m map[int]int) { go f(m); for range m { } }`},
		{"sim/network", `import _ "gonum.org/v1/gonum/graph/simple"`},
		{"sim/metrics", `import _ "github.com/HdrHistogram/hdrhistogram-go"`},
		{"sim/scenario", `import (_ "github.com/goccy/go-yaml/ast"; _ "github.com/google/jsonschema-go/jsonschema")`},
		{"sim/scenario/field", `import _ "github.com/goccy/go-yaml"`},
		{"sim/vtime", `import "time"; var _ = time.Second`},
		{"sim/rng", `import "math/rand/v2"; var _ = rand.New(rand.NewPCG(1, 2)).Float64()`},

		{"sim", "// go f(), select, <-c and range over a map, in words\nvar s = \"go f(); time.Now()\""},
		{"sim", `type time struct{}; func (time) Now() {}; var _ = time.Now`},
		{"sim", `type t struct{ logs, osName, gone int }; func (t) init() {}`},
		{"sim", `func f(s []int, a *[3]int) { for range s { }; for range a { }; for range 3 { }; for range "x" { } }`},
		{"sim", `type c interface { ~[]int; Len() int }; func f[S c](s S) { for range s { } }`},
		{"sim", `import "iter"; func f(s iter.Seq[int]) { for range s { } }`},
		{"sim", `func f(m map[int]int) int { delete(m, 1); clear(m); return m[1] + len(m) }`},
		{"sim", `import ("maps"; "slices"); func f(m map[int]int) []int { return slices.Sorted(maps.Keys(m)) }`},
		{"sim", `import "maps"; func f(m map[int]int) bool { return maps.Equal(maps.Clone(m), m) }`},
		{"sim", `import "slices"; func f(s []int) { slices.Sort(s); slices.SortStableFunc(s, func(a, b int) int { return a - b }) }`},
		{"sim", `import "sort"; func f(s []int) { sort.Ints(s); sort.SliceStable(s, nil); sort.Stable(sort.IntSlice(s)) }`},
		{"sim", `import "math"; func f(x float64) float64 { return math.Sqrt(x) + math.Floor(math.Pi) + math.MaxInt64 }`},
		{"sim", `import "math"; type m struct{}; func (m) Log() {}; func f() { m{}.Log(); _ = math.Inf(1) }`},
		{"sim", `import "fmt"; import "io"; func f(w io.Writer) { fmt.Fprintln(w, fmt.Sprint(1)) }`},
		{"sim", `func f() { var print = func() {}; print() }`},
		{"sim", `func f(x *int) int { return -*x }`},
	} {
		if found := caught(t, p.in, p.text); len(found) > 0 {
			t.Errorf("%s: %s\nfound %v, want nothing", p.in, p.text, found)
		}
	}
}
