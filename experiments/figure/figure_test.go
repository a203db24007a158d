package figure

import (
	"bytes"
	"errors"
	"flag"
	"image"
	"image/color"
	"image/png"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var galleryDir = flag.String("gallery", "", "write the figures of the gallery into this directory")

// figure is what a caller sees of each kind of figure.
type figure interface{ WritePNG(io.Writer) error }

var (
	_ figure = (*Lines)(nil)
	_ figure = (*Stack)(nil)
	_ figure = (*Panels)(nil)
)

func render(t *testing.T, f figure) ([]byte, *image.RGBA) {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, f.WritePNG(&out))
	img, err := png.Decode(bytes.NewReader(out.Bytes()))
	require.NoError(t, err)
	require.IsType(t, (*image.RGBA)(nil), img)
	return out.Bytes(), img.(*image.RGBA)
}

// TestGallery paints each figure once and looks at the pixels.
func TestGallery(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(gallery())) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := gallery()[name]
			file, img := render(t, f)
			if *galleryDir != "" {
				require.NoError(t, os.WriteFile(filepath.Join(*galleryDir, name+".png"), file, 0o644))
			}
			size := img.Bounds().Size()
			assert.Equal(t, 1600, size.X)
			assert.GreaterOrEqual(t, size.Y, 1000)
			checkRim(t, img)

			s, err := f.sheet()
			require.NoError(t, err)
			switch f := f.(type) {
			case *Lines:
				checkSeriesAreSeen(t, f, s, img)
			case *Stack:
				checkPartsAreSeen(t, f, s, img)
			}
		})
	}
}

// checkRim: whatever is cut at an edge would leave ink near to it.
func checkRim(t *testing.T, img *image.RGBA) {
	const rim = 10 // pixels
	size := img.Bounds().Size()
	for _, edge := range []image.Rectangle{
		image.Rect(0, 0, size.X, rim), image.Rect(0, size.Y-rim, size.X, size.Y),
		image.Rect(0, 0, rim, size.Y), image.Rect(size.X-rim, 0, size.X, size.Y),
	} {
		assert.Equal(t, edge.Dx()*edge.Dy(), tally(img, edge)[white], "ink in the rim of the page: %v", edge)
	}
}

// checkSeriesAreSeen: each series has its colour in the plot and in the legend.
func checkSeriesAreSeen(t *testing.T, f *Lines, s *sheet, img *image.RGBA) {
	plot, legend := tally(img, pixels(s.frames[0])), tally(img, pixels(s.legend))
	for i, series := range f.Series {
		if slices.ContainsFunc(series.Points, func(p Point) bool { return !p.missing() }) {
			assert.Greater(t, plot[seriesColours[i]], 50, "%s in the plot", series.Name)
		}
		if series.Name != "" {
			assert.Greater(t, legend[seriesColours[i]], 20, "%s in the legend", series.Name)
		}
	}
}

// checkPartsAreSeen: each part has its colour in the bars and in the legend.
func checkPartsAreSeen(t *testing.T, f *Stack, s *sheet, img *image.RGBA) {
	plot, legend := tally(img, pixels(s.frames[0])), tally(img, pixels(s.legend))
	for i, p := range f.Parts {
		assert.Greater(t, plot[partColours[i]], 1000, "%s in the plot", p.Name)
		assert.Greater(t, legend[partColours[i]], 200, "%s in the legend", p.Name)
	}
}

// tally counts the pixels of each colour in a part of an image.
func tally(img *image.RGBA, part image.Rectangle) map[color.NRGBA]int {
	counts := map[color.NRGBA]int{}
	var last color.RGBA
	run := 0
	flush := func() { counts[color.NRGBA(last)] += run; run = 0 }
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if c := img.RGBAAt(x, y); c != last {
				flush()
				last = c
			}
			run++
		}
	}
	flush()
	return counts
}

