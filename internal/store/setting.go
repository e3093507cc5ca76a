package store

import (
	"context"
	"database/sql"
)

// Settings are all that was set, by name.
func Settings(ctx context.Context, tx *Tx) (map[string]string, error) {
	out := map[string]string{}
	return out, each(ctx, tx, "select name, value from setting", nil, func(r *sql.Rows) error {
		var name, value string
		err := r.Scan(&name, &value)
		out[name] = value
		return err
	})
}

// SetSetting sets a value, in place of what it was.
func SetSetting(ctx context.Context, tx *Tx, name, value string) error {
	_, err := exec(ctx, tx, "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value", name, value)
	return err
}
