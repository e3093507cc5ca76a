package ident

import "testing"

func TestG2NumbersGoOutWholeWithoutTheirMiddleOrWithTheirEndsOnly(t *testing.T) {
	const id, short, card = "331127199003079912", "E123", "6200000000000005"
	for h, want := range map[Hide][4]string{
		HideNone:   {id, short, card, "证件号全号"},
		HideMiddle: {"331127********9912", "****", "6200 **** **** 0005", "证件号隐中间"},
		HideMost:   {"33*************912", "****", "6200 **** **** 0005", "证件号留首尾"},
	} {
		if got := [4]string{h.Of(id), h.Of(short), h.Account(card), h.Name()}; got != want {
			t.Errorf("%s: got %q, want %q", h, got, want)
		}
	}
	if HideMiddle.Account("12345678") != "********" || Hide("").Of(id) != id {
		t.Error("a short account, or no choice")
	}
}
