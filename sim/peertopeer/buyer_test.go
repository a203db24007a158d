package peertopeer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"souk/sim/actor"
	"souk/sim/market"
	"souk/sim/peers"
	"souk/sim/vtime"
)

// asking returns a market of a buyer and three sellers, in which the buyer's
// first request has collected replies of these sellers, in this order.
func asking(replies ...actor.ID) (*Market, *buyer, *Outbox) {
	mk := New(Config{
		Config: peers.Config{
			Items: []string{"fish"}, Roles: peers.Roles{List: []string{"buyer", "fish", "fish", "fish"}},
			Buyers: peers.Buyers{Demand: peers.Scripted, AnswerTimeout: vtime.Second},
		},
		Neighbours: [][]actor.ID{{1, 2, 3}, {0}, {0}, {0}}, HopLimit: 1, Collect: vtime.Millisecond,
	})
	by, out := &mk.buyers[0], &Outbox{}
	by.lookAround(mk, by.Issue(0, 0, 1, out), out)
	for _, seller := range replies {
		mk.hears(out, seller, Message{Kind: Reply, Request: market.NewRequestID(0, 1), Number: 1, Seller: seller, Qty: 5})
	}
	return mk, by, out
}

// hears gives the buyer a message.
func (mk *Market) hears(out *Outbox, from actor.ID, m Message) {
	mk.Step(&Input{Trigger: actor.Receive, Self: 0, From: from, Msg: &m}, out)
}

// collected ends the wait for replies.
func (mk *Market) collected(out *Outbox) {
	mk.Step(&Input{Trigger: actor.Timeout, Self: 0, Timer: actor.Timer{Kind: collectTimer, Guard: 1}}, out)
}

func TestASecondReplyOfASellerIsTheFirst(t *testing.T) {
	_, by, _ := asking(2, 3, 2, 3, 2)
	require.Equal(t, 2, by.replies.count(1))
}

func TestARepeatedRefusalIsHeardOnce(t *testing.T) {
	mk, by, out := asking(1, 2, 3)
	mk.collected(out)
	refusal := Message{Kind: Gone, Request: market.NewRequestID(0, 1)}
	first := by.Live[0].Asked
	mk.hears(out, first, refusal)
	second := by.Live[0].Asked
	require.NotEqual(t, first, second)
	mk.hears(out, first, refusal)
	require.Equal(t, second, by.Live[0].Asked)
	require.Equal(t, 1, by.replies.count(1), "the third seller is still there to be asked")
	mk.hears(out, second, refusal)
	mk.hears(out, by.Live[0].Asked, refusal)
	require.Empty(t, by.Live, "nobody is left")
	require.Empty(t, by.replies)
	require.Equal(t, market.RejectedStale, out.Facts[len(out.Facts)-1].Outcome)
}

func TestAReplyThatComesTooLateIsIgnored(t *testing.T) {
	mk, by, out := asking(1)
	mk.collected(out)
	mk.hears(out, 2, Message{Kind: Reply, Request: market.NewRequestID(0, 1), Number: 1, Seller: 2, Qty: 5})
	require.Empty(t, by.replies)
	require.Equal(t, actor.ID(1), by.Live[0].Asked)
	asked := len(out.Sends)
	mk.collected(out)
	require.Len(t, out.Sends, asked, "a timer of a wait that is over")
}
