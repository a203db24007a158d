package fault

// Kind is one line of the table of faults: its name in a scenario, what it
// does, what it is given, and how to make it.
type Kind struct {
	Name, Doc string
	Takes     Argument
	// Wants are the further keys that it must be given, May those that it can.
	Wants, May Modifier
	// Momentary: it happens and is over; it has no end to wait for.
	Momentary bool
	// Breaks: it does to messages what a connection keeps its users from.
	Breaks bool
	// Clocked: it changes clocks.
	Clocked bool
	// Of is the service that it is about, for a fault that others can't have.
	Of string
	// Counted: the world can count what it touched, and not only whom it struck.
	Counted bool
	New     func(id int, s *Spec) Fault
}

// Argument says what a kind of fault is given in a scenario.
type Argument int

// The arguments.
const (
	// Actors: a list of selectors, such as trader1.
	Actors Argument = iota
	// Groups: lists of selectors.
	Groups
	// Flag: nothing but true.
	Flag
	// Percent: a chance.
	Percent
)

// Modifier is a set of keys that qualify a fault.
type Modifier uint8

// The modifiers.
const (
	Chance Modifier = 1 << iota
	Extra
	By
	Offset
	// WithPick: pick says who of the actors is struck.
	WithPick
	// WithMemory: memory says whether they remember.
	WithMemory
)

// Kinds is the table of faults.
func Kinds() []Kind {
	return []Kind{
		{Name: "crash", Doc: "Who stops at once: a name, role or pattern, such as trader1, or a list of them.", May: WithPick | WithMemory, New: newCrash},
		{Name: "resign", Doc: "Who leaves in good order: traders give up their office, sellers and buyers of the other markets say goodbye.", Momentary: true, New: newResign},
		{Name: "partition", Doc: "Groups that cannot reach each other, such as [[trader0], [warehouse]].", Takes: Groups, Counted: true, New: newPartition},
		{Name: "name_server_down", Doc: "Whether the name server is out.", Takes: Flag, Counted: true, New: newNameServer},

		{Name: "restart", Doc: "Who goes down and is up again at once.", May: WithPick | WithMemory, Momentary: true, New: newRestart},
		{Name: "pause", Doc: "Who stands still, as in a collection of garbage: messages and timers wait for it.", May: WithPick, Counted: true, New: newPause},
		{Name: "slow", Doc: "Whose work takes longer by a factor (by) than it would.", Wants: By, May: WithPick, Counted: true, New: newSlow},

		{Name: "one_way", Doc: "Two groups: what the first sends to the second is lost, the way back is open.", Takes: Groups, Counted: true, New: newOneWay},
		{Name: "isolate", Doc: "Who is cut off from everybody else.", May: WithPick, Counted: true, New: newIsolate},
		{Name: "halves", Doc: "Who falls apart into two random halves, drawn anew each time.", Counted: true, New: newHalves},
		{Name: "ring", Doc: "Who hears only a majority, each another one, on a ring that is drawn anew each time.", Counted: true, New: newRing},

		{Name: "delay", Doc: "Whose messages, sent or received, take longer (extra).", Wants: Extra, Counted: true, New: newDelay},
		{Name: "loss", Doc: "Whose messages, sent or received, are lost with some chance.", Wants: Chance, Breaks: true, Counted: true, New: newLoss},
		{Name: "duplicate", Doc: "Whose messages, sent or received, arrive twice with some chance.", Wants: Chance, Breaks: true, Counted: true, New: newDuplicate},
		{Name: "reorder", Doc: "Whose messages, sent or received, are held back (extra) with some chance, so that later ones overtake them.", Wants: Chance | Extra, Breaks: true, Counted: true, New: newReorder},
		{Name: "clog", Doc: "Whose messages, sent or received, wait until it is over.", Counted: true, New: newClog},

		{Name: "clock_drift", Doc: "Whose clock runs faster or slower by a factor (by).", Wants: By, May: WithPick, Clocked: true, Counted: true, New: newClockDrift},
		{Name: "clock_skew", Doc: "Whose clock is set wrong (offset), and right again when it is over.", Wants: Offset, May: WithPick, Clocked: true, Counted: true, New: newClockSkew},
		{Name: "clock_jump", Doc: "Whose clock is set forward or back (offset), for good.", Wants: Offset, May: WithPick, Momentary: true, Clocked: true, Counted: true, New: newClockJump},

		{Name: "warehouse_errors", Doc: "The share of the warehouse's operations that fail, without effect.", Takes: Percent, Of: "warehouse", Counted: true, New: newWarehouseErrors},
		{Name: "warehouse_late_errors", Doc: "The share of the warehouse's operations that take effect and are reported as failed.", Takes: Percent, Of: "warehouse", Counted: true, New: newWarehouseLateErrors},
		{Name: "warehouse_stale_reads", Doc: "The share of the warehouse's reads that show the stock of the moment in which this began.", Takes: Percent, Of: "warehouse", Counted: true, New: newWarehouseStaleReads},
	}
}
