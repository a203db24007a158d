package rng

import "testing"

func BenchmarkDraw(b *testing.B) {
	for _, law := range laws(b) {
		b.Run(law.name, func(b *testing.B) {
			stream := NewStream(1, "bench", 0)
			b.ReportAllocs()
			for b.Loop() {
				law.Draw(&stream)
			}
		})
	}
}

func BenchmarkNewStream(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		NewStream(1, "network delay", 7)
	}
}
