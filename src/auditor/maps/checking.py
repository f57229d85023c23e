"""Is what a person settled possible? Sheets, headers and codes against the ledger kinds; mistakes with their places."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from auditor.errors import Problem, TextPlace
from auditor.ledgers import Catalogue, Column, ColumnType, Ledger
from auditor.maps.model import IGNORED, Codes, Headers, SheetEntry
from auditor.values import normalise_header
from auditor.values.suggesting import nearest

_YES_NO = ("是", "否")


class Words(Protocol):
    """A profile or a map: which headers and codes it adds, and where each word of it stands."""

    @property
    def headers(self) -> Headers:
        """Ledger → column → more headers."""

    @property
    def codes(self) -> Codes:
        """Ledger → column → other spelling → code."""

    def place(self, *path: str | int) -> TextPlace:
        """The place of a value."""

    def key_place(self, *path: str | int) -> TextPlace:
        """The place of a key."""


def check_sheets(entries: Sequence[SheetEntry], catalogue: Catalogue) -> Iterator[Problem]:
    """The mistakes under `sheets`."""
    for entry in entries:
        settled = (entry.ledger, entry.header, entry.columns)
        if entry.ignore and any(settled):
            yield Problem("map-ignored-and-mapped", entry.place)
        elif not entry.ignore and not any(settled):
            yield Problem("map-entry-empty", entry.place)
        if entry.ledger is None:
            if entry.columns:
                yield Problem("map-columns-no-ledger", entry.place_of("columns"))
            continue
        ledger = catalogue.get(entry.ledger)
        if ledger is None:
            args = {"ledger": entry.ledger[:60], "suggestion": nearest(entry.ledger, catalogue)}
            yield Problem("profile-ledger-unknown", entry.place_of("ledger"), args)
            continue
        yield from _entry_columns(entry, ledger)


def _entry_columns(entry: SheetEntry, ledger: Ledger) -> Iterator[Problem]:
    given: dict[str, str] = {}
    for key, column in entry.columns.items():
        if column == IGNORED:
            continue
        at = entry.place_of("columns", key)
        if column not in ledger.columns:
            args = {"ledger": ledger.id, "column": column[:60], "suggestion": nearest(column, ledger.columns)}
            yield Problem("column-unknown", at, args)
        elif given.setdefault(column, key) != key:
            yield Problem("map-column-twice", at, {"column": column, "first": given[column][:60]})


def _columns(
    words: Words, catalogue: Catalogue, part: str, named: Mapping[str, Collection[str]]
) -> Iterator[tuple[Ledger, Column] | Problem]:
    """The columns that are named under `part`, or why there is none."""
    for ledger, columns in named.items():
        known = catalogue.get(ledger)
        if known is None:
            args = {"ledger": ledger, "suggestion": nearest(ledger, catalogue)}
            yield Problem("profile-ledger-unknown", words.key_place(part, ledger), args)
            continue
        for column in columns:
            if column in known.columns:
                yield known, known.columns[column]
            else:
                args = {"ledger": ledger, "column": column, "suggestion": nearest(column, known.columns)}
                yield Problem("column-unknown", words.key_place(part, ledger, column), args)


def check_headers(words: Words, catalogue: Catalogue) -> Iterator[Problem]:
    """The mistakes under `headers`."""
    seen: dict[tuple[str, str], str] = {}
    for found in _columns(words, catalogue, "headers", words.headers):
        if isinstance(found, Problem):
            yield found
            continue
        ledger, column = found
        owners = {normalise_header(h): c.name for c in ledger.columns.values() if c is not column for h in c.headers}
        for number, header in enumerate(words.headers[ledger.id][column.name]):
            at = words.place("headers", ledger.id, column.name, number)
            key = normalise_header(header)
            owner = owners.get(key) or seen.setdefault((ledger.id, key), column.name)
            if not header.strip():
                yield Problem("profile-header-empty", at, {"column": column.name})
            elif owner != column.name:
                yield Problem("profile-header-taken", at, {"header": header[:60], "column": owner})


def check_codes(words: Words, catalogue: Catalogue) -> Iterator[Problem]:
    """The mistakes under `codes`."""
    for found in _columns(words, catalogue, "codes", words.codes):
        if isinstance(found, Problem):
            yield found
            continue
        ledger, column = found
        allowed: Sequence[str] = _YES_NO if column.type is ColumnType.BOOL else column.codes
        if not allowed:
            args = {"ledger": ledger.id, "column": column.name}
            yield Problem("profile-column-no-codes", words.key_place("codes", ledger.id, column.name), args)
            continue
        for spelling, code in words.codes[ledger.id][column.name].items():
            if code not in allowed:
                args = {"text": code[:60], "column": column.name, "suggestion": nearest(code, allowed)}
                yield Problem("profile-code-unknown", words.place("codes", ledger.id, column.name, spelling), args)
