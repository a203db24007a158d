package field

import (
	"fmt"
	"strings"
)

// reportUnknown reports a key that group o does not have. It returns the name
// of the key that was probably meant, or "".
func (s scope) reportUnknown(root, o *outline, p pair) (meant string) {
	meant = Nearest(p.name, o.names())
	hint := ""
	switch {
	case meant != "":
		hint = fmt.Sprintf("did you mean %q? ", meant)
	case strings.Contains(p.name, "."):
		hint = dotted(o, p.name)
	default:
		hint = elsewhere(root, p.name)
	}
	s.report(p.at, fmt.Sprintf("unknown key %s %s", quote(p.name), s.where()), hint+"keys here: "+strings.Join(o.names(), ", "))
	return meant
}

// elsewhere says where in the file a key of that name, or nearly that name,
// belongs.
func elsewhere(root *outline, name string) string {
	name = Nearest(name, root.allNames())
	switch homes := root.homes(name, ""); {
	case len(homes) > 0:
		return fmt.Sprintf("%q lives under %s. ", name, strings.Join(homes, ", "))
	case name != "":
		return fmt.Sprintf("%q lives at the top level. ", name)
	}
	return ""
}

// dotted explains how a dotted key, as it is written on the command line, is
// written in a file.
func dotted(o *outline, name string) string {
	names := strings.Split(name, ".")
	if o.at(names) == nil {
		return ""
	}
	last := len(names) - 1
	return fmt.Sprintf("in a file, keys nest: %s%s ...%s. ",
		strings.Join(names[:last], ": {")+": {", names[last]+":", strings.Repeat("}", last))
}
