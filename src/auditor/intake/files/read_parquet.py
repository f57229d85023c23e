"""parquet as a sheet: the columns' names are row 1, the values stand below."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from auditor.errors import InputError
from auditor.intake.files.cell_text import cell_text
from auditor.intake.files.contents import Contents
from auditor.intake.files.limits import Limits
from auditor.intake.raw import KindArray, RawColumn, RawSheet
from auditor.values.model import CellKind


def read_parquet(path: Path, shown: str, limits: Limits) -> Contents:
    """Read a parquet file as one sheet without a name.

    Raises:
        InputError: damaged, or over a limit.
    """
    try:
        file = pq.ParquetFile(path)
        meta = file.metadata
        names = file.schema_arrow.names
        if len(names) > limits.columns:
            raise InputError.at("file-limit-columns", shown, sheet="", count=len(names), limit=limits.columns)
        if (meta.num_rows + 1) * len(names) > limits.cells:
            raise InputError.at(
                "file-limit-cells", shown, sheet="", count=(meta.num_rows + 1) * len(names), limit=limits.cells
            )
        inflated = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
        if inflated > limits.inflated_bytes:
            raise InputError.at("file-limit-inflated", shown, limit=limits.inflated_bytes >> 20)
        table = file.read(use_threads=False)
        table.validate(full=True)  # texts that are no UTF-8 pass until then
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError.at("file-damaged", shown, detail=type(error).__name__) from error
    columns = tuple(_column(name, table.column(j)) for j, name in enumerate(names))
    return Contents((RawSheet(name=None, first_row=1, first_column=1, columns=columns, row_count=table.num_rows + 1),))


def _column(name: str, values: pa.ChunkedArray) -> RawColumn:
    text, kind = _rendered(values)
    text = pa.concat_arrays([pa.array([name or None], pa.string()), *text.chunks])
    filled = text.is_valid().to_numpy(zero_copy_only=False)
    kinds: KindArray = np.where(filled, np.uint8(kind), np.uint8(CellKind.BLANK))
    kinds[0] = CellKind.TEXT if name else CellKind.BLANK
    return RawColumn(text, kinds)


def _rendered(values: pa.ChunkedArray) -> tuple[pa.ChunkedArray, CellKind]:
    kind = values.type
    if pa.types.is_dictionary(kind):
        return _rendered(values.cast(kind.value_type))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        text = values.cast(pa.string())
        return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text), CellKind.TEXT
    if pa.types.is_integer(kind):
        return values.cast(pa.string()), CellKind.NUMBER
    if pa.types.is_boolean(kind):
        return values.cast(pa.string()), CellKind.BOOLEAN
    if pa.types.is_date32(kind):
        return values.cast(pa.string()), CellKind.DATE
    return _one_by_one(values)


def _one_by_one(values: pa.ChunkedArray) -> tuple[pa.ChunkedArray, CellKind]:
    """Floats, decimals, moments and whatever is nested."""
    kind = CellKind.TEXT
    if pa.types.is_floating(values.type) or pa.types.is_decimal(values.type):
        kind = CellKind.NUMBER
    elif pa.types.is_temporal(values.type):
        kind = CellKind.DATE
        if pa.types.is_timestamp(values.type):  # Python has no nanoseconds
            values = values.cast(pa.timestamp("us", values.type.tz), safe=False)
    nested = pa.types.is_nested(values.type) or pa.types.is_binary(values.type)
    chunks = []
    for chunk in values.chunks:
        try:
            cells = chunk.to_pylist()
        except (OverflowError, ValueError):  # moments past Python's calendar, in words of pyarrow's
            cells = chunk.cast(pa.string()).to_pylist()
        if nested:
            texts = [None if cell is None else json.dumps(cell, ensure_ascii=False, default=str) for cell in cells]
        else:
            texts = [cell_text(cell)[0] for cell in cells]
        chunks.append(pa.array(texts, pa.string()))
    return pa.chunked_array(chunks, pa.string()), kind
