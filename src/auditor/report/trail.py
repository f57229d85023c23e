"""A person's trail for people (a time line) and for machines; numbers masked unless asked for."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.ledgers import Catalogue, ColumnType
from auditor.messages import text
from auditor.report.coverage import Json
from auditor.report.masking import Veil
from auditor.trails import Event, Trail

_NOT_TOLD = {ColumnType.PERSON_ID, ColumnType.REF}


def trail_json(trail: Trail, veil: Veil) -> Json:
    """The trail as JSON: subject, names, events in order of time, signals."""
    return {
        "subject": veil.subject(trail.subject),
        "names": list(trail.names),
        "events": [
            {
                "since": event.since or None,
                "until": event.until,
                "by": event.column,
                "row": veil.evidence(event.row),
                "contradicts": [veil.signal_key(s) for s in event.signals],
            }
            for event in trail.events
        ],
        "signals": [
            {"key": veil.signal_key(s), "rule": s.rule, "period": s.period, "message": veil.texts(s.message)}
            for s in trail.signals
        ],
        "ledgers_absent": list(trail.absent),
    }


def _when(event: Event, lang: str) -> str:
    if not event.since:
        return "–"
    if event.until is None:
        return event.since
    return f"{event.since} → {event.until or text('trail-open', lang)}"


def _told(event: Event, catalogue: Catalogue, veil: Veil) -> str:
    """The row in words: its headers and texts, without what the time line says already."""
    ledger = catalogue[event.row.ledger]
    shown = veil.evidence(event.row)["cells"]
    assert isinstance(shown, dict)
    parts = []
    for name, cell in shown.items():
        column = ledger.columns[name]
        if column.type in _NOT_TOLD or name in ledger.span or name == "name" or cell["raw"] in {None, ""}:
            continue
        value = cell["value"] if cell["value"] is not None else cell["raw"]
        parts.append(f"{column.header} {_yes_no(value)}")
    return "，".join(parts)


def _yes_no(value: object) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def print_trail(trail: Trail, catalogue: Catalogue, veil: Veil, console: Console, lang: str = "zh") -> None:
    """Print the time line, then what contradicts what."""
    subject = veil.subject(trail.subject)
    console.print(Text(f"{'、'.join(trail.names)} {subject['id']}", style="bold"))
    if not trail.events:
        console.print(text("trail-nothing", lang))
    table = Table(box=None, pad_edge=False)
    for code in ("trail-when", "trail-ledger", "trail-what", "trail-where", "trail-contradiction"):
        table.add_column(text(code, lang), overflow="fold", no_wrap=code == "trail-when")
    for event in trail.events:
        rules = "、".join(sorted({s.rule for s in event.signals}))
        place = f"{event.row.file}{f'[{event.row.sheet}]' if event.row.sheet else ''} {event.row.row}"
        ledger = catalogue[event.row.ledger].title(lang)
        if event.column != "person_id":
            ledger += text("trail-by", lang, header=catalogue[event.row.ledger].columns[event.column].header)
        if event.row.linked is not None:
            ledger += event.row.linked.sentence(lang)
        cells = (_when(event, lang), ledger, _told(event, catalogue, veil), place, rules)
        table.add_row(*cells, style="red" if event.signals else "")
    console.print(table)
    if trail.signals:
        console.print(Text(text("trail-signals", lang), style="bold underline"))
    for signal in trail.signals:
        line = f"{signal.rule} {signal.period or ''} {veil.texts(signal.message)[lang]}"
        console.print(Padding(Text(line), (0, 0, 0, 2)))
    if trail.absent:
        names = "、".join(catalogue[name].title(lang) for name in trail.absent)
        console.print(Text(text("summary-absent", lang, count=len(trail.absent), ledgers=names), style="dim"))
