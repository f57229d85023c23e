"""How a fault of a ledger becomes a signal: subject, sentence and the one cell it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.clues import EvidenceCell, EvidenceRow, Measure, Severity, Signal, Subject
from auditor.errors import Argument, Where
from auditor.messages import text


@dataclass(frozen=True, slots=True)
class CellNote:
    """What stands in the cell: the ledger's column, the header over it, the text and the value, if it has one."""

    column: str
    header: str
    raw: str | None
    value: Measure


def lt_signal(
    rule: str,
    severities: Mapping[str, Severity],
    where: Where,
    args: Mapping[str, Argument],
    *,
    ledger: str,
    note: CellNote | None = None,
    detail: Mapping[str, str] | None = None,
    evidence: tuple[EvidenceRow, ...] | None = None,
    variant: str = "",
) -> Signal:
    """The LT signal at `where`. `detail` is a sentence that explains more; `variant` picks among the rule's texts."""
    code = f"{rule}-{variant}" if variant else rule
    given: dict[str, object] = {
        "header": note.header if note else "",
        "raw": (note.raw if note else None) or "",
        **args,
    }
    told = detail or {}
    message = {lang: text(code, lang, **{**given, "detail": told.get(lang, "")}).rstrip() for lang in ("zh", "en")}
    if evidence is None:
        cells: dict[str, EvidenceCell] = {}
        if note is not None:
            address = f"{where.column or ''}{where.row or ''}"
            cells[note.column] = EvidenceCell(address, note.raw, note.value)
        evidence = (EvidenceRow(ledger, where.file, where.sheet, where.row, cells),)
    return Signal(
        rule=rule,
        version=1,
        group="LT",
        violation="ledger",
        severity=severities[rule],
        subject=Subject("row", str(where)),
        period=None,
        measures=dict(
            sorted((k, v) for k, v in args.items() if isinstance(v, int | str) and k not in {"text", "places"})
        ),
        message=message,
        evidence=evidence,
    )
