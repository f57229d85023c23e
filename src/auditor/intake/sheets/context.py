"""Values that stand once for all rows of a sheet: in a line above the header, in the sheet's or in the file's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from auditor.errors import Problem, Where, column_letter
from auditor.errors.problem import Gravity
from auditor.intake.reading import ContextValue
from auditor.intake.sheets.grid import Grid
from auditor.intake.sheets.headers import HeaderIndex, bare, fold
from auditor.intake.sheets.kinds import CONTEXT_COLUMNS
from auditor.intake.sheets.months import month_of, year_of
from auditor.intake.sheets.places import code_of, township_of, village_of, workshop_id_of, workshop_of
from auditor.intake.sheets.titles import stem
from auditor.ledgers import Column, Ledger

_LABELLED = re.compile(r"^\s*([^:：]{1,16}?)\s*[:：]\s*(.*)$", re.DOTALL)
_NEXT_LABEL = re.compile(r"[\s;；|]+(?=[^\s:：]{1,12}[:：])|[\n\r\t]+|\s{3,}")
_OFFICE = frozenset(
    {"填报单位", "报送单位", "上报单位", "填报部门", "单位", "报送部门", "编制单位", "制表单位", "填表单位"}
)
_EXTRA_LABELS: Mapping[str, frozenset[str]] = {
    "month": frozenset(
        {
            "月份",
            "年月",
            "所属月份",
            "所属期",
            "考勤月份",
            "考勤时间",
            "发放月份",
            "补贴月份",
            "工资月份",
            "期间",
            "时间",
            "月度",
        }
    ),
    "township": frozenset({"乡镇", "镇街", "乡镇街道", "镇", "街道", "所属乡镇", "所在乡镇"}),
    "village": frozenset({"村", "村社区", "村居", "行政村", "所在村", "所属村", "社区"}),
    "workshop": frozenset({"车间", "车间名称", "帮扶车间", "帮扶车间名称", "就业帮扶车间", "就业帮扶车间名称"}),
    "workshop_id": frozenset({"车间编号", "车间编码", "车间代码", "编号"}),
    "party": frozenset({"台账方", "填报方", "数据来源", "来源"}),
}
_LONGEST_VALUE = 60
_PERSONNEL = ("人力资源", "社会保障")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of what stands around the rows.

    Attributes:
        text: the piece; without its label, where it has one.
        label: the words before the colon, or "".
        origin: `title`, `sheet` or `file`.
        where: the cell, the sheet or the file.
    """

    text: str
    label: str
    origin: str
    where: Where


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    for part in _NEXT_LABEL.split(text):
        match = _LABELLED.match(part)
        if match:
            yield bare(match[1]), match[2].strip()
        elif part.strip():
            yield "", part.strip()


def titles_of(file: str, grid: Grid, rows: range) -> tuple[tuple[str, Where], ...]:
    """The cells of the grid rows `rows` with their places."""
    raw = grid.raw
    cells = grid.texts(np.arange(rows.start, rows.stop, dtype=np.int64))
    return tuple(
        (cell, Where(file, raw.name, raw.first_row + position, column_letter(raw.first_column + column)))
        for position, row in zip(rows, cells, strict=True)
        for column, cell in enumerate(row)
        if cell
    )


def lines_of(titles: Sequence[tuple[str, Where]], sheet: str | None, file: str) -> tuple[Line, ...]:
    """Everything around the rows, nearest first: cells above the header, the sheet's name, the file's, its folders'."""
    found: list[Line] = []
    open_label, row = "", None
    for text, where in titles:
        if where.row != row:
            open_label, row = "", where.row
        for label, value in _pieces(text):
            if label and not value:  # 填报日期： in one cell and 2022-03 in the next
                open_label = label
            else:
                found.append(Line(value, label or open_label, "title", where))
                open_label = ""
    if sheet:
        found.append(Line(sheet.strip(), "", "sheet", Where(file, sheet)))
    found.append(Line(stem(file), "", "file", Where(file)))
    found.extend(Line(stem(folder), "", "file", Where(file)) for folder in reversed(file.split("/")[:-1]))
    return tuple(found)


def _year_hint(lines: Sequence[Line]) -> int | None:
    labels = _EXTRA_LABELS["month"] | {"年度", "年份"}
    for origin in ("title", "sheet", "file"):
        for line in lines:
            if line.origin == origin and (not line.label or line.label in labels):
                year = year_of(line.text)
                if year is not None:
                    return year
    return None


def _party(line: Line, column: Column) -> str | None:
    found = code_of(line.text, column)
    if found is None and line.label and all(word in line.text for word in _PERSONNEL):
        return next((code for code in column.codes if code == "人社"), None)
    return found


def _reader(column: Column, year: int | None) -> Callable[[Line], str | None]:
    """How a piece without a label is read for the column."""
    if column.name == "month":
        return lambda line: month_of(line.text, year)
    if column.name == "party":
        return lambda line: _party(line, column)
    by_name: dict[str, Callable[[str], str | None]] = {
        "township": township_of,
        "village": village_of,
        "workshop": workshop_of,
        "workshop_id": workshop_id_of,
    }
    read = by_name[column.name]
    return lambda line: read(line.text)


def _labelled(line: Line, column: Column, read: Callable[[Line], str | None]) -> str | None:
    """The value of a piece whose label is the column's: what the reader finds in it, or as it stands."""
    found = read(line)
    if found is not None or column.name == "month":
        return found
    return line.text if line.text and len(line.text) <= _LONGEST_VALUE and column.name != "party" else None


def _find(column: Column, labels: frozenset[str], lines: Sequence[Line], year: int | None) -> list[tuple[str, Line]]:
    read = _reader(column, year)
    said = [(value, line) for line in lines if line.label in labels and (value := _labelled(line, column, read))]
    found = said + [(value, line) for line in lines if not line.label and (value := read(line))]
    if not found and column.name in {"township", "party"}:
        found = [(value, line) for line in lines if line.label in _OFFICE and (value := read(line))]
    return found


def context_of(
    ledger: Ledger, absent: Sequence[str], lines: Sequence[Line], index: HeaderIndex
) -> tuple[dict[str, ContextValue], int | None, tuple[Problem, ...]]:
    """The values for the columns that the sheet lacks, the year that is spoken of, and what contradicts itself.

    Args:
        ledger: what the sheet is.
        absent: the ledger's columns that the sheet has not.
        lines: what stands around the rows (`lines_of`).
        index: the accepted headers, which are labels above the header too (乡镇：兴隆镇).
    """
    year = _year_hint(lines)
    values: dict[str, ContextValue] = {}
    problems: list[Problem] = []
    for name in CONTEXT_COLUMNS:
        if name not in absent or name not in ledger.columns:
            continue
        column = ledger.columns[name]
        accepted = index.accepted(ledger, name)
        labels = _EXTRA_LABELS[name] | {bare(header) for header in accepted} | {fold(header) for header in accepted}
        found = _find(column, labels - (_OFFICE if name == "township" else frozenset()), lines, year)
        if not found:
            continue
        text, line = found[0]
        values[name] = ContextValue(text, line.origin, line.where)
        other = next(((t, at) for t, at in found if t != text and at.origin != line.origin), None)
        if other is not None and name == "month":
            args = {"column": column.header, "text": text, "other": other[0], "place": str(other[1].where)}
            problems.append(Problem("context-contradicts", line.where, args, Gravity.WARNING))
    return values, year, tuple(problems)
