package peers

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/rng"
)

// What a peer is, where it is not the item that it sells first.
const (
	// AnyItem marks a seller that picks its first item itself.
	AnyItem market.Item = -1
	buys    market.Item = -2
	staff   market.Item = -3
)

// Cast says which peer is what, and how it is called. Peers are numbered from
// 0; buyers and sellers are numbered densely among themselves too.
type Cast struct {
	roles []market.Item
	index []int32
	// Buyers and Sellers list the peers of each role, in order.
	Buyers, Sellers []actor.ID
}

// NewCast deals out the roles.
func NewCast(cfg *Config) *Cast {
	c := &Cast{roles: deal(cfg), index: make([]int32, cfg.Number())}
	for i, role := range c.roles {
		switch {
		case role == buys:
			c.index[i] = int32(len(c.Buyers))
			c.Buyers = append(c.Buyers, actor.ID(i))
		case role != staff:
			c.index[i] = int32(len(c.Sellers))
			c.Sellers = append(c.Sellers, actor.ID(i))
		}
	}
	return c
}

// Peers returns how many peers there are.
func (c *Cast) Peers() int { return len(c.roles) }

// Buys says whether a peer is a buyer.
func (c *Cast) Buys(id actor.ID) bool { return c.roles[id] == buys }

// Sells says whether a peer is a seller.
func (c *Cast) Sells(id actor.ID) bool { return c.roles[id] >= AnyItem }

// First returns the item that a seller sells first, or AnyItem.
func (c *Cast) First(id actor.ID) market.Item { return c.roles[id] }

// Index returns a peer's place among the buyers or the sellers.
func (c *Cast) Index(id actor.ID) int32 { return c.index[id] }

// deal returns for each peer its role.
func deal(cfg *Config) []market.Item {
	all := make([]market.Item, cfg.Number())
	roles := all[:len(all)-cfg.Staff]
	for i := range cfg.Staff {
		all[len(roles)+i] = staff
	}
	switch {
	case len(cfg.Roles.List) > 0:
		for i, word := range cfg.Roles.List {
			roles[i] = cfg.roleOf(word)
		}
	case cfg.Roles.Assign == AtRandom:
		draw := rng.NewStream(cfg.Seed, "roles", 0)
		for i := range roles {
			roles[i] = buys
			if k := draw.IntN(len(cfg.Items) + 1); k < len(cfg.Items) {
				roles[i] = market.Item(k)
			}
		}
	case cfg.Roles.Assign == Alternating:
		alternate(cfg, roles)
	case cfg.Roles.Assign == SellersFirst:
		for i := range roles {
			roles[i] = buys
			if i < cfg.Sellers.Count {
				roles[i] = cfg.roleOf("seller")
			}
		}
	default:
		shuffle(cfg, roles)
	}
	return all
}

func alternate(cfg *Config, roles []market.Item) {
	buyers, sellers := cfg.Buyers.Count, cfg.Sellers.Count
	for i := range roles {
		roles[i] = cfg.roleOf("seller")
		if buyers > 0 && (i%2 == 0 || sellers == 0) {
			roles[i] = buys
			buyers--
		} else {
			sellers--
		}
	}
}

// shuffle makes sellers of the peers that draw the smallest numbers. Each peer
// draws its own, so that one more buyer leaves most roles as they were.
func shuffle(cfg *Config, roles []market.Item) {
	lots := make([]uint64, len(roles))
	for i := range roles {
		lot := rng.NewStream(cfg.Seed, "role", i)
		lots[i], roles[i] = lot.Uint64(), buys
	}
	count := cfg.Sellers.Count
	if count == 0 {
		return
	}
	sorted := slices.Clone(lots)
	slices.Sort(sorted)
	last := sorted[count-1]
	at, _ := slices.BinarySearch(sorted, last)
	equals := count - at // of those who drew the last lot, the first so many
	for i, lot := range lots {
		switch {
		case lot > last || lot == last && equals == 0:
			continue
		case lot == last:
			equals--
		}
		roles[i] = cfg.roleOf("seller")
	}
}

// roleOf reads a word of a role list: buyer, seller, or an item's name.
func (c *Config) roleOf(word string) market.Item {
	switch word {
	case "buyer":
		return buys
	case "seller":
		if c.Sellers.First == "" {
			return AnyItem
		}
		return c.ItemNamed(c.Sellers.First)
	}
	return c.ItemNamed(word)
}

// Name returns buyer7, seller6 or staff9, as the report names its peers, or
// nobody.
func (c *Cast) Name(id actor.ID) string {
	if id < 0 || int(id) >= len(c.roles) {
		return "nobody"
	}
	word := "seller"
	switch c.roles[id] {
	case buys:
		word = "buyer"
	case staff:
		word = "staff"
	}
	return word + strconv.Itoa(int(id))
}

// Find returns the actors that a selector names: all; a name (buyer7,
// warehouse) or a pattern of names (seller*); peer7, peer* or a range
// peer0..peer4, whatever the role. Actors are the peers and then the market's
// services, which name tells the names of.
func Find(selector string, peers, actors int, name func(actor.ID) string) []actor.ID {
	if numbers, ok := strings.CutPrefix(selector, "peer"); ok {
		return findPeers(numbers, peers)
	}
	var found []actor.ID
	for id := range actor.ID(actors) {
		if selector == "all" {
			found = append(found, id)
		} else if match, _ := path.Match(selector, name(id)); match {
			found = append(found, id)
		}
	}
	return found
}

func findPeers(numbers string, peers int) []actor.ID {
	first, last, ranged := strings.Cut(numbers, "..peer")
	if !ranged {
		last = first
	}
	if numbers == "*" {
		first, last = "0", strconv.Itoa(peers-1)
	}
	from, err1 := strconv.Atoi(first)
	to, err2 := strconv.Atoi(last)
	if err1 != nil || err2 != nil {
		return nil
	}
	var found []actor.ID
	for id := max(0, from); id <= min(to, peers-1); id++ {
		found = append(found, actor.ID(id))
	}
	return found
}
