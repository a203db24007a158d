package figure

import (
	"image/color"
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	xfont "golang.org/x/image/font"
)

// fonts come with the program, so that a figure does not depend on what is
// installed where it is drawn.
var fonts = sync.OnceValue(func() *font.Cache { return font.NewCache(liberation.Collection()) })

// style is how a text looks.
type style struct {
	size   vg.Length
	bold   bool
	colour color.NRGBA
}

var (
	titleStyle   = style{size: 18, bold: true, colour: ink}
	headingStyle = style{size: 13.5, bold: true, colour: ink}
	noteStyle    = style{size: 11.5, colour: softInk}
	axisStyle    = style{size: 13, colour: ink}
	tickStyle    = style{size: 12, colour: softInk}
	legendStyle  = style{size: 12.5, colour: ink}
	eventStyle   = style{size: 11.5, colour: softInk}
)

func (s style) face() font.Face {
	f := font.Font{Typeface: "Liberation", Variant: "Sans"}
	if s.bold {
		f.Weight = xfont.WeightBold
	}
	return fonts().Lookup(f, s.size)
}

func (s style) ascent() vg.Length  { return s.size * 0.905 } // of Liberation Sans
func (s style) descent() vg.Length { return s.size * 0.212 }
func (s style) leading() vg.Length { return s.size * 1.22 } // from line to line

func (s style) sized(size vg.Length) style {
	s.size = size
	return s
}

// run is a piece of text on the line, or raised as an exponent. The font lacks
// some of Unicode's raised digits, so all of them are drawn as small digits.
type run struct {
	text   string
	raised bool
}

var lowered = map[rune]rune{
	'⁰': '0', '¹': '1', '²': '2', '³': '3', '⁴': '4',
	'⁵': '5', '⁶': '6', '⁷': '7', '⁸': '8', '⁹': '9', '⁻': '−',
}

func runs(text string) []run {
	if !strings.ContainsFunc(text, isRaised) {
		return []run{{text: text}}
	}
	var all []run
	for _, r := range text {
		low, raised := lowered[r]
		if raised {
			r = low
		}
		if len(all) == 0 || all[len(all)-1].raised != raised {
			all = append(all, run{raised: raised})
		}
		all[len(all)-1].text += string(r)
	}
	return all
}

func isRaised(r rune) bool { return lowered[r] != 0 }

func (s style) of(r run) style {
	if r.raised {
		s.size *= 0.7
	}
	return s
}

// width is how wide one line of text is.
func (s style) width(text string) vg.Length {
	var w vg.Length
	for _, r := range runs(text) {
		face := s.of(r).face()
		w += face.Width(r.text)
	}
	return w
}

// words splits text where a line may end: at spaces, but not at those that
// hold a number and its unit together.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' && r != '\u2009'
	})
}

// tidied is text in one line, with single spaces.
func tidied(text string) string { return strings.Join(words(text), " ") }

// wrap breaks text into lines of at most this width: between words, and within
// a word that is wider than a line.
func (s style) wrap(text string, width vg.Length) []string {
	var lines []string
	line := ""
	for _, word := range words(text) {
		if joined := strings.TrimSpace(line + " " + word); s.width(joined) <= width {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for s.width(word) > width {
			head := s.head(word, width)
			lines = append(lines, head)
			word = word[len(head):]
		}
		line = word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// balanced wraps like wrap, and then makes the lines about equally long.
func (s style) balanced(text string, width vg.Length) []string {
	lines := s.wrap(text, width)
	for narrower := width * 0.97; narrower > width/2; narrower *= 0.97 {
		next := s.wrap(text, narrower)
		if len(next) > len(lines) || !s.fits(text, narrower) {
			break
		}
		lines = next
	}
	return lines
}

// fits reports whether text wraps to this width without breaking a word.
func (s style) fits(text string, width vg.Length) bool {
	for _, word := range words(text) {
		if s.width(word) > width {
			return false
		}
	}
	return true
}

// head is the longest beginning of a word that fits, and at least one letter.
func (s style) head(word string, width vg.Length) string {
	_, end := utf8.DecodeRuneInString(word)
	for end < len(word) {
		_, next := utf8.DecodeRuneInString(word[end:])
		if s.width(word[:end+next]) > width {
			break
		}
		end += next
	}
	return word[:end]
}

// shortened is text, or what fits of it before an ellipsis.
func (s style) shortened(text string, width vg.Length) string {
	if s.width(text) <= width {
		return text
	}
	return strings.TrimSpace(s.head(text, width-s.width("…"))) + "…"
}

// label is one line of text.
type label struct {
	role   string // what the text is for: "title", "x tick"
	text   string
	style  style
	at     vg.Point // the left end of its base line
	turned bool     // runs upwards
}

func (l label) paint(c *draw.Canvas, flip func(vg.Point) vg.Point) {
	c.Push()
	defer c.Pop()
	c.Translate(flip(l.at))
	if l.turned {
		c.Rotate(math.Pi / 2)
	}
	c.SetColor(l.style.colour)
	var pen vg.Point
	for _, r := range runs(l.text) {
		face := l.style.of(r).face()
		pen.Y = 0
		if r.raised {
			pen.Y = l.style.size * 0.36
		}
		c.FillString(face, pen, r.text)
		pen.X += face.Width(r.text)
	}
}

func (l label) bounds() vg.Rectangle {
	width, up, down := l.style.width(l.text), l.style.ascent(), l.style.descent()
	if l.turned {
		return vg.Rectangle{
			Min: vg.Point{X: l.at.X - up, Y: l.at.Y - width},
			Max: vg.Point{X: l.at.X + down, Y: l.at.Y},
		}
	}
	return vg.Rectangle{
		Min: vg.Point{X: l.at.X, Y: l.at.Y - up},
		Max: vg.Point{X: l.at.X + width, Y: l.at.Y + down},
	}
}

// align says which part of each line lies at the given x.
type align float64

const (
	left   align = 0
	centre align = 0.5
	right  align = 1
)

// block is a text of several lines.
type block struct {
	role  string
	lines []string
	style style
}

func (b block) height() vg.Length { return b.style.leading() * vg.Length(len(b.lines)) }

func (b block) width() vg.Length {
	var w vg.Length
	for _, line := range b.lines {
		w = max(w, b.style.width(line))
	}
	return w
}

// text adds a block whose first line begins at y, and returns where it ends.
func (s *sheet) text(b block, x, y vg.Length, a align) vg.Length {
	for _, line := range b.lines {
		at := vg.Point{X: x - vg.Length(a)*b.style.width(line), Y: y + b.style.ascent()}
		s.add(label{role: b.role, text: line, style: b.style, at: at})
		y += b.style.leading()
	}
	return y
}
