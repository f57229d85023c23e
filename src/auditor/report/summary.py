"""What a person sees first on the terminal: the scope, what was *not* checked, then the worst."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.checks import totals_not_judged
from auditor.findings import Finding
from auditor.inference import Grade
from auditor.intake import Band, sheet_bands
from auditor.intake.reading import NOT_RECOGNISED
from auditor.maps import SheetEntry
from auditor.messages import render, text
from auditor.report.coverage import changed_severities, reason_text
from auditor.report.masking import Veil
from auditor.report.reconciliation_tables import not_compared, not_drawn, overview
from auditor.report.result import AuditResult
from auditor.rules import Resolved
from auditor.signals import RunStatus
from auditor.tables import Links

SHOWN_FINDINGS = 12
SHOWN_LINES = 12
_STYLES: Mapping[str, str] = {"conclusive": "bold red", "strong": "yellow", "clue": "cyan"}


def _head(code: str, lang: str) -> Text:
    return Text(text(code, lang), style="bold underline")


def _scope(result: AuditResult, lang: str) -> RenderableType:
    profile, upload = result.profile, result.upload
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    period = f"{profile.period.first:%Y-%m} – {profile.period.last:%Y-%m}"
    table.add_row(text("summary-date", lang), f"{profile.as_of.isoformat()} · {period}")
    if profile.county:
        table.add_row(text("summary-county", lang), profile.county)
    rows = Counter[str]()
    for tables in upload.sheets:
        bands = sheet_bands(tables)
        for band in Band:
            rows[band.name] += int(np.count_nonzero(bands == band))
    aside = sum(rows.values()) - rows["READ"] - rows["REJECTED"]
    table.add_row(
        text("summary-files", lang),
        text(
            "summary-files-line",
            lang,
            files=len(upload.files),
            sheets=len(upload.sheets),
            ledgers=len(result.tables.present),
        ),
    )
    table.add_row(
        text("summary-rows", lang),
        text(
            "summary-rows-line",
            lang,
            total=sum(rows.values()),
            read=rows["READ"],
            aside=aside,
            rejected=rows["REJECTED"],
        ),
    )
    return table


def _deviations(result: AuditResult, lang: str) -> list[str]:
    profile = result.profile
    lines = [line for p in result.parameters.values() if p.source == "profile" for line in _parameter(p, lang)]
    severities = changed_severities(profile, result.rules)
    lines += [text("summary-severity", lang, rule=r, severity=s) for r, s in severities.items()]
    lines += [text("summary-rule-off", lang, rule=r, reason=why) for r, why in sorted(profile.rules_off.items())]
    if profile.rule_folders:
        lines.append(text("summary-rule-folders", lang, count=len(profile.rule_folders)))
    catalogue = result.tables.catalogue
    for ledger, columns in sorted(profile.headers.items()):
        for column, headers in columns.items():
            args = {"ledger": catalogue[ledger].title(lang), "column": catalogue[ledger].columns[column].header}
            lines.append(text("summary-headers", lang, headers=_joined(headers, lang), **args))
    lines += [_settled(entry, lang) for entry in profile.sheets]
    for ledger, coded in sorted(profile.codes.items()):
        for column, codes in coded.items():
            args = {"ledger": catalogue[ledger].title(lang), "column": catalogue[ledger].columns[column].header}
            pairs = [f"{spelling} = {code}" for spelling, code in codes.items()]
            lines.append(text("summary-codes", lang, codes=_joined(pairs, lang), **args))
    return lines


def _settled(entry: SheetEntry, lang: str) -> str:
    args = {"file": entry.file, "sheet": entry.sheet, "entry": str(entry.place)}
    if entry.ignore:
        return text("summary-sheet-ignored", lang, **args)
    what = [entry.ledger] if entry.ledger else []
    what += [text("read-header-row", lang, rows="–".join(str(row) for row in entry.header))] if entry.header else []
    what += [f"{key} → {column}" for key, column in entry.columns.items()]
    return text("summary-sheet-settled", lang, what=_joined(what, lang), **args)


def _joined(words: Iterable[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(words)


def _parameter(parameter: Resolved, lang: str) -> list[str]:
    """A line for each of the profile's values of a parameter."""
    lines = []
    for entry in parameter.entries:
        if entry.source != "profile":
            continue
        args = {"name": parameter.id, "value": entry.text, "default": parameter.default}
        if (entry.valid_from, entry.valid_to, entry.regime) == (None, None, None):
            lines.append(text("summary-parameter", lang, **args))
            continue
        when = [] if entry.regime is None else [text(f"regime-{entry.regime}", lang)]
        if (entry.valid_from, entry.valid_to) != (None, None):
            when.append(f"{entry.valid_from or ''} – {entry.valid_to or ''}".strip())
        lines.append(text("summary-parameter-dated", lang, when=_joined(when, lang), **args))
    return lines


