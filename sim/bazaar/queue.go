package bazaar

// line is a trader's waiting line: a binary heap of job numbers, first the job
// that is served next. The order is (stamp, sender) or arrival; both are
// total, so equal stamps never depend on the heap's shape.
type line struct {
	jobs  []int32
	first func(a, b int32) bool
}

func (l *line) push(j int32) {
	l.jobs = append(l.jobs, j)
	i := len(l.jobs) - 1
	for i > 0 && l.first(j, l.jobs[(i-1)/2]) {
		l.jobs[i] = l.jobs[(i-1)/2]
		i = (i - 1) / 2
	}
	l.jobs[i] = j
}

func (l *line) pop() int32 {
	top := l.jobs[0]
	last := len(l.jobs) - 1
	j := l.jobs[last]
	l.jobs = l.jobs[:last]
	i := 0
	for {
		c := 2*i + 1
		if c >= last {
			break
		}
		if c+1 < last && l.first(l.jobs[c+1], l.jobs[c]) {
			c++
		}
		if !l.first(l.jobs[c], j) {
			break
		}
		l.jobs[i] = l.jobs[c]
		i = c
	}
	if last > 0 {
		l.jobs[i] = j
	}
	return top
}
