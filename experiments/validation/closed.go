package validation

import "fmt"

// This file holds closed networks: so many buyers who think, ask, and think
// again once they have their goods.

// workshop is the scenario. Its one worker repairs the machines, which are the
// buyers.
const workshop = `version: 1
run: {time_limit: %[1]ds, warmup: 1000s}
peers:
  items: [fish]
  list: %[2]s
  buyers: {think: {exponential: {mean: 10s}}, answer_timeout: 1000s}
  sellers: {sells: {change_every: 0s, on_sold_out: same-item}, restock: {quantity: 1000000}}
traders:
  count: 1
  election: {algorithm: appointed}
  settle: 0s
  opening: 0s
  heartbeat: {every: 1h, dead_after: 2h}
  workers: 1
  service: {exponential: {mean: 1s}}
  locked: 0s
  queue: {on_crash: lost}
  cache: {mode: "off"}
warehouse: {read: 0s, write: 0s}
network: {delay: 0s, name_server: {lookup: 0s}}
`

// stall is the same network without traders: the one seller repairs. Look-ups
// and replies take no time, so a purchase is nothing but its wait and service.
const stall = `version: 1
market: peer-to-peer
run: {time_limit: %[1]ds, warmup: 1000s}
peers:
  items: [fish]
  list: %[2]s
  buyers: {think: {exponential: {mean: 10s}}, answer_timeout: 1000s}
  sellers:
    sells: {change_every: 0s, on_sold_out: same-item}
    restock: {quantity: 1000000}
    service: {exponential: {mean: 1s}}
peer_to_peer: {hop_limit: 100, replies: 1}
network: {delay: 0s, name_server: {lookup: 0s}}
`

// machineRepair returns throughput and response time of n customers who think
// for z and are served for s, both exponential, by one server.
func machineRepair(n int, z, s float64) (throughput, response float64) {
	// term is the probability of k customers at the server over that of none.
	sum, term := 1.0, 1.0
	for k := 1; k <= n; k++ {
		term *= float64(n-k+1) * s / z
		sum += term
	}
	throughput = (1 - 1/sum) / s
	return throughput, float64(n)/throughput - z
}

func closedNetworks(e Effort) []Model {
	return []Model{
		closedNetwork(5, e.of(4_000, 300_000), e.of(8, 12)),
		closedNetwork(10, e.of(4_000, 300_000), e.of(8, 12)),
		closedNetwork(20, e.of(2_000, 300_000), e.of(8, 12)),
		closedStall(10, e.of(4_000, 300_000), e.of(8, 12)),
	}
}

func closedNetwork(n, counted, replications int) Model {
	m := Model{
		Name:  fmt.Sprintf("closed-%d", n),
		Title: fmt.Sprintf("Closed network: N = %d customers, think time Z = 10, one exponential server with S = 1", n),
		Setting: "closed-loop buyers with exponential think time, one appointed trader with one worker, every other time 0s; " +
			"the first 1000 s are deleted",
		Replications: replications,
	}
	return m.repairing(n, fmt.Sprintf(workshop, 1000+counted, roles(n, 1)))
}

func closedStall(n, counted, replications int) Model {
	m := Model{
		Name:  fmt.Sprintf("closed-peer-to-peer-%d", n),
		Title: fmt.Sprintf("Closed network, peer to peer: N = %d customers, think time Z = 10, one exponential server with S = 1", n),
		Setting: "closed-loop buyers with exponential think time, one seller with one worker, look-ups that reach everybody and end " +
			"with the first reply, every other time 0s; the first 1000 s are deleted",
		Replications: replications,
	}
	return m.repairing(n, fmt.Sprintf(stall, 1000+counted, roles(n, 0)))
}

// repairing makes of a model that of n machines and the one who repairs them, in
// a scenario of this text.
func (m Model) repairing(n int, text string) Model {
	x, r := machineRepair(n, 10, 1)
	m.Formula = "p0 = 1 / sum over k of N!/(N-k)! (S/Z)^k, X = (1 - p0)/S, R = N/X - Z"
	m.Source = "C. Palm, 1947 (machine repair); E. D. Lazowska et al., Quantitative System Performance, 1984"
	m.Quantities = []Quantity{
		{Name: "throughput X", Unit: "sales/s", Predicted: x},
		{Name: "mean response time R", Unit: "s", Predicted: r},
	}
	name := m.Name
	m.Measure = func(seed uint64) ([]float64, error) {
		report, err := once(name, text, seed)
		if err != nil {
			return nil, err
		}
		s := report.Summary().Speed
		return []float64{s.Throughput, s.Latency.Mean}, nil
	}
	return m
}
