"""A person's trail for people (a time line) and for machines; numbers masked unless asked for."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.clues import Signal
from auditor.ledgers import Catalogue, ColumnType
from auditor.messages import TEXTS, text
from auditor.report.coverage import Json
from auditor.report.masking import Veil
from auditor.trails import Event, Trail

_NOT_TOLD = {ColumnType.PERSON_ID, ColumnType.REF}
_MOST_SUBJECTS = 5  # of the others whom signals of one rule are about


def trail_json(trail: Trail, veil: Veil) -> Json:
    """The trail as JSON: subject, names, events in order of time, signals."""
    return {
        "subject": veil.subject(trail.subject),
        "names": list(trail.names),
        "events": [event_json(event, veil) for event in trail.events],
        "signals": signals_json(trail.signals, veil),
        "others": signals_json(trail.others, veil),
        "ledgers_absent": list(trail.absent),
    }


def event_json(event: Event, veil: Veil) -> Json:
    """An event as JSON: when, by which column, the row, and the keys of the signals that rest on it."""
    return {
        "since": event.since or None,
        "until": event.until,
        "by": event.column,
        "row": veil.evidence(event.row),
        "contradicts": [veil.signal_key(s) for s in event.signals],
        "others": [veil.signal_key(s) for s in event.others],
    }


def signals_json(signals: Sequence[Signal], veil: Veil) -> list[Json]:
    """Signals as JSON, without their evidence: the events have the rows."""
    return [
        {
            "key": veil.signal_key(s),
            "rule": s.rule,
            "subject": veil.subject(s.subject),
            "period": s.period,
            "message": veil.texts(s.message),
        }
        for s in signals
    ]


def print_trail(trail: Trail, catalogue: Catalogue, veil: Veil, console: Console, lang: str = "zh") -> None:
    """Print the time line, then what contradicts what."""
    subject = veil.subject(trail.subject)
    console.print(Text(f"{'、'.join(map(veil.sentence, trail.names))} {subject['id']}", style="bold"))
    if not trail.events:
        console.print(text("trail-nothing", lang))
    print_events(trail.events, catalogue, veil, console, lang)
    print_signals(trail.signals, trail.others, veil, console, lang)
    if trail.absent:
        names = "、".join(catalogue[name].title(lang) for name in trail.absent)
        console.print(Text(text("summary-absent", lang, count=len(trail.absent), ledgers=names), style="dim"))


def print_events(events: Sequence[Event], catalogue: Catalogue, veil: Veil, console: Console, lang: str) -> None:
    """Print events as a table: when, which ledger, what it says, where, which rules contradict it."""
    table = Table(box=None, pad_edge=False)
    for code in ("trail-when", "trail-ledger", "trail-what", "trail-where", "trail-contradiction"):
        table.add_column(text(code, lang), overflow="fold", no_wrap=code == "trail-when")
    for event in events:
        rules = "、".join(sorted({s.rule for s in event.signals}))
        beside = "、".join(sorted({s.rule for s in event.others}))
        place = f"{event.row.file}{f'[{event.row.sheet}]' if event.row.sheet else ''} {event.row.row}"
        cells = (
            _when(event, lang),
            _ledger(event, catalogue, lang),
            told(event, catalogue, veil),
            place,
            f"{rules}{f'（{beside}）' if beside else ''}",
        )
        table.add_row(*map(Text, cells), style="red" if event.signals else "")
    console.print(table)


def print_signals(own: Sequence[Signal], others: Sequence[Signal], veil: Veil, console: Console, lang: str) -> None:
    """Print the signals about the subject in full, those about others by rule."""
    if own:
        console.print(Text(text("trail-signals", lang), style="bold underline"))
    for signal in own:
        line = f"{signal.rule} {signal.period or ''} {veil.texts(signal.message)[lang]}"
        console.print(Padding(Text(line), (0, 0, 0, 2)))
    if others:
        console.print(Text(text("trail-others", lang), style="bold underline"))
    rules: dict[str, list[Signal]] = {}
    for signal in others:
        rules.setdefault(signal.rule, []).append(signal)
    for rule, found in sorted(rules.items()):
        subjects = dict.fromkeys(_called(signal, veil) for signal in found)
        shown = "、".join(list(subjects)[:_MOST_SUBJECTS])
        shown += text("trail-others-more", lang) if len(subjects) > _MOST_SUBJECTS else ""
        line = text("trail-others-line", lang, rule=rule, count=len(found), subjects=shown)
        console.print(Padding(Text(line), (0, 0, 0, 2)))


def _called(signal: Signal, veil: Veil) -> str:
    subject = veil.subject(signal.subject)
    return f"{subject['name']} {subject['id']}".strip()


def _when(event: Event, lang: str) -> str:
    if not event.since:
        return "–"
    if event.until is None:
        return event.since
    return f"{event.since} → {event.until or text('trail-open', lang)}"


def _ledger(event: Event, catalogue: Catalogue, lang: str) -> str:
    """The ledger, with how the row is the subject's where that does not go without saying."""
    ledger = catalogue[event.row.ledger]
    title = ledger.title(lang)
    if f"trail-by-{event.column}" in TEXTS:
        title += text(f"trail-by-{event.column}", lang)
    elif event.column not in {"person_id", "workshop_id"}:
        title += text("trail-by", lang, header=ledger.columns[event.column].header)
    return title + (event.row.linked.sentence(lang) if event.row.linked is not None else "")


def told(event: Event, catalogue: Catalogue, veil: Veil) -> str:
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
