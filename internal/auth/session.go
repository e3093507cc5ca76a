package auth

import "time"

// LockRule says how long failures keep the next try away (GB/T 22239-2019 8.1.4.1 b).
type LockRule struct {
	Failures int           // in a row, that lock
	Lock     time.Duration // for the failure that locks; twice as long for each further one
	Most     time.Duration
}

// Locks is the rule where no setting says otherwise.
var Locks = LockRule{Failures: 5, Lock: 15 * time.Minute, Most: 4 * time.Hour}

// Delay is the time after the n-th failure in a row during which nobody can try: nothing after the first, then 1, 2, 4 …
// seconds, and the lock from the fifth on.
func (r LockRule) Delay(n int) time.Duration {
	switch {
	case n < 2:
		return 0
	case n < r.Failures:
		return min(time.Second<<(n-2), r.Lock)
	case n-r.Failures > 10:
		return r.Most
	}
	return min(r.Lock<<(n-r.Failures), r.Most)
}

// Try refuses a sign-in before its time. until is the end of the delay.
func (LockRule) Try(now, until time.Time) error {
	if !now.Before(until) {
		return nil
	}
	return FaultWait.New().Set("seconds", int64((until.Sub(now)+time.Second-1)/time.Second))
}

// SessionRule says how long a sign-in lasts.
type SessionRule struct {
	Idle     time.Duration // without any act
	Absolute time.Duration // in all
	One      bool          // a new sign-in ends the others of the same account
}

// Sessions is the rule where no setting says otherwise.
var Sessions = SessionRule{Idle: 30 * time.Minute, Absolute: 12 * time.Hour}

// Alive refuses a session that has run out: at the very end of the time it has. A session from the future is none.
func (r SessionRule) Alive(began, seen, now time.Time) error {
	switch {
	case now.Before(began):
		return FaultSessionEnded.New().Set("text", "时间有误 wrong time")
	case now.Sub(began) >= r.Absolute:
		return FaultSessionEnded.New().Set("text", "已满 "+r.Absolute.String())
	case now.Sub(seen) >= r.Idle:
		return FaultSessionEnded.New().Set("text", "闲置 "+r.Idle.String())
	}
	return nil
}

// StaleDays is how long an account may lie unused before it is reported (GB/T 22239-2019 8.1.4.2 c).
const StaleDays = 90

// Stale reports whether an account was not used for so long. Who never signed in counts from when the account was made.
func Stale(made, used, now time.Time) bool {
	if used.Before(made) {
		used = made
	}
	return !now.Before(used.AddDate(0, 0, StaleDays))
}