def _unchecked_numbers(result: AuditResult, lang: str) -> str | None:
    """The parameters that rules that ran rest on and that nobody has compared with their instruments."""
    ran = {RunStatus.FIRED, RunStatus.SILENT}
    used = {
        name
        for rule, outcome in result.run.outcomes.items()
        if outcome.status in ran
        for name in result.rules.rules[rule].parameters
    }
    numbers = [
        f"{name} = {' / '.join(unchecked)}"
        for name, parameter in sorted(result.parameters.items())
        if name in used and (unchecked := parameter.unchecked)
    ]
    return text("summary-unchecked-numbers", lang, numbers=_joined(numbers, lang)) if numbers else None


def _unchecked(result: AuditResult, lang: str, veil: Veil) -> list[Text]:
    lines = [Text(veil.sentence(render(p, lang)), style="red") for p in result.problems]
    lines += [
        Text(text("summary-sheet-unknown", lang, where=str(reading.where()), rows=reading.raw.row_count))
        for reading in result.upload.readings
        if reading.ledger is None and any(p.code in NOT_RECOGNISED for p in reading.problems)
    ]
    lines += [
        Text(text("rows-not-linked", lang, ledger=table.ledger.title(lang), **_counts(table.links)), style="yellow")
        for table in result.tables.present.values()
        if table.links.table.num_rows
    ]
    lines += [Text(veil.sentence(render(p, lang))) for p in totals_not_judged(result.tables)]
    lines += [*_not_run(result, lang), *_not_judged(result, lang)]
    return [*lines, *not_drawn(result.reconciliation, veil, lang), *not_compared(result.reconciliation, veil, lang)]


def _counts(links: Links) -> dict[str, int]:
    of, linked = links.table.num_rows, links.linked
    return {"of": of, "linked": linked, "unlinked": of - linked}


def _not_run(result: AuditResult, lang: str) -> list[Text]:
    """The rules that did not run, those with the same reason in one line."""
    waiting: dict[str, list[str]] = {}
    for name in sorted(result.run.outcomes):
        outcome = result.run.outcomes[name]
        if outcome.reasons:
            joint = "；" if lang == "zh" else "; "
            reason = joint.join(reason_text(r, result.tables.catalogue, lang) for r in outcome.reasons)
            waiting.setdefault(reason, []).append(f"{name} {result.rules.rules[name].title.in_(lang)}")
    comma = "、" if lang == "zh" else ", "
    return [
        Text(text("summary-not-run", lang, rules=comma.join(rules), reason=reason), style="yellow")
        for reason, rules in waiting.items()
    ]


def _not_judged(result: AuditResult, lang: str) -> list[Text]:
    """What rules that ran could not judge."""
    lines: list[Text] = []
    for name in sorted(result.run.outcomes):
        outcome = result.run.outcomes[name]
        title = result.rules.rules[name].title.in_(lang)
        if outcome.reservations:
            missing = "；".join(reason_text(r, result.tables.catalogue, lang) for r in outcome.reservations)
            lines.append(Text(text("summary-partly", lang, rule=name, title=title, missing=missing), style="yellow"))
        if outcome.not_evaluated:
            rows = sum(unit.rows for unit in outcome.not_evaluated)
            args = {"rule": name, "title": title, "units": len(outcome.not_evaluated), "rows": rows}
            lines.append(Text(text("summary-not-evaluated", lang, **args), style="yellow"))
    return lines


def _absent(result: AuditResult, lang: str) -> str | None:
    absent = [
        ledger.title(lang) for name, ledger in result.tables.catalogue.items() if name not in result.tables.present
    ]
    return text("summary-absent", lang, count=len(absent), ledgers="、".join(absent)) if absent else None


def _quality(result: AuditResult, lang: str) -> RenderableType | None:
    counts = Counter(s.rule for s in result.signals if s.group == "LT")
    if not counts:
        return None
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right")
    table.add_column(overflow="fold", style="dim")
    for rule, count in sorted(counts.items()):
        first = next(s for s in result.signals if s.rule == rule)
        table.add_row(f"{rule} {text(f'{rule}-title', lang)}", str(count), first.subject.id)
    return table


