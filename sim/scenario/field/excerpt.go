package field

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// widest is the longest excerpt shown; longer lines are cut around the caret.
const widest = 100

// excerpt prints a source line, and carets under length characters of it.
func excerpt(line []rune, number, column, length int) string {
	part, before, marked := window(line, column-1, length)
	above := strings.TrimRight(fmt.Sprintf("%5d | %s", number, printable(part)), " ")
	return fmt.Sprintf("%s\n      | %s\n", above, underline(part, before, marked))
}

// window cuts a long line to what surrounds the marked characters. It returns
// the part to show, and where in it the mark begins and how long it is.
func window(line []rune, from, length int) (part []rune, before, marked int) {
	if len(line) <= widest {
		return line, from, length
	}
	start := max(0, min(from-widest/3, len(line)-widest))
	end := min(len(line), start+widest)
	length = min(length, end-from)
	part = append(part, line[start:end]...)
	if start > 0 {
		part[0] = '…'
	}
	if end < len(line) {
		part[len(part)-1] = '…'
	}
	return part, from - start, length
}

// underline draws the carets, in as many cells as the characters above take. A
// tab is repeated as a tab, because only the terminal knows how wide it is.
func underline(line []rune, before, marked int) string {
	var b strings.Builder
	for _, r := range line[:min(before, len(line))] {
		if r == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteString(strings.Repeat(" ", cells(r)))
		}
	}
	carets := 0
	for _, r := range line[min(before, len(line)):min(before+marked, len(line))] {
		carets += cells(r)
	}
	b.WriteString(strings.Repeat("^", max(1, carets)))
	return b.String()
}

// printable replaces what would move the cursor or hide text on a terminal.
func printable(line []rune) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return utf8.RuneError
		}
		return r
	}, string(line))
}

// cells returns how many terminal cells r takes.
func cells(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul),
		r >= 0xFF00 && r <= 0xFF60,   // full-width forms
		r >= 0x1F300 && r <= 0x1FAFF: // pictographs
		return 2
	}
	return 1
}
