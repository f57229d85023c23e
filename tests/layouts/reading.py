"""Pages read as the product reads them, many at once, and judged."""

from __future__ import annotations

from collections.abc import Sequence

from tests.layouts.judging import Verdict, judge, table_rows
from tests.layouts.page import Page

from auditor.intake import SheetReading, SourceFile
from auditor.intake.sheets.recognise import read_sheet
from auditor.ledgers import Catalogue
from auditor.tables import DuckEngine, build_tables


def judge_readings(
    pages: Sequence[Page], readings: Sequence[Sequence[SheetReading]], catalogue: Catalogue
) -> list[Verdict]:
    """The verdict on each page, from the readings of its sheet."""
    with DuckEngine(threads=1) as engine:
        tables = build_tables([one for sheet in readings for one in sheet], catalogue, engine)
        rows = table_rows(tables)
    return [judge(page, sheet, rows) for page, sheet in zip(pages, readings, strict=True)]


def read_pages(pages: Sequence[Page], catalogue: Catalogue) -> list[Verdict]:
    """Read the pages from memory."""
    readings = [read_sheet(SourceFile(page.file, 1, "0" * 64, "workbook"), page.raw(), catalogue) for page in pages]
    return judge_readings(pages, readings, catalogue)
