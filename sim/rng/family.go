package rng

// Unit says what the number given for a parameter measures.
type Unit int

const (
	Value  Unit = iota // in the unit of the drawn quantity: seconds, cents, goods
	Number             // a pure number, such as a shape
)

// Param is one parameter of a Form.
type Param struct {
	Name     string
	Doc      string
	Unit     Unit
	List     bool // takes a list of numbers and not a single one
	Optional bool // may be left out
}

// Form is one way to give a distribution's parameters. The names of its
// parameters tell it from the other forms of its family.
type Form struct {
	Params []Param
	// Build makes the distribution, or says in the user's words what is wrong.
	// args[i] belongs to Params[i]: one number, or for a List any number of
	// them; nil stands for an Optional parameter that was left out.
	Build func(args [][]float64) (Distribution, error)
}

// Family is a kind of distribution under the name that scenarios use.
type Family struct {
	Name  string
	Doc   string
	Forms []Form
}

// Families returns the distributions of continuous quantities, in the order
// in which the documentation lists them.
func Families() []Family {
	return []Family{
		constantFamily(),
		uniformFamily(),
		exponentialFamily(),
		normalFamily(),
		lognormalFamily(),
		gammaFamily(),
		erlangFamily(),
		weibullFamily(),
		paretoFamily(),
		empiricalFamily(),
	}
}

// CountFamilies returns the distributions of whole numbers, for goods and
// money.
func CountFamilies() []Family {
	return []Family{
		wholeConstantFamily(),
		wholeUniformFamily(),
		wholeEmpiricalFamily(),
	}
}

// one adapts a constructor with a single scalar parameter to Form.Build.
func one(build func(x float64) (Distribution, error)) func([][]float64) (Distribution, error) {
	return func(args [][]float64) (Distribution, error) { return build(args[0][0]) }
}

// two adapts a constructor with two scalar parameters to Form.Build.
func two(build func(x, y float64) (Distribution, error)) func([][]float64) (Distribution, error) {
	return func(args [][]float64) (Distribution, error) { return build(args[0][0], args[1][0]) }
}
