package run

import (
	"slices"

	"souk/sim/check"
	"souk/sim/market"
	"souk/sim/metrics"
	"souk/sim/network"
	"souk/sim/vtime"
)

// Schema names the format of the JSON summary; it changes when a field's
// meaning does.
const Schema = "souk.summary/1"

// Summary is a run in figures: what `--json` prints. Times are in seconds,
// money in dollars, shares between 0 and 1.
type Summary struct {
	Schema  string  `json:"schema"`
	Name    string  `json:"name"`
	About   string  `json:"about,omitempty"`
	Seed    uint64  `json:"seed"`
	Digest  string  `json:"digest"`
	End     string  `json:"end"`
	Seconds float64 `json:"virtual_seconds"`
	Events  uint64  `json:"events"`
	Peers   int     `json:"peers"`

	Requests   Requests        `json:"requests"`
	Goods      Goods           `json:"goods"`
	Speed      Speed           `json:"speed"`
	Phases     []Phase         `json:"phases,omitempty"`
	Cost       Cost            `json:"cost"`
	Wrong      Wrong           `json:"went_wrong"`
	Traders    []Server        `json:"traders"`
	Sellers    []Server        `json:"sellers,omitempty"`
	Turns      []Turn          `json:"turns"`
	Faults     []Trouble       `json:"faults,omitempty"`
	Invariants []check.Verdict `json:"invariants"`
	// Expectations is what the scenario expects, and what came of it.
	Expectations []Judgement `json:"expectations,omitempty"`

	// stale says what a stale rejection is in this market; direct that its sellers
	// serve buyers themselves.
	stale  string
	direct bool
	// phase: the figures are those of a phase.
	phase bool
}

// Requests counts requests by what became of them.
type Requests struct {
	Issued    uint64 `json:"issued"`
	Fulfilled uint64 `json:"fulfilled"`
	// Rejected is the sum of the four counts that follow.
	Rejected   uint64 `json:"rejected"`
	Stale      uint64 `json:"rejected_stale"`
	OutOfStock uint64 `json:"rejected_out_of_stock"`
	Undersold  uint64 `json:"undersold"`
	NotOffered uint64 `json:"rejected_not_offered"`
	TimedOut   uint64 `json:"timed_out"`
	Cancelled  uint64 `json:"cancelled"`
	// Lost were given up by a trader that may not ask again.
	Lost    uint64 `json:"lost,omitempty"`
	Live    uint64 `json:"live"`
	Retries uint64 `json:"retries"`
	Ghosts  uint64 `json:"ghosts"`
	// OversellShare is Stale as a share of all requests; in a phase, of those that
	// ended in it.
	OversellShare float64 `json:"oversell_share"`
	// StaleRefusals counts every refusal of a request that was sent on old news;
	// after one, a request can still find its goods elsewhere.
	StaleRefusals uint64 `json:"stale_refusals"`
	OversoldUnits int64  `json:"oversold_units"`
}

// Goods is what moved.
type Goods struct {
	Deposits    uint64  `json:"deposits"`
	UnitsIn     int64   `json:"units_deposited"`
	Sales       uint64  `json:"sales"`
	UnitsOut    int64   `json:"units_shipped"`
	Turnover    float64 `json:"turnover_usd"`
	Commissions float64 `json:"commissions_usd"`
}

// Speed is how fast it went. From and Until bound the time in which Sales
// count for the throughput: from the first request to the close. FirstSale and
// LastSale are when the first and the last of them were, for comparison with
// systems that log nothing but their sales; both are 0 if there was none.
type Speed struct {
	From       float64 `json:"from_s"`
	Until      float64 `json:"until_s"`
	Sales      uint64  `json:"sales"`
	FirstSale  float64 `json:"first_sale_s"`
	LastSale   float64 `json:"last_sale_s"`
	Throughput float64 `json:"sales_per_s"`
	Latency    Latency `json:"latency"`
	Gap        float64 `json:"longest_gap_s"`
	GapFrom    float64 `json:"longest_gap_from_s"`
}

// Latency is the time from a request to its goods, of fulfilled requests.
type Latency struct {
	N    uint64  `json:"n"`
	Mean float64 `json:"mean_s"`
	P50  float64 `json:"p50_s"`
	P95  float64 `json:"p95_s"`
	P99  float64 `json:"p99_s"`
	Max  float64 `json:"max_s"`
}

