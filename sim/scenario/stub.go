package scenario

func stagePeerToPeer(c *Config) *Play { panic("x") }
