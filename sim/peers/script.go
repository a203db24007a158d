package peers

import (
	"fmt"
	"strconv"
	"strings"

	"souk/sim/vtime"
)

// Verb is what a scripted buyer is told to do.
type Verb uint8

// The verbs.
const (
	// Buy an item.
	Buy Verb = iota
	// List what the buyer knows of the market.
	List
	// Leave the market in good order.
	Leave
)

// Command is a line that a user would type at a buyer: list, buy oil 1, leave.
type Command struct {
	Verb     Verb
	Item     string
	Quantity int
}

// Line is one line of the script: who is told what, and when.
type Line struct {
	At      vtime.Duration
	Buyer   string
	Command Command
}

// mostUnits bounds a scripted purchase.
const mostUnits = 1_000_000

// ParseCommand reads a command; its verb may be in capitals. A purchase without a
// number is for one unit.
func ParseCommand(text string) (Command, error) {
	words := strings.Fields(text)
	if len(words) > 0 {
		words[0] = strings.ToLower(words[0])
	}
	switch {
	case len(words) == 1 && words[0] == "list":
		return Command{Verb: List}, nil
	case len(words) == 1 && words[0] == "leave":
		return Command{Verb: Leave}, nil
	case len(words) == 2 && words[0] == "buy":
		return Command{Verb: Buy, Item: words[1], Quantity: 1}, nil
	case len(words) == 3 && words[0] == "buy":
		n, err := strconv.Atoi(words[2])
		if err != nil || n < 1 || n > mostUnits {
			return Command{}, fmt.Errorf("%q is no number of units from 1 to %d", words[2], mostUnits)
		}
		return Command{Verb: Buy, Item: words[1], Quantity: n}, nil
	default:
		return Command{}, fmt.Errorf("%q is no command", text)
	}
}