// Phase is one of the scenario's run.phases in figures. Its requests are counted
// by their outcome within the phase, whenever they were made.
type Phase struct {
	Name     string   `json:"name"`
	Requests Requests `json:"requests"`
	UnitsOut int64    `json:"units_shipped"`
	Speed    Speed    `json:"speed"`
}

// Cost is what it took.
type Cost struct {
	Messages         uint64         `json:"messages"`
	MessagesPerSale  float64        `json:"messages_per_sale"`
	ByKind           []MessageCount `json:"messages_by_kind"`
	Hops             uint64         `json:"hops"`
	Lost             []MessageCount `json:"messages_lost"`
	Elections        uint64         `json:"elections"`
	Seatings         uint64         `json:"seatings"`
	ElectionMessages uint64         `json:"election_messages"`
	ElectedAt        float64        `json:"elected_s"`
	FromCache        uint64         `json:"served_from_cache"`
	FromWarehouse    uint64         `json:"asked_warehouse"`
	DeniedByCache    uint64         `json:"denied_by_cache"`
	Pulls            uint64         `json:"cache_pulls"`
	PeerSyncs        uint64         `json:"peer_syncs"`
	Operations       uint64         `json:"warehouse_operations"`
	WarehouseBusy    float64        `json:"warehouse_utilisation"`
	TakenOver        uint64         `json:"requests_taken_over"`
	FalseSuspicions  uint64         `json:"false_suspicions"`
	// Broadcasts are messages that tell buyers what a seller has on sale.
	Broadcasts uint64 `json:"broadcasts,omitempty"`
	// Routed are choices of a seller by a buyer's own view, RoutedStale those in
	// which it was wrong about that seller's stock.
	Routed      uint64 `json:"routed,omitempty"`
	RoutedStale uint64 `json:"routed_on_stale_view,omitempty"`
	// LookUps are searches of the network, Visits the peers that they reached.
	LookUps    uint64 `json:"look_ups,omitempty"`
	Visits     uint64 `json:"look_up_visits,omitempty"`
	Replies    uint64 `json:"look_up_replies,omitempty"`
	PeakEvents int    `json:"peak_pending_events"`
}

// Wrong is what went wrong and may, as the scenario is: what other settings, or a
// network without trouble, rule out. Each belongs to an invariant, which then is
// skipped. Ghosts and what was undersold stand with the requests.
type Wrong struct {
	// LeadersMax is the most peers that believed at once that they lead;
	// SplitBrain the seconds in which they were more than seats, or two in one.
	LeadersMax int     `json:"leaders_max"`
	SplitBrain float64 `json:"split_brain_s"`
	// TermRegressions are seats that a peer gave to an older claim than it had
	// adopted before.
	TermRegressions uint64 `json:"term_regressions"`
	// ZombieWrites are sales by a trader for a request that another had taken over
	// from it.
	ZombieWrites uint64 `json:"zombie_writes"`
	// Duplicates are sales for a request that had one.
	Duplicates     uint64 `json:"duplicates"`
	DuplicateUnits int64  `json:"duplicate_units"`
	// Lost are requests whose buyer will never know what became of them.
	Lost uint64 `json:"lost_requests"`
	// RepeatedDeposits were stored although they had been.
	RepeatedDeposits uint64 `json:"repeated_deposits"`
	// Inversions are requests served before an earlier one of their buyer.
	Inversions uint64 `json:"inversions"`
	// VersionRegressions are snapshots that replaced a newer one in a cache.
	VersionRegressions uint64 `json:"version_regressions"`
	// SessionViolations are answers that contradict what their buyer had seen or
	// done before, of the Answers of which the version is known.
	Answers           uint64 `json:"answers"`
	SessionViolations uint64 `json:"session_violations"`
}

// MessageCount counts messages of one kind, or lost for one reason.
type MessageCount struct {
	What  string `json:"what"`
	Count uint64 `json:"count"`
}

// Server is the share of one trader or, in a market without traders, of one
// seller.
type Server struct {
	Slot        int     `json:"slot"`
	Name        string  `json:"name"`
	Sales       uint64  `json:"sales"`
	Utilisation float64 `json:"utilisation"`
	QueueMean   float64 `json:"queue_mean"`
	QueueMax    int64   `json:"queue_max"`
	// Availability is the share of the time, from the first request or a later
	// election to the close, in which the trader held its seat and ran; Up says
	// whether it does at the end.
	Availability float64 `json:"availability"`
	Up           bool    `json:"up"`
}

