"""The limits under which uploads are read: what a ledger never needs and a hostile file would take."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits of reading, each a setting; going over one is a clear error that names it.

    Attributes:
        file_bytes: a workbook file.
        archive_bytes: an uploaded zip.
        inflated_bytes: all entries of a zip (an upload or an xlsx) together, unpacked.
        entry_bytes: one entry of a zip, unpacked.
        entries: entries in a zip.
        ratio: unpacked over packed size of an entry, past `ratio_from` bytes.
        columns, rows: of a sheet, up to the last cell that holds something.
        cells: cells in the box from row 1 to the last cell that holds something.
        merges: merged ranges of a sheet.
        cell_characters: text in one cell (a spreadsheet stops at 32,767).
        photo_pixels: of a photo, unpacked.
        child_memory: address space of the reading process.
        cpu_seconds, wall_seconds: for one file.
        result_bytes: what a reading process may hand back for one file.
    """

    file_bytes: int = 50 * _MB
    archive_bytes: int = 500 * _MB
    inflated_bytes: int = 1024 * _MB
    entry_bytes: int = 600 * _MB
    entries: int = 2_000
    ratio: int = 200
    ratio_from: int = _MB
    columns: int = 512
    rows: int = 1_048_576
    cells: int = 20_000_000
    merges: int = 5_000
    cell_characters: int = 1_000_000
    photo_pixels: int = 120_000_000
    child_memory: int = 1_536 * _MB
    cpu_seconds: int = 60
    wall_seconds: int = 90
    result_bytes: int = 1024 * _MB
