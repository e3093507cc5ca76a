package sample

import "math/bits"

// stream is a splitmix64 generator: a counter with a fixed step whose value is scrambled on the way out.
type stream uint64

const step = 0x9e3779b97f4a7c15

// What a stream is for. Two streams of one seed with different purposes or numbers have nothing to do with each other.
const (
	forFamily uint64 = iota + 1
	forList
	forContract
	forOrder
	forGuarantee
	forSlip
)

// newStream is the stream of one numbered thing.
func newStream(seed, purpose, number uint64) *stream {
	s := stream(scramble(scramble(scramble(seed+step)+purpose) + number))
	return &s
}

func scramble(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (s *stream) next() uint64 {
	*s += step
	return scramble(uint64(*s))
}

// below is 0 … n−1, each about equally likely; n must be positive.
func (s *stream) below(n int) int {
	hi, _ := bits.Mul64(s.next(), uint64(n))
	return int(hi)
}

// between is lo … hi, both in.
func (s *stream) between(lo, hi int) int { return lo + s.below(hi-lo+1) }

// percent is true in p of 100 cases.
func (s *stream) percent(p int) bool { return s.below(100) < p }

// pick is one of the choices.
func pick[T any](s *stream, choices []T) T { return choices[s.below(len(choices))] }
