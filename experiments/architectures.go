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
	conclusion: `The same buyers, who draw the same wishes and think times, the same sellers with the same goods, the same delays and the same 20 ms of work for a purchase; only the way from a wish to its goods differs. A seller takes a second, on average, to replace 50 sold units, so that with 160 buyers goods run out everywhere.

- **Traders without caches** never oversell, and need some seven messages a sale, more only where most requests find no goods. Every purchase queues at the one warehouse, which is full at 83 sales a second: with 160 buyers the slowest hundredth waits 1.7 s.
- **Traders with caches** pass that limit (some 110 sales a second) and oversell everywhere: 1 % of the requests of 5 buyers, 8 % of those of 160, 10 % where a message takes 100 ms. Below the limit the caches gain a hundredth of a second and sell a little less.
- **Without traders** a purchase is one round trip to a seller, with a p99 of 0.11 to 0.15 s whatever the number of buyers. By the rules of the marketplace that is modelled, where every sale is told to everybody and the highest stock is asked, messages grow with the buyers, to 165 a sale, and all sellers run out together ([broadcasts](../broadcasts/README.md) says why). Told once a second, with any seller asked, 5 to 17 messages a sale do, and no other architecture is shown to sell more, near or far. But news that is a second old is too old where goods are scarce: of 160 buyers' requests nearly every fifth is oversold, though a refusal that another seller makes good does not count as one here, as every one does that a cache causes.
- **Peer to peer** nobody keeps a list of anybody. Each purchase floods the graph with 24 messages a sale for 5 buyers and 212 for 160, and its look-up goes through several peers there and back: at 100 ms a message the p99 is 1.4 s and a fifth fewer goods are sold than by traders without caches.
- **Who dies decides what is lost.** Only the warehouse stops the market. A dead trader costs 5 to 8 % of the sales of the next minute, nearly all of it the 5 s that its buyers wait before they ask another (` + "`peers.buyers.answer_timeout`" + `; p99 5 s). A connection that breaks is noticed within one delay, so a dead seller costs only what the others can't replace: 4 to 5 % of the sales without traders, where twice as many requests are then unmet, 6 % peer to peer, and nothing that twenty runs could show where the warehouse has its goods. With one trader left no cache is ever stale: what the bazaar leaves unmet falls from 3.4 to 0.5 %. Two caches are the price of surviving one.

So: traders without caches where an oversold order is dear and one database carries the load; no traders, with news as fresh as goods are scarce, where a database would not, where peers are far apart, or where no single node may stop the market; caches in between; a flood only where nobody can know the sellers.`,
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
