"""What is the same text: width, spaces, invisible characters, brackets and the marks that mean "nothing here"."""

from __future__ import annotations

import re
import unicodedata

# Half width, full width, then the other kinds: U+3014 and U+3015 are the tortoise-shell brackets.
_OPENING = "([{（\uff3b\uff5b【\u3014〖〘〚「『《〈﹝"
_CLOSING = ")]}）\uff3d\uff5d】\u3015〗〙〛」』》〉﹞"
_NARROW_BRACKETS = str.maketrans(_OPENING + _CLOSING, "(" * len(_OPENING) + ")" * len(_CLOSING))
_WIDE_BRACKETS = str.maketrans(_OPENING + _CLOSING, "（" * len(_OPENING) + "）" * len(_CLOSING))

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# A carriage return that a spreadsheet reader left in the escape of the file format.
_ESCAPED_BREAK = re.compile("_x000[9AaDd]_")
_SPACE = re.compile(r"\s+")
_GUARD = re.compile(r'=\s*"(.*)"', re.DOTALL)
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500"  # hyphens, dashes, the minus sign, the box line
_MARKS_OF_NOTHING = re.compile(rf"[{DASHES}/\\]+")
_WORDS_OF_NOTHING = frozenset({"无", "空", "暂无", "n/a", "null", "none"})
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_BRACKET_LEFT_OPEN = re.compile(r"(?<=.)\([^()]*$")


def plain(text: str) -> str:
    """`text` in NFKC without invisible characters, trimmed."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if "_x000" in text:
        text = _ESCAPED_BREAK.sub("\n", text)
    return _INVISIBLE.sub("", text).strip()


def bare(text: str) -> str:
    """`text` (already `plain`) without any whitespace."""
    return composed(_SPACE.sub("", text))


def composed(text: str) -> str:
    """`text` in NFC: letters and marks that stood apart may have come together where a space was taken out."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def unguarded(text: str) -> str:
    """`text` (already `plain`) without what keeps a spreadsheet from taking it for a number: `="…"`, a leading `'`."""
    guard = _GUARD.fullmatch(text)
    if guard:
        text = guard[1].strip()
    if text[:1] in {"'", "‘", "’", "`"} and text[1:2].isalnum():
        text = text[1:]
    return text


def is_mark_of_nothing(text: str) -> bool:
    """Whether `text` (already `plain`) is only a stroke or a slash, which clerks put into cells that stay empty."""
    return _MARKS_OF_NOTHING.fullmatch(text) is not None


def is_nothing(text: str) -> bool:
    """Whether `text` (already `plain`) says that there is no value: empty, a stroke, 无, N/A."""
    return not text or is_mark_of_nothing(text) or text.casefold() in _WORDS_OF_NOTHING


def wide_brackets(text: str) -> str:
    """All kinds of brackets as （）."""
    return text.translate(_WIDE_BRACKETS)


def fold(text: str) -> str:
    """The key by which codes and file names are compared: width, whitespace, brackets and case make no difference."""
    return bare(plain(text)).translate(_NARROW_BRACKETS).casefold()


def normalise_header(text: str) -> str:
    """The key by which headers are compared: as `fold`, and without a leading `*` or what stands in brackets.

    A header that stands in brackets as a whole is what is inside them.
    """
    whole = fold(text).lstrip("*★")
    shorter = whole
    while (once := _IN_BRACKETS.sub("", shorter)) != shorter:
        shorter = once
    shorter = _BRACKET_LEFT_OPEN.sub("", shorter)
    return shorter or whole.replace("(", "").replace(")", "")
