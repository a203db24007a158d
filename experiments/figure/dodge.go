package figure

import (
	"slices"

	"gonum.org/v1/plot/vg"
)

// dodge sets what is measured at the same x side by side: each series has a
// slot, and the published values that belong to it have the next one. Slots are
// placed on the page and not on the axis, so that on a logarithmic axis they
// are multiplicative.
type dodge struct {
	slots     int
	series    []int     // the slot of each series
	published []int     // the slot of each Published
	between   vg.Length // pitches from the last slot of one place to the first of the next, less one
	widest    vg.Length // a pitch at the most
	gap       vg.Length // the smallest gap between places, as a share of the axis
	smallest  vg.Length // the radius of a marker at least, even if places are too close for it
	cells     bool
}

const dataRim vg.Length = 8 // between the outermost slot and the frame

// newDodge gives out the slots. Without dodging, all share one.
func newDodge(l *Lines, apart bool, x *axis) dodge {
	d := dodge{
		slots: 1, between: 3, widest: 14, smallest: 2.4, gap: vg.Length(x.gap()), cells: x.cells,
		series: make([]int, len(l.Series)), published: make([]int, len(l.Published)),
	}
	if d.cells {
		d.between, d.widest, d.smallest = 1.5, 22, 1.2
	}
	if !apart {
		return d
	}
	if l.Joined && len(l.Published) == 0 {
		// A line that is shifted far seems to lie higher or lower where it is steep.
		d.widest = min(d.widest, 8)
	}
	d.slots = 0
	for i := range l.Series {
		d.series[i] = d.slots
		d.slots++
		if j := slices.IndexFunc(l.Published, func(p Published) bool { return p.Of == i }); j >= 0 {
			d.published[j] = d.slots
			d.slots++
		}
	}
	return d
}

// pitch is the distance between slots on an axis of this length.
func (d dodge) pitch(length vg.Length) vg.Length {
	return min(d.widest, d.gap*length/(vg.Length(d.slots)+d.between))
}

// offset is how far a slot lies from the exact x.
func (d dodge) offset(slot int, pitch vg.Length) vg.Length {
	return (vg.Length(slot) - vg.Length(d.slots-1)/2) * pitch
}

// inset is how far the ends of the axis must lie inside a frame of this width,
// so that the outermost slots are inside. It solves
//
//	half = slots pitch / 2,  pitch = gap (width - 2 rim - 2 half) / (slots + between)
//
// for half, the share of the slots on one side of their place.
func (d dodge) inset(width vg.Length) vg.Length {
	if d.cells {
		return 0
	}
	slots := vg.Length(d.slots)
	share := d.gap * slots / (slots + d.between)
	half := share * (width - 2*dataRim) / (2 * (1 + share))
	return min(half, slots*d.widest/2) + dataRim
}
