"""How a reading process hands over what it read: JSON for the small things, Arrow IPC streams for the cells.

The process that reads a hostile file is not trusted: what it sends is data of known shape, checked on arrival, never
code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from auditor.errors import Gravity, Problem, Where
from auditor.intake.raw import RawColumn, RawSheet

Json = dict[str, Any]
_KINDS = 6
_PICTURE = re.compile(r"[0-9a-f]{16}")


class WireError(Exception):
    """What arrived is not what a reading process sends."""


def pack(sheets: Sequence[RawSheet]) -> tuple[Json, list[pa.Buffer]]:
    """The header and the bodies of the sheets."""
    headers: list[Json] = []
    bodies: list[pa.Buffer] = []
    for sheet in sheets:
        body = _body(sheet) if sheet.columns else pa.py_buffer(b"")
        headers.append(
            {
                "name": sheet.name,
                "first_row": sheet.first_row,
                "first_column": sheet.first_column,
                "row_count": sheet.row_count,
                "columns": len(sheet.columns),
                "hidden": sheet.hidden,
                "hidden_rows": _ranges(sheet.hidden_rows),
                "hidden_columns": _ranges(sheet.hidden_columns),
                "merges": sheet.merges,
                "formulas": sheet.formulas_without_value,
                "very_hidden": sheet.very_hidden,
                "formula_count": sheet.formula_count,
                "date_1904": sheet.date_1904,
                "bytes": body.size,
            }
        )
        bodies.append(body)
    return {"sheets": headers}, bodies


def unpack(header: Json, body: bytearray) -> tuple[RawSheet, ...]:
    """The sheets again.

    Raises:
        WireError: the header or a body is not of the agreed shape.
    """
    sheets = []
    start = 0
    try:
        for of in header["sheets"]:
            end = start + int(of["bytes"])
            sheets.append(_sheet(of, memoryview(body)[start:end]))
            start = end
    except (KeyError, TypeError, ValueError, pa.ArrowException, OSError) as error:
        raise WireError(type(error).__name__) from error
    return tuple(sheets)


def pack_problems(problems: Iterable[Problem]) -> list[Json]:
    """Problems as JSON."""
    return [
        {
            "code": p.code,
            "file": p.where.file,
            "cell": [p.where.sheet, p.where.row, p.where.column] if isinstance(p.where, Where) else [None] * 3,
            "args": dict(p.args),
            "gravity": p.gravity.value,
        }
        for p in problems
    ]


def unpack_problems(header: Json, key: str = "problems") -> tuple[Problem, ...]:
    """Problems again.

    Raises:
        WireError: they are not of the agreed shape.
    """
    try:
        return tuple(_problem(of) for of in header[key])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WireError(type(error).__name__) from error


def unpack_picture(header: Json) -> str:
    """The perceptual hash of a photo.

    Raises:
        WireError: it is none.
    """
    picture = header.get("picture")
    if not isinstance(picture, str) or not _PICTURE.fullmatch(picture):
        raise WireError("picture")
    return picture


def dumps(header: Json) -> bytes:
    """JSON in ASCII, so that names which are no Unicode survive."""
    return json.dumps(header).encode("ascii")


def loads(data: bytes) -> Json:
    """A JSON object.

    Raises:
        WireError: it is none.
    """
    try:
        header = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise WireError(type(error).__name__) from error
    if not isinstance(header, dict):
        raise WireError("object")
    return header


def _problem(of: Json) -> Problem:
    sheet, row, column = of["cell"]
    where = Where(
        str(of["file"]),
        None if sheet is None else str(sheet),
        None if row is None else int(row),
        None if column is None else str(column),
    )
    return Problem(str(of["code"]), where, _arguments(of["args"]), Gravity(of["gravity"]))


def _arguments(args: Json) -> dict[str, str | int | float]:
    return {str(key): value if isinstance(value, (int, float)) else str(value) for key, value in args.items()}


def _body(sheet: RawSheet) -> pa.Buffer:
    arrays = [column.text for column in sheet.columns] + [pa.array(column.kind) for column in sheet.columns]
    batch = pa.record_batch(arrays, names=[str(i) for i in range(len(arrays))])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return sink.getvalue()


def _sheet(of: Json, body: memoryview) -> RawSheet:
    count, rows = int(of["columns"]), int(of["row_count"])
    columns: tuple[RawColumn, ...] = ()
    if count:
        with pa.ipc.open_stream(pa.py_buffer(body)) as reader:
            batch = reader.read_next_batch()
        batch.validate(full=True)
        if batch.num_columns != 2 * count or batch.num_rows != rows:
            raise ValueError("shape")
        columns = tuple(_column(batch.column(j), batch.column(count + j)) for j in range(count))
    return RawSheet(
        name=None if of["name"] is None else str(of["name"]),
        first_row=int(of["first_row"]),
        first_column=int(of["first_column"]),
        columns=columns,
        row_count=rows,
        hidden=bool(of["hidden"]),
        hidden_rows=_members(of["hidden_rows"]),
        hidden_columns=_members(of["hidden_columns"]),
        merges=tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in of["merges"]),
        formulas_without_value=tuple((int(a), int(b)) for a, b in of["formulas"]),
        very_hidden=bool(of["very_hidden"]),
        formula_count=int(of["formula_count"]),
        date_1904=bool(of["date_1904"]),
    )


def _column(text: pa.Array, kind: pa.Array) -> RawColumn:
    if text.type != pa.string() or kind.type != pa.uint8() or kind.null_count:
        raise ValueError("type")
    kinds = kind.to_numpy(zero_copy_only=True)
    if len(kinds) and int(kinds.max()) >= _KINDS:
        raise ValueError("kind")
    return RawColumn(text, kinds)


def _ranges(numbers: frozenset[int]) -> list[tuple[int, int]]:
    if not numbers:
        return []
    ordered = np.array(sorted(numbers))
    breaks = np.flatnonzero(np.diff(ordered) != 1) + 1
    return [(int(run[0]), int(run[-1])) for run in np.split(ordered, breaks)]


def _members(ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
    numbers: set[int] = set()
    for first, last in ranges:
        if not 0 < first <= last <= 1 << 20:
            raise ValueError("range")
        numbers.update(range(int(first), int(last) + 1))
    return frozenset(numbers)
