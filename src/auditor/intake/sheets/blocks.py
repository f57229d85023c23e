"""Where another table of the same sheet begins: with the lines that stand right above its header."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa

from auditor.intake.reading import Band, BandArray
from auditor.intake.sheets.grid import Grid, Mask
from auditor.intake.sheets.headers import HeaderIndex
from auditor.intake.sheets.kinds import decide, judge
from auditor.intake.sheets.labels import is_total
from auditor.intake.sheets.levels import Levels, header_around, is_heading
from auditor.intake.sheets.row_bands import FEWEST_HEADERS, REPEATED_SHARE
from auditor.intake.sheets.spread import spread_cells

_MOST_LINES = 15
_TITLE_CELLS = 4
_FEW_HEADERS = 2  # accepted headers are enough beside months or days
_FEWEST_MONTHS = 2
_BESIDE_MONTHS = 1 / 3  # of the other headers
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
_SAID = re.compile(r"^[^:：]{1,20}[:：]")
_SURE_TITLE = re.compile(
    r"[表册]$|台账|名单$|清单$|附件|^[^\d:：]{1,20}[:：]|第.{1,3}[页批期]|20\d\d年(?:\d{1,2}月)?[^\d日]{4,}"
    r"|^(?:填报|报送|编制|用人)?单位(?:名称)?$|^(?:年月|日期|乡镇|街道|镇街|村|社区|车间|车间名称)$"
)
_PLACE = re.compile(r"(?:镇|乡|街道|村|社区|车间|公司|合作社)$")
_DIGITS = re.compile(r"^[\d.,，]+$")


def _is_line(band: int, cells: Sequence[str], *, titled: bool) -> bool:
    """Whether a row above a header is a line of the header's own title; `titled`: a title stands below it already."""
    if band in {Band.TOTAL, Band.HEADER} or any(is_total(cell) for cell in cells):
        return False
    if any(_NOTE.search(cell) for cell in cells) or any(_SIGNED.search(cell) for cell in cells):
        return False
    said = all(_SAID.search(cell) for cell in cells)
    if (len(cells) > _TITLE_CELLS and not said) or any(_DIGITS.match(cell) for cell in cells):
        return False
    if any(sum(sign.isdigit() for sign in cell) >= _IDENTITY for cell in cells):
        return False  # a person's row, however the number is typed
    if all(_DATE.match(cell) for cell in cells):
        return not titled
    if band == Band.READ and all(len(cell) <= _LONGEST_NAME and not _PLACE.search(cell) for cell in cells):
        return False  # a row that holds a name only
    if band == Band.READ and len(cells) > 1 and not any(_SURE_TITLE.search(cell) for cell in cells):
        return False  # 诚信人力资源公司 | 是 | 2022-01-13 is a row of a table
    alone = len(cells) == 1 and len(cells[0]) >= _SURELY_NO_NAME and "·" not in cells[0]
    return alone or any(_TITLE.search(cell) for cell in cells)


def only_titles(grid: Grid, header: int, bands: BandArray) -> bool:
    """Whether right above a repeated header stand lines of the table's own title, word for word, and nothing else."""
    row = header - 1
    while row > 0 and bands[row] in {Band.TITLE, Band.BLANK}:
        row -= 1
    titled = bool(np.any(bands[row + 1 : header] == Band.TITLE))
    rows = bands[row] == Band.READ and grid.counts[row] > _LINE_CELLS
    return titled and bool(rows or bands[row] in {Band.TOTAL, Band.SIGNATURE})


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
        if row == header - 1 and len(cells) == 1 and is_heading(cells[0]):
            start = row  # a level over all columns
            continue
        if keyed[row] or not _is_line(int(bands[row]), cells, titled=titled):
            break
        start = row
        titled |= any(re.search(r"[表册]|台账|名单|明细", cell) is not None for cell in cells)
    return _without_date_above(grid, start, header, floor)


def _without_date_above(grid: Grid, start: int, header: int, floor: int) -> int:
    """A date uppermost is the upper table's where it is under its signatures or apart from the header."""
    if start == header or start <= floor or grid.counts[start - 1] == 0:
        return start
    signed = any(_SIGNED.search(cell) for cell in grid.row(start - 1))
    if not signed and bool(np.all(grid.counts[start:header] > 0)):
        return start
    below = start
    while below < header and (grid.counts[below] == 0 or all(_DATE.match(cell) for cell in grid.row(below) if cell)):
        below += 1
    return below


def header_top(grid: Grid, row: int, floor: int, known: Callable[[str], bool]) -> int:
    """The first row of the header that the grid row `row` belongs to."""
    return header_around(grid, row, floor, known).first


def is_header(levels: Levels, index: HeaderIndex) -> bool:
    """Whether the levels are a header of some ledger, though their single rows hold few accepted headers."""
    filled = [(leaf, levels.above.get(i, ())) for i, leaf in enumerate(levels.leaves) if leaf]
    known = sum(1 for leaf, above in filled if index.known(leaf, above) or (not above and index.heads(leaf)))
    spread = int(np.count_nonzero(spread_cells(pa.array([leaf for leaf, _ in filled], pa.string()))))
    others = len(filled) - spread
    if known >= _FEW_HEADERS and spread >= _FEWEST_MONTHS and known >= _BESIDE_MONTHS * others:
        return True
    if known >= FEWEST_HEADERS and known >= REPEATED_SHARE * others:
        return True
    return known == len(filled) and decide(judge(levels.leaves, {}, index, above=levels.above)) is not None


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
