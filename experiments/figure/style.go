package figure

import (
	"image/color"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// All lengths are points. A page is 800 of them wide and 500 high, or higher
// if its texts need it; a point is two pixels.
const (
	pageWidth   vg.Length = 800
	pageHeight  vg.Length = 500
	dotsPerInch           = 144
	margin      vg.Length = 20 // background around the page

	markerRadius  vg.Length = 4.2
	diamondRadius vg.Length = 6
	capReach      vg.Length = 6.5 // from an interval to the end of its cap: beyond the marker
)

// Series are told apart by colour, dash and shape together. The colours keep
// at least 3:1 contrast to white (the WCAG's bound for graphics). Any two of
// the first four differ by 1.8:1 in luminance, neighbours by 1.75:1, so that
// they survive a grey copy and every kind of colour blindness. The palette of
// Okabe and Ito (2008) was the model, but its middle tones are equally light.
var seriesColours = []color.NRGBA{
	rgb(0x0D3580), // navy
	rgb(0xE67300), // orange
	rgb(0x9B478D), // purple
	rgb(0x000000), // black
	rgb(0x2497CE), // sky
	rgb(0x00734C), // green
	rgb(0x8C8C8C), // grey
	rgb(0x6B3F16), // brown
}

var dashes = [][]vg.Length{
	nil,
	{8, 3},
	{2, 2},
	{9, 2.5, 2, 2.5},
	{5, 2},
	{14, 3},
	{9, 2, 2, 2, 2, 2},
	{4, 4},
}

// shape is a marker's outline around the origin, for radius 1 and y upwards.
type shape struct {
	corners []vg.Point // none: a circle
	hollow  bool
}

var shapes = []shape{
	{},
	{corners: polygon(4, 45, 1.2)},
	{corners: polygon(3, 90, 1.3)},
	{corners: polygon(3, -90, 1.3)},
	{hollow: true},
	{corners: polygon(4, 45, 1.2), hollow: true},
	{corners: star(4, 90)},
	{corners: star(4, 45)},
}

var diamond = shape{corners: polygon(4, 90, 1), hollow: true}

// Parts of a bar are areas, so they may be lighter than lines. Neighbours
// differ by 2:1 in luminance, any two of the first four by 1.6:1.
var partColours = []color.NRGBA{
	rgb(0x14386E), // navy
	rgb(0xE6A01E), // amber
	rgb(0x27827D), // teal
	rgb(0xC9E2F4), // pale blue
	rgb(0x8C1D30), // dark red
	rgb(0xD9685A), // salmon
}

var (
	white     = rgb(0xFFFFFF)
	ink       = rgb(0x1A1A1A) // titles
	softInk   = rgb(0x4D4D4D) // notes, ticks
	gridGrey  = rgb(0xE4E4E4)
	axisGrey  = rgb(0x666666)
	gridLine  = draw.LineStyle{Color: gridGrey, Width: 0.8}
	axisLine  = draw.LineStyle{Color: axisGrey, Width: 1}
	tickLine  = draw.LineStyle{Color: axisGrey, Width: 0.8}
	eventLine = draw.LineStyle{Color: softInk, Width: 1.2, Dashes: []vg.Length{5, 3}}
)

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xFF}
}

// lighter mixes a colour with white: share 0 leaves it, 1 is white.
func lighter(c color.NRGBA, share float64) color.NRGBA {
	mix := func(v uint8) uint8 { return uint8(math.Round(float64(v) + (255-float64(v))*share)) }
	return color.NRGBA{R: mix(c.R), G: mix(c.G), B: mix(c.B), A: c.A}
}

// faded is for bands that may lie over each other.
func faded(c color.NRGBA, alpha uint8) color.NRGBA {
	c.A = alpha
	return c
}

// polygon returns a regular polygon with its first corner at angle (degrees).
func polygon(corners int, angle, radius float64) []vg.Point {
	points := make([]vg.Point, corners)
	for i := range points {
		points[i] = around(angle+360*float64(i)/float64(corners), radius)
	}
	return points
}

// star returns a cross of bars: the first ray at angle (degrees).
func star(rays int, angle float64) []vg.Point {
	const long, half = 1.2, 0.34 // a bar's reach and half its thickness
	var points []vg.Point
	step := 360 / float64(rays)
	tip := math.Atan2(half, long) * 180 / math.Pi
	for i := range rays {
		at := angle + step*float64(i)
		points = append(points,
			around(at-tip, math.Hypot(long, half)),
			around(at+tip, math.Hypot(long, half)),
			around(at+step/2, half*math.Sqrt2))
	}
	return points
}

func around(degrees, radius float64) vg.Point {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return vg.Point{X: vg.Length(radius * cos), Y: vg.Length(radius * sin)}
}
