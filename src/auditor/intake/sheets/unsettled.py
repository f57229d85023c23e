"""What the reading does not settle by itself, and tells: kinds too near each other, headers that two columns claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.errors import Gravity, Problem, Where, column_letter
from auditor.intake.raw import RawSheet
from auditor.intake.sheets.columns import Assignment
from auditor.intake.sheets.head import Head
from auditor.intake.sheets.kinds import Guess, tied
from auditor.ledgers import Catalogue, Ledger

_CANDIDATES = 3


def unsettled_kind(where: Where, guesses: Sequence[Guess], catalogue: Catalogue) -> Problem:
    """Why no kind of ledger was taken: two are too near each other, or none is near enough."""
    rivals = tied(guesses)
    if rivals:
        first, second = (catalogue[guess.ledger] for guess in rivals[:2])
        args = {"first": first.zh, "second": second.zh, "first_id": first.id, "second_id": second.id}
        return Problem("sheet-between-kinds", where, args | {"candidates": _named(guesses, catalogue)})
    return Problem("sheet-not-recognised", where, {"candidates": _named(guesses, catalogue)})


def _named(guesses: Sequence[Guess], catalogue: Catalogue) -> str:
    return "、".join(f"{catalogue[g.ledger].zh} {g.confidence:.2f}" for g in guesses[:_CANDIDATES]) or "—"


def unsettled_headers(file: str, raw: RawSheet, ledger: Ledger, head: Head, assigned: Assignment) -> Iterator[Problem]:
    """Headers beside the one that is used, and headers that are not used since it cannot be told what they mean."""

    def letter(index: int) -> str:
        return column_letter(raw.first_column + index)

    def place(index: int) -> Where:
        return Where(file, raw.name, raw.first_row + head.first, letter(index))

    for index, (name, kept) in assigned.twice.items():
        args = {"column": ledger.columns[name].header, "header": head.headers[index], "kept": letter(kept)}
        yield Problem("header-twice", place(index), args, Gravity.WARNING)
    for name, indices in assigned.contested.items():
        claims = "、".join(f"{head.headers[index]}（{letter(index)}）" for index in indices)
        args = {"column": ledger.columns[name].header, "headers": claims}
        yield Problem("header-contested", place(indices[0]), args, Gravity.WARNING)
    for index, names in assigned.undecided.items():
        first, second = (ledger.columns[name].header for name in names[:2])
        args = {"header": head.headers[index], "first": first, "second": second}
        yield Problem("header-undecided", place(index), args, Gravity.WARNING)
