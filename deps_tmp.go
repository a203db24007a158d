//go:build depskeep

package souk

import (
	_ "github.com/HdrHistogram/hdrhistogram-go"
	_ "github.com/alecthomas/kong"
	_ "github.com/goccy/go-yaml/ast"
	_ "github.com/goccy/go-yaml/parser"
	_ "github.com/google/jsonschema-go/jsonschema"
	_ "github.com/jedib0t/go-pretty/v6/table"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "github.com/stretchr/testify/require"
	_ "gonum.org/v1/gonum/graph/encoding/dot"
	_ "gonum.org/v1/gonum/graph/simple"
	_ "gonum.org/v1/gonum/graph/topo"
	_ "gonum.org/v1/gonum/stat"
	_ "pgregory.net/rapid"
)
