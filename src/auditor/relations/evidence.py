"""`evidence_reference` and `evidence_file`: the files that ledgers name as evidence, and those that were handed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pyarrow as pa

from auditor.intake.raw import SourceFile
from auditor.ledgers import ColumnType
from auditor.tables import LedgerTable, Tables
from auditor.values import FilePath, base_name, file_path, split_refs

FILE_NAME = "file_name"
"""In the evidence of a rule: the cell that names the file."""

_JOINT = ";"
_Held: TypeAlias = tuple[FilePath, SourceFile]
_FILE = pa.schema([(name, pa.string()) for name in ("path", "file_name", "content", "picture")])
_REFERENCE = pa.schema(
    [
        ("ledger", pa.string()),
        ("row_no", pa.int64()),
        ("column_name", pa.string()),
        ("file_name", pa.string()),
        ("path", pa.string()),
        ("content", pa.string()),
        ("picture", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a name in a cell means.

    Attributes:
        key: under which it is one with other spellings.
        written: the name as it is written.
        files: the files of the upload: several where they bear one name, all of them where it is that of a folder or
            an archive.
    """

    key: FilePath
    written: str
    files: tuple[SourceFile, ...]


class HeldFiles:
    """The files of an upload, by the names under which ledgers speak of them.

    Args:
        files: every file, those in archives too.
    """

    def __init__(self, files: Sequence[SourceFile]) -> None:
        self._by_base: dict[str, list[_Held]] = defaultdict(list)
        self._by_folder: dict[str, list[_Held]] = defaultdict(list)
        self._marked: dict[str, str] = {}
        self._most_parts = 1
        for file in files:
            path = file_path(file.path)
            if not path:
                continue
            self._by_base[path[-1]].append((path, file))
            for folder in dict.fromkeys(path[:-1]):
                self._by_folder[folder].append((path, file))
            parts = split_refs(path[-1])
            if parts != (path[-1],):
                self._marked.setdefault(_JOINT.join(parts), path[-1])
                self._most_parts = max(self._most_parts, len(parts))

    def named(self, cell: str) -> tuple[Named, ...]:
        """What a value of type ref names, each once, in its order.

        A name that itself holds one of the marks that stand between names is known by the file that bears it.
        """
        names = split_refs(cell)
        found: dict[FilePath, Named] = {}
        at = 0
        while at < len(names):
            end = next(filter(lambda end: end == at + 1 or self._bears(names[at:end]), self._ends(at, len(names))))
            meant = self._meant(_JOINT.join(names[at:end]))
            found.setdefault(meant.key, meant)
            at = end
        return tuple(found.values())

    def _ends(self, at: int, count: int) -> range:
        return range(min(at + self._most_parts, count), at, -1)

    def _bears(self, names: Sequence[str]) -> bool:
        """Whether a file of the upload bears these names as one."""
        path = file_path(_JOINT.join(names))
        return bool(path) and path[-1] in self._marked

    def _meant(self, written: str) -> Named:
        path = file_path(written)
        if not path:  # dots or strokes: the name of no file
            return Named((written,), written, ())
        path = (*path[:-1], self._marked.get(path[-1], path[-1]))
        there = self._by_base.get(path[-1], [])
        exact = [file for held, file in there if held[-len(path) :] == path]
        if len(path) > 1 and exact:
            return Named(path, written, tuple(exact))
        within = there or self._by_folder.get(path[-1], [])
        return Named(path[-1:], base_name(written), tuple(file for _, file in within))


def reference_columns(table: LedgerTable) -> list[str]:
    """The columns of a ledger that name files and that some sheet has."""
    columns = table.ledger.columns.items()
    return [name for name, column in columns if column.type is ColumnType.REF and name in table.columns]


def evidence_references(tables: Tables) -> pa.Table:
    """A row for each file that a cell names, and for each file of the upload that the name means.

    `file_name` is the name as it is written, that of the first in order where several spellings are one name: without
    its path, unless a file stands under that path.
    """
    held = HeldFiles(tables.files)
    known: dict[str, tuple[Named, ...]] = {}
    cells: list[tuple[str, int, str, str]] = []
    for table in tables.present.values():
        for column in reference_columns(table):
            values = table.typed.column(column).to_pylist()
            cells.extend((table.ledger.id, row, column, text) for row, text in enumerate(values) if text is not None)
    for *_, text in cells:
        if text not in known:
            known[text] = held.named(text)
    spelling: dict[FilePath, str] = {}
    for named in (named for found in known.values() for named in found):
        spelling[named.key] = min(named.written, spelling.get(named.key, named.written))
    rows = [
        (ledger, row, column, spelling[named.key], *of)
        for ledger, row, column, text in cells
        for named in known[text]
        for of in (_told(file) for file in named.files or (None,))
    ]
    return _table(_REFERENCE, rows)


def evidence_files(tables: Tables) -> pa.Table:
    """A row for each file of the upload that is no spreadsheet and no archive."""
    rows = [(file.path, file.path.rpartition("/")[2], file.sha256, file.picture) for file in tables.attachments]
    return _table(_FILE, rows)


def _told(file: SourceFile | None) -> tuple[str | None, str | None, str | None]:
    return (None, None, None) if file is None else (file.path, file.sha256, file.picture)


def _table(schema: pa.Schema, rows: Sequence[tuple[object, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)


def reference_shown(column: str, show: Sequence[str]) -> list[str]:
    """The columns that show a file named in `column`: those of `show`, in which `file_name` is that cell."""
    return [column if name == FILE_NAME else name for name in show]
