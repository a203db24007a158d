// Package published reads what others have measured of real systems, so that it
// stands in one file with its sources and its known faults.
package published

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Value is one published number.
type Value struct {
	// Experiment is the sweep that it belongs to.
	Experiment string
	// Setting lists keys of the scenario with their values, as traders.count=2
	// scenario=exp1-cached; together they name one point of the sweep.
	Setting []Assignment
	// Measure and Unit are those of a run's measure; shares have no unit and are
	// between 0 and 1.
	Measure, Unit string
	Value         float64
	// Source says where it stands; Note, what is known of its faults.
	Source, Note string
	// Row is the line of the file, for messages.
	Row int
}

// Assignment is a key with its value.
type Assignment struct{ Key, Value string }

// columns is the head of the file, which is CSV with # for comments.
var columns = []string{"experiment", "setting", "measure", "unit", "published", "source", "note"}

// Columns lists the columns that the file has, for messages.
func Columns() string { return strings.Join(columns, ", ") }

// Read reads a file. The error names the row.
func Read(src []byte) ([]Value, error) {
	file := csv.NewReader(bytes.NewReader(src))
	file.Comment = '#'
	row, err := file.Read()
	if err == io.EOF || err == nil && !slices.Equal(row, columns) {
		return nil, fmt.Errorf("the columns are not %s", Columns())
	}
	var values []Value
	for {
		if err == nil {
			row, err = file.Read()
		}
		if err == io.EOF {
			return values, nil
		}
		if err != nil {
			return nil, err
		}
		line, _ := file.FieldPos(0)
		v := Value{Experiment: row[0], Measure: row[2], Unit: row[3], Source: row[5], Note: row[6], Row: line}
		if v.Value, err = strconv.ParseFloat(row[4], 64); err != nil {
			return nil, fmt.Errorf("row %d: %q is not a number", v.Row, row[4])
		}
		for _, word := range strings.Fields(row[1]) {
			key, value, ok := strings.Cut(word, "=")
			if !ok {
				return nil, fmt.Errorf("row %d: %q in the setting is not key=value", v.Row, word)
			}
			v.Setting = append(v.Setting, Assignment{key, value})
		}
		values = append(values, v)
	}
}

// String is the setting as it stands in the file.
func (v *Value) String() string {
	var words []string
	for _, a := range v.Setting {
		words = append(words, a.Key+"="+a.Value)
	}
	return strings.Join(words, " ")
}
