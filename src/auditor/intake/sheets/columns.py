"""Which column of the sheet is which column of the ledger: one to one, the exact and canonical header first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from auditor.intake.sheets.composed import Above, Run, moments, two_in_one
from auditor.intake.sheets.headers import Fit, HeaderIndex, is_counted

_NONE_FIXED: Mapping[int, str | None] = MappingProxyType({})
ONE_LEVEL: Above = MappingProxyType({})
__all__ = ["ONE_LEVEL", "Above", "Assignment", "assign"]
_ALONE = 2  # from this tier on a header was read without its parents
# By tier: words in brackets that no accepted header has are a small doubt, a parent that says something unknown more.
_CONFIDENCE = (1.0, 0.95, 1.0, 0.8)


@dataclass(frozen=True, slots=True)
class Assignment:
    """The ledger's columns by grid column, and the grid columns whose ledger column another one already holds.

    Attributes:
        columns: grid column → ledger column; of a run the first of its grid columns, of a pair the telling one of both.
        twice: grid column → (ledger column, the grid column that holds it).
        confidence: grid column → how sure, 0 to 1.
        runs: the values that stand in several grid columns.
        pairs: grid column → the two ledger columns whose values it holds; "" where the ledger has no such column.
        contested: ledger column → the grid columns that stand for it under different parents, none of which is taken.
        undecided: grid column → the ledger columns that its header stands for equally well, none of which is taken.
    """

    columns: Mapping[int, str]
    twice: Mapping[int, tuple[str, int]]
    confidence: Mapping[int, float]
    runs: tuple[Run, ...]
    pairs: Mapping[int, tuple[str, str]]
    contested: Mapping[str, tuple[int, ...]]
    undecided: Mapping[int, tuple[str, ...]]

    @property
    def found(self) -> frozenset[str]:
        """Every column of the ledger that the sheet has."""
        pairs = {name for pair in self.pairs.values() for name in pair if name}
        return frozenset(self.columns.values()) | pairs

    @property
    def used(self) -> frozenset[int]:
        """Every grid column that a value is read from."""
        return frozenset(self.columns) | {index for run in self.runs for index in run.indices}


def assign(
    headers: Sequence[str],
    ledger: str,
    index: HeaderIndex,
    fixed: Mapping[int, str | None] = _NONE_FIXED,
    above: Above = ONE_LEVEL,
) -> Assignment:
    """Give each header at most one column of the ledger, and each column at most one header.

    The best pairs go first: a header that has no other choice, then exact before bracketless before one that is read
    without its parents, canonical before synonym, left before right. Before all of them go those that a person has
    `fixed`: grid column → ledger column, or None for a column that is not to be used. Last come headers that announce
    two values in one cell.

    Args:
        headers: the header of each grid column; where it has several levels, the lowest.
        ledger: id of the ledger.
        index: the accepted headers.
        fixed: what a person has settled.
        above: grid column → the levels above its header, the outermost first.
    """
    columns = {position: column for position, column in fixed.items() if column is not None}
    held = {column: position for position, column in columns.items()}
    runs: list[Run] = []
    for run in moments(headers, ledger, index, above):
        if run.column not in held and not any(position in fixed for position in run.indices):
            runs.append(run)
            columns[run.indices[0]] = run.column
            held[run.column] = run.indices[0]
    taken = {position for run in runs for position in run.indices} | set(fixed)
    options: dict[int, tuple[Fit, ...]] = {}
    pairs: dict[int, tuple[str, str]] = {}
    for position, header in enumerate(headers):
        if not header or position in taken:
            continue
        over = above.get(position, ())
        fits = index.fits(header, ledger, over)
        if not (fits and fits[0].tier == 0) and (two := two_in_one(header, ledger, index, over)) is not None:
            pairs[position] = two
        elif fits:
            options[position] = fits
    contested = {name: rivals for name, rivals in _contested(options, above).items() if name not in held}
    undecided = _undecided(options, held)
    ranked = sorted(
        (len({f.column for f in fits}), fit.tier, fit.rank, position, fit.column)
        for position, fits in options.items()
        for fit in fits
        if position not in undecided and position not in contested.get(fit.column, ())
    )
    tiers: dict[int, int] = {}
    for _, tier, _, position, column in ranked:
        if position not in columns and column not in held:
            columns[position] = column
            held[column] = position
            tiers[position] = tier
    twice = {
        position: (fits[0].column, held[fits[0].column])
        for position, fits in sorted(options.items())
        if position not in columns and fits[0].column in held
    }
    for position, pair in list(pairs.items()):
        free = [name for name in pair if name and name not in held]
        if not free:
            del pairs[position]
            continue
        held |= dict.fromkeys(free, position)
        columns[position] = _telling(free, ledger, index)
    return Assignment(
        dict(sorted(columns.items())),
        twice,
        {position: _confidence(headers[position], tiers.get(position, 0)) for position in columns},
        tuple(runs),
        pairs,
        contested,
        undecided,
    )


def _confidence(header: str, tier: int) -> float:
    return 1.0 if tier == 1 and is_counted(header) else _CONFIDENCE[tier]


def _telling(names: Sequence[str], ledger: str, index: HeaderIndex) -> str:
    """That of the columns in one cell by which rows are told from each other."""
    columns = index.ledgers[ledger].columns
    return min(names, key=lambda name: (not columns[name].required, -names.index(name)))


def _contested(options: Mapping[int, tuple[Fit, ...]], above: Above) -> dict[str, tuple[int, ...]]:
    """Columns that only headers read without their parents stand for, several equally well under different parents."""
    claims: dict[str, list[tuple[int, int]]] = {}
    for position, fits in options.items():
        for fit in fits:
            claims.setdefault(fit.column, []).append((fit.tier, position))
    found: dict[str, tuple[int, ...]] = {}
    for column, claim in claims.items():
        best = min(tier for tier, _ in claim)
        rivals = [position for tier, position in claim if tier == best]
        if best >= _ALONE and len({above.get(position) for position in rivals}) > 1:
            found[column] = tuple(sorted(position for _, position in claim))
    return found


def _undecided(options: Mapping[int, tuple[Fit, ...]], held: Mapping[str, int]) -> dict[int, tuple[str, ...]]:
    """Headers that stand for several columns of the ledger alike, where no other header settles which."""
    alone = {fits[0].column for fits in options.values() if len({fit.column for fit in fits}) == 1} | set(held)
    found: dict[int, tuple[str, ...]] = {}
    for position, fits in options.items():
        best = min(fit.tier for fit in fits)
        columns = tuple(dict.fromkeys(fit.column for fit in fits if fit.tier == best and fit.column not in alone))
        if len(columns) > 1:
            found[position] = columns
    return found
