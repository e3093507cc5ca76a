package seal

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// period is how long a time code holds, in seconds (RFC 6238).
const period = 30

var codeKind = totp.ValidateOpts{Period: period, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1} // what telephones know

// NewTimeSecret makes the secret of a second factor, and the address that a telephone's program reads as a square code.
func NewTimeSecret(issuer, login string) (secret, address string, err error) {
	k, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: login, Period: period})
	if err != nil {
		return "", "", fmt.Errorf("seal: a time secret: %w", err)
	}
	return k.Secret(), k.URL(), nil
}

// TimeStep finds the step of 30 seconds that a code belongs to: the one of the time given, the one before or the one after,
// for clocks differ. A step not above last is no step: a code holds once.
func TimeStep(secret, code string, at time.Time, last int64) (int64, bool) {
	now := at.Unix() / period
	for step := now - 1; step <= now+1; step++ {
		want, err := TimeCode(secret, time.Unix(step*period, 0))
		if err == nil && step > last && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return step, true
		}
	}
	return 0, false
}

// TimeCode is the code of a secret at a time.
func TimeCode(secret string, at time.Time) (string, error) {
	return totp.GenerateCodeCustom(secret, at, codeKind)
}

// NewStartCode is a word of 100 bits that is written down once and typed once: a set-up code, a first password. It has capital
// letters, digits and a small mark, so that it meets the rule of passwords.
func NewStartCode() (string, error) {
	raw := make([]byte, 15)
	if _, err := rand.Read(raw); err != nil {
		return "", fmt.Errorf("seal: no randomness: %w", err)
	}
	s := base32.StdEncoding.EncodeToString(raw)[:20]
	return "g1-" + strings.Join([]string{s[:5], s[5:10], s[10:15], s[15:]}, "-"), nil
}

// NewToken is the secret name of a session, 256 bits.
func NewToken() (string, error) {
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		return "", fmt.Errorf("seal: no randomness: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// leastSquare and mostSquare are the widths of the smallest and the largest square code, in fields.
const (
	leastSquare = 21
	mostSquare  = 177
)

// TimeSquare is the square code (QR) of an address that NewTimeSecret made: rows of fields, true for dark, without a margin.
func TimeSquare(address string) ([][]bool, error) {
	k, err := otp.NewKeyFromURL(address)
	if err != nil {
		return nil, fmt.Errorf("seal: an address of time codes: %w", err)
	}
	for n := leastSquare; n <= mostSquare; n += 4 { // the widths that there are; a narrower one than the code's is refused
		img, err := k.Image(n, n)
		if err != nil {
			continue
		}
		rows := make([][]bool, n)
		for y := range rows {
			for x := range n {
				r, _, _, _ := img.At(x, y).RGBA()
				rows[y] = append(rows[y], r < 1<<15)
			}
		}
		return rows, nil
	}
	return nil, fmt.Errorf("seal: an address too long for a square code")
}
