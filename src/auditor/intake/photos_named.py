"""Which photos of an upload are to be looked at: those that a ledger names as evidence, each content once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from auditor.intake.files.sources import Source
from auditor.intake.reading import SheetReading
from auditor.ledgers import Catalogue, ColumnType
from auditor.values import file_path, split_refs

PHOTO_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".tif", ".tiff"})


def photos_named(
    sources: Sequence[Source], readings: Sequence[SheetReading], catalogue: Catalogue
) -> tuple[tuple[Source, ...], ...]:
    """The photos of `sources` that a cell of `readings` may name, those of one content together.

    A photo that no ledger names is not looked at: an upload may hold thousands.
    """
    names = {path[-1] for text in _cells(readings, catalogue) for name in split_refs(text) if (path := file_path(name))}
    found: dict[str, list[Source]] = {}
    for source in sources:
        if PurePosixPath(source.file.path).suffix.lower() in PHOTO_SUFFIXES and _may_be_meant(source, names):
            found.setdefault(source.file.sha256, []).append(source)
    return tuple(tuple(same) for same in found.values())


def _cells(readings: Sequence[SheetReading], catalogue: Catalogue) -> Iterator[str]:
    """Each different text in a column that names files."""
    for reading in readings:
        if reading.ledger is None:
            continue
        of_files = {c.name for c in catalogue[reading.ledger].columns.values() if c.type is ColumnType.REF}
        yield from (value.text for name, value in reading.context.items() if name in of_files)
        for mapped in reading.columns:
            if mapped.column in of_files:
                yield from (text for text in reading.cells(mapped).text.unique().to_pylist() if text is not None)


def _may_be_meant(source: Source, names: set[str]) -> bool:
    """Whether one of `names` is the file's own, or that of a folder or archive which holds it.

    A file whose name holds a mark that stands between names (、) is meant by the names on both sides of it.
    """
    *folders, base = file_path(source.file.path)
    return names.issuperset(split_refs(base)) or not names.isdisjoint(folders)
