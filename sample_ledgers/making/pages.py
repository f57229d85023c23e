"""A sheet of the messy layout under way: title lines, a header in one of its spellings, rows, totals, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sample_ledgers.making.columns import COLUMNS, EXTRA_COLUMNS
from sample_ledgers.making.county import Row, Value
from sample_ledgers.making.sheets import Sheet
from sample_ledgers.making.spelling import spell
from sample_ledgers.making.tidy import signature_row

_PEOPLES = ("汉族", "苗族", "土家族")
_REMARKS = (None, "已核", "火化证明齐全")


@dataclass(slots=True)
class Page:
    """A sheet under way, and where each ledger row came to stand (position from 0)."""

    sheet: Sheet
    columns: list[str]
    positions: list[int] = field(default_factory=list)

    def cell(self, row: int, column: str) -> tuple[int, int]:
        """Position of the `row`-th ledger row's cell in `column`."""
        return self.positions[row], self.columns.index(column) + 1

    def put(self, row: int, column: str, value: Value) -> int:
        """Writes over a cell; gives the row as the spreadsheet shows it."""
        line, place = self.cell(row, column)
        self.sheet.rows[line][place] = value
        return line + 1


def make_page(
    name: str, ledger: str, rows: Sequence[Row], top: Sequence[str], *, without: Sequence[str] = (), names: int = 1
) -> Page:
    """A sheet with serial numbers: the lines of `top`, the header in its `names`-th spelling, the rows."""
    columns = [column for column in COLUMNS[ledger] if column not in without]
    headings = [COLUMNS[ledger][column] for column in columns]
    head: list[Value] = ["序号", *(names_of[names % len(names_of)] for names_of in headings)]
    extra = EXTRA_COLUMNS.get(ledger)
    if extra is not None:
        head.append(extra)
    top_lines: list[list[Value]] = [[text] for text in top]
    lines: list[list[Value]] = [*top_lines, head]
    page = Page(Sheet(name, lines, title_rows=len(top), header=(len(top), len(top) + 1)), columns)
    for number, row in enumerate(rows, start=1):
        cells: list[Value] = [
            number,
            *(spell(column, row.get(column), number + place) for place, column in enumerate(columns)),
        ]
        if extra is not None:
            cells.append((_REMARKS if extra == "备注" else _PEOPLES)[number % 3])
        page.positions.append(len(lines))
        lines.append(cells)
    return page


def sign(page: Page) -> None:
    """Adds the line of signatures."""
    page.sheet.rows += [[], signature_row(page.sheet.width)]


def add_total(page: Page, label: str, amount: Decimal) -> int:
    """A total row over the column amount; gives its row as the spreadsheet shows it."""
    cells: list[Value] = [label, *[None] * len(page.columns)]
    cells[page.columns.index("amount") + 1] = amount
    page.sheet.rows.append(cells)
    return len(page.sheet.rows)


def unit_line(unit: str) -> str:
    """The line under a title that says who reports."""
    return f"填报单位：{unit}        填报日期：2022年12月30日        单位：元"
