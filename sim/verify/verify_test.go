package verify_test

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"souk/scenarios"
	"souk/sim"
	"souk/sim/run"
	"souk/sim/scenario"
	"souk/sim/verify"
)

// real runs a shipped scenario, with a fault that only this runner knows of.
type real struct{ name, fault string }

func (r *real) String() string { return r.name }

func (r *real) Run(w verify.Window) (verify.Trail, error) {
	src, err := scenarios.Files.ReadFile("cacheless.yaml")
	if err != nil {
		return verify.Trail{}, err
	}
	if r.fault != "" {
		src = append(src, "\nfaults: ["+r.fault+"]\n"...)
	}
	doc, problems := scenario.Read("cacheless.yaml", src, nil)
	if err := problems.Err(); err != nil {
		return verify.Trail{}, err
	}
	var marks, events bytes.Buffer
	o := run.Options{Checkpoints: &marks}
	if w != (verify.Window{}) {
		o.Events, o.Window = &events, w
	}
	if _, err := run.Once(&doc.Config, o); err != nil {
		return verify.Trail{}, err
	}
	return read(&marks, &events)
}

func read(marks, events *bytes.Buffer) (t verify.Trail, err error) {
	if _, t.Marks, err = verify.ReadMarks(marks); err != nil {
		return t, err
	}
	t.Events, err = verify.ReadEvents(events)
	return t, err
}

func TestRunsThatRepeatThemselvesHaveNoDifference(t *testing.T) {
	require.Nil(t, compare(t, &real{name: "once"}, &real{name: "twice"}))
	trail, err := (&real{}).Run(verify.Window{})
	require.NoError(t, err)
	require.Greater(t, len(trail.Marks), 2)
	for i, m := range trail.Marks[:len(trail.Marks)-1] {
		require.EqualValues(t, (i+1)*sim.CheckpointEvery, m.Events)
	}
}

// The first event that differs is the very one in which a planted cause struck,
// and both runs' versions of it are told.
func TestThePlantedCauseIsTheFirstEventThatDiffers(t *testing.T) {
	all, err := (&real{}).Run(verify.Window{From: 1, To: math.MaxUint64})
	require.NoError(t, err)
	const moment = "00:01:40"
	var expected verify.Event
	for _, e := range all.Events {
		if strings.Contains(e.Head, "  "+moment) || strings.Contains(e.Head, "  00:01:41") {
			expected = e
			break
		}
	}
	require.Greater(t, expected.Number, uint64(sim.CheckpointEvery), "the story begins after the first checkpoint")

	haunted := &real{name: "haunted", fault: "{at: 100s, name_server_down: true, for: 1s}"}
	d, err := verify.Compare(&real{name: "calm"}, haunted)
	require.NoError(t, err)
	require.True(t, d.Recorded)
	require.False(t, d.Fleeting)
	require.Equal(t, expected, *d.First[0], "the calm run's first event after 100 s")
	require.Equal(t, expected.Number, d.First[1].Number)
	require.Contains(t, d.First[1].Head, moment+".000000 (100000000000 ns)  a fault begins  digest ")
	require.Equal(t, []string{"fault: outage of the name server  [actor -1 peer -1]"}, d.First[1].Facts)
	require.LessOrEqual(t, d.Window.From, expected.Number)
	require.LessOrEqual(t, expected.Number, d.Window.To)
	require.Contains(t, d.String(), "\n  calm\n    event ")
	require.Contains(t, d.String(), "\n  haunted\n    event ")
}

// script is a runner whose runs are written down.
type script struct {
	name   string
	trails []verify.Trail
	runs   int
}

func (s *script) String() string { return s.name }

func (s *script) Run(w verify.Window) (verify.Trail, error) {
	t := s.trails[min(s.runs, len(s.trails)-1)]
	s.runs++
	var events []verify.Event
	for _, e := range t.Events {
		if e.Number >= w.From && e.Number <= w.To {
			events = append(events, e)
		}
	}
	t.Events = events
	return t, nil
}

