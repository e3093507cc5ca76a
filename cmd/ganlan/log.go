package main

import (
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ganlan/ident"
)

// newLog writes lines of JSON in which no number of a person stands whole, wherever it came from.
func newLog(to io.Writer) *slog.Logger {
	return slog.New(slog.NewJSONHandler(to, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr { return maskedAttr(a) }}))
}

// personal are the numbers to hide: eleven digits or more, with or without spaces and dashes between them, as ids (GB 11643),
// telephones, cards and accounts have. Dates and amounts have fewer.
var personal = regexp.MustCompile(`\p{Nd}(?:[ \-]?\p{Nd}){10,}[ \-]?[Xx]?`)

// own are the keys of our numbers, which are as long and say nothing of anybody.
var own = []string{slog.TimeKey, "job", "node", "n", "client_id"}

func maskedAttr(a slog.Attr) slog.Attr {
	if slices.Contains(own, a.Key) {
		return a
	}
	switch v := a.Value; v.Kind() {
	case slog.KindString:
		return slog.String(a.Key, maskText(v.String()))
	case slog.KindInt64, slog.KindUint64, slog.KindFloat64:
		text := v.String()
		if f := v.Any(); v.Kind() == slog.KindFloat64 {
			text = strconv.FormatFloat(f.(float64), 'f', -1, 64)
		}
		if hidden := maskText(text); hidden != text {
			return slog.String(a.Key, hidden)
		}
	case slog.KindAny:
		if _, level := v.Any().(slog.Level); !level {
			return slog.String(a.Key, maskText(fmt.Sprintf("%+v", v.Any())))
		}
	}
	return a
}

func maskText(s string) string {
	return personal.ReplaceAllStringFunc(s, func(number string) string {
		return ident.Mask(strings.NewReplacer(" ", "", "-", "").Replace(number))
	})
}
