"""Where another table of the same sheet begins: with the lines that stand right above its header."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from auditor.intake.reading import Band, BandArray
from auditor.intake.sheets.grid import Grid, Mask

_MOST_LINES = 15
_TITLE_CELLS = 4
_LINE_CELLS = 2
_SURELY_NO_NAME = 7  # characters
_IDENTITY = 15  # digits of one cell, whatever stands between them
_LONGEST_NAME = 4  # characters; a cell as short may be a person's name
_SIGNED = re.compile(
    r"(?:填表|制表|审核|复核|审批|核对|经办|经手|考勤|统计|记录|登记|负责|会计|出纳|领导|校对)[人员]?"
    r"(?:[（(](?:签[字名章]|盖章)[)）])?\s*[:：]|签字|签名|签章|盖章|公章|联系电话"
)
_NOTE = re.compile(r"^\s*[*※★]?\s*(?:备\s*注|注意|注|附注|说\s*明|填表说明|填报说明|提示)\s*\d*\s*[:：、.．]|[。；]")
_DATE = re.compile(r"^\s*(?:[12]\d{3}\s*年)?\s*\d{0,2}\s*月\s*\d{0,2}\s*日\s*$|^[12]\d{3}[-/.]\d{1,2}[-/.]\d{1,2}$")
_TITLE = re.compile(
    r"[表册]|台账|名单|明细|清单|信息库?$|记录$|任务$|附件|[:：]|20\d{2}|月份?$|第.{1,3}[页批期]|部分|单位|(?:镇|乡|街道|村|社区|车间|公司|合作社)$"
)
_PLACE = re.compile(r"(?:镇|乡|街道|村|社区|车间|公司|合作社)$")
_DIGITS = re.compile(r"^[\d.,，]+$")


def _is_line(band: int, cells: Sequence[str], *, titled: bool) -> bool:
    """Whether a row above a header is a line of the header's own title; `titled`: a title stands below it already."""
    if band in {Band.TOTAL, Band.HEADER}:
        return False
    if any(_NOTE.search(cell) for cell in cells) or any(_SIGNED.search(cell) for cell in cells):
        return False
    if len(cells) > _TITLE_CELLS or any(_DIGITS.match(cell) for cell in cells):
        return False
    if any(sum(sign.isdigit() for sign in cell) >= _IDENTITY for cell in cells):
        return False  # a person's row, however the number is typed
    if all(_DATE.match(cell) for cell in cells):
        return not titled
    if band == Band.READ and all(len(cell) <= _LONGEST_NAME and not _PLACE.search(cell) for cell in cells):
        return False  # a row that holds a name only
    alone = len(cells) == 1 and len(cells[0]) >= _SURELY_NO_NAME and "·" not in cells[0]
    return alone or any(_TITLE.search(cell) for cell in cells)


def only_titles(grid: Grid, header: int, bands: BandArray) -> bool:
    """Whether right above a repeated header stand lines of the table's own title, word for word, and nothing else."""
    row = header - 1
    while row > 0 and bands[row] in {Band.TITLE, Band.BLANK}:
        row -= 1
    rows = bands[row] == Band.READ and grid.counts[row] > _LINE_CELLS
    return row < header - 1 and bool(rows or bands[row] in {Band.TOTAL, Band.SIGNATURE})


def may_begin(grid: Grid, row: int, bands: BandArray) -> bool:
    """Whether the row above leaves open that a table begins at grid row `row`."""
    above = row - 1
    return bool(grid.counts[above] <= _LINE_CELLS or bands[above] != Band.READ)


def title_lines(grid: Grid, header: int, floor: int, bands: BandArray, keyed: Mask) -> int:
    """The first of the title, unit and date lines right above the header at grid row `header`.

    Args:
        grid: the sheet.
        header: the header's first row.
        floor: the row above which nothing is looked at.
        bands: what the rows above were taken for.
        keyed: rows that carry an identity number.
    """
    start, titled = header, False
    for row in range(header - 1, max(floor, header - _MOST_LINES) - 1, -1):
        if grid.counts[row] == 0:
            continue
        cells = [cell for cell in grid.row(row) if cell]
        if not keyed[row] and not titled and len(cells) == 1 and _NOTE.search(cells[0]):
            continue  # a note between title and header; without a title above it, it is the upper table's
        if keyed[row] or not _is_line(int(bands[row]), cells, titled=titled):
            break
        start = row
        titled |= any(re.search(r"[表册]|台账|名单|明细", cell) is not None for cell in cells)
    return start


def whole_new_header(
    grid: Grid, row: int, until: int, floor: int, bands: BandArray, keyed: Mask, *, surely: bool
) -> bool:
    """Whether a row of words is the header of a table that no ledger knows, rather than a row of this table.

    It stands apart from the rows above it, has rows with numbers right below it, and none of this table's people are
    named further down, until the next header at grid row `until`. Without a title of its own, it must hold words in
    several places where this table has numbers (`surely`).
    """
    above = title_lines(grid, row, floor, bands, keyed)
    before = above - 1
    while before > floor and grid.counts[before] == 0:
        before -= 1
    after_end = int(bands[before]) in {Band.TOTAL, Band.SIGNATURE}
    apart = above < row or ((after_end or grid.counts[row - 1] == 0) and surely)
    below = row + 1
    if not apart or below >= len(bands) or grid.counts[below] < 2:  # noqa: PLR2004
        return False
    digits = any(any(sign.isdigit() for sign in cell) for cell in grid.row(below))
    return digits and not bool(np.any(keyed[below:until] & (grid.counts[below:until] > 0)))
