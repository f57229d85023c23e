"""Two values in one cell cut apart: 张三/500299…, 农商行 6228…, 清溪镇清星村; never where there are two ways to cut."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from auditor.intake.raw import RawColumn
from auditor.intake.reading import Band, BandArray
from auditor.ledgers import Column, ColumnType
from auditor.values import CellKind

_NUMBERS = frozenset({ColumnType.PERSON_ID, ColumnType.ACCOUNT, ColumnType.PHONE})
_SEPARATORS = r"[\s/\\、,;:|+&（）()\[\]【】-]*"
_NUMBER = r"\d[\d\s*]{4,30}[\dXx*]"
_WORD_NUMBER = re.compile(rf"{_SEPARATORS}(?P<word>[^\d]*?){_SEPARATORS}(?P<number>{_NUMBER}){_SEPARATORS}")
_NUMBER_WORD = re.compile(rf"{_SEPARATORS}(?P<number>{_NUMBER}){_SEPARATORS}(?P<word>[^\d]+?){_SEPARATORS}")
_TWO = re.compile(r"\s*[/\\、,;|\n]\s*|\s+")
_TOWNSHIP_END = re.compile(r"(?:镇|乡|街道|办事处)")
_VILLAGE = re.compile(r".{1,12}(?:村|社区|居委会|村委会|居)")
_SHORTEST = 2
_CLEAN_SHARE = 0.5  # of the filled cells must come apart, for the header to be believed

Halves: TypeAlias = "tuple[str | None, str | None]"
_Cut: TypeAlias = "Callable[[str], Halves | None]"


@dataclass(frozen=True, slots=True)
class Split:
    """The two columns made of one.

    Attributes:
        first, second: their cells.
        unclear: the grid rows whose cell could not be cut; it stands whole in both columns.
    """

    first: RawColumn
    second: RawColumn
    unclear: tuple[int, ...]


def split(cells: RawColumn, first: Column | None, second: Column | None, bands: BandArray) -> Split | None:
    """Cut the cells that are read into the values of two columns, None for a value that no column is for.

    Returns:
        The two columns; None where so few cells come apart that the header cannot mean two values.
    """
    cut = _cutter(first, second)
    rows = np.flatnonzero(bands == Band.READ)
    encoded = cells.text.take(pa.array(rows)).dictionary_encode()
    places = encoded.indices.to_pylist()
    texts = encoded.dictionary.to_pylist()
    found = [cut(text) for text in texts]
    counted = np.bincount([place for place in places if place is not None], minlength=len(texts))
    filled = sum(int(count) for count, text in zip(counted, texts, strict=True) if text.strip())
    both = sum(
        int(count) for count, halves in zip(counted, found, strict=True) if halves is not None and None not in halves
    )
    if not filled or both < _CLEAN_SHARE * filled:
        return None
    sides: tuple[list[str | None], list[str | None]] = ([None] * len(cells.text), [None] * len(cells.text))
    kinds = (np.zeros(len(cells.text), dtype=np.uint8), np.zeros(len(cells.text), dtype=np.uint8))
    unclear: list[int] = []
    for row, place in zip(rows.tolist(), places, strict=True):
        if place is None:
            continue
        halves = found[place]
        if halves is None:
            unclear.append(row)
        for side, kind, half in zip(sides, kinds, halves or (texts[place], texts[place]), strict=True):
            side[row] = half
            kind[row] = CellKind.BLANK if half is None else cells.kind[row] if half == texts[place] else CellKind.TEXT
    left, right = (RawColumn(pa.array(side, pa.string()), kind) for side, kind in zip(sides, kinds, strict=True))
    return Split(left, right, tuple(unclear))


def _cutter(first: Column | None, second: Column | None) -> _Cut:
    numbers = [column is not None and column.type in _NUMBERS for column in (first, second)]
    if all(numbers):
        return _two
    if first is None:  # what stands before an account goes nowhere, and is no account
        return lambda text: halves if (halves := _word_and_number(text)) is not None and halves[1] else None
    if numbers[1]:
        return _word_and_number
    if numbers[0]:
        return lambda text: None if (halves := _word_and_number(text)) is None else (halves[1], halves[0])
    if first is not None and second is not None and (first.name, second.name) == ("township", "village"):
        return _township_and_village
    return _two


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _two(text: str) -> Halves | None:
    """Two values with something between them."""
    parts = [part for part in _TWO.split(_folded(text)) if part]
    return (parts[0], parts[1]) if len(parts) == 2 else None  # noqa: PLR2004


def _word_and_number(text: str) -> Halves | None:
    """A word and a number in either order; one of them alone where the other is not there."""
    folded = _folded(text)
    if not any(letter.isdigit() for letter in folded):
        return folded, None
    found = _WORD_NUMBER.fullmatch(folded) or _NUMBER_WORD.fullmatch(folded)
    if found is None:
        return None
    number = re.sub(r"\s+", "", found["number"])
    return (found["word"].strip() or None), number


def _township_and_village(text: str) -> Halves | None:
    """The township and the village, with or without anything between; None where they may be cut in several ways."""
    folded = _folded(text)
    halves = _two(folded)
    if halves is not None:
        return halves
    ways = [
        (folded[: end.end()], folded[end.end() :])
        for end in _TOWNSHIP_END.finditer(folded)
        if end.end() > _SHORTEST - 1 and _VILLAGE.fullmatch(folded[end.end() :]) and end.start() > 0
    ]
    return ways[0] if len(ways) == 1 else None
