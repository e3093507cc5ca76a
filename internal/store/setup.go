package store

import "context"

// AddSetupCode keeps the digest of a one-time code; one that was not used before holds no longer.
func AddSetupCode(ctx context.Context, tx *Tx, digest string) error {
	if _, err := exec(ctx, tx, "delete from setup_code where used_at = 0"); err != nil {
		return err
	}
	_, err := exec(ctx, tx, "insert into setup_code (id, digest, made_at, used_at) values ($1, $2, $3, $4)", tx.NewID(), digest, tx.Now, 0)
	return err
}

// UseSetupCode spends the code of a digest made since a time in milliseconds. It is false when there is none, or it was spent.
func UseSetupCode(ctx context.Context, tx *Tx, digest string, since int64) (bool, error) {
	n, err := exec(ctx, tx, "update setup_code set used_at = $1 where digest = $2 and used_at = 0 and made_at >= $3", tx.Now, digest, since)
	return n == 1, err
}
