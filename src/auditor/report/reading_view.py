"""The reading report as it is shown: every text masked, made visible, in one language; screen and page rest on it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from auditor.clues import EvidenceRow, Signal
from auditor.errors import Problem, Where
from auditor.intake import Band, SheetReading, sheet_bands
from auditor.intake.reading import NOT_RECOGNISED
from auditor.intake.sheets.headers import is_serial
from auditor.ledgers import Catalogue
from auditor.messages import text
from auditor.report.masking import Veil
from auditor.report.reading_attachments import SHOWN_UNOPENED, can_be_renamed, unopened
from auditor.report.reading_samples import Sample, Values
from auditor.report.reading_used import UsedColumn, used_columns
from auditor.report.result import ReadResult
from auditor.report.visible import visible

_SURE = 0.999
_AS_SIGNALS = frozenset({"column-missing"}) | NOT_RECOGNISED  # told as LT01 and LT09
_LONGEST = 60
_LINKS = 30
_LISTED = 3


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column of a table, or a value that stands once for all its rows.

    Attributes:
        kind: `mapped`, `unknown`, `serial` (a column that only counts the rows), `context`, or the use of one that no
            value is taken from: `total`, `days`, `halves`.
        letter, header: where it stands and what stands over it; of a context value its origin and its text.
        column, title: the ledger's column and its canonical header, empty where unknown.
        sure: how sure as a percentage, empty where there is no doubt.
        how: what was made of the cells, who settled it, the nearest accepted header of an unknown one.
    """

    kind: str
    letter: str
    header: str
    column: str
    title: str
    sure: str
    how: tuple[str, ...]
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class FaultView:
    """A fault of the sheet itself.

    Attributes:
        number: of the list, from 1.
        cells: addresses (D17, C5:AG5) of the cells it is about, on this sheet; empty for a row or the whole sheet.
        row: the row, where it is about one.
        place: the address as shown, the row, or empty.
        said: what stands in the cell.
    """

    number: int
    rule: str
    title: str
    severity: str
    place: str
    cells: tuple[str, ...]
    row: int | None
    said: str
    sentence: str


