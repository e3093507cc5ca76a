package seal

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// cost is what one password costs to try: memory in KiB, passes, lanes. It stands in the digest, so that it can be raised
// later while older digests are still checked.
type cost struct {
	memory, passes uint32
	lanes          uint8
}

var costNow = cost{19 * 1024, 2, 1}

const (
	saltSize   = 16
	digestSize = 32
)

// trying lets few passwords be computed at once: each takes 19 MiB.
var trying = make(chan struct{}, 4)

func (c cost) digest(password string, salt []byte) []byte {
	trying <- struct{}{}
	defer func() { <-trying }()
	return argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.lanes, digestSize)
}

// HashPassword is the slow, salted digest (argon2id) of a password, with its cost: $argon2id$v=19$m=…,t=…,p=…$salt$digest.
func HashPassword(password string) (string, error) {
	salt := make([]byte, saltSize)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("seal: no randomness: %w", err)
	}
	b := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, costNow.memory, costNow.passes, costNow.lanes, b(salt),
		b(costNow.digest(password, salt))), nil
}

// IsPassword reports whether a password is the one of a digest. Without a digest (nobody has that login) it takes just as long
// and says no.
func IsPassword(hash, password string) bool {
	c, salt, want := costNow, make([]byte, saltSize), make([]byte, digestSize)
	known := hash != "" && readHash(hash, &c, &salt, &want)
	return subtle.ConstantTimeCompare(c.digest(password, salt), want) == 1 && known
}

// readHash takes a digest apart; one that costs out of bounds is none.
func readHash(hash string, c *cost, salt, want *[]byte) bool {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return false
	}
	var got cost
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &got.memory, &got.passes, &got.lanes); n != 3 || err != nil {
		return false
	}
	s, err := base64.RawStdEncoding.DecodeString(parts[4])
	d, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || err2 != nil || len(s) < 8 || len(d) != digestSize || got.memory > 1<<20 || got.passes == 0 || got.passes > 16 || got.lanes == 0 {
		return false
	}
	*c, *salt, *want = got, s, d
	return true
}
