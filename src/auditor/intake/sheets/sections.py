"""Lines that head a group of rows (一、清溪镇; 清星村（12户）), and what they say of the rows below."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from auditor.errors import Argument, Gravity, Problem, Where, column_letter
from auditor.intake.raw import RawColumn, RawSheet
from auditor.intake.reading import Band, BandArray, ContextValue, MappedColumn, TotalRow
from auditor.intake.sheets.months import month_of
from auditor.intake.sheets.places import township_of, village_of, workshop_of
from auditor.ledgers import Ledger
from auditor.values import CellKind

if TYPE_CHECKING:
    from auditor.intake.sheets.row_bands import Table

_ACROSS = 2  # columns that a merged line reaches beyond its first
_ALIKE = 2  # lines of one ending make each other sure
_UNDER = (Band.BLANK, Band.NOTE, Band.TITLE, Band.HEADER, Band.SECTION, Band.TOTAL)
_NUMBER = re.compile(
    r"^\s*(?:[（(](?P<bracketed>[一二三四五六七八九十\d]+)[)）]"
    r"|(?P<plain>[一二三四五六七八九十]+|\d{1,2})(?=[、.．]))[、.．]?\s*"
)
_HEADCOUNT = re.compile(r"\s*(?:[（(]\s*共?\d+\s*[人户名个]\s*[)）]|共?\d+[人户名个])\s*$")
_PEOPLE = re.compile(r"(?:公益性?岗位)?(?:人员|职工|员工|工人|名单|花名册)$")
_PLACE = re.compile(r"(?:镇|乡|街道|村|社区|车间|公司|合作社|厂|局|所|中心)$")
_LABEL = re.compile(r"^\s*([^:：]{1,10})\s*[:：]\s*(.+)$", re.DOTALL)
_OFFICE = re.compile(
    r"(?:公司|局|中心|学校|小学|中学|医院|卫生院|站|所|政府"
    r"|委员会|村委会|居委会|办事处|合作社|厂|企业|超市|农场)$"
)
_LABELS: Mapping[str, str] = {
    "乡镇": "township", "街道": "township", "乡镇街道": "township", "镇": "township", "所属乡镇": "township",
    "村": "village", "行政村": "village", "村（社区）": "village", "村居": "village", "所在村": "village",
    "车间": "workshop", "车间名称": "workshop", "帮扶车间": "workshop",
    "用人单位": "employer", "单位名称": "employer", "企业名称": "employer",
}  # fmt: skip
_ORDER = ("month", "township", "village", "workshop", "employer")


@dataclass(frozen=True, slots=True)
class Section:
    """A line that heads the rows below it: its grid row and column, and its text."""

    row: int
    index: int
    text: str

    @property
    def style(self) -> str:
        """How the line is numbered: lines of one style stand beside each other."""
        match = _NUMBER.match(self.text)
        if match is None:
            return ""
        number = match["bracketed"] or match["plain"]
        return ("(" if match["bracketed"] else "") + ("1" if number.isdigit() else "一")

    def says(self, year: int | None) -> dict[str, str]:
        """What the line says of its rows: ledger column → text."""
        text = _HEADCOUNT.sub("", _NUMBER.sub("", self.text)).strip().rstrip(":：").strip()
        label = _LABEL.match(text)
        text = _PEOPLE.sub("", label[2].strip() if label else text)
        said = {
            "month": month_of(text, year),
            "township": township_of(text),
            "village": village_of(text),
            "workshop": workshop_of(text),
            "employer": text if _OFFICE.search(text) else None,
        }
        if label and (column := _LABELS.get(label[1].strip())):
            said[column] = said[column] or text
        return {column: value for column, value in said.items() if value}


def settle(
    bands: BandArray, lines: Mapping[int, tuple[int, str]], doubtful: set[int], raw: RawSheet, table: Table
) -> tuple[Section, ...]:
    """Keep the lines that do head rows; the others are notes, or rows after all where they may name a person.

    Args:
        bands: what each row is; changed where a line is no section.
        lines: the lines taken for sections, by grid row: grid column and text.
        doubtful: those that stand in the column of names.
        raw: the sheet.
        table: the table.
    """
    rows = [row for row in sorted(lines) if bands[row] == Band.SECTION]
    if not rows:
        return ()
    across = {first - raw.first_row for first, left, _, right in raw.merges if right - left >= _ACROSS}
    endings = Counter(lines[row][1][-1] for row in rows)
    stops = np.flatnonzero(~np.isin(bands, _UNDER))
    kept = []
    for row in rows:
        index, text = lines[row]
        at = int(np.searchsorted(stops, row))
        heads = at < len(stops) and bands[stops[at]] == Band.READ
        alike = endings[text[-1]] >= _ALIKE and _PLACE.search(text)
        if row in doubtful and row not in across and not alike:
            bands[row] = Band.READ
        elif heads:
            kept.append(Section(row, index, text))
        else:
            bands[row] = Band.READ if row in doubtful and index in table.columns else Band.NOTE
    return tuple(kept)


def carry_sections(
    raw: RawSheet,
    file: str,
    ledger: Ledger,
    mapped: Sequence[MappedColumn],
    context: Mapping[str, ContextValue],
    year: int | None,
    bands: BandArray,
    sections: Sequence[Section],
    totals: Sequence[TotalRow],
) -> tuple[tuple[MappedColumn, ...], tuple[Problem, ...]]:
    """Give the rows below each section line what it says, where the table has no such column or a blank one.

    Args:
        raw: the sheet.
        file: its path, for the notes.
        ledger: what the table is.
        mapped: its columns.
        context: what stands once for all rows, for the rows above the first line.
        year: the year of months without one.
        bands: what each row is.
        sections: the lines that head rows.
        totals: the total rows; the sub-total of a group ends it.

    Returns:
        The columns with those made of section lines, and a note for each of these.
    """
    said = [section.says(year) for section in sections]
    columns = list(mapped)
    notes = []
    held = {one.column: number for number, one in enumerate(columns)}
    read = np.flatnonzero(bands == Band.READ)
    for name in _ORDER:
        first = next((number for number, one in enumerate(said) if name in one), None)
        if first is None or name not in ledger.columns or not len(read):
            continue
        texts = _texts(name, sections, said, totals, raw.row_count, context.get(name))
        head = sections[first]
        made = MappedColumn(name, head.index, column_letter(raw.first_column + head.index), head.text, 1.0)
        if name in held:
            made = columns[held[name]]
            texts = _blanks_of(made, raw, read, texts, [section.row for section in sections])
        filled = [int(row) for row in read if texts[row] is not None]
        cells = made.cells or raw.columns[made.index]
        if name in held:
            if not filled:
                continue
            merged, kinds = cells.text.to_pylist(), np.array(cells.kind)
            for row in filled:
                merged[row], kinds[row] = texts[row], CellKind.TEXT
        else:
            merged = texts
            kinds = np.array([CellKind.BLANK if text is None else CellKind.TEXT for text in texts], dtype=np.uint8)
        stood = made.stood or (None if name in held else pa.nulls(raw.row_count, pa.string()))
        done = replace(
            made, cells=RawColumn(pa.array(merged, pa.string()), kinds), stood=stood, made=made.made or "made-section"
        )
        if name in held:
            columns[held[name]] = done
        else:
            columns.append(done)
        where = Where(file, raw.name, raw.first_row + head.row)
        args: dict[str, Argument] = {"header": ledger.columns[name].header, "rows": len(filled)}
        notes.append(Problem("section-carried", where, args, Gravity.NOTE))
    return tuple(columns), tuple(notes)


def _texts(
    name: str,
    sections: Sequence[Section],
    said: Sequence[Mapping[str, str]],
    totals: Sequence[TotalRow],
    rows: int,
    before: ContextValue | None,
) -> list[str | None]:
    """The value of column `name` in each grid row."""
    texts: list[str | None] = [None] * rows
    value, since = (before.text if before is not None else None), 0
    style: str | None = None  # of the line that said the value
    rank = _ORDER.index(name)
    ends = {total.position for total in totals if _ends_group(total.label)}
    events = sorted([(section.row, number) for number, section in enumerate(sections)] + [(row, -1) for row in ends])
    latest = -1
    for row, number in events:
        texts[since:row] = [value] * (row - since)
        since = row
        if number < 0:
            if latest >= 0 and name in said[latest]:
                value, style = None, None
        elif name in said[number]:
            value, style = said[number][name], sections[number].style
        elif style is not None and _closes(said[number], rank, sections[number].style, style):
            value, style = None, None
        latest = number if number >= 0 else latest
    texts[since:] = [value] * (rows - since)
    return texts


def _closes(said: Mapping[str, str], rank: int, style: str, of: str) -> bool:
    """Whether a line that does not name the column ends what an earlier line said of it."""
    if not said:
        return style == of
    return min(_ORDER.index(column) for column in said) < rank or style == of


def _ends_group(label: str) -> bool:
    return "计" in label and not re.search(r"本页|累|页$", label)


def _blanks_of(
    made: MappedColumn, raw: RawSheet, read: npt.NDArray[np.intp], texts: Sequence[str | None], rows: Sequence[int]
) -> list[str | None]:
    """The texts for groups of rows in which the table's own column is blank throughout; None elsewhere."""
    own = (made.cells or raw.columns[made.index]).text
    kept: list[str | None] = [None] * raw.row_count
    bounds = [*rows, raw.row_count]
    for first, last in itertools.pairwise(bounds):
        group = read[np.searchsorted(read, first) : np.searchsorted(read, last)].tolist()
        if all(not (own[row].as_py() or "").strip() for row in group):
            for row in group:
                kept[row] = texts[row]
    return kept
