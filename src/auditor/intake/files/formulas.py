"""Formulas whose value the file does not hold: what the reader could not know must be seen."""

from __future__ import annotations

from auditor.errors import Problem, column_letter
from auditor.intake.files.contents import warning_at
from auditor.intake.raw import RawSheet, SourceFile

_NAMED = 5


def formula_problems(raw: RawSheet, source: SourceFile) -> tuple[Problem, ...]:
    """The warning of a sheet that holds formulas without a value; none where every formula has its value.

    A program that is no spreadsheet (or an export tool) wrote them and nobody has opened and saved the file since.
    """
    cells = sorted(raw.formulas_without_value)
    if not cells:
        return ()
    named = [f"{column_letter(column)}{row}" for row, column in cells[:_NAMED]]
    more = "…" if len(cells) > _NAMED else ""
    cell_list = ", ".join(named) + more
    return (warning_at("formula-without-value", source.path, raw.name, cells[0], count=len(cells), cells=cell_list),)
