"""Names, free text and references to evidence."""

from __future__ import annotations

import re
from typing import TypeAlias

from auditor.values.model import CellKind, Read, Unread
from auditor.values.numbers import EXACT_DIGITS
from auditor.values.shown import unread
from auditor.values.wording import bare, composed, is_mark_of_nothing, is_nothing, plain, unguarded, wide_brackets

FilePath: TypeAlias = tuple[str, ...]
"""The parts of a file's path as they are compared, its base name last."""

_CJK = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DOT = re.compile(f"[·•・‧∙⋅]|(?<=[{_CJK}])\\.(?=[{_CJK}])")
_SIGNED = frozenset({"√", "✓", "✔", "本人", "已签", "已签字", "签字", "手印", "捺印", "按手印", "本人签字"})  # no names
_MASKED_NAME = re.compile("[*●○×✕]")
_SPACE_BY_WIDE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_SPACES = re.compile(r"\s+")
_SCIENTIFIC_ID = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+(?:1[5-9]|2[0-9])")
_PATH_BREAK = re.compile(r"[/\\\uff0f\uff3c]")
_REFERENCE_BREAK = re.compile(r"[;；,，、\r\n]+")


def read_name(text: str) -> Read | Unread:
    """A name without spaces, its middle dots and brackets of one kind. What tells namesakes apart (张三2) stays."""
    name = bare(plain(text))
    if is_nothing(name) or name in _SIGNED:
        return Read(None)
    if _MASKED_NAME.search(name):
        return unread("name-masked", text)  # 张*三 is no other name than 张三
    return Read(wide_brackets(_DOT.sub("·", name)))


def read_text(text: str, kind: CellKind) -> Read | Unread:
    """Text of one width and kind of brackets, spaces only between ASCII words. 无 is text: rules look at it."""
    value = unguarded(plain(text))
    if not value or is_mark_of_nothing(bare(value)):
        return Read(None)
    # Many identifiers (户编号, 流水号) stand in text columns: two of them rounded to one would tie strangers together.
    too_long = kind == CellKind.NUMBER and len(value.lstrip("-").partition(".")[0]) > EXACT_DIGITS
    if too_long or _SCIENTIFIC_ID.fullmatch(value):
        return unread("identifier-rounded", text)
    # Letters that come together where a space went may bring another space beside a wide letter.
    while (closer := composed(_SPACE_BY_WIDE.sub("", value))) != value:
        value = closer
    return Read(wide_brackets(_SPACES.sub(" ", value)))


def read_ref(text: str) -> Read | Unread:
    """File names with `;` between them, each as it is written."""
    return Read(";".join(name for name in split_refs(text) if not is_nothing(plain(name))) or None)


def split_refs(value: str) -> tuple[str, ...]:
    """The file names in a cell or in a value of type ref: separated by ; ； , ， 、 or a line break."""
    return tuple(name for part in _REFERENCE_BREAK.split(value) if (name := part.strip()))


def file_path(written: str) -> FilePath:
    r"""The key by which names of files are compared: width and case make no difference, nor `/` and `\`.

    Its last part is the base name; those before it are there where a path is given. Empty where there is no name.
    """
    return _parts(composed(plain(written)).casefold())


def base_name(written: str) -> str:
    """The base name in a file's name, as it is written; the whole where there is none."""
    parts = _parts(written)
    return parts[-1] if parts else written


def _parts(written: str) -> FilePath:
    parts = (part.strip() for part in _PATH_BREAK.split(written))
    return tuple(part for part in parts if part not in {"", ".", ".."})
