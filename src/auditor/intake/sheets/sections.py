"""Lines that head a group of rows (一、清溪镇; 清星村（12户）), and what they say of the rows below."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from auditor.errors import Argument, Gravity, Problem, Where, column_letter
from auditor.intake.raw import RawColumn, RawSheet
from auditor.intake.reading import Band, BandArray, ContextValue, MappedColumn, Taken, TotalRow
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
_PLACES = frozenset({"township", "village"})
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

    @property
    def name(self) -> str:
        """Whom or what the line names: without its number, its label, and how many they are."""
        text = self._unnumbered
        label = _LABEL.match(text)
        return _PEOPLE.sub("", label[2].strip() if label else text)

    @property
    def _unnumbered(self) -> str:
        return _HEADCOUNT.sub("", _NUMBER.sub("", self.text)).strip().rstrip(":：").strip()

    def says(self, year: int | None, own: str | None = None) -> dict[str, str]:
        """What the line says of its rows: ledger column → text.

        Args:
            year: the year of months without one.
            own: the column of the table whose cells in the rows below are the line's name, which then says no more.
        """
        text = self.name
        if own is not None:
            return {own: text} if own in _ORDER else {}
        label = _LABEL.match(self._unnumbered)
        named = _LABELS.get(label[1].strip()) if label else None
        workshop = workshop_of(text)
        employer = text if _OFFICE.search(text) else None
        # 兴隆镇人民政府 is an employer; where those whom it employs live is not said.
        place = named in _PLACES or not (employer or workshop or named)
        said = {
            "month": month_of(text, year),
            "township": township_of(text) if place else None,
            "village": village_of(text) if place else None,
            "workshop": workshop,
            "employer": employer,
        }
        if named is not None:
            said[named] = said[named] or text
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
    # 一、大田村 and 二、新桥社区 count on; 1、王小村 may be the first of the persons.
    styles = Counter(Section(row, *lines[row]).style.strip("(") for row in rows if _PLACE.search(lines[row][1]))
    stops = np.flatnonzero(~np.isin(bands, _UNDER))
    kept = []
    for row in rows:
        index, text = lines[row]
        at = int(np.searchsorted(stops, row))
        heads = at < len(stops) and bands[stops[at]] == Band.READ
        counted = Section(row, index, text).style.endswith("一") and styles["一"] >= _ALIKE
        alike = (endings[text[-1]] >= _ALIKE or counted) and _PLACE.search(text)
        if heads and row in doubtful and _repeats(raw, table, int(stops[at]), Section(row, index, text)):
            kept.append(Section(row, index, text))
        elif row in doubtful and row not in across and not alike:
            bands[row] = Band.READ
        elif heads:
            kept.append(Section(row, index, text))
        else:
            bands[row] = Band.READ if row in doubtful and index in table.columns else Band.NOTE
    return tuple(kept)


def _repeats(raw: RawSheet, table: Table, below: int, section: Section) -> bool:
    """Whether the row below the line says the line's name in another column: it is that of no person."""
    cells = (raw.columns[index].text[below].as_py() for index in table.columns if index != section.index)
    return any(cell is not None and cell.strip() == section.name for cell in cells)


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
    read = np.flatnonzero(bands == Band.READ)
    own = _own_columns(raw, mapped, read, sections)
    said = [section.says(year, column) for section, column in zip(sections, own, strict=True)]
    columns = list(mapped)
    notes = []
    held = {one.column: number for number, one in enumerate(columns)}
    for name in _ORDER:
        first = next((number for number, one in enumerate(said) if name in one), None)
        if first is None or name not in ledger.columns or not len(read):
            continue
        spans = list(_spans(name, sections, said, totals, raw.row_count, context.get(name)))
        head = sections[first]
        made = MappedColumn(name, head.index, column_letter(raw.first_column + head.index), head.text, 1.0)
        rows = read
        if name in held:
            made = columns[held[name]]
            rows = _blanks_of(made, raw, read, [section.row for section in sections])
        done, filled = _carried(made, raw, rows, spans, sections, blank=name not in held)
        if name not in held:
            columns.append(done)
        elif filled:
            columns[held[name]] = done
        else:
            continue
        where = Where(file, raw.name, raw.first_row + head.row)
        args: dict[str, Argument] = {"header": ledger.columns[name].header, "rows": filled}
        notes.append(Problem("section-carried", where, args, Gravity.NOTE))
    return tuple(columns), tuple(notes)