func TestSameDataSameBytes(t *testing.T) {
	for _, name := range []string{"unmet", "welch"} {
		first, _ := render(t, gallery()[name])
		again, _ := render(t, gallery()[name])
		assert.True(t, bytes.Equal(first, again), name)
	}
}

func TestOrderOfPointsDoesNotMatter(t *testing.T) {
	f := syncFigure()
	before, err := f.sheet()
	require.NoError(t, err)
	for _, s := range f.Series {
		slices.Reverse(s.Points)
	}
	after, err := f.sheet()
	require.NoError(t, err)
	assert.Equal(t, before, after)
}

func TestDrawingLeavesTheDataAlone(t *testing.T) {
	f, same := longFigure(), longFigure()
	slices.Reverse(f.X.Ticks)
	slices.Reverse(same.X.Ticks)
	_, err := f.sheet()
	require.NoError(t, err)
	assert.Equal(t, same, f)
}

type brokenWriter struct{ error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.error }

func TestWriterErrorIsReturned(t *testing.T) {
	full := errors.New("disk full")
	for _, name := range []string{"traders", "unmet", "panels"} {
		assert.ErrorIs(t, gallery()[name].WritePNG(brokenWriter{full}), full)
	}
}

// TestStackIsToScale reads the bars off the pixels: the share of each colour
// in a column through the bar is its share of the total.
func TestStackIsToScale(t *testing.T) {
	f := &Stack{
		Y:          Axis{Title: "messages"},
		Categories: []string{"only"},
		Parts:      []Part{{"a", []float64{1}}, {"b", []float64{2}}, {"c", []float64{5}}},
	}
	_, img := render(t, f)
	s, err := f.sheet()
	require.NoError(t, err)
	frame := pixels(s.frames[0])
	middle := (frame.Min.X + frame.Max.X) / 2
	column := tally(img, image.Rect(middle, frame.Min.Y, middle+1, frame.Max.Y))
	unit := float64(column[partColours[2]]) / 5
	assert.Greater(t, unit, 40.0)
	assert.InDelta(t, unit, column[partColours[0]], 4)
	assert.InDelta(t, 2*unit, column[partColours[1]], 4)
}

func TestMissingPointBreaksTheLine(t *testing.T) {
	whole := &Lines{Joined: true, Series: []Series{{Points: []Point{{X: 0, Y: 1}, {X: 1, Y: 1}, {X: 2, Y: 1}, {X: 3, Y: 1}, {X: 4, Y: 1}}}}}
	assert.Equal(t, []int{5}, joints(t, whole))
	broken := &Lines{Joined: true, Series: []Series{{Points: slices.Clone(whole.Series[0].Points)}}}
	broken.Series[0].Points[2].Y = math.NaN()
	assert.Equal(t, []int{2, 2}, joints(t, broken), "two lines of two points")
	broken.Series[0].Points[2] = Point{X: math.NaN(), Y: 1}
	assert.Equal(t, []int{4}, joints(t, broken), "a point without a place leaves no gap")
}

// joints lists how many points each line of the first series has.
func joints(t *testing.T, l *Lines) (all []int) {
	s, err := l.sheet()
	require.NoError(t, err)
	for _, i := range s.items {
		if line, ok := i.(stroke); ok && line.style.Color == seriesColours[0] {
			all = append(all, len(line.points))
		}
	}
	return all
}

func TestDenseSeriesHasABandAndFewMarkers(t *testing.T) {
	s, err := welchFigure().sheet()
	require.NoError(t, err)
	bands, markers := 0, 0
	for _, i := range s.items {
		switch i := i.(type) {
		case area:
			if i.colour.A < 255 {
				bands++
				assert.Len(t, i.points, 2*240, "along the upper ends and back along the lower")
			}
		case marker:
			markers++
		}
	}
	assert.Equal(t, 1, bands)
	assert.Less(t, markers, 40)
	assert.Greater(t, markers, 15)
}
