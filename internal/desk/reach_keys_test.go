package desk

import (
	"context"
	"reflect"

	"ganlan/internal/auth"
)

func init() {
	if _, ok := reflect.TypeFor[*Desk]().MethodByName("Keys"); !ok {
		return
	}
	reaches["Keys"] = reach{act: auth.KeyRotate, place: whole, do: func(w *world, ctx context.Context, a auth.Actor, _ *site) error {
		out := reflect.ValueOf(w.Desk).MethodByName("Keys").Call([]reflect.Value{reflect.ValueOf(ctx), reflect.ValueOf(a)})
		err, _ := out[len(out)-1].Interface().(error)
		return err
	}}
}
