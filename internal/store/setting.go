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

// ChangeSetting sets a value in place of the one that was seen, empty for none; someone else's change since then is a fault.
func ChangeSetting(ctx context.Context, tx *Tx, name, was, value string) error {
	if was == "" {
		_, err := exec(ctx, tx, "insert into setting (name, value) values ($1, $2)", name, value)
		return Told(err)
	}
	return changed(exec(ctx, tx, "update setting set value = $1 where name = $2 and value = $3", value, name, was))
}
