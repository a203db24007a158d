// Package scale measures what a run takes of a machine: CPU time for an event and
// bytes for a peer, in each market, from a hundred peers to a million. What it
// counts, such as events and digests, is the same on every machine; what it
// measures is not, and is kept apart.
package scale

import (
	"embed"
	"fmt"
	"strings"
	"time"

	"souk/scenarios"
	"souk/sim/scenario"
	"souk/sim/scenario/field"
)

//go:embed *.yaml
var files embed.FS

// Million is the scenario that ships for a market of a million buyers.
const Million = "million-buyers"

// Point is one market of one size.
type Point struct {
	// Market is its name in a scenario.
	Market string
	Buyers int
	// Set are the keys that grow with the buyers, as --set takes them.
	Set []string
	// Source is the scenario that they are set in.
	Source []byte
}

// Most is the largest number of buyers.
const Most = 1_000_000

// Market is a market at its sizes.
type Market struct {
	Name string
	// Shape is what grows with the buyers and what stays, in words.
	Shape string
	// grown returns the keys that grow with the buyers, beside those that do in
	// every market.
	grown func(buyers int) []string
}

// Markets are the markets that are measured.
func Markets() []Market {
	return []Market{
		{
			Name:  "bazaar",
			Shape: "four traders, with a seller for every thousand buyers; the traders' and the warehouse's hands grow with the buyers, so that queues stay short. A buyer knows the traders only, and nobody tells all buyers anything",
			grown: func(n int) []string {
				hands := max(8, n/4000)
				return []string{
					fmt.Sprint("peers.sellers.count=", max(4, n/1000)),
					fmt.Sprint("traders.workers=", hands), fmt.Sprint("warehouse.parallel=", hands),
				}
			},
		},
		{
			Name:  "traderless",
			Shape: "ten sellers at every size, because each buyer keeps a connection to every seller and a row for its goods, and each piece of news is a message to every buyer: with sellers in proportion, both would grow with the square of the market. A million buyers have ten million rows, and a million messages are under way when one seller speaks",
			grown: func(n int) []string {
				return []string{
					fmt.Sprint("peers.sellers.restock.quantity=", max(500, n/20)),
					fmt.Sprint("peers.sellers.workers=", max(8, n/30_000)),
				}
			},
		},
		{
			Name:  "peer-to-peer",
			Shape: "a seller for every four buyers and three neighbours at most for each peer; a look-up goes four hops, to the same 45 peers at most in any crowd. With hops enough to reach everybody, its messages would grow with the square of the market",
			grown: func(n int) []string {
				return []string{fmt.Sprint("peers.sellers.count=", n/4)}
			},
		},
	}
}

// The virtual time of a run: long for a few buyers, so that each run has some
// million events to measure, and never shorter than it takes to see a market at
// work.
const (
	aHundredTake = 12 * time.Hour
	shortest     = 20 * time.Second
)

// Points are the market's sizes up to most buyers: 100 and each ten times more.
func (m *Market) Points(most int) []Point {
	source, err := files.ReadFile(m.Name + ".yaml")
	if err != nil {
		panic(err) // a market in the list has its file
	}
	var list []Point
	for n := 100; n <= most; n *= 10 {
		set := []string{
			fmt.Sprint("peers.buyers.count=", n),
			fmt.Sprint("run.time_limit=", max(shortest, aHundredTake*100/time.Duration(n))),
		}
		list = append(list, Point{Market: m.Name, Buyers: n, Set: append(set, m.grown(n)...), Source: source})
	}
	return list
}

// MillionPoint is the shipped scenario as it is.
func MillionPoint() Point {
	source, err := scenarios.Files.ReadFile(Million + ".yaml")
	if err != nil {
		panic(err) // it ships
	}
	return Point{Market: Million, Buyers: 1_000_000, Source: source}
}

// Name is how the point is called in messages.
func (p *Point) Name() string { return fmt.Sprintf("%s, %d buyers", p.Market, p.Buyers) }

// Config reads the point's scenario.
func (p *Point) Config() (*scenario.Config, error) {
	var overrides []field.Override
	for _, pair := range p.Set {
		key, value, _ := strings.Cut(pair, "=")
		overrides = append(overrides, field.Override{Key: key, Value: value})
	}
	doc, problems := scenario.Read(p.Name(), p.Source, overrides)
	return &doc.Config, problems.Err()
}
