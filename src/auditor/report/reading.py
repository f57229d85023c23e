"""The reading report (`auditor read`): what each sheet was taken for, before any audit."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.intake import Band, SheetReading, Upload
from auditor.ledgers import Catalogue
from auditor.messages import render, text
from auditor.report.coverage import Json, files_json, problem_json
from auditor.report.masking import Veil

SHOWN_REJECTED = 5
_SURE = 0.999


def reading_report(upload: Upload, veil: Veil) -> Json:
    """The reading report for machines: each file, each sheet, each column, each row's fate."""
    return {"files": files_json(upload, veil), "problems": [problem_json(p, veil) for p in upload.problems]}


def _columns(reading: SheetReading, catalogue: Catalogue, lang: str) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    for _ in range(4):
        table.add_column(overflow="fold")
    kind = catalogue[reading.ledger] if reading.ledger is not None else None
    for mapped in reading.columns:
        canonical = kind.columns[mapped.column].header if kind is not None else ""
        sure = "" if mapped.confidence >= _SURE else f"{mapped.confidence:.0%}"
        table.add_row(mapped.letter, mapped.header.replace("\n", "⏎"), f"→ {mapped.column} {canonical}", sure)
    for unknown in reading.unknown:
        near = text("read-nearest", lang, nearest=unknown.nearest) if unknown.nearest else ""
        table.add_row(
            unknown.letter, unknown.header.replace("\n", "⏎"), f"→ {text('read-unknown', lang)} {near}", "", style="dim"
        )
    for name, value in sorted(reading.context.items()):
        origin = text(f"read-from-{value.origin}", lang)
        table.add_row("–", value.text, f"→ {name} ({origin})", "", style="cyan")
    return table


def _sheet(reading: SheetReading, catalogue: Catalogue, veil: Veil, console: Console, lang: str) -> None:
    name = reading.raw.name or text("read-single", lang)
    if reading.ledger is None:
        console.print(Padding(Text(f"[{name}] {text('read-no-ledger', lang)}", style="yellow"), (0, 0, 0, 2)))
    else:
        title = catalogue[reading.ledger].title(lang)
        first, last = reading.header
        rows = "–".join(str(reading.raw.first_row + i) for i in sorted({first, last - 1})) if last > first else "–"
        line = text("read-sheet", lang, sheet=name, title=title, sure=f"{reading.confidence:.0%}", header=rows)
        console.print(Padding(Text(line, style="bold"), (0, 0, 0, 2)))
        console.print(Padding(_columns(reading, catalogue, lang), (0, 0, 0, 4)))
    aside = "、".join(
        f"{text('band-' + band.name, lang)} {reading.count(band)}"
        for band in Band
        if band not in {Band.READ, Band.REJECTED} and reading.count(band)
    )
    counts = {
        "total": reading.raw.row_count,
        "read": reading.count(Band.READ),
        "rejected": reading.count(Band.REJECTED),
    }
    console.print(Padding(text("read-rows", lang, aside=aside or "0", **counts), (0, 0, 0, 4)), highlight=False)
    for position in sorted(reading.reasons)[:SHOWN_REJECTED]:
        reason = text(reading.reasons[position], lang)
        console.print(Padding(Text(f"{reading.where(position)}: {reason}", style="yellow"), (0, 0, 0, 4)))
    if len(reading.reasons) > SHOWN_REJECTED:
        more = text("read-more-rows", lang, count=len(reading.reasons) - SHOWN_REJECTED)
        console.print(Padding(Text(more, style="dim"), (0, 0, 0, 4)))
    for problem in reading.problems:
        console.print(Padding(Text(veil.sentence(render(problem, lang)), style="yellow"), (0, 0, 0, 4)))


def print_reading(upload: Upload, catalogue: Catalogue, veil: Veil, console: Console, lang: str = "zh") -> None:
    """Print the reading report."""
    by_file: dict[str, list[SheetReading]] = {}
    for reading in upload.readings:
        by_file.setdefault(reading.source.path, []).append(reading)
    for file in upload.files:
        if file.role != "workbook":
            continue
        console.print(Text(file.path, style="bold underline"))
        for reading in by_file.get(file.path, []):
            _sheet(reading, catalogue, veil, console, lang)
        for problem in upload.problems:
            if problem.where.file == file.path:
                console.print(Padding(Text(veil.sentence(render(problem, lang)), style="red"), (0, 0, 0, 2)))
    others = [p for p in upload.problems if p.where.file not in {f.path for f in upload.files if f.role == "workbook"}]
    for problem in others:
        console.print(Text(veil.sentence(render(problem, lang)), style="red"))
    attachments = sum(1 for file in upload.files if file.role != "workbook")
    ledgers = sorted({r.ledger for r in upload.readings if r.ledger is not None})
    sheets = len(upload.sheets)
    unknown = sum(1 for tables in upload.sheets if all(table.ledger is None for table in tables))
    line = text("read-summary", lang, sheets=sheets, ledgers=len(ledgers), unknown=unknown, attachments=attachments)
    console.print(line, style="bold", highlight=False)
