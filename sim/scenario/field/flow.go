package field

import (
	"regexp"
	"strconv"
	"strings"
)

// plainText needs no quotes anywhere in YAML.
var plainText = regexp.MustCompile(`^([A-Za-z_]|[-+.]?[0-9])[A-Za-z0-9_./%+-]*$`)

// flow prints a value on one line.
func flow(n *node) string {
	switch n.shape {
	case list:
		items := make([]string, len(n.items))
		for i, item := range n.items {
			items[i] = flow(item)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case mapping:
		pairs := make([]string, len(n.pairs))
		for i, p := range n.pairs {
			pairs[i] = word(p.name, false) + ": " + flow(p.value)
		}
		return "{" + strings.Join(pairs, ", ") + "}"
	case scalar:
		return word(n.text, n.quoted)
	}
	return "null"
}

// word prints text. Quotes that make no difference are dropped.
func word(text string, quoted bool) string {
	if plainText.MatchString(text) && !(quoted && ambiguous(text)) {
		return text
	}
	return strconv.Quote(text)
}

// ambiguous says whether text without quotes could be more than text.
func ambiguous(text string) bool {
	switch strings.ToLower(text) {
	case "true", "false", "null":
		return true
	}
	return strings.ContainsRune("-+.0123456789", rune(text[0]))
}
