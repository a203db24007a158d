package figure

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/vg"
)

// TestWrapKeepsTheText: no letter is lost, no line is too wide, and none could
// have taken the next word as well.
func TestWrapKeepsTheText(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 300 {
		var words []string
		for range r.IntN(30) {
			words = append(words, strings.Repeat("öx", 1+r.IntN(1+r.IntN(12))))
		}
		width := vg.Length(40 + 200*r.Float64())
		text := strings.Join(words, " ")
		lines := noteStyle.wrap(text, width)
		assert.Equal(t, strings.Join(words, ""), strings.ReplaceAll(strings.Join(lines, ""), " ", ""))
		for i, line := range lines {
			require.LessOrEqual(t, noteStyle.width(line), width)
			if i > 0 && noteStyle.fits(text, width) {
				first, _, _ := strings.Cut(line, " ")
				require.Greater(t, noteStyle.width(lines[i-1]+" "+first), width)
			}
		}
		if noteStyle.fits(text, width) {
			balanced := noteStyle.balanced(text, width)
			require.Len(t, balanced, len(lines))
			require.Equal(t, text, strings.Join(balanced, " "))
		}
	}
}

func TestWrapOfNothing(t *testing.T) {
	assert.Empty(t, noteStyle.wrap("", 100))
	assert.Empty(t, noteStyle.wrap(" \n\t ", 100))
	assert.Equal(t, []string{"a b"}, noteStyle.wrap(" a\nb ", 100))
	assert.Equal(t, []string{"5\u00a0%", "of"}, noteStyle.wrap("5\u00a0% of", 30), "a number stays with its unit")
	assert.Equal(t, []string{"W", "W"}, noteStyle.wrap("WW", 1), "a letter a line, if there is no room at all")
}

func TestShortened(t *testing.T) {
	assert.Equal(t, "short", tickStyle.shortened("short", 100))
	long := tickStyle.shortened(strings.Repeat("long ", 50), 100)
	assert.True(t, strings.HasPrefix(long, "long long") && strings.HasSuffix(long, "…"), long)
	assert.LessOrEqual(t, tickStyle.width(long), vg.Length(100))
}

func TestExponentsAreRaised(t *testing.T) {
	assert.Equal(t, []run{{"10", false}, {"−6", true}, {" s", false}}, runs("10⁻⁶ s"))
	assert.Less(t, axisStyle.width("10⁹"), axisStyle.width("109"))
	assert.Greater(t, axisStyle.width("10⁹"), axisStyle.width("10"))
}

// TestLabelFillsItsBounds: what is painted is what was measured, also with an
// exponent and running upwards, so that the tests of the layout mean something.
func TestLabelFillsItsBounds(t *testing.T) {
	for _, turned := range []bool{false, true} {
		l := label{text: "H10⁻⁶ H", style: titleStyle, at: vg.Point{X: 100, Y: 90}, turned: turned}
		s := &sheet{height: 100, items: []item{l}}
		var out bytes.Buffer
		require.NoError(t, s.writePNG(&out))
		decoded, err := png.Decode(&out)
		require.NoError(t, err)
		img := decoded.(*image.RGBA)
		var ink image.Rectangle
		for y := range img.Bounds().Max.Y {
			for x := range img.Bounds().Max.X {
				if color.NRGBA(img.RGBAAt(x, y)) != white {
					ink = ink.Union(image.Rect(x, y, x+1, y+1))
				}
			}
		}
		box := pixels(l.bounds())
		assert.True(t, ink.In(box), "%v in %v", ink, box)
		along := []int{ink.Min.X - box.Min.X, box.Max.X - ink.Max.X}
		if turned {
			along = []int{ink.Min.Y - box.Min.Y, box.Max.Y - ink.Max.Y}
		}
		for _, gap := range along {
			assert.Less(t, gap, 6, "pixels between the text and the end of its bounds")
		}
	}
}
