"""Which column of the sheet is which column of the ledger: one to one, the exact and canonical header first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.intake.sheets.headers import Fit, HeaderIndex


@dataclass(frozen=True, slots=True)
class Assignment:
    """The ledger's columns by grid column, and the grid columns whose ledger column another one already holds.

    Attributes:
        columns: grid column → ledger column.
        twice: grid column → (ledger column, the grid column that holds it).
    """

    columns: Mapping[int, str]
    twice: Mapping[int, tuple[str, int]]


def assign(headers: Sequence[str], ledger: str, index: HeaderIndex) -> Assignment:
    """Give each header at most one column of the ledger, and each column at most one header.

    The best pairs go first: a header that has no other choice, then exact before bracketless, canonical before synonym,
    left before right.
    """
    options: dict[int, tuple[Fit, ...]] = {}
    for position, header in enumerate(headers):
        if header and (fits := index.fits(header, ledger)):
            options[position] = fits
    pairs = sorted(
        (
            (len({f.column for f in fits}), fit.tier, fit.rank, position, fit.column)
            for position, fits in options.items()
            for fit in fits
        ),
    )
    held: dict[str, int] = {}
    columns: dict[int, str] = {}
    for _, _, _, position, column in pairs:
        if position not in columns and column not in held:
            columns[position] = column
            held[column] = position
    twice = {
        position: (fits[0].column, held[fits[0].column])
        for position, fits in sorted(options.items())
        if position not in columns
    }
    return Assignment(dict(sorted(columns.items())), twice)