def _findings(result: AuditResult, lang: str, veil: Veil) -> RenderableType:
    people = [f for f in result.findings if f.violation != "ledger"]
    counts = Counter((f.violation, f.grade) for f in people)
    table = Table(box=None, pad_edge=False)
    table.add_column(text("summary-violation", lang))
    for grade in (Grade.CONCLUSIVE, Grade.STRONG, Grade.CLUE):
        table.add_column(text(f"grade-{grade.value}", lang), justify="right", style=_STYLES[grade.value])
    for violation in sorted({f.violation for f in people}):
        cells = [str(counts[violation, g] or "·") for g in (Grade.CONCLUSIVE, Grade.STRONG, Grade.CLUE)]
        table.add_row(text(f"violation-{violation}", lang), *cells)
    parts: list[RenderableType] = [table, Text("")]
    linked = {s.key: n for s in result.signals if (n := sum(row.linked is not None for row in s.evidence))}
    parts += [_finding(f, lang, veil, linked) for f in people[:SHOWN_FINDINGS]]
    if len(people) > SHOWN_FINDINGS:
        parts.append(Text(text("summary-more", lang, count=len(people) - SHOWN_FINDINGS), style="dim"))
    return Group(*parts)


def _finding(finding: Finding, lang: str, veil: Veil, linked: Mapping[str, int]) -> RenderableType:
    subject = veil.subject(finding.subject)
    head = Text()
    head.append(text(f"grade-{finding.grade.value}", lang), style=_STYLES[finding.grade.value])
    head.append(
        f" · {text(f'severity-{finding.severity.value}', lang)} · {text(f'violation-{finding.violation}', lang)} · "
    )
    head.append(subject["name"] or "", style="bold")
    head.append(f" {subject['id']}")
    if finding.amount is not None:
        amount = f"{finding.amount:,.2f}"
        head.append(f" · {text('summary-amount', lang, amount=amount)}")
    head.append(f" · {finding.id}", style="dim")
    told = veil.sentence(finding.seen.in_(lang))
    if rows := max((linked.get(key, 0) for key in finding.signals), default=0):
        told += text("rests-on-links", lang, rows=rows)
    return Group(head, Padding(Text(told), (0, 0, 1, 2)))


def print_summary(result: AuditResult, veil: Veil, console: Console, lang: str = "zh") -> None:
    """Print the summary of an audit: scope and gaps first, then the findings, the worst first."""
    console.print(_head("summary-scope", lang))
    console.print(_scope(result, lang))
    deviations = _deviations(result, lang)
    if deviations:
        console.print(_head("summary-deviations", lang))
        for line in deviations:
            console.print(f"  {line}", markup=False, highlight=False)
    console.print()
    console.print(_head("summary-unchecked", lang))
    lines = _unchecked(result, lang, veil)
    for gap in lines[:SHOWN_LINES]:
        console.print(Padding(gap, (0, 0, 0, 2)))
    if len(lines) > SHOWN_LINES:
        console.print("  " + text("summary-more-unchecked", lang, count=len(lines) - SHOWN_LINES), style="dim")
    numbers = _unchecked_numbers(result, lang)
    if numbers:
        console.print(Padding(Text(numbers), (0, 0, 0, 2)))
    absent = _absent(result, lang)
    if absent:
        console.print(Padding(Text(absent), (0, 0, 0, 2)))
    if not lines and not absent:
        console.print("  " + text("summary-all-checked", lang))
    quality = _quality(result, lang)
    console.print()
    console.print(_head("summary-quality", lang))
    console.print(Padding(quality if quality is not None else text("summary-quality-none", lang), (0, 0, 0, 2)))
    console.print()
    console.print(_head("summary-findings", lang))
    if any(f.violation != "ledger" for f in result.findings):
        console.print(Padding(_findings(result, lang, veil), (0, 0, 0, 2)))
    else:
        console.print("  " + text("summary-none", lang))
    if result.reconciliation.outcomes:
        console.print()
        console.print(_head("summary-statements", lang))
        console.print(Padding(overview(result.reconciliation, veil, lang), (0, 0, 0, 2)))
        console.print("  " + text("tie-audit-next", lang), style="dim")