// Turn is one change of who leads.
type Turn struct {
	At   float64 `json:"at_s"`
	What string  `json:"what"`
	// Repeated is how often the same was said again right after it.
	Repeated int `json:"repeated,omitempty"`
}

// Summary sums the run up.
func (r *Report) Summary() Summary {
	s := Summary{
		Schema: Schema, Name: r.Config.Name, About: r.Config.About,
		Seed: r.Config.World.Seed, Digest: r.World.Digest.String(), End: r.World.End.String(),
		Seconds: r.World.Now.Seconds(), Events: r.World.Events, Peers: r.Play.Peers(),
		Requests: r.requests(), Speed: r.speed(), Phases: r.phases(), Cost: r.cost(), Wrong: r.wrong(),
		Traders: []Server{}, Turns: r.turns(), Faults: r.troubles(), Invariants: r.Verdicts,
	}
	s.stale, s.direct = r.Play.Traits.Stale, r.Play.Traits.Seats == 0
	if r.Play.Traits.Seats > 0 {
		s.Traders = r.servers()
	} else {
		s.Sellers = r.servers()
	}
	c := &r.Meter.Counts
	s.Goods = Goods{
		Deposits: c.Deposits, UnitsIn: c.UnitsIn, Sales: c.Sales, UnitsOut: c.UnitsSold,
		Turnover: dollars(c.Turnover), Commissions: dollars(c.Cuts),
	}
	s.Expectations = r.judge(&s)
	return s
}

func (r *Report) requests() Requests {
	c := &r.Meter.Counts
	q := tally(c.Issued, &c.Outcomes, c.Undersold)
	q.Retries, q.Ghosts, q.OversoldUnits = c.Retries, c.Ghosts, c.OversoldUnits
	q.Live = uint64(r.Meter.Live)
	q.StaleRefusals = c.StaleRefusals
	q.OversellShare = ratio(float64(q.Stale), float64(q.Issued))
	return q
}

// tally sorts requests by outcome.
func tally(issued uint64, outcomes *[market.Outcomes]uint64, undersold uint64) Requests {
	q := Requests{
		Issued: issued, Fulfilled: outcomes[market.Fulfilled],
		Stale: outcomes[market.RejectedStale], NotOffered: outcomes[market.RejectedNotOffered],
		TimedOut: outcomes[market.TimedOut], Cancelled: outcomes[market.Cancelled],
		Lost: outcomes[market.Lost],
	}
	// A refusal on a stale cache ends a request as out of stock; it is one that
	// was undersold if the warehouse had goods at that moment.
	q.Undersold = min(undersold, outcomes[market.RejectedOutOfStock])
	q.OutOfStock = outcomes[market.RejectedOutOfStock] - q.Undersold
	q.Rejected = q.Stale + q.OutOfStock + q.Undersold + q.NotOffered
	return q
}

func (r *Report) speed() Speed {
	m := r.Meter
	if m.FirstWish == vtime.Never {
		return Speed{}
	}
	gap, from := m.Gap(r.World.Closed)
	var first, last float64
	if m.SalesInTime > 0 {
		first, last = m.FirstSale.Seconds(), m.LastSale().Seconds()
	}
	return Speed{
		From: m.FirstWish.Seconds(), Until: r.World.Closed.Seconds(),
		Sales: m.SalesInTime, FirstSale: first, LastSale: last,
		Throughput: ratio(float64(m.SalesInTime), r.World.Closed.Sub(m.FirstWish).Seconds()),
		Latency:    latency(&m.Latency),
		Gap:        gap.Seconds(), GapFrom: from.Seconds(),
	}
}

func latency(s *metrics.Sample) Latency {
	q := s.Quantiles()
	return Latency{
		N: q.N, Mean: q.Mean.Seconds(), P50: q.P50.Seconds(), P95: q.P95.Seconds(),
		P99: q.P99.Seconds(), Max: q.Max.Seconds(),
	}
}

