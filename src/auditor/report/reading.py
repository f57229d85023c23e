"""The reading report (`auditor read`) on the screen and for machines: what each sheet was taken for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.clues import Signal
from auditor.errors import TextPlace
from auditor.intake import Band, SheetReading
from auditor.messages import text
from auditor.report.coverage import Json, files_json, links_json, problem_json
from auditor.report.masking import Veil
from auditor.report.reading_samples import Sample, Values
from auditor.report.reading_view import ColumnView, ReadingView, SheetView, TableView, reading_view
from auditor.report.result import ReadResult

SHOWN_REJECTED = 5
SHOWN_FAULTS = 8
FAULTS_OF_A_SHEET = 1000
_GRAVITIES = {"error": "red", "warning": "yellow", "note": "dim"}


def reading_report(result: ReadResult, veil: Veil) -> Json:
    """The reading report for machines: each file, sheet and column with samples, each row's fate, each fault."""
    values = Values(result.tables, veil, ("true", "false"))
    files = files_json(result.upload, veil)
    sheets = {path: list(tables) for path, tables in _by_file(result.upload.sheets)}
    faults = _faults_json(result.quality, veil)
    for file in files:
        path = str(file["path"])
        listed = file.get("sheets")
        for told, tables in zip(listed if isinstance(listed, list) else [], sheets.get(path, []), strict=True):
            _add_samples(told, tables, values)
            mine = faults.get((path, tables[0].raw.name), [])
            told["faults"] = mine[:FAULTS_OF_A_SHEET]
            if len(mine) > FAULTS_OF_A_SHEET:
                told["faults_not_shown"] = len(mine) - FAULTS_OF_A_SHEET
    return {
        "files": files,
        "ledgers": {
            name: {"rows": table.rows, **links_json(table)} for name, table in sorted(result.tables.present.items())
        },
        "problems": [problem_json(p, veil) for p in result.upload.problems if isinstance(p.where, TextPlace)],
    }


def _by_file(sheets: Sequence[tuple[SheetReading, ...]]) -> Iterator[tuple[str, list[tuple[SheetReading, ...]]]]:
    found: dict[str, list[tuple[SheetReading, ...]]] = {}
    for tables in sheets:
        found.setdefault(tables[0].source.path, []).append(tables)
    yield from found.items()


def _add_samples(told: Json, tables: tuple[SheetReading, ...], values: Values) -> None:
    parts = told.get("tables")
    views = parts if isinstance(parts, list) else [told]
    for view, reading in zip(views, tables, strict=True):
        for column in view["columns"]:
            column["samples"] = [_sample_json(s) for s in values.samples(reading, column["column"])]
        for column, unknown in zip(view["unknown_columns"], reading.unknown, strict=True):
            column["samples"] = [_sample_json(s) for s in values.plain_samples(reading, unknown.index)]


def _sample_json(sample: Sample) -> Json:
    read = None if sample.unread else sample.text if sample.read is None else sample.read
    return {"raw": sample.text, "value": read}


def _faults_json(quality: Sequence[Signal], veil: Veil) -> dict[tuple[str, str | None], list[Json]]:
    found: dict[tuple[str, str | None], list[Json]] = {}
    for signal in quality:
        told: Json = {
            "rule": signal.rule,
            "severity": signal.severity.value,
            "message": veil.texts(signal.message),
            "evidence": [veil.evidence(row) for row in signal.evidence],
        }
        for place in dict.fromkeys((row.file, row.sheet) for row in signal.evidence):
            found.setdefault(place, []).append(told)
    return found


def print_reading(result: ReadResult, veil: Veil, console: Console, lang: str = "zh") -> None:
    """Print the reading report."""
    view = reading_view(result, veil, lang)
    for file in view.files:
        console.print(Text(file.path, style="bold underline"))
        for sheet in file.sheets:
            _print_sheet(sheet, console, lang)
        for gravity, sentence in file.problems:
            _line(console, 2, sentence, _GRAVITIES[gravity])
    for gravity, sentence in view.problems:
        _line(console, 0, sentence, _GRAVITIES[gravity])
    _print_end(view, console, lang)


def _line(console: Console, indent: int, sentence: str, style: str = "") -> None:
    console.print(Padding(Text(sentence, style=style), (0, 0, 0, indent), expand=False))


