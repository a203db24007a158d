package bazaar

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
)

func TestSelectorsFindActors(t *testing.T) {
	// buyer0 buyer1 seller2 seller3 buyer4 buyer5 warehouse store
	c := newCounter(nil)
	c.peers[ann].office = &trader{slot: 1}
	c.peers[roy].office = &trader{slot: 0}
	for selector, want := range map[string][]actor.ID{
		"buyer4":         {roy},
		"seller4":        nil, // a buyer
		"buyer*":         {ann, bob, roy, ray},
		"seller*":        {sam, sue},
		"seller[13]":     {sue},
		"buyer?":         {ann, bob, roy, ray},
		"warehouse":      {6},
		"store":          {7},
		"all":            {0, 1, 2, 3, 4, 5, 6, 7},
		"trader0":        {roy},
		"trader1":        {ann},
		"trader2":        nil,
		"trader*":        {ann, roy},
		"trader":         nil,
		"peer3":          {sue},
		"peer*":          {0, 1, 2, 3, 4, 5},
		"peer1..peer3":   {1, 2, 3},
		"peer4..peer99":  {4, 5},
		"peer3..peer1":   nil,
		"peer6":          nil, // the warehouse is no peer
		"peer-1..peer0":  {0},
		"peerless":       nil,
		"peer1..seller3": nil,
		"nobody":         nil,
		"":               nil,
		"[":              nil, // no pattern at all
	} {
		require.Equal(t, want, c.Find(selector), selector)
	}
}

func TestEverybodyIsFoundByName(t *testing.T) {
	c := newCounter(nil)
	names := map[string]bool{}
	for id := range actor.ID(c.Actors()) {
		require.Equal(t, []actor.ID{id}, c.Find(c.Name(id)))
		names[c.Name(id)] = true
	}
	require.Len(t, names, c.Actors())
	require.Equal(t, "nobody", c.Name(actor.None))
	require.Equal(t, "nobody", c.Name(99))
}

// A name stays when its bearer becomes a trader, as in the report.
func TestATraderKeepsItsName(t *testing.T) {
	c := newCounter(nil)
	c.peers[sam].office = &trader{}
	require.Equal(t, "seller2", c.Name(sam))
}
