"""A map's file, and the same keys in a county profile, read into entries with their places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from auditor.documents import Document, check_document, read_document
from auditor.errors import Problem, ProfileError, TextPlace
from auditor.ledgers import Catalogue
from auditor.maps.checking import check_codes, check_headers, check_sheets
from auditor.maps.model import Codes, Headers, SheetEntry

_ROWS = re.compile(r"\s*(\d{1,7})\s*(?:[-–~至]\s*(\d{1,7})\s*)?")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _rows(value: object) -> object:
    """`4`, `4-5` or `[4, 5]` as the first and last row."""
    parts = [str(part) for part in value] if isinstance(value, list) else [str(value)]
    if len(parts) == 2:  # noqa: PLR2004
        parts = ["-".join(parts)]
    match = _ROWS.fullmatch(parts[0]) if len(parts) == 1 else None
    if match is None:
        raise ValueError("header rows are written 4, 4-5 or [4, 5]")
    first = int(match[1])
    last = int(match[2] or first)
    if not 0 < first <= last <= first + 9:
        raise ValueError("header rows count from 1, the first before the last, ten at most")
    return (first, last)


def _filled(value: object) -> object:
    """A key that is left without a value, as in a proposed map of which nothing was taken, holds nothing."""
    if not isinstance(value, dict):
        return {} if value == "" else value
    return {key: _filled(inner) if isinstance(inner, dict) or inner == "" else inner for key, inner in value.items()}


class SheetFile(_Strict):
    """One entry under `sheets`."""

    file: str = "*"
    sheet: str = "*"
    ignore: bool = False
    ledger: str | None = None
    header: Annotated[tuple[int, int] | None, BeforeValidator(_rows)] = None
    columns: dict[str, str] = {}


SheetFiles = Annotated[list[SheetFile], BeforeValidator(lambda value: [] if value == "" else value)]
HeadersFile = Annotated[dict[str, dict[str, list[str]]], BeforeValidator(_filled)]
CodesFile = Annotated[dict[str, dict[str, dict[str, str]]], BeforeValidator(_filled)]


class _MapFile(_Strict):
    sheets: SheetFiles = []
    headers: HeadersFile = {}
    codes: CodesFile = {}


@dataclass(frozen=True, slots=True)
class SheetMap:
    """A map as read from its file; `place` and `key_place` point into it."""

    sheets: tuple[SheetEntry, ...]
    headers: Headers
    codes: Codes
    document: Document = field(repr=False, compare=False)

    def place(self, *path: str | int) -> TextPlace:
        """The place of the value at `path`."""
        return self.document.place(path)

    def key_place(self, *path: str | int) -> TextPlace:
        """The place of the key at `path`."""
        return self.document.key_place(path)


def built_entries(entries: Sequence[SheetFile], document: Document) -> tuple[SheetEntry, ...]:
    """The frozen entries under `sheets` of a document."""
    return tuple(_built(entry, document, ("sheets", number)) for number, entry in enumerate(entries))


def _built(entry: SheetFile, document: Document, path: tuple[str | int, ...]) -> SheetEntry:
    places: dict[tuple[str, ...], TextPlace] = {
        ("ledger",): document.place((*path, "ledger")),
        ("columns",): document.key_place((*path, "columns")),
        **{("columns", key): document.place((*path, "columns", key)) for key in entry.columns},
    }
    return SheetEntry(
        place=document.place(path),
        file=entry.file,
        sheet=entry.sheet,
        ignore=entry.ignore,
        ledger=entry.ledger,
        header=entry.header,
        columns=MappingProxyType(dict(entry.columns)),
        places=MappingProxyType(places),
    )


def check_map(settled: SheetMap, catalogue: Catalogue) -> tuple[Problem, ...]:
    """Every mistake of a map that is of the right form."""
    return (
        *check_sheets(settled.sheets, catalogue),
        *check_headers(settled, catalogue),
        *check_codes(settled, catalogue),
    )


def load_map(path: Path) -> SheetMap:
    """The map of the YAML (or JSON) file `path`.

    Raises:
        ProfileError: the file cannot be read or is not of the form of a map; all mistakes with their places.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError.at("map-unreadable", str(path), detail=str(error)) from error
    document = read_document(text, str(path))
    if isinstance(document, Problem):
        raise ProfileError(document)
    checked = check_document(document, _MapFile)
    if checked.value is None:
        raise ProfileError(*checked.problems)
    raw = checked.value
    headers: Mapping[str, Mapping[str, tuple[str, ...]]] = {
        ledger: {column: tuple(many) for column, many in columns.items()} for ledger, columns in raw.headers.items()
    }
    return SheetMap(
        sheets=built_entries(raw.sheets, document),
        headers=MappingProxyType(headers),
        codes=MappingProxyType(raw.codes),
        document=document,
    )
