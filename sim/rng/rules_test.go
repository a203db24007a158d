package rng

import (
	"go/ast"
	goconstant "go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// source is the package's own code without its tests.
type source struct {
	fset  *token.FileSet
	files []*ast.File
	types map[ast.Expr]types.TypeAndValue
}

func readSource(t *testing.T) source {
	paths, err := filepath.Glob("*.go")
	require.NoError(t, err)
	s := source{fset: token.NewFileSet(), types: map[ast.Expr]types.TypeAndValue{}}
	for _, path := range paths {
		if !strings.HasSuffix(path, "_test.go") {
			file, err := parser.ParseFile(s.fset, path, nil, 0)
			require.NoError(t, err)
			s.files = append(s.files, file)
		}
	}
	// Imports stay unresolved, which spares reading the standard library: what
	// comes from there counts as floating point unless it is said to be not.
	config := types.Config{Importer: noImports{}, Error: func(error) {}}
	_, _ = config.Check("rng", s.fset, s.files, &types.Info{Types: s.types})
	return s
}

type noImports struct{}

func (noImports) Import(path string) (*types.Package, error) {
	pkg := types.NewPackage(path, filepath.Base(path))
	pkg.MarkComplete()
	return pkg, nil
}

// mayBeFloat reports whether e is computed at run time and not of integer type.
func (s source) mayBeFloat(e ast.Expr) bool {
	known := s.types[e]
	if known.Value != nil {
		return false
	}
	if known.Type == nil {
		return true
	}
	basic, ok := known.Type.Underlying().(*types.Basic)
	return !ok || basic.Info()&types.IsInteger == 0
}

// isProduct reports whether e is a product to the compiler, which also turns a
// division by a constant power of two into one.
func (s source) isProduct(e *ast.BinaryExpr) bool {
	divisor := s.types[e.Y].Value
	if e.Op != token.QUO || divisor == nil {
		return e.Op == token.MUL
	}
	x, _ := goconstant.Float64Val(goconstant.ToFloat(divisor))
	fraction, _ := math.Frexp(x)
	return fraction == 0.5
}

// Only a product that stands in float64(...) is safe from being fused with an
// addition, here or where the function is inlined.
func TestEveryFloatingPointProductIsRounded(t *testing.T) {
	s := readSource(t)
	rounded := map[ast.Expr]bool{} // those that stand in float64(...)
	products := 0
	for _, file := range s.files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if name, ok := n.Fun.(*ast.Ident); ok && name.Name == "float64" {
					rounded[n.Args[0]] = true
				}
			case *ast.BinaryExpr:
				if s.isProduct(n) && s.mayBeFloat(n) {
					products++
					assert.True(t, rounded[n], "%s: wrap the product in float64(...)", s.fset.Position(n.OpPos))
				}
			case *ast.AssignStmt:
				if n.Tok == token.MUL_ASSIGN || n.Tok == token.QUO_ASSIGN {
					assert.False(t, s.mayBeFloat(n.Lhs[0]), "%s: write it out as x = float64(...)", s.fset.Position(n.TokPos))
				}
			}
			return true
		})
	}
	assert.Greater(t, products, 50, "the test sees the products")
}