// course is a run of so many events which goes another way at one of them; 0 is
// never.
func course(events, strays uint64) (t verify.Trail) {
	path := "a"
	for n := uint64(1); n <= events; n++ {
		if n == strays {
			path = "b"
		}
		t.Events = append(t.Events, verify.Event{Number: n, Head: fmt.Sprintf("event %d  on path %s", n, path)})
		if n%sim.CheckpointEvery == 0 || n == events {
			t.Marks = append(t.Marks, verify.Mark{Events: n, Now: "00:00:00.000000", Digest: path})
		}
	}
	return t
}

func compare(t *testing.T, a, b verify.Runner) *verify.Difference {
	t.Helper()
	d, err := verify.Compare(a, b)
	require.NoError(t, err)
	return d
}

func TestEachEventOfAWindowCanBeTheFirst(t *testing.T) {
	for _, strays := range []uint64{1, 2, 1023, 1024, 1025, 2048, 2049, 2500, 3000} {
		d := compare(t, &script{trails: []verify.Trail{course(3000, 0)}}, &script{trails: []verify.Trail{course(3000, strays)}})
		require.Equal(t, strays, d.First[0].Number)
		require.Equal(t, strays, d.First[1].Number)
	}
}

func TestARunThatEndsEarlierIsOverByThen(t *testing.T) {
	short, long := course(1500, 0), course(1501, 0)
	d := compare(t, &script{name: "short", trails: []verify.Trail{short}}, &script{name: "long", trails: []verify.Trail{long}})
	require.Nil(t, d.First[0])
	require.EqualValues(t, 1501, d.First[1].Number)
	require.Contains(t, d.String(), "  short\n    is over by then\n")
}

// Chance strays at event 1500 at first, then at 700, then at 2600: what is told
// is what was recorded, not what is remembered.
func TestADifferenceThatMovesIsFollowed(t *testing.T) {
	drunk := &script{trails: []verify.Trail{course(3000, 1500), course(3000, 700), course(3000, 2600), course(3000, 2600)}}
	d := compare(t, &script{trails: []verify.Trail{course(3000, 0)}}, drunk)
	require.NotNil(t, d.First[1])
	require.EqualValues(t, 2600, d.First[1].Number, "not 1025, where a run that strayed at 700 differs, too")
}

func TestADifferenceThatDoesNotComeAgainIsSaidToBeFleeting(t *testing.T) {
	d := compare(t, &script{trails: []verify.Trail{course(3000, 0)}}, &script{trails: []verify.Trail{course(3000, 1500), course(3000, 0)}})
	require.True(t, d.Fleeting)
	require.Contains(t, d.String(), "comes and goes")
}

func TestOfARunElsewhereTheWindowIsKnown(t *testing.T) {
	given := &verify.Given{Name: "there", Marks: course(3000, 1500).Marks}
	d := compare(t, &script{trails: []verify.Trail{course(3000, 0)}}, given)
	require.False(t, d.Recorded)
	require.Equal(t, verify.Window{From: 1025, To: 2048}, d.Window)
	require.Nil(t, compare(t, &script{trails: []verify.Trail{course(3000, 1500)}}, given))
}

func TestWhatIsRecordedReadsBack(t *testing.T) {
	trail, err := (&real{}).Run(verify.Window{From: 1, To: 300})
	require.NoError(t, err)
	require.Len(t, trail.Events, 300)
	var text bytes.Buffer
	for i := range trail.Events {
		require.EqualValues(t, i+1, trail.Events[i].Number)
		_, err := trail.Events[i].WriteTo(&text)
		require.NoError(t, err)
	}
	again, err := verify.ReadEvents(&text)
	require.NoError(t, err)
	require.Equal(t, trail.Events, again)

	_, err = verify.ReadEvents(strings.NewReader("hello\n"))
	require.ErrorContains(t, err, "this is no event")
	_, _, err = verify.ReadMarks(strings.NewReader("# a comment\n\n1024 00:00:01 zzz\n"))
	require.ErrorContains(t, err, "line 3 is no checkpoint")
}
