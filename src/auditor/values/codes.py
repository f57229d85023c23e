"""Codes of a list, and yes or no."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from auditor.values.model import Read, Unread
from auditor.values.shown import unread
from auditor.values.wording import fold, is_nothing

YES, NO = "是", "否"
_TRUE = (YES, "有", "√", "✓", "✔", "☑", "对", "y", "yes", "true", "1")
_FALSE = (NO, "无", "没有", "×", "✗", "✘", "x", "n", "no", "false", "0")

TextReader: TypeAlias = Callable[[str], Read | Unread]


def code_reader(codes: Sequence[str], spellings: Mapping[str, str]) -> TextReader:
    """A reader that gives one of `codes`, also for the `spellings` of one; compared by `fold`."""
    table = {fold(spelling): Read(code) for spelling, code in spellings.items()} | {
        fold(code): Read(code) for code in codes
    }
    return _reader(table, "、".join(codes))


def bool_reader(spellings: Mapping[str, str]) -> TextReader:
    """A reader that gives True or False, also for `spellings` of 是 and 否."""
    table = {fold(text): Read(value=True) for text in _TRUE} | {fold(text): Read(value=False) for text in _FALSE}
    table |= {fold(spelling): Read(meaning == YES) for spelling, meaning in spellings.items()}
    return _reader(table, f"{YES}、{NO}")


def _reader(table: Mapping[str, Read], allowed: str) -> TextReader:
    def read(text: str) -> Read | Unread:
        key = fold(text)
        found = table.get(key)
        if found is not None:
            return found
        return Read(None) if is_nothing(key) else unread("not-in-code-list", text, codes=allowed)

    return read
