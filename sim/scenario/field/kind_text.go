package field

import "github.com/google/jsonschema-go/jsonschema"

// String is text. Quotes are needed only where YAML needs them: 12 and true are
// taken as the text they are.
func String[C any, T ~string](place func(*C) *T) Type[C] { return at(place, textKind[T]()) }

// Strings is a list of texts; a single one may stand without brackets.
func Strings[C any, T ~string](place func(*C) *[]T) Type[C] {
	return at(place, listKind(textKind[T](), true))
}

// StringLists is a list of lists of texts.
func StringLists[C any, T ~string](place func(*C) *[][]T) Type[C] {
	return at(place, listKind(listKind(textKind[T](), false), false))
}

// Parsed is text in a notation of its own, such as a condition. what completes
// "expect wants ..."; the error of parse is shown as the message.
func Parsed[C, T any](place func(*C) *T, what string, parse func(string) (T, error)) Type[C] {
	return at(place, parsedKind(what, parse))
}

// ParsedList is a list of texts in a notation of their own; a single one may
// stand without brackets.
func ParsedList[C, T any](place func(*C) *[]T, what string, parse func(string) (T, error)) Type[C] {
	return at(place, listKind(parsedKind(what, parse), true))
}

func textKind[T ~string]() kind[T] {
	return single("text", plainSchema(), func(n *node) (T, *mistake) { return T(n.text), nil })
}

func parsedKind[T any](what string, parse func(string) (T, error)) kind[T] {
	return single(what, plainSchema(), func(n *node) (T, *mistake) {
		v, err := parse(n.text)
		if err != nil {
			return v, &mistake{message: err.Error()}
		}
		return v, nil
	})
}

// plainSchema allows what YAML reads as a number or a truth value, because the
// readers of text take it as it is written.
func plainSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Types: []string{"string", "number", "boolean"}}
}
