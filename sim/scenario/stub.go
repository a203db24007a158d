package scenario

func stageTraderless(c *Config) *Play { panic("x") }
func stagePeerToPeer(c *Config) *Play { panic("x") }