// phases sums up each phase, up to the close of the run if that comes earlier.
func (r *Report) phases() []Phase {
	var list []Phase
	for i := range r.Phases.List {
		p := &r.Phases.List[i]
		until := max(p.From, min(p.Until, vtime.Duration(r.World.Closed)))
		ended := tally(p.Issued, &p.Outcomes, p.Undersold)
		ended.OversellShare = ratio(float64(ended.Stale), float64(ended.Fulfilled+ended.Rejected+ended.TimedOut+ended.Cancelled+ended.Lost))
		list = append(list, Phase{
			Name: p.Name, Requests: ended, UnitsOut: p.UnitsSold,
			Speed: Speed{
				From: p.From.Seconds(), Until: until.Seconds(),
				Sales: p.Sales, FirstSale: p.FirstSale.Seconds(), LastSale: p.LastSale.Seconds(),
				Throughput: ratio(float64(p.Sales), (until - p.From).Seconds()),
				Latency:    latency(&p.Latency),
			},
		})
	}
	return list
}

func (r *Report) cost() Cost {
	m, w := r.Meter, &r.World
	c := Cost{
		Messages: w.Messages(), MessagesPerSale: ratio(float64(w.Messages()), float64(m.Counts.Sales)),
		Hops: w.Hops, Elections: m.Counts.Elections, Seatings: m.Counts.Seatings, ElectedAt: m.Elected.Seconds(),
		FromCache: m.Counts.FromCache, FromWarehouse: m.Counts.FromWarehouse,
		Pulls: m.Counts.Pulls, PeerSyncs: m.Counts.PeerSyncs, Operations: m.Counts.Operations,
		WarehouseBusy: ratio(m.Average(&m.Warehouse, w.Now), float64(r.Play.Traits.Bays)),
		TakenOver:     m.Counts.TakenOver, FalseSuspicions: m.Counts.FalseSuspicions, PeakEvents: w.Peak,
		Routed: m.Counts.Routed, RoutedStale: m.Counts.RoutedStale,
		LookUps: m.Counts.LookUps, Visits: m.Counts.Visits, Replies: m.Counts.Replies,
		ByKind: []MessageCount{}, Lost: []MessageCount{},
	}
	if r.Play.Traits.Seats > 0 {
		// Without traders it is buyers who deny themselves what they believe gone.
		c.DeniedByCache = m.Counts.Denied
	}
	if count := r.Play.Traits.Broadcasts; count != nil {
		c.Broadcasts = count(&w.Sent)
	}
	for kind, name := range r.Play.Messages {
		if n := w.Sent[kind]; n > 0 {
			c.ByKind = append(c.ByKind, MessageCount{name, n})
		}
	}
	if kind := r.Play.Traits.VoteKind; kind >= 0 {
		c.ElectionMessages = w.Sent[kind]
	}
	for fate, n := range w.Lost {
		if n > 0 {
			c.Lost = append(c.Lost, MessageCount{network.Fate(fate).String(), n})
		}
	}
	return c
}

func (r *Report) wrong() Wrong {
	c := &r.Wrong
	return Wrong{
		LeadersMax: c.LeadersMax, SplitBrain: c.SplitBrain.Seconds(), TermRegressions: c.TermRegressions,
		ZombieWrites: c.ZombieWrites, Duplicates: c.Duplicates, DuplicateUnits: c.DuplicateUnits, Lost: c.Lost,
		RepeatedDeposits: c.RepeatedDeposits, Inversions: c.Inversions, VersionRegressions: c.VersionRegressions,
		Answers: c.Answers, SessionViolations: c.SessionViolations,
	}
}

func (r *Report) servers() []Server {
	servers := []Server{}
	for i := range r.Meter.Offices {
		o := &r.Meter.Offices[i]
		servers = append(servers, Server{
			Slot: int(o.Slot), Name: r.Play.Name(o.ID), Sales: o.Sales,
			Utilisation: ratio(r.Meter.Average(&o.Busy, r.World.Now), float64(r.Play.Traits.Workers)),
			QueueMean:   r.Meter.Average(&o.Queue, r.World.Now), QueueMax: o.Queue.Max(),
			Availability: r.Meter.Average(&o.Up, r.World.Now), Up: o.Up.Now() > 0,
		})
	}
	return servers
}

func (r *Report) turns() []Turn {
	turns := []Turn{}
	for i := range r.Meter.Turns {
		t := &r.Meter.Turns[i]
		what := r.story(t)
		// A trader that is told of its death again and again says twice each time.
		last := turns[max(0, len(turns)-2):]
		if at := slices.IndexFunc(last, func(t Turn) bool { return t.What == what }); at >= 0 {
			last[at].Repeated++
			continue
		}
		turns = append(turns, Turn{At: t.At.Seconds(), What: what})
	}
	return turns
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

func dollars(m market.Money) float64 { return float64(m) / float64(market.Dollar) }
