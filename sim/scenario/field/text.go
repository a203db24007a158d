package field

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// biggest is the largest file read. A configuration is a page or two; the limit
// keeps a file given by accident from taking minutes to be refused.
const biggest = 1 << 20

// decode turns the bytes of a file into text with plain line ends. It reports
// what is no text at all, and stops there.
func decode(name string, src []byte) (s *source, text string, problems Problems) {
	src = bytes.TrimPrefix(src, []byte("\uFEFF"))
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	text = string(src)
	if len(src) > biggest {
		s = &source{name: name, lines: [][]rune{nil}}
		return s, "", Problems{s.start().problem("the file is larger than 1 MiB", "a file to be read here has a page or two")}
	}
	s = &source{name: name, lines: splitLines(text)}
	if bad := notText(src); bad >= 0 {
		line := bytes.Count(src[:bad], []byte("\n"))
		column := utf8.RuneCount(src[bytes.LastIndexByte(src[:bad], '\n')+1 : bad])
		at := span{src: s, line: line + 1, column: column + 1, length: 1}
		return s, "", Problems{at.problem("not a text file", "files are plain text in UTF-8")}
	}
	if strings.TrimSpace(text) == "" {
		return s, "", Problems{emptyFile(s)}
	}
	return s, text, nil
}

// splitLines cuts a text into lines, of which there is at least one.
func splitLines(text string) (lines [][]rune) {
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		lines = append(lines, []rune(line))
	}
	return lines
}

// emptyFile is said of a file with nothing in it, or nothing but comments.
func emptyFile(s *source) Problem {
	return s.start().problem("the file is empty", "start with `sim init`")
}

// notText returns where src stops being text, or -1.
func notText(src []byte) int {
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}
