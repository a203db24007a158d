// Package field reads configuration files by a table of documented fields.
//
// A [Table] lists every key a file may hold: where its value goes, how it is
// written, its default and one sentence about it. That one list drives the
// reader, the defaults, the errors, the explained listing ([Document.Explain])
// and the JSON Schema ([Table.Schema]), so that none of them can drift from
// the others. The package knows nothing of what the fields mean.
//
// A file is read in four steps, one file of code each: its bytes become text
// (text.go), the text becomes a tree of positioned nodes (parse.go), the
// overrides are laid over the tree (override.go), and the table walks the tree
// and fills the configuration (read.go). Every step reports all it finds, with
// positions; nothing stops at the first mistake except broken YAML.
package field
