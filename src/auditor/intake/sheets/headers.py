"""Which accepted headers a header cell stands for: exact after folding, never by guess."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from auditor.intake.sheets.folding import bare, fold
from auditor.intake.sheets.halves import BANKS, halves
from auditor.intake.sheets.phrases import Standing, phrases, side_of, standing
from auditor.ledgers import Catalogue, ColumnType, Ledger

ExtraHeaders = Mapping[str, Mapping[str, tuple[str, ...]]]
NO_EXTRA: ExtraHeaders = {}

LONGEST_HEADER = 80  # characters; a longer cell is no header
_LONGEST_NEAREST = 24
_NEAREST_CUTOFF = 0.72
_SERIAL = frozenset({"序号", "号", "no", "no.", "序", "顺序号", "行号", "#"})
# A unit that counts things: under such a header no date or month stands, whatever the words before the bracket say.
_COUNT_UNIT = re.compile(r"[(\[【]\s*(?:个?月|天|日|人|人次|个|户|元|万元|元/月|小时)\s*[)\]】]")
_MOMENTS = frozenset({ColumnType.DATE, ColumnType.MONTH})
_MOST_KEPT = 50_000  # answers for headers of several levels
__all__ = [
    "LONGEST_HEADER",
    "NO_EXTRA",
    "ExtraHeaders",
    "Fit",
    "HeaderIndex",
    "bare",
    "fold",
    "is_counted",
    "is_serial",
]


def is_serial(header: str) -> bool:
    """Whether the header is that of a column that only counts the rows."""
    return bare(header) in _SERIAL


def is_counted(header: str) -> bool:
    """Whether the header says in brackets in what its column is counted: 发放金额（元）."""
    return _COUNT_UNIT.search(fold(header)) is not None


@dataclass(frozen=True, slots=True)
class Fit:
    """A header cell fits a ledger's column; the lower `tier` and `rank`, the better.

    Attributes:
        column: the ledger's column.
        tier: 0 where it fits brackets and all, or its levels together do; 1 without its brackets; where it fits
            without its parents, 2 under the heading of a group, 3 under a parent that nobody has told us.
        rank: the place among the accepted headers, the canonical one first.
    """

    column: str
    tier: int
    rank: int


class HeaderIndex:
    """Every accepted header of a catalogue, and of the profile's extra headers, with what it stands for."""

    __slots__ = ("_bare", "_cuts", "_full", "_levels", "_sides", "_weights", "extra", "ledgers", "texts")

    def __init__(self, ledgers: Catalogue, extra: ExtraHeaders = NO_EXTRA) -> None:
        self.ledgers = ledgers
        self.extra = extra
        self._full: dict[str, dict[str, list[Fit]]] = {}
        self._bare: dict[str, dict[str, list[Fit]]] = {}
        self._sides: dict[tuple[str, str], dict[str, list[Fit]]] = {}
        self._cuts: dict[str, tuple[tuple[str, str], ...]] = {}
        self._levels: dict[tuple[str, tuple[str, ...], str], tuple[Fit, ...]] = {}
        for ledger in ledgers.values():
            for column in ledger.columns.values():
                for rank, header in enumerate(self.accepted(ledger, column.name)):
                    self._add(self._full, fold(header), ledger.id, Fit(column.name, 0, rank))
                    self._add(self._bare, bare(header), ledger.id, Fit(column.name, 1, rank))
                    if column.type in _MOMENTS and (side := side_of(header)) is not None:
                        self._sides.setdefault(side, {}).setdefault(ledger.id, []).append(Fit(column.name, 0, rank))
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

    def added(self, header: str, ledger: Ledger, column: str) -> bool:
        """Whether `header` stands for `column` only because a map or profile says so."""
        own = {form for one in ledger.columns[column].headers for form in (fold(one), bare(one))}
        more = {form for one in self.extra.get(ledger.id, {}).get(column, ()) for form in (fold(one), bare(one))}
        return bool({fold(header), bare(header)} & (more - own))

    def known(self, header: str, above: tuple[str, ...] = ()) -> bool:
        """Whether any ledger accepts the header under its parents `above`."""
        if above:
            return bool(self.kinds(header, above))
        return fold(header) in self._full or bare(header) in self._bare

    def heads(self, header: str) -> bool:
        """Whether any ledger accepts the header, or both of the values that it announces."""
        return self.known(header) or bool(self.cuts(header))

    def kinds(self, header: str, above: tuple[str, ...] = ()) -> frozenset[str]:
        """The ledgers that accept the header under its parents `above`, or both of the values that it announces."""
        if above and bare(header) == "年":  # the first of the three columns of a date
            return self.kinds(above[-1], above[:-1])
        if above:
            return frozenset(ledger for ledger in self.ledgers if self.fits(header, ledger, above))
        kinds = frozenset(self._full.get(fold(header), {})) | frozenset(self._bare.get(bare(header), {}))
        if kinds:
            return kinds
        both = (
            frozenset(self._full.get(first, self._full[second])) & frozenset(self._full[second])
            for first, second in self.cuts(header)
        )
        return frozenset().union(*both)

    def fits(self, header: str, ledger: str, above: tuple[str, ...] = ()) -> tuple[Fit, ...]:
        """The ledger's columns that the header may stand for, the exact ones alone where there are any.

        Args:
            header: the header, or the lowest of its levels.
            ledger: id of the ledger.
            above: the levels above it, the outermost first.
        """
        if above:
            key = (header, above, ledger)
            if key not in self._levels:
                if len(self._levels) > _MOST_KEPT:
                    self._levels.clear()
                self._levels[key] = self._under(header, ledger, above)
            return self._levels[key]
        exact = self._full.get(fold(header), {}).get(ledger)
        if exact:
            return tuple(exact)
        loose = self._bare.get(bare(header), {}).get(ledger, [])
        if loose and is_counted(header):
            columns = self.ledgers[ledger].columns
            loose = [fit for fit in loose if columns[fit.column].type not in _MOMENTS]
        return tuple(loose)

    def _under(self, leaf: str, ledger: str, above: tuple[str, ...]) -> tuple[Fit, ...]:
        told = phrases(leaf, above)
        for phrase in told.joined:
            if fits := self._full.get(fold(phrase), {}).get(ledger):
                return tuple(fits)
        for side in told.sides:
            if fits := self._sides.get(side, {}).get(ledger):
                return tuple(fits)
        for phrase in (*told.counted, *told.named, *told.joined):
            if found := self.fits(phrase, ledger):
                return found
        columns = self.ledgers[ledger].columns
        alone = [(fit, standing(above, columns[fit.column].type)) for fit in self.fits(leaf, ledger)]
        return tuple(
            Fit(fit.column, 2 if stands is Standing.OWN else 3, fit.rank)
            for fit, stands in alone
            if stands is not Standing.FOREIGN
        )

    def cuts(self, header: str) -> tuple[tuple[str, str], ...]:
        """The ways to cut a header in two of which some ledger accepts each: 姓名/身份证号, 乡镇村, 开户行及账号."""
        if header not in self._cuts:
            if len(self._cuts) > _MOST_KEPT:
                self._cuts.clear()
            self._cuts[header] = tuple(
                (first, second)
                for first, second in halves(header)
                if second in self._full and (first in self._full or first in BANKS)
            )
        return self._cuts[header]

    def weight(self, header: str, above: tuple[str, ...] = ()) -> float:
        """How much the header tells one kind from another: 1 where one ledger accepts it, 1/20 where twenty do."""
        weight = None if above else self._weights.get(bare(header))
        if weight is None:
            kinds = self.kinds(header, above)
            weight = 1 / len(kinds) if kinds else 0.0
        return weight

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
