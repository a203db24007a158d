package check

// Name is how scenarios call an invariant: by the id that INVARIANTS gives it,
// or by a word.
type Name struct{ ID, Word, Doc string }

// Names is the table of the invariants' names.
func Names() []Name {
	return []Name{
		{"G1", "goods-conserved", "no goods appear or vanish"},
		{"G2", "stock-not-negative", "stock is never below 0"},
		{"G3", "deposits-once", "each deposit is applied at most once"},
		{"M1", "money-conserved", "no money appears or vanishes"},
		{"M2", "paid-once", "a shipped unit is paid exactly once"},
		{"R1", "one-outcome", "a request has one outcome, which never changes"},
		{"R2", "no-request-lost", "no request is lost in silence"},
		{"R3", "everybody-knows", "in the end every buyer knows an outcome"},
		{"O1", "promises-kept", "confirmed units are shipped, still open or revoked"},
		{"O2", "no-oversell", "strict mode never oversells"},
		{"O3", "oversell-bounded", "oversell has its bound between two synchronisations"},
		{"E1", "one-winner", "a term has one winner"},
		{"E2", "leaders-bounded", "no more leaders than seats, at any instant"},
		{"E3", "leaders-agree", "in the end the highest live peers lead, and all agree"},
		{"E4", "terms-rise", "the term that a peer adopts never decreases"},
		{"E5", "writes-fenced", "the warehouse turns down outdated terms"},
		{"T1", "queues-survive", "a dead trader's queue is accounted for"},
		{"T2", "effects-once", "a request takes effect at most once"},
		{"T3", "losses-explicit", "what is not repeated is not lost in silence"},
		{"T4", "one-owner", "an entry of a queue has one owner"},
		{"T5", "buyers-in-order", "a buyer's requests are served in their order"},
		{"C1", "caches-equal", "in the end every cache equals the stock"},
		{"C2", "caches-real", "a cache is some real state of the stock, less its own sales"},
		{"C3", "caches-fresh", "a cache is no older than its bound"},
		{"C4", "versions-rise", "the version of a cache never decreases"},
		{"X1", "sessions-consistent", "a session reads its writes, and time does not go back"},
		{"X2", "linearizable", "the warehouse behaves as one copy"},
		{"F1", "look-ups-end", "a look-up visits a peer once and ends"},
	}
}
