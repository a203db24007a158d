package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// builder makes the programs, in a folder that is thrown away.
type builder struct {
	ctx     context.Context
	scratch string
	root    string // of the module
}

func newBuilder(ctx context.Context, scratch string) (*builder, error) {
	b := &builder{ctx: ctx, scratch: scratch}
	mod, err := b.output("", "go", "env", "GOMOD")
	if err != nil {
		return nil, err
	}
	b.root = filepath.Dir(mod)
	if _, err := os.Stat(b.quantiles()); err != nil {
		return nil, fmt.Errorf("to be called within Souk's module: %w", err)
	}
	return b, nil
}

func (b *builder) quantiles() string {
	return filepath.Join(b.root, "bench", "recipe", "quantiles.txt")
}

func (b *builder) folder(p *peer) string { return filepath.Join(b.root, "bench", "peers", p.folder) }

// output runs a command in a folder and returns what it prints. The error has the
// most telling line of its complaint.
func (b *builder) output(folder, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(b.ctx, name, args...)
	cmd.Dir = folder
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		if text := telling(complaint.String()); text != "" {
			return "", errors.New(text)
		}
		return "", err
	}
	return strings.TrimSpace(out.String()), nil
}

var (
	namedError = regexp.MustCompile(`(?i)error: (.*)`)
	address    = regexp.MustCompile(`(reading )?https?://\S+[^\s:]`)
)

// telling returns what is said of an error where one is named, or else the first
// line. The page should have no paths or hosts of this machine, so what lies
// before is dropped, and so are addresses.
func telling(complaint string) string {
	text := firstLine(complaint)
	if named := namedError.FindStringSubmatch(complaint); named != nil {
		text = named[1]
	}
	return address.ReplaceAllString(text, "no access")
}

func (b *builder) souk(p *peer) error {
	return b.goBuild(p, b.root, "./bench/souk")
}

func (b *builder) heap(p *peer) error {
	return b.goBuild(p, b.root, "./bench/peers/heap")
}

func (b *builder) goBuild(p *peer, folder, pkg string) error {
	binary := filepath.Join(b.scratch, "souk"+p.folder)
	if _, err := b.output(folder, "go", "build", "-o", binary, pkg); err != nil {
		return err
	}
	p.command, p.version = []string{binary}, runtime.Version()
	return nil
}

// goModule builds a program that has a module of its own, so that its peer stays
// out of Souk's. What it needs, Go downloads.
func (b *builder) goModule(p *peer) error {
	if err := b.goBuild(p, b.folder(p), "."); err != nil {
		return err
	}
	versions, err := b.output(b.folder(p), "go", "list", "-m", "-f", `{{if not (or .Main .Indirect .Replace)}}{{.Path}} {{.Version}}{{end}}`, "all")
	if err != nil {
		return err
	}
	p.version = strings.Join(strings.Fields(versions), " ")
	return nil
}

// compile builds a program of C++, one for all variants of a peer.
func (b *builder) compile(p *peer, flags ...string) error {
	binary := filepath.Join(b.scratch, p.folder)
	if _, err := os.Stat(binary); err != nil {
		args := []string{
			"-std=c++17", "-O2", "-DNDEBUG", "-I", filepath.Join(b.root, "bench", "recipe"),
			filepath.Join(b.folder(p), "main.cc"), "-o", binary,
		}
		if _, err := b.output("", "g++", append(args, flags...)...); err != nil {
			return err
		}
	}
	p.command = []string{binary}
	return nil
}

func (b *builder) cxx(p *peer) error {
	if err := b.compile(p); err != nil {
		return err
	}
	version, err := b.output("", "g++", "--version")
	p.version = firstLine(version)
	return err
}

func (b *builder) ns3(p *peer) error {
	if err := b.compile(p, "-lns3-core"); err != nil {
		return err
	}
	p.version = b.packaged("libns3-dev")
	return nil
}

func (b *builder) simgrid(p *peer) error {
	if err := b.compile(p, "-lsimgrid"); err != nil {
		return err
	}
	p.version = b.packaged("libsimgrid-dev")
	return nil
}

// packaged returns the version of a package of Debian's.
func (b *builder) packaged(name string) string {
	version, err := b.output("", "dpkg-query", "-W", "-f", "${Version}", name)
	if err != nil {
		return "version unknown"
	}
	return name + " " + version
}

// simpy looks for a Python that has SimPy: the first in the path may be one
// without Debian's packages.
func (b *builder) simpy(p *peer) error {
	const ask = "import platform, simpy; print('SimPy', simpy.__version__, 'on', platform.python_implementation(), platform.python_version())"
	var err error
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		var version string
		if version, err = b.output("", python, "-c", ask); err == nil {
			p.command, p.version = []string{python, filepath.Join(b.folder(p), "main.py")}, version
			return nil
		}
	}
	return fmt.Errorf("no Python here has it: %w", err)
}

// describe says what was measured on, without its name.
func describe() string {
	model := "unknown CPU"
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if m := regexp.MustCompile(`(?m)^model name\s*: (.*)$`).FindSubmatch(info); m != nil {
			model = string(m[1])
		}
	}
	return fmt.Sprintf("%s, %d cores, %s/%s", model, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
}
