package figure

import (
	"image/color"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// linear undoes the gamma of sRGB (IEC 61966-2-1).
func linear(c color.NRGBA) (rgb [3]float64) {
	for i, v := range []uint8{c.R, c.G, c.B} {
		s := float64(v) / 255
		if rgb[i] = s / 12.92; s > 0.04045 {
			rgb[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	return rgb
}

func luminance(c color.NRGBA) float64 {
	v := linear(c)
	return 0.2126*v[0] + 0.7152*v[1] + 0.0722*v[2]
}

// contrast is the WCAG 2.2's contrast ratio of two colours: 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestContrastOfKnownColours(t *testing.T) {
	assert.InDelta(t, 21, contrast(rgb(0), white), 1e-9)
	assert.InDelta(t, 4.54, contrast(rgb(0x767676), white), 0.01, "the lightest grey that the WCAG allows for text")
}

func TestSeriesSurviveAGreyCopy(t *testing.T) {
	for i, c := range seriesColours {
		assert.GreaterOrEqual(t, contrast(c, white), 3.0, "colour %d on white", i)
		if i > 0 {
			assert.GreaterOrEqual(t, contrast(c, seriesColours[i-1]), 1.75, "colour %d and its neighbour", i)
		}
	}
	for i, a := range seriesColours[:4] {
		for j, b := range seriesColours[:i] {
			assert.GreaterOrEqual(t, contrast(a, b), 1.8, "colours %d and %d", i, j)
		}
	}
}

func TestPartsSurviveAGreyCopy(t *testing.T) {
	for i, a := range partColours {
		if i > 0 {
			assert.GreaterOrEqual(t, contrast(a, partColours[i-1]), 2.0, "part %d and its neighbour", i)
		}
		for j, b := range partColours[:i] {
			if i < 4 {
				assert.GreaterOrEqual(t, contrast(a, b), 1.6, "parts %d and %d", i, j)
			}
		}
	}
}

// Severity 1 of Machado, Oliveira and Fernandes (IEEE Transactions on
// Visualization and Computer Graphics, 2009), for linear RGB.
var colourBlindness = map[string][3][3]float64{
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
	"none":         {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
}

// lab is how a colour looks to somebody with this vision, in CIELAB (D65).
func lab(c color.NRGBA, vision [3][3]float64) (lab [3]float64) {
	v := linear(c)
	var seen [3]float64
	for i, row := range vision {
		seen[i] = min(1, max(0, row[0]*v[0]+row[1]*v[1]+row[2]*v[2]))
	}
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124*seen[0] + 0.3576*seen[1] + 0.1805*seen[2]) / 0.95047)
	y := f(0.2126*seen[0] + 0.7152*seen[1] + 0.0722*seen[2])
	z := f((0.0193*seen[0] + 0.1192*seen[1] + 0.9505*seen[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// A difference of 2.3 in CIELAB is just noticeable side by side (Mahy et al.,
// Color Research and Application, 1994); lines apart from each other need more.
func TestSeriesSurviveColourBlindness(t *testing.T) {
	distance := func(a, b color.NRGBA, vision [3][3]float64) float64 {
		la, lb := lab(a, vision), lab(b, vision)
		return math.Hypot(math.Hypot(la[0]-lb[0], la[1]-lb[1]), la[2]-lb[2])
	}
	for name, vision := range colourBlindness {
		for i, a := range seriesColours {
			for j, b := range seriesColours[:i] {
				assert.GreaterOrEqual(t, distance(a, b, vision), 15.0, "%s: colours %d and %d", name, i, j)
			}
		}
		for i, a := range partColours {
			for j, b := range partColours[:i] {
				assert.GreaterOrEqual(t, distance(a, b, vision), 20.0, "%s: parts %d and %d", name, i, j)
			}
		}
	}
}

// TestSeriesDifferInEverything: any two series differ in colour, in dash and
// in shape, so that each alone tells them apart.
func TestSeriesDifferInEverything(t *testing.T) {
	assert.Len(t, dashes, len(seriesColours))
	assert.Len(t, shapes, len(seriesColours))
	for i := range seriesColours {
		for j := range i {
			assert.NotEqual(t, seriesColours[i], seriesColours[j])
			assert.NotEqual(t, dashes[i], dashes[j], "dashes %d and %d", i, j)
			assert.NotEqual(t, shapes[i], shapes[j], "shapes %d and %d", i, j)
		}
		assert.NotEqual(t, diamond, shapes[i], "the diamond means published")
	}
}
