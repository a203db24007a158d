module souk

go 1.26
