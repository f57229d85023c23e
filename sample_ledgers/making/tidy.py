"""The tidy layout: a workbook for each ledger, one sheet, the usual headings; its own ledgers titled and signed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from sample_ledgers.making.columns import COLUMNS, FILES
from sample_ledgers.making.county import COUNTY, County, Row, Value
from sample_ledgers.making.evidence import write_evidence
from sample_ledgers.making.sheets import Sheet, write_xlsx

# Written by the county's own office; the others are extracts of systems: a header row and nothing else.
_OWN = {
    *("roster", "posts", "attendance", "payroll", "migrant_work"),
    *("workshops", "workshop_workers", "workshop_payroll", "workshop_visits"),
    *("services", "transport_subsidy", "insurance_subsidy", "loans", "rectifications"),
}
_TOTALLED = ("payroll", "workshop_payroll", "transport_subsidy", "insurance_subsidy")
_MONTHS = {"month", "month_from", "month_to", "since"}
# The file, sheet and row (as the spreadsheet shows it) of each row, by the row's identity.
Places: TypeAlias = dict[int, tuple[str, str | None, int]]
SIGNATURES = ("填表人：田小禾", "审核人：覃正", "负责人（签字）：")
OFFICE = "清溪县人力资源和社会保障局"


def as_cell(column: str, value: Value) -> Value:
    """The value as the tidy sheets show it: months as 2022-03, everything else as it is."""
    return f"{value:%Y-%m}" if column in _MONTHS and isinstance(value, date) else value


def total_of(rows: list[Row], column: str) -> Decimal:
    """The sum of a money column."""
    return sum((value for row in rows if isinstance(value := row[column], Decimal)), start=Decimal(0))


def signature_row(width: int) -> list[Value]:
    """The line of signatures under a sheet `width` columns wide."""
    row: list[Value] = [None] * width
    row[0], row[width // 2], row[width - 1] = SIGNATURES
    return row


def _sheet(ledger: str, rows: list[Row]) -> Sheet:
    columns = list(COLUMNS[ledger])
    head: list[Value] = ["序号"] if ledger in _OWN else []
    head += [COLUMNS[ledger][column][0] for column in columns]
    body: list[list[Value]] = []
    for number, row in enumerate(rows, start=1):
        cells = [as_cell(column, row.get(column)) for column in columns]
        body.append([number, *cells] if ledger in _OWN else cells)
    if ledger not in _OWN:
        return Sheet(FILES[ledger], [head, *body])
    top: list[list[Value]] = [
        [f"{COUNTY}2022年{FILES[ledger]}"],
        [f"填报单位：{OFFICE}    填报日期：2022年12月30日    单位：元、天"],
    ]
    if ledger in _TOTALLED:
        total: list[Value] = ["合计", *[None] * len(columns)]
        total[columns.index("amount") + 1] = total_of(rows, "amount")
        body.append(total)
    body += [[], signature_row(len(head))]
    return Sheet(FILES[ledger], [*top, head, *body], title_rows=2, header=(2, 3))


def write_tidy(county: County, folder: Path) -> Places:
    """Writes every ledger of `county` and its evidence into `folder`; gives where each row stands."""
    write_evidence(county, folder)
    places: Places = {}
    for ledger in FILES:
        file = f"{COUNTY}{FILES[ledger]}.xlsx"
        sheet = _sheet(ledger, county.ledgers[ledger])
        write_xlsx(folder / file, [sheet])
        for number, row in enumerate(county.ledgers[ledger], start=sheet.header[1] + 1):
            places[id(row)] = (file, sheet.name, number)
    return places