@dataclass(frozen=True, slots=True)
class TableView:
    """One table of a sheet; `reading` has the rest."""

    reading: SheetReading
    title: str
    label: str
    sure: str
    header: str
    settled: tuple[str, ...]
    candidates: tuple[str, ...]
    columns: tuple[ColumnView, ...]
    notes: tuple[str, ...]
    linked: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet with its tables, what became of its rows, and its faults.

    `readings` are those of all its tables; the months of a wide pay sheet are shown as one of `tables`.
    """

    number: int
    file: str
    name: str
    hidden: str
    tables: tuple[TableView, ...]
    readings: tuple[SheetReading, ...]
    bands: tuple[tuple[Band, str, int], ...]
    rows: int
    rejected: tuple[tuple[int, str], ...]
    faults: tuple[FaultView, ...]
    counts: tuple[tuple[str, str, int], ...]

    @property
    def known(self) -> bool:
        """Whether any of its tables is a ledger."""
        return any(table.reading.ledger is not None for table in self.tables)

    @property
    def title(self) -> str:
        """What it was taken for."""
        return "、".join(dict.fromkeys(table.title for table in self.tables if table.title))


@dataclass(frozen=True, slots=True)
class FileView:
    """A workbook, and why it could not be read, or what else is to be said of it."""

    path: str
    problems: tuple[tuple[str, str], ...]
    sheets: tuple[SheetView, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """The whole report; `unopened` are sentences on attachments that may be ledgers."""

    lang: str
    files: tuple[FileView, ...]
    problems: tuple[tuple[str, str], ...]
    attachments: int
    unopened: tuple[str, ...]
    ledgers: int
    open_sheets: int
    open_columns: int

    @property
    def sheets(self) -> tuple[SheetView, ...]:
        """Every sheet."""
        return tuple(sheet for file in self.files for sheet in file.sheets)


def reading_view(result: ReadResult, veil: Veil, lang: str) -> ReadingView:
    """The reading report of `result` in `lang`."""
    return _Maker(result, veil, lang).report()


class _Maker:
    def __init__(self, result: ReadResult, veil: Veil, lang: str) -> None:
        self._result, self._veil, self._lang = result, veil, lang
        self._catalogue: Catalogue = result.tables.catalogue
        self._values = Values(result.tables, veil, (text("word-yes", lang), text("word-no", lang)))
        self._signals: dict[tuple[str, str | None], list[Signal]] = {}
        for signal in result.quality:
            for place in dict.fromkeys((row.file, row.sheet) for row in signal.evidence):
                self._signals.setdefault(place, []).append(signal)

    def report(self) -> ReadingView:
        upload = self._result.upload
        sheets: dict[str, list[SheetView]] = {}
        for number, tables in enumerate(upload.sheets, start=1):
            sheets.setdefault(tables[0].source.path, []).append(self._sheet(number, tables))
        files = tuple(
            FileView(
                self._seen(file.path),
                tuple(self._problem(p) for p in upload.problems if p.where.file == file.path),
                tuple(sheets.get(file.path, ())),
            )
            for file in upload.files
            if file.role == "workbook"
        )
        workbooks = {file.path for file in upload.files if file.role == "workbook"}
        return ReadingView(
            lang=self._lang,
            files=files,
            problems=tuple(self._problem(p, whole=True) for p in upload.problems if p.where.file not in workbooks),
            attachments=sum(1 for file in upload.files if file.role != "workbook"),
            unopened=tuple(self._unopened()),
            ledgers=len({r.ledger for r in upload.readings if r.ledger is not None}),
            open_sheets=sum(1 for tables in upload.sheets if _open(tables)),
            open_columns=sum(
                1 for r in upload.readings for u in r.unknown if u.nearest and f"ignored:{u.letter}" not in r.settled
            ),
        )

    def _seen(self, said: str, longest: int | None = None) -> str:
        return visible(self._veil.sentence(said), longest)

    def _unopened(self) -> Iterator[str]:
        paths = unopened(self._result.upload)
        if not paths:
            return
        shown = "、".join(self._seen(path) for path in paths[:SHOWN_UNOPENED])
        more = text("read-unopened-more", self._lang, count=len(paths)) if len(paths) > SHOWN_UNOPENED else ""
        yield text("read-unopened", self._lang, files=f"{shown}{more}")
        if can_be_renamed(paths):
            yield text("read-rename", self._lang)

    def _problem(self, problem: Problem, *, whole: bool = False) -> tuple[str, str]:
        """Gravity and sentence; with the `whole` place where no file and no sheet stand above it."""
        where = problem.where
        place = str(where)
        if isinstance(where, Where) and not whole:
            place = place.removeprefix(str(Where(where.file, where.sheet))).removeprefix("!")
        sentence = self._seen(f"{place} {text(problem.code, self._lang, **problem.args)}".strip())
        return problem.gravity.value, sentence

    def _sheet(self, number: int, tables: tuple[SheetReading, ...]) -> SheetView:
        raw = tables[0].raw
        bands = sheet_bands(tables)
        counted = np.bincount(bands, minlength=len(Band))
        reasons = {position: reason for table in tables for position, reason in table.reasons.items()}
        rejected = np.flatnonzero(bands == Band.REJECTED).tolist()
        signals = self._signals.get((tables[0].source.path, raw.name), [])
        used = used_columns(tables, self._catalogue)
        views = [self._table(table, used.get(position, ())) for position, table in enumerate(tables)]
        hidden = "sheet-very-hidden" if raw.very_hidden else "sheet-hidden" if raw.hidden else ""
        return SheetView(
            number=number,
            file=self._seen(tables[0].source.path),
            name=self._seen(raw.name) if raw.name else text("read-single", self._lang),
            hidden=text(hidden, self._lang) if hidden else "",
            tables=tuple(_together(views)),
            readings=tables,
            bands=tuple((b, text(f"band-{b.name}", self._lang), int(counted[b])) for b in Band if counted[b]),
            rows=raw.row_count,
            rejected=tuple((raw.first_row + p, text(reasons.get(p, ""), self._lang)) for p in rejected),
            faults=tuple(self._fault(i, signal, tables[0]) for i, signal in enumerate(signals, start=1)),
            counts=tuple(
                (rule, text(f"{rule}-title", self._lang), count)
                for rule, count in sorted(Counter(signal.rule for signal in signals).items())
            ),
        )

    def _table(self, reading: SheetReading, used: Sequence[UsedColumn]) -> TableView:
        lang = self._lang
        first, last = reading.header
        rows = sorted({reading.raw.first_row + first, reading.raw.first_row + last - 1}) if last > first else []
        evidence, counts = self._values.links(reading, _LINKS)
        label = (reading.part.label or str(reading.part.number)) if reading.part is not None else ""
        return TableView(
            reading=reading,
            title=self._catalogue[reading.ledger].title(lang) if reading.ledger is not None else "",
            label=self._seen(label),
            sure=f"{reading.confidence:.0%}",
            header="–".join(str(row) for row in rows),
            settled=tuple(
                text(f"settled-{part}", lang, by=visible(by)) for part, by in reading.settled.items() if ":" not in part
            ),
            candidates=tuple(
                f"{self._catalogue[name].title(lang)}（{name}）{score:.0%}" for name, score in reading.candidates
            ),
            columns=tuple(self._columns(reading, used)),
            notes=tuple(self._problem(p)[1] for p in reading.problems if p.code not in _AS_SIGNALS),
            linked=tuple(text(f"linked-{why}", lang, count=count) for why, count in counts.items()),
            links=tuple(
                text(
                    "linked-row",
                    lang,
                    row=row.row,
                    by="、".join(row.linked.by),
                    place=self._seen(str(Where(row.linked.file, row.linked.sheet, row.linked.row))),
                )
                for row in evidence
                if row.linked is not None
            ),
        )

    def _columns(self, reading: SheetReading, used: Sequence[UsedColumn]) -> Iterator[ColumnView]:
        lang = self._lang
        ledger = self._catalogue[reading.ledger] if reading.ledger is not None else None
        views: list[tuple[int, ColumnView]] = []
        for one in reading.columns:
            how = [text(one.made, lang)] if one.made else []
            settled = reading.settled.get(f"column:{one.column}")
            if settled == "headers":
                how.append(text("settled-headers", lang))
            elif settled is not None:
                how.append(text("settled-column", lang, by=visible(settled)))
            view = ColumnView(
                "mapped",
                one.letter if one.last_letter is None else f"{one.letter}–{one.last_letter}",
                self._seen(one.header, _LONGEST),
                one.column,
                ledger.columns[one.column].header if ledger is not None else "",
                "" if one.confidence >= _SURE else f"{one.confidence:.0%}",
                tuple(how),
                tuple(_shown(self._values.samples(reading, one.column))),
            )
            views.append((one.index, view))
        for unknown in reading.unknown:
            by = reading.settled.get(f"ignored:{unknown.letter}")
            near = (text("read-nearest", lang, nearest=unknown.nearest),) if unknown.nearest else ()
            near = (text("settled-column", lang, by=visible(by)),) if by is not None else near
            found = tuple(_shown(self._values.plain_samples(reading, unknown.index)))
            header = self._seen(unknown.header, _LONGEST)
            kind = "serial" if is_serial(unknown.header) else "unknown"
            views.append((unknown.index, ColumnView(kind, unknown.letter, header, "", "", "", near, found)))
        for one_used in used:
            header = self._seen(one_used.header, _LONGEST)
            found = tuple(_shown(self._values.plain_samples(reading, one_used.index)))
            views.append((one_used.index, ColumnView(one_used.use, one_used.letter, header, "", "", "", (), found)))
        yield from (view for _, view in sorted(views, key=lambda pair: pair[0]))
        for name, value in sorted(reading.context.items()):
            title = ledger.columns[name].header if ledger is not None else ""
            origin = text(f"read-from-{value.origin}", lang)
            yield ColumnView("context", "–", self._seen(value.text, _LONGEST), name, title, "", (origin,), ())

    def _fault(self, number: int, signal: Signal, reading: SheetReading) -> FaultView:
        here = [r for r in signal.evidence if (r.file, r.sheet) == (reading.source.path, reading.raw.name)]
        ledger = self._catalogue.get(here[0].ledger)
        cells = {cell.cell: (name, cell) for row in here for name, cell in row.cells.items() if cell.cell}
        first = next(iter(cells.values()), None)
        said = ""
        if first is not None and first[1].raw is not None and len(cells) == 1:
            column = ledger.columns.get(first[0]) if ledger is not None else None
            said = visible(self._veil.cell(first[1].raw, column), _LONGEST)
        row = here[0].row
        sentence = self._seen(signal.message[self._lang])
        return FaultView(
            number=number,
            rule=signal.rule,
            title=text(f"{signal.rule}-title", self._lang),
            severity=signal.severity.value,
            place=next(iter(cells)) if len(cells) == 1 else _place(signal, here[0]),
            cells=tuple(cells),
            row=row,
            said="" if said and said in sentence else said,
            sentence=sentence,
        )


def _place(signal: Signal, row: EvidenceRow) -> str:
    """The row, or the column, that the fault is about; empty where it is about the sheet."""
    if row.row is not None:
        return str(row.row)
    sheet = str(Where(row.file, row.sheet))
    return signal.subject.id.removeprefix(f"{sheet}!") if signal.subject.id.startswith(f"{sheet}!") else ""


def _together(tables: Sequence[TableView]) -> Iterator[TableView]:
    """Tables of one kind that share their header (the months of a wide pay sheet) are shown as one."""
    for _, same in itertools.groupby(tables, key=lambda one: (one.reading.ledger, one.reading.header)):
        parts = list(same)
        first = parts[0]
        if first.reading.ledger is None or len(parts) == 1:
            yield from parts
            continue
        mapped = dict.fromkeys(c for part in parts for c in part.columns if c.kind == "mapped")
        taken = {column.letter for column in mapped}
        left = dict.fromkeys(c for p in parts for c in p.columns if c.kind not in {"mapped", "context"})
        context: dict[tuple[str, tuple[str, ...]], list[ColumnView]] = {}
        for column in (c for part in parts for c in part.columns if c.kind == "context"):
            context.setdefault((column.column, column.how), []).append(column)
        columns = sorted(
            [*mapped, *(c for c in left if c.letter not in taken)], key=lambda c: (len(c.letter), c.letter)
        )
        stated = [replace(c[0], header=_first_to_last([one.header for one in c])) for c in context.values()]
        yield replace(
            first,
            label=f"{first.label} … {parts[-1].label}",
            columns=(*columns, *stated),
            notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
            linked=tuple(dict.fromkeys(said for part in parts for said in part.linked)),
            links=tuple(dict.fromkeys(said for part in parts for said in part.links)),
        )


def _first_to_last(words: Sequence[str]) -> str:
    different = list(dict.fromkeys(words))
    return "、".join(different) if len(different) <= _LISTED else f"{different[0]} … {different[-1]}"


def _open(tables: Sequence[SheetReading]) -> bool:
    """Whether a person has to say what the sheet is."""
    return any(
        problem.code in NOT_RECOGNISED and "sheet" not in table.settled
        for table in tables
        for problem in table.problems
    )


def _shown(found: Sequence[Sample]) -> Iterator[Sample]:
    for one in found:
        read = None if one.read is None else visible(one.read, _LONGEST)
        yield Sample(visible(one.text, _LONGEST), read, one.unread)