def _print_sheet(sheet: SheetView, console: Console, lang: str) -> None:
    hidden = f"（{sheet.hidden}）" if sheet.hidden else ""
    if not sheet.known:
        _line(console, 2, f"[{sheet.name}]{hidden} {text('read-no-ledger', lang)}", "yellow")
    for table in sheet.tables:
        _print_table(sheet, table, hidden, console, lang)
    counts = {band: count for band, _, count in sheet.bands}
    aside = "、".join(f"{word} {n}" for band, word, n in sheet.bands if band not in {Band.READ, Band.REJECTED})
    rows = {"total": sheet.rows, "read": counts.get(Band.READ, 0), "rejected": counts.get(Band.REJECTED, 0)}
    _line(console, 4, text("read-rows", lang, aside=aside or "0", **rows))
    for row, reason in sheet.rejected[:SHOWN_REJECTED]:
        _line(console, 4, f"{row}: {reason}", "yellow")
    if len(sheet.rejected) > SHOWN_REJECTED:
        _line(console, 4, text("read-more-rows", lang, count=len(sheet.rejected) - SHOWN_REJECTED), "dim")
    if sheet.faults:
        named = "、".join(f"{rule} {title} {count}" for rule, title, count in sheet.counts)
        _line(console, 4, text("read-faults", lang, counts=named), "yellow")
    for fault in sheet.faults[:SHOWN_FAULTS]:
        parts = [part for part in (fault.rule, fault.place, fault.sentence) if part]
        _line(
            console, 6, ("·" if lang == "zh" else " ").join(parts), "yellow"
        )  # no space for a Chinese line to break at
    if len(sheet.faults) > SHOWN_FAULTS:
        _line(console, 6, text("read-more-faults", lang, count=len(sheet.faults) - SHOWN_FAULTS), "dim")


def _print_table(sheet: SheetView, table: TableView, hidden: str, console: Console, lang: str) -> None:
    if table.title:
        name = f"{sheet.name}·{table.label}" if table.label else sheet.name
        args = {"sheet": name, "title": f"{table.title}{hidden}", "sure": table.sure, "header": table.header or "–"}
        _line(console, 2, text("read-sheet", lang, **args), "bold")
        console.print(Padding(_columns(table.columns, lang), (0, 0, 0, 4), expand=False))
    elif table.candidates:
        _line(console, 4, text("read-candidates", lang, candidates="、".join(table.candidates)), "yellow")
    for sentence in (*table.settled, *table.linked, *table.notes):
        _line(console, 4, sentence, "cyan")


def _columns(columns: Sequence[ColumnView], lang: str) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    for _ in range(5):
        table.add_column(overflow="fold")
    for column in columns:
        shown = " | ".join(_sample(sample, lang) for sample in column.samples)
        how = " ".join(part for part in (column.sure, *column.how) if part)
        target = text(f"read-{column.kind}", lang) if not column.column else f"{column.column} {column.title}"
        style = {"mapped": "", "context": "cyan"}.get(column.kind, "dim")
        cells = (column.letter, column.header, f"→ {target}", how, shown)
        table.add_row(*(escape(cell) for cell in cells), style=style)
    return table


def _sample(sample: Sample, lang: str) -> str:
    if sample.unread:
        return f"{sample.text} ⇒ {text('read-sample-unread', lang)}"
    return sample.text if sample.read is None else f"{sample.text} ⇒ {sample.read}"


def _print_end(view: ReadingView, console: Console, lang: str) -> None:
    sheets = view.sheets
    unknown = sum(1 for sheet in sheets if not sheet.known)
    args = {"sheets": len(sheets), "ledgers": view.ledgers, "unknown": unknown, "attachments": view.attachments}
    _line(console, 0, text("read-summary", lang, **args), "bold")
    for sentence in view.unopened:
        _line(console, 0, sentence, "yellow")
    if view.open_sheets or view.open_columns:
        _line(console, 0, text("read-settle", lang, sheets=view.open_sheets, columns=view.open_columns), "yellow")
        _line(console, 2, "auditor read … --write-map map.yaml")
        _line(console, 2, "auditor read … --map map.yaml")
