"""Text of a stranger, made harmless to look at: what does not show, or turns what follows around, is written out."""

from __future__ import annotations

import unicodedata

_HARMLESS = frozenset("\n\t ")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def visible(text: str, longest: int | None = None) -> str:
    """`text` with control characters, turns of writing direction and the like as ⟨U+202E⟩, cut at `longest`.

    Line breaks and tabs become ⏎ and a space.
    """
    if longest is not None and len(text) > longest:
        text = text[: longest - 1] + "…"
    if text.isascii() and text.isprintable():
        return text
    return "".join(_seen(character) for character in text.replace("\r\n", "\n"))


def _seen(character: str) -> str:
    if character in _HARMLESS or character == "\r":
        return "⏎" if character in "\n\r" else " "
    if unicodedata.category(character) in _UNSEEN:
        return f"⟨U+{ord(character):04X}⟩"
    return character
