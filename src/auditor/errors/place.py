"""Where something is: a cell of a spreadsheet, or a line of a text file."""

from __future__ import annotations

from dataclasses import dataclass


def column_letter(index: int) -> str:
    """The spreadsheet's letter of the column number `index`, counted from 1: 1 → A, 28 → AB."""
    letters = ""
    while index > 0:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in an upload, as the spreadsheet shows it.

    Attributes:
        file: path of the file within the upload, with `/`; a member of an archive is `archive.zip/inner.xlsx`.
        sheet: name of the sheet, or None where the file has none (csv, parquet).
        row: row number as the spreadsheet shows it, from 1, or None where a whole sheet is meant.
        column: column letter (A, B, …, AA), or None where a whole row is meant.
    """

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        text = self.file if self.sheet is None else f"{self.file}[{self.sheet}]"
        if self.row is None and self.column is None:
            return text
        return f"{text}!{self.column or ''}{self.row if self.row is not None else ''}"


@dataclass(frozen=True, slots=True, order=True)
class TextPlace:
    """A place in a text file such as a rule: `file:line:column`, both counted from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
