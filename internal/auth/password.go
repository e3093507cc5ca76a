package auth

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"ganlan/fault"
)

// PasswordRule is what a password must be (GB/T 22239-2019 8.1.4.1 a).
type PasswordRule struct {
	Least   int // characters
	Most    int // characters; the slow digest of a book would be an attack
	Classes int // of capital letters, small letters, digits, others
	Keep    int // of the last ones none may be taken again
	Days    int // after which it must be changed; 0 is never
}

// Passwords is the rule where no setting says otherwise.
var Passwords = PasswordRule{Least: 10, Most: 128, Classes: 3, Keep: 5, Days: 90}

// Check tells all that is wrong with a password. Whether it was used before is told by who has the digests.
func (r PasswordRule) Check(login, password string) error {
	var faults fault.List
	n := utf8.RuneCountInString(password)
	if n < r.Least {
		faults = append(faults, FaultPasswordShort.New().Set("got", n).Set("want", r.Least))
	}
	if n > r.Most {
		faults = append(faults, FaultPasswordLong.New().Set("want", r.Most))
	}
	if c := classes(password); c < r.Classes {
		faults = append(faults, FaultPasswordPlain.New().Set("got", c).Set("want", r.Classes))
	}
	if login != "" && strings.Contains(strings.ToLower(password), strings.ToLower(login)) {
		faults = append(faults, FaultPasswordName.New())
	}
	return faults.Err()
}

func classes(password string) (n int) {
	var upper, lower, digit, other int
	for _, c := range password {
		switch {
		case unicode.IsUpper(c):
			upper = 1
		case unicode.IsLower(c):
			lower = 1
		case unicode.IsDigit(c):
			digit = 1
		default:
			other = 1
		}
	}
	return upper + lower + digit + other
}

// Used refuses a password that is one of the last ones. is compares it with a digest; newest first.
func (r PasswordRule) Used(digests []string, is func(digest string) bool) error {
	for _, d := range digests[:min(len(digests), r.Keep)] {
		if is(d) {
			return FaultPasswordUsed.New().Set("want", r.Keep)
		}
	}
	return nil
}

// Expired reports whether a password set at a time must be changed now.
func (r PasswordRule) Expired(set, now time.Time) bool {
	return r.Days > 0 && !now.Before(set.AddDate(0, 0, r.Days))
}

var loginForm = regexp.MustCompile(`^[a-z][a-z0-9.-]{2,31}$`)

// CheckLogin refuses what is no login: one account a person, named by letters, never by an id number or a telephone.
func CheckLogin(login string) error {
	if !loginForm.MatchString(login) {
		return FaultLoginBad.New().Set("login", login)
	}
	return nil
}
