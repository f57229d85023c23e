"""A workshop's trail for people and for machines; numbers masked unless asked for."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.ledgers import Catalogue
from auditor.messages import text
from auditor.report.coverage import Json
from auditor.report.masking import Veil
from auditor.report.trail import event_json, print_events, print_signals, signals_json
from auditor.trails import MonthOfWork, WorkshopTrail

_COLUMNS = ("month", "workers", "joined", "left", "paid", "amount", "stranger", "insured")


def workshop_json(trail: WorkshopTrail, veil: Veil) -> Json:
    """The trail as JSON; a figure whose ledger was not given is null."""
    return {
        "subject": veil.subject(trail.subject),
        "names": [veil.sentence(name) for name in trail.names],
        "usccs": [veil.sentence(code) for code in trail.usccs],
        "events": [event_json(event, veil) for event in trail.events],
        "roll": [{"on": h.on.isoformat(), "workers": h.workers, "poverty": h.poverty} for h in trail.heads],
        "months": [
            {
                "month": f"{m.month:%Y-%m}",
                "workers": m.workers,
                "joined": m.joined,
                "left": m.left,
                "paid": m.paid,
                "amount": None if m.amount is None else f"{m.amount:.2f}",
                "paid_not_enrolled": m.paid_not_enrolled,
                "insured": m.insured,
            }
            for m in trail.months
        ],
        "signals": signals_json(trail.signals, veil),
        "others": signals_json(trail.others, veil),
        "ledgers_absent": list(trail.absent),
    }


def print_workshop(trail: WorkshopTrail, catalogue: Catalogue, veil: Veil, console: Console, lang: str = "zh") -> None:
    """Print the time line, the roll on certain days, the months, then what contradicts what."""
    names = "、".join(map(veil.sentence, trail.names))
    console.print(Text(f"{veil.subject(trail.subject)['id']} {names}".strip(), style="bold"))
    if trail.usccs:
        codes = "、".join(map(veil.sentence, trail.usccs))
        console.print(Text(text("workshop-uscc", lang, codes=codes)))
    _heading("workshop-line", console, lang)
    print_events(trail.events, catalogue, veil, console, lang)
    if trail.heads:
        _heading("workshop-heads", console, lang)
    for heads in trail.heads:
        poverty = text("workshop-unknown-count", lang) if heads.poverty is None else heads.poverty
        line = text("workshop-heads-line", lang, day=heads.on.isoformat(), workers=heads.workers, poverty=poverty)
        console.print(Padding(Text(line), (0, 0, 0, 2)))
    _heading("workshop-months", console, lang)
    table = Table(box=None, pad_edge=False)
    for code in _COLUMNS:
        table.add_column(text(f"workshop-{code}", lang), justify="left" if code == "month" else "right")
    for month in trail.months:
        table.add_row(*_figures(month), style="red" if month.paid_not_enrolled else "")
    console.print(table)
    print_signals(trail.signals, trail.others, veil, console, lang)
    if trail.absent:
        ledgers = "、".join(catalogue[name].title(lang) for name in trail.absent)
        console.print(Text(text("workshop-absent", lang, ledgers=ledgers), style="dim"))


def _heading(code: str, console: Console, lang: str) -> None:
    console.print(Text(text(code, lang), style="bold underline"))


def _figures(month: MonthOfWork) -> tuple[str, ...]:
    amount = None if month.amount is None else f"{month.amount:,.2f}"
    counts = (month.workers, month.joined, month.left, month.paid, amount, month.paid_not_enrolled, month.insured)
    return f"{month.month:%Y-%m}", *("–" if count is None else str(count) for count in counts)
