"""One entry of a map: which sheets it is about, and what it settles of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import MappingProxyType

from auditor.errors import TextPlace

IGNORED = "ignore"
"""Written instead of a ledger column: the sheet's column is not used."""

Headers = Mapping[str, Mapping[str, tuple[str, ...]]]
Codes = Mapping[str, Mapping[str, Mapping[str, str]]]

_NOTHING: Mapping[str, str] = MappingProxyType({})
_LETTER = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """What a person settled about the sheets that fit `file` and `sheet`.

    Attributes:
        place: where the entry stands, in a map or a profile.
        file, sheet: patterns (`*`, `?`) of the file's path or bare name within the upload, and of the sheet's name.
        ignore: the sheet is no ledger and is set aside.
        ledger: the kind of ledger it holds, or None where that is left to the recognition.
        header: first and last row of the table's header as the spreadsheet counts them, or None.
        columns: column letter or header → ledger column, or `IGNORED`.
        places: where `ledger`, `columns` and each (`columns`, key) stands.
    """

    place: TextPlace
    file: str = "*"
    sheet: str = "*"
    ignore: bool = False
    ledger: str | None = None
    header: tuple[int, int] | None = None
    columns: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    places: Mapping[tuple[str, ...], TextPlace] = field(default_factory=dict, repr=False, compare=False)

    def place_of(self, *path: str) -> TextPlace:
        """Where a part of the entry stands."""
        return self.places.get(path, self.place)

    def fits(self, file: str, sheet: str | None) -> bool:
        """Whether the entry is about that sheet of that file."""
        names = (file, file.rsplit("/", 1)[-1])
        return any(_like(name, self.file) for name in names) and _like(sheet or "", self.sheet)

    @property
    def letters(self) -> Mapping[str, str]:
        """Those of the columns that are named by their letter."""
        return {key: column for key, column in self.columns.items() if _LETTER.fullmatch(key)}

    @property
    def headers(self) -> Mapping[str, str]:
        """Those of the columns that are named by their header."""
        return {key: column for key, column in self.columns.items() if not _LETTER.fullmatch(key)}


def _like(name: str, pattern: str) -> bool:
    name, pattern = unicodedata.normalize("NFC", name), unicodedata.normalize("NFC", pattern)
    return name == pattern or fnmatchcase(name, pattern)


def headers_over(over: Headers, under: Headers) -> Headers:
    """Both; a header that `over` gives to one column of a ledger is none of another column's in `under`."""
    merged: dict[str, dict[str, tuple[str, ...]]] = {ledger: dict(columns) for ledger, columns in over.items()}
    for ledger, columns in under.items():
        mine = merged.setdefault(ledger, {})
        taken = {header for headers in over.get(ledger, {}).values() for header in headers}
        for column, headers in columns.items():
            mine[column] = mine.get(column, ()) + tuple(header for header in headers if header not in taken)
    return MappingProxyType(merged)


def spellings_over(over: Codes, under: Codes) -> Codes:
    """Both; where they give the same spelling different codes, that of `over` counts."""
    ledgers = {*over, *under}
    merged = {
        ledger: {
            column: {**under.get(ledger, {}).get(column, {}), **over.get(ledger, {}).get(column, {})}
            for column in sorted({*over.get(ledger, {}), *under.get(ledger, {})})
        }
        for ledger in sorted(ledgers)
    }
    return MappingProxyType(merged)
