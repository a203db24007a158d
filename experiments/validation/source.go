package validation

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"

	"souk/scenarios"
)

// source is this package's own: a measurement that is kept must not outlive
// the model that it was made with.
//
//go:embed *.go
var source embed.FS

// Fingerprint identifies the models as they are written, with the shipped
// scenarios that they run.
func Fingerprint() string {
	h := sha256.New()
	entries, err := source.ReadDir(".")
	for _, e := range entries {
		text, failed := source.ReadFile(e.Name())
		if failed != nil {
			err = failed
		}
		h.Write([]byte(e.Name()))
		h.Write(text)
	}
	for _, name := range shops {
		text, failed := scenarios.Files.ReadFile(name + ".yaml")
		if failed != nil {
			err = failed
		}
		h.Write(text)
	}
	if err != nil {
		panic(err) // embedded files can be read
	}
	return hex.EncodeToString(h.Sum(nil))
}
