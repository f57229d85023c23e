"""Which accepted headers a header cell stands for: exact after folding, never by guess."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa

from auditor.ledgers import Catalogue, ColumnType, Ledger

ExtraHeaders = Mapping[str, Mapping[str, tuple[str, ...]]]
NO_EXTRA: ExtraHeaders = {}

LONGEST_HEADER = 80  # characters; a longer cell is no header
_LONGEST_NEAREST = 24
_NEAREST_CUTOFF = 0.72
_BRACKETS = re.compile(r"[(\[{【<《][^()\[\]{}【】<>《》]*[)\]}】>》]")
_SPACE_OR_MARK = re.compile(r"[\s\u200b\ufeff]+")
_SERIAL = frozenset({"序号", "号", "no", "no.", "序", "顺序号", "行号", "#"})
# A unit that counts things: under such a header no date or month stands, whatever the words before the bracket say.
_COUNT_UNIT = re.compile(r"[(\[【]\s*(?:个?月|天|日|人|人次|个|户|元|万元|元/月|小时)\s*[)\]】]")
_MOMENTS = frozenset({ColumnType.DATE, ColumnType.MONTH})


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """A header with its brackets, but without accidents of typing: width, spaces, line breaks, a leading *, case."""
    folded = _SPACE_OR_MARK.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return folded.lstrip("*＊").rstrip("*:")


@lru_cache(maxsize=16_384)
def bare(text: str) -> str:
    """`fold`, and without anything in brackets: 发放金额（元） → 发放金额."""
    folded = fold(text)
    while (shorter := _BRACKETS.sub("", folded)) != folded:
        folded = shorter
    return folded.strip("*:")


def is_serial(header: str) -> bool:
    """Whether the header is that of a column that only counts the rows."""
    return bare(header) in _SERIAL


@dataclass(frozen=True, slots=True)
class Fit:
    """A header cell fits a ledger's column; the lower `tier` and `rank`, the better.

    Attributes:
        column: the ledger's column.
        tier: 0 where it fits brackets and all, 1 without its brackets.
        rank: the place among the accepted headers, the canonical one first.
    """

    column: str
    tier: int
    rank: int


class HeaderIndex:
    """Every accepted header of a catalogue, and of the profile's extra headers, with what it stands for."""

    __slots__ = ("_bare", "_full", "_weights", "extra", "ledgers", "texts")

    def __init__(self, ledgers: Catalogue, extra: ExtraHeaders = NO_EXTRA) -> None:
        self.ledgers = ledgers
        self.extra = extra
        self._full: dict[str, dict[str, list[Fit]]] = {}
        self._bare: dict[str, dict[str, list[Fit]]] = {}
        for ledger in ledgers.values():
            for column in ledger.columns.values():
                for rank, header in enumerate(self.accepted(ledger, column.name)):
                    self._add(self._full, fold(header), ledger.id, Fit(column.name, 0, rank))
                    self._add(self._bare, bare(header), ledger.id, Fit(column.name, 1, rank))
        accepted = {
            header for ledger in ledgers.values() for name in ledger.columns for header in self.accepted(ledger, name)
        }
        self.texts: pa.StringArray = pa.array(sorted(accepted), pa.string())
        self._weights = {form: 1 / len(kinds) for form, kinds in self._bare.items()}

    @staticmethod
    def _add(index: dict[str, dict[str, list[Fit]]], form: str, ledger: str, fit: Fit) -> None:
        if form:
            index.setdefault(form, {}).setdefault(ledger, []).append(fit)

    def accepted(self, ledger: Ledger, column: str) -> tuple[str, ...]:
        """The accepted headers of a column, the profile's own after those of the catalogue."""
        return ledger.columns[column].headers + tuple(self.extra.get(ledger.id, {}).get(column, ()))

    def known(self, header: str) -> bool:
        """Whether any ledger accepts the header."""
        return fold(header) in self._full or bare(header) in self._bare

    def kinds(self, header: str) -> frozenset[str]:
        """The ledgers that accept the header."""
        full = self._full.get(fold(header), {})
        return frozenset(full) | frozenset(self._bare.get(bare(header), {}))

    def fits(self, header: str, ledger: str) -> tuple[Fit, ...]:
        """The ledger's columns that the header may stand for, the exact ones alone where there are any."""
        exact = self._full.get(fold(header), {}).get(ledger)
        if exact:
            return tuple(exact)
        loose = self._bare.get(bare(header), {}).get(ledger, [])
        if loose and _COUNT_UNIT.search(fold(header)):
            columns = self.ledgers[ledger].columns
            loose = [fit for fit in loose if columns[fit.column].type not in _MOMENTS]
        return tuple(loose)

    def weight(self, header: str) -> float:
        """How much the header tells one kind from another: 1 where one ledger accepts it, 1/20 where twenty do."""
        return self._weights.get(bare(header), 0.0)

    def nearest(self, header: str, ledger: str) -> str | None:
        """The accepted header of the ledger that looks most like `header`, for a person to judge; never used to map."""
        form = bare(header)
        if not form or len(form) > _LONGEST_NEAREST or form in _SERIAL:
            return None
        forms = {
            bare(accepted): accepted
            for column in self.ledgers[ledger].columns
            for accepted in self.accepted(self.ledgers[ledger], column)
        }
        close = difflib.get_close_matches(form, list(forms), n=1, cutoff=_NEAREST_CUTOFF)
        return forms[close[0]] if close else None
