package experiments

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"souk/experiments/cells"
	"souk/experiments/sweep"
)

// comparison is one experiment of several sweeps, with a page of its own that
// puts their figures and their side-by-side tables together.
type comparison struct {
	question, conclusion string
	// sweeps are the names of the sweeps that ship; each has a folder below the
	// experiment's, called by what follows the experiment's name.
	sweeps []string
}

// architectures compares the markets under one demand.
var architectures = comparison{
	question: "traders or none, a cache or none, or a crowd of peers: which architecture for which market?",
	conclusion: `The same buyers with the same wishes at the same moments, the same sellers with the same goods, the same delays and the same 20 ms of work for a purchase; only the way from a wish to its goods differs.

- **Traders without caches** never oversell and need seven messages a sale whatever the size. Every purchase queues at the one warehouse, which is full at some 80 sales a second: with 160 buyers the slowest hundredth waits 1.7 s.
- **Traders with caches** carry a third more, and pay in oversold orders: 2.6 % of the requests of 20 buyers, 8.4 % of those of 160.
- **Without traders** a purchase is one round trip to a seller, the fastest at any size (p99 0.11 s), and oversells less than the caches do. But a sale is told to everybody, so messages a sale grow with the buyers: 22 for 20 of them, 165 for 160.
- **Peer to peer** nobody keeps a list of anybody, and every purchase floods the graph: 51 to 231 messages, and 0.1 s of waiting for replies in every purchase.
- **Who dies decides what is lost.** A dead trader costs 5 to 8 % of the minute that follows, all in the seconds until its buyers ask the other one; a dead seller costs what it sold, 4 to 5 % without traders and 1 % where the warehouse still has its goods. Only the warehouse stops the whole market.

So: traders without caches where an oversold order is dear and one database carries the load; caches where throughput is dearer than an apology; no traders where buyers are tens, not thousands, or no single node may stop the market; a flood only where nobody can know the sellers.`,
	sweeps: []string{"architectures-buyers", "architectures-sellers", "architectures-delay", "architectures-death"},
}

// ofComparison is the experiment of several sweeps.
func ofComparison(name, part string, c *comparison) Experiment {
	e := Experiment{Name: name, Part: part}
	e.run = func(ctx context.Context, b *Bench) (*outcome, error) {
		o := &outcome{question: c.question, conclusion: c.conclusion}
		var page strings.Builder
		fmt.Fprintf(&page, "# %s\n\n%s\n\n```\n%s\n```\n\n%s\n", name, capital(c.question), e.command(), strings.TrimSpace(c.conclusion))
		for _, s := range c.sweeps {
			folder := strings.TrimPrefix(s, name+"-")
			plan, result, err := execute(ctx, s, b)
			if err != nil {
				return nil, err
			}
			if err := result.Write(filepath.Join(e.folder(b), folder), "sim sweep "+s); err != nil {
				return nil, err
			}
			writeSection(&page, plan, result, folder)
			o.doubt = errors.Join(o.doubt, result.Doubts())
			if o.figure == "" {
				o.figure = folder + "/" + plan.Plots[0].File
			}
		}
		return o, cells.WriteFile(filepath.Join(e.folder(b), "README.md"), []byte(page.String()))
	}
	return e
}

// writeSection puts a sweep on the page of a comparison.
func writeSection(page *strings.Builder, plan *sweep.Plan, result *sweep.Result, folder string) {
	fmt.Fprintf(page, "\n## %s\n\n", capital(plan.Question))
	for _, p := range plan.Plots {
		fmt.Fprintf(page, "[![%s](%s/%s)](%s/README.md)\n\n", capital(plan.Question), folder, p.File, folder)
	}
	if plan.Conclusion != "" {
		fmt.Fprintf(page, "%s\n\n", strings.TrimSpace(plan.Conclusion))
	}
	page.WriteString(result.Overview())
	fmt.Fprintf(page, "All figures and how they compare: [%s](%s/README.md).\n", folder, folder)
}
