"""`coverage.json`: what was read, what was set aside and why, what was checked, and what was *not*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from auditor.errors import Problem, Where
from auditor.intake.reading import Band, SheetReading, Upload, sheet_bands
from auditor.ledgers import Catalogue
from auditor.maps import SheetEntry
from auditor.messages import LANGUAGES, text
from auditor.profile import Profile
from auditor.report.masking import Veil
from auditor.report.reading_used import UsedColumn, used_columns
from auditor.rules import Resolved, RuleSet
from auditor.rules.parameters import Entry
from auditor.signals import Outcome, Reason
from auditor.tables import LedgerTable, Tables

Json = dict[str, object]
SHOWN_REJECTED = 200
_ASIDE = {
    Band.BLANK: "blank",
    Band.TITLE: "title",
    Band.HEADER: "header",
    Band.TOTAL: "total",
    Band.SIGNATURE: "signature",
    Band.NOTE: "note",
    Band.UNUSED: "not_a_ledger",
    Band.SECTION: "section",
    Band.ELSEWHERE: "another_table",
    Band.CONTINUED: "read_with_the_row_above",
}


def problem_json(problem: Problem, veil: Veil) -> Json:
    """A problem with its place and both sentences."""
    place: Json = {"file": problem.where.file}
    if isinstance(problem.where, Where):
        place |= {"sheet": problem.where.sheet, "row": problem.where.row, "column": problem.where.column}
    else:
        place |= {"line": problem.where.line, "column": problem.where.column}
    sentences = {lang: veil.sentence(text(problem.code, lang, **problem.args)) for lang in ("zh", "en")}
    return {"code": problem.code, "gravity": problem.gravity.value, "where": place, "message": sentences}


def rows_json(tables: Sequence[SheetReading]) -> Json:
    """The accounting of a sheet's rows, or of one table's: total = read + set aside + rejected."""
    bands = sheet_bands(tables)
    counted = np.bincount(bands, minlength=len(Band))
    aside = {name: int(counted[band]) for band, name in _ASIDE.items() if counted[band]}
    reasons = {position: reason for table in tables for position, reason in table.reasons.items()}
    rejected: dict[str, int] = {}
    places = np.nonzero(bands == Band.REJECTED)[0].tolist()
    for position in places:
        reason = reasons.get(position, "")
        rejected[reason] = rejected.get(reason, 0) + 1
    raw = tables[0].raw
    result: Json = {
        "total": raw.row_count,
        "read": int(counted[Band.READ]),
        "set_aside": aside,
        "rejected": dict(sorted(rejected.items())),
    }
    if places:
        shown = [{"row": raw.first_row + p, "reason": reasons.get(p, "")} for p in places[:SHOWN_REJECTED]]
        result["rejected_rows"] = shown
        if len(places) > SHOWN_REJECTED:
            result["rejected_rows_not_shown"] = len(places) - SHOWN_REJECTED
    return result


def sheet_json(tables: Sequence[SheetReading], veil: Veil) -> Json:
    """What a sheet was taken for, by which headers, and what became of each row.

    A sheet that holds several tables has them under `tables`, and above them the accounting of its rows as a whole.
    """
    raw = tables[0].raw
    head: Json = {"sheet": raw.name, "hidden": raw.hidden}
    used = used_columns(tables, veil.catalogue)
    told = [_table_json(table, used.get(number, ()), veil) for number, table in enumerate(tables)]
    return {**head, **told[0]} if len(told) == 1 else {**head, "rows": rows_json(tables), "tables": told}


def _table_json(reading: SheetReading, used: Sequence[UsedColumn], veil: Veil) -> Json:
    first, last = reading.header
    return {
        **({"part": reading.part.label or reading.part.number} if reading.part is not None else {}),
        "ledger": reading.ledger,
        "confidence": round(reading.confidence, 3),
        "candidates": [{"ledger": name, "score": round(score, 3)} for name, score in reading.candidates],
        "header_rows": [reading.raw.first_row + i for i in range(first, last)],
        "columns": [
            {
                "letter": m.letter if m.last_letter is None else f"{m.letter}:{m.last_letter}",
                "header": veil.sentence(m.header),
                "column": m.column,
                "confidence": round(m.confidence, 3),
                **({"made": m.made} if m.made else {}),
            }
            for m in reading.columns
        ],
        "unknown_columns": [
            {"letter": u.letter, "header": veil.sentence(u.header), "nearest": u.nearest} for u in reading.unknown
        ],
        **(
            {"used_columns": [{"letter": u.letter, "header": veil.sentence(u.header), "use": u.use} for u in used]}
            if used
            else {}
        ),
        "context": {
            name: {"text": veil.sentence(value.text), "from": value.origin, "where": str(value.where)}
            for name, value in sorted(reading.context.items())
        },
        "settled_by": dict(reading.settled),
        "rows": rows_json([reading]),
        "problems": [problem_json(p, veil) for p in reading.problems],
    }


def files_json(upload: Upload, veil: Veil) -> list[Json]:
    """Every file of the upload with its sheets, or why it could not be read."""
    sheets: dict[str, list[Json]] = {}
    for tables in upload.sheets:
        sheets.setdefault(tables[0].source.path, []).append(sheet_json(tables, veil))
    faults: dict[str, list[Json]] = {}
    for problem in upload.problems:
        if isinstance(problem.where, Where):  # others are about a map or profile, not about a file of the upload
            faults.setdefault(problem.where.file, []).append(problem_json(problem, veil))
    known = {file.path for file in upload.files}
    result: list[Json] = [
        {
            "path": file.path,
            "size": file.size,
            "sha256": file.sha256,
            "role": file.role,
            "read": file.role == "attachment" or file.path in sheets,
            "sheets": sheets.get(file.path, []),
            "problems": faults.get(file.path, []),
        }
        for file in upload.files
    ]
    result += [
        {"path": p, "role": "unreadable", "read": False, "problems": f} for p, f in faults.items() if p not in known
    ]
    return result


def ledgers_json(tables: Tables) -> Json:
    """All thirty kinds: an absent one is said to be absent, which is not empty."""
    result: Json = {}
    for name, ledger in tables.catalogue.items():
        table = tables.present.get(name)
        if table is None:
            result[name] = {"present": False, "title": {"zh": ledger.zh, "en": ledger.en}}
            continue
        missing = [column for column in ledger.columns if column not in table.columns]
        result[name] = {
            "present": True,
            "title": {"zh": ledger.zh, "en": ledger.en},
            "rows": table.rows,
            "sheets": len(table.readings),
            "columns_absent": missing,
            **links_json(table),
        }
    return result


def links_json(table: LedgerTable) -> Json:
    """How many rows without an identity number were linked to a person by name, and why the others were not."""
    links = table.links
    if not links.table.num_rows:
        return {}
    reasons = dict(links.reasons)
    return {
        "without_number": links.table.num_rows,
        "linked": links.linked,
        "not_linked": links.table.num_rows - links.linked,
        "not_linked_because": reasons,
    }


def reason_text(reason: Reason, catalogue: Catalogue, lang: str) -> str:
    """The sentence of a reason, with the ledgers and columns named as the templates name them."""
    args: dict[str, object] = dict(reason.args)
    if reason.why is not None:
        args["why"] = reason.why.in_(lang)
    ledger = catalogue.get(str(args.get("ledger", "")))
    if ledger is not None:
        column = ledger.columns.get(str(args.get("column", "")))
        args["ledger"] = ledger.title(lang)
        if column is not None:
            args["column"] = column.header
    if "ledgers" in args:
        named = [
            catalogue[part].title(lang) if part in catalogue else part for part in str(args["ledgers"]).split(", ")
        ]
        args["ledgers"] = "、".join(named) if lang == "zh" else ", ".join(named)
    return text(reason.code, lang, **args)


def _reason(reason: Reason, catalogue: Catalogue) -> Json:
    sentences = {lang: reason_text(reason, catalogue, lang) for lang in LANGUAGES}
    return {"code": reason.code, "args": dict(reason.args), **sentences}


def outcome_json(outcome: Outcome, rules: RuleSet, veil: Veil) -> Json:
    """Whether a rule ran, why not, and what it could not judge."""
    rule = rules.rules[outcome.rule]
    return {
        "rule": rule.id,
        "version": rule.version,
        "title": {"zh": rule.title.zh, "en": rule.title.en},
        "status": outcome.status.value,
        "signals": outcome.count,
        "reasons": [_reason(r, veil.catalogue) for r in outcome.reasons],
        "reservations": [_reason(r, veil.catalogue) for r in outcome.reservations],
        "not_evaluated": {
            "units": len(outcome.not_evaluated),
            "rows": sum(unit.rows for unit in outcome.not_evaluated),
            "because_absent_from": rule.covers.ledger if rule.covers else None,
            "items": [
                {"unit": veil.measures(unit.unit), "rows": unit.rows, "people": unit.people}
                for unit in outcome.not_evaluated
            ],
        },
    }


def parameters_json(parameters: Mapping[str, Resolved]) -> list[Json]:
    """The parameters in force, where each comes from, and whether anybody has checked it."""
    return [
        {
            "name": name,
            "value": p.text,
            "source": p.source,
            "default": p.default,
            "instrument": p.instrument,
            "article": p.article,
            "checked": p.checked,
            "values": [_entry_json(entry) for entry in p.entries] if len(p.entries) > 1 else [],
        }
        for name, p in sorted(parameters.items())
    ]


def _entry_json(entry: Entry) -> Json:
    """A value of some dates or some regime of posts; an earlier entry of the list wins over a later one."""
    return {
        "value": entry.text,
        "from": entry.valid_from.isoformat() if entry.valid_from is not None else None,
        "to": entry.valid_to.isoformat() if entry.valid_to is not None else None,
        "regime": entry.regime,
        "source": entry.source,
        "instrument": entry.instrument,
        "article": entry.article,
        "checked": entry.checked,
    }


def changed_severities(profile: Profile, rules: RuleSet) -> dict[str, str]:
    """The severities that the profile gives and that are not the rule's own."""
    own = {name: rule.severity for name, rule in rules.rules.items()}
    return {name: word for name, word in sorted(profile.severities.items()) if own.get(name) != word}


def _settled_json(entry: SheetEntry) -> Json:
    return {
        "file": entry.file,
        "sheet": entry.sheet,
        "ignore": entry.ignore,
        "ledger": entry.ledger,
        "header": list(entry.header or ()),
        "columns": dict(entry.columns),
        "where": str(entry.place),
    }


def profile_json(profile: Profile, parameters: Mapping[str, Resolved], rules: RuleSet) -> Json:
    """Everything in which the profile departs from the defaults; a value by date or regime as a list."""
    changed: Json = {}
    for name, parameter in sorted(parameters.items()):
        entries = [entry for entry in parameter.entries if entry.source == "profile"]
        if parameter.source == "profile":
            changed[name] = profile.parameters.get(name) or [_entry_json(entry) for entry in entries]
    return {
        "parameters": changed,
        "severities": changed_severities(profile, rules),
        "rules_off": dict(sorted(profile.rules_off.items())),
        "rule_folders": len(profile.rule_folders),
        "headers": {k: {c: list(h) for c, h in v.items()} for k, v in sorted(profile.headers.items())},
        "codes": {k: {c: dict(s) for c, s in v.items()} for k, v in sorted(profile.codes.items())},
        "sheets": [_settled_json(entry) for entry in profile.sheets],
    }