def _own_columns(
    raw: RawSheet, mapped: Sequence[MappedColumn], read: npt.NDArray[np.intp], sections: Sequence[Section]
) -> list[str | None]:
    """For each line the column that says the same in the rows below it (一、兴隆镇 over rows of the area 兴隆镇).

    It does so below all lines of its style, save where it is blank.
    """
    bounds = [*(section.row for section in sections), raw.row_count]
    own: dict[str, str] = {}
    for one in mapped:
        text = (one.cells or raw.columns[one.index]).text
        same: dict[str, bool] = {}
        for section, (first, last) in zip(sections, itertools.pairwise(bounds), strict=True):
            group = pa.array(read[np.searchsorted(read, first) : np.searchsorted(read, last)])
            found = {(cell or "").strip() for cell in pc.unique(text.take(group)).to_pylist()} - {""}
            if found:
                same[section.style] = same.get(section.style, True) and found == {section.name}
        for style in (style for style, equal in same.items() if equal):
            own.setdefault(style, one.column)
    return [own.get(section.style) for section in sections]


@dataclass(frozen=True, slots=True)
class _Span:
    """The grid rows [first, last) with what a line (its number among the sections), or a title (None), says of them."""

    first: int
    last: int
    text: str | None
    section: int | None


def _carried(
    made: MappedColumn,
    raw: RawSheet,
    rows: npt.NDArray[np.intp],
    spans: Sequence[_Span],
    sections: Sequence[Section],
    *,
    blank: bool,
) -> tuple[MappedColumn, int]:
    """The column with what is said of `rows`, and of how many; `blank` where it is none of the sheet's."""
    cells = made.cells or raw.columns[made.index]
    texts: list[str | None] = [None] * raw.row_count if blank else cells.text.to_pylist()
    stood: list[str | None] = [None] * raw.row_count if blank else (made.stood or cells.text).to_pylist()
    kinds = np.full(raw.row_count, CellKind.BLANK, dtype=np.uint8) if blank else np.array(cells.kind)
    taken: list[Taken] = []
    count = 0
    for span in spans:
        within = rows[np.searchsorted(rows, span.first) : np.searchsorted(rows, span.last)]
        if span.text is None or not len(within):
            continue
        line = None if span.section is None else sections[span.section]
        for row in within.tolist():
            texts[row], kinds[row] = span.text, CellKind.TEXT
            stood[row] = span.text if line is None else line.text
        count += len(within)
        first, last = raw.first_row + span.first, raw.first_row + span.last
        at = (None, None) if line is None else (raw.first_row + line.row, column_letter(raw.first_column + line.index))
        taken.append(Taken(first, last, *at))
    done = replace(
        made,
        cells=RawColumn(pa.array(texts, pa.string()), kinds),
        stood=pa.array(stood, pa.string()),
        made=made.made or "made-section",
        taken=tuple(taken),
    )
    return done, count


def _spans(
    name: str,
    sections: Sequence[Section],
    said: Sequence[Mapping[str, str]],
    totals: Sequence[TotalRow],
    rows: int,
    before: ContextValue | None,
) -> Iterator[_Span]:
    """The value of column `name` from each line, or group's end, to the next."""
    value, since = (before.text if before is not None else None), 0
    by: int | None = None  # the line that said the value
    rank = _ORDER.index(name)
    ends = {total.position for total in totals if _ends_group(total.label)}
    events = sorted([(section.row, number) for number, section in enumerate(sections)] + [(row, -1) for row in ends])
    latest = -1
    for row, number in events:
        yield _Span(since, row, value, by)
        since = row
        if number < 0:
            if latest >= 0 and name in said[latest]:
                value, by = None, None
        elif name in said[number]:
            value, by = said[number][name], number
        elif by is not None and _closes(said[number], rank, sections[number].style, sections[by].style):
            value, by = None, None
        latest = number if number >= 0 else latest
    yield _Span(since, rows, value, by)


def _closes(said: Mapping[str, str], rank: int, style: str, of: str) -> bool:
    """Whether a line that does not name the column ends what an earlier line said of it."""
    if not said:
        return style == of
    return min(_ORDER.index(column) for column in said) < rank or style == of


def _ends_group(label: str) -> bool:
    return "计" in label and not re.search(r"本页|累|页$", label)


def _blanks_of(
    made: MappedColumn, raw: RawSheet, read: npt.NDArray[np.intp], starts: Sequence[int]
) -> npt.NDArray[np.intp]:
    """The rows of the groups under the lines at `starts` in which the table's own column is blank throughout."""
    own = (made.cells or raw.columns[made.index]).text
    kept = [read[:0]]
    for first, last in itertools.pairwise([*starts, raw.row_count]):
        group = read[np.searchsorted(read, first) : np.searchsorted(read, last)]
        if all(not (own[row].as_py() or "").strip() for row in group.tolist()):
            kept.append(group)
    return np.concatenate(kept)
