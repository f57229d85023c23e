"""What must be found: collected while planting, from the plan alone, and written beside the ledgers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from sample_ledgers.making.people import Person

Json: TypeAlias = dict[str, str | int | None]

GROUPS = (
    *("GP", "WG", "IP", "IM", "NP", "DH"),
    *("NE", "DS", "SV", "TS", "IS", "LN", "TG", "LC", "RC", "EV", "PV"),
)
VIOLATIONS = (
    "ghost_payroll",
    "wages",
    "ineligible_placement",
    "impersonation",
    "nepotism",
    "disguised_handout",
    "numbers_only_employment",
    "records",
    "services",
    "subsidy",
    "scale",
    "cooperation",
    "rectification",
    "evidence",
    "privacy",
)
BY_MONTH = {f"GP{n:02d}" for n in range(1, 11)} - {"GP05"} | {"WG01", "WG02", "WG03", "IM06", "DH03", "DH05", "IS01"}


@dataclass(slots=True)
class Expected:
    """Signals, findings, near misses, what is wrong with the ledgers themselves, and the rows of each ledger."""

    signals: list[Json] = field(default_factory=list)
    findings: list[Json] = field(default_factory=list)
    near_misses: list[Json] = field(default_factory=list)
    ledger: list[Json] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    statements: dict[str, dict[str, int | str]] = field(default_factory=dict)

    def signal(self, rule: str, person: Person, *months: int) -> None:
        """`rule` fires for `person` in each of `months` of 2022, or once where its grain has no month."""
        for month in months or (None,):
            assert (month is None) == (rule not in BY_MONTH), rule
            self.about(rule, "person", person.id, None if month is None else f"2022-{month:02d}")

    def about(self, rule: str, kind: str, subject: str, period: str | None = None) -> None:
        """`rule` fires for a subject of any kind."""
        self.signals.append({"rule": rule, "kind": kind, "id": subject, "period": period})

    def finding(self, violation: str, person: Person, grade: str) -> None:
        """The person's finding of `violation`."""
        self.concluded(violation, "person", person.id, grade)

    def concluded(self, violation: str, kind: str, subject: str, grade: str) -> None:
        """The finding of `violation` of a subject of any kind."""
        self.findings.append({"violation": violation, "kind": kind, "id": subject, "grade": grade})

    def near_miss(self, rule: str, person: Person, why: str) -> None:
        """`rule` must not fire for `person`, though it looks alike."""
        self.near_misses.append({"rule": rule, "id": person.id, "name": person.name, "why": why})

    def near_miss_about(self, rule: str, subject: str, why: str) -> None:
        """`rule` must not fire for a household, employer or village."""
        self.near_misses.append({"rule": rule, "id": subject, "name": subject, "why": why})

    def wrong(self, rule: str, file: str, sheet: str | None, row: int | None) -> None:
        """Where a ledger itself is wrong."""
        self.ledger.append({"rule": rule, "file": file, "sheet": sheet, "row": row})

    def write(self, path: Path) -> None:
        """Writes everything to `path`, one item a line, in order."""
        parts = {
            "signals": sorted(self.signals, key=lambda item: (str(item["rule"]), str(item["period"]), str(item["id"]))),
            "findings": sorted(self.findings, key=lambda item: (str(item["violation"]), str(item["id"]))),
            "near_misses": self.near_misses,
            "ledger": sorted(self.ledger, key=lambda item: tuple(map(str, item.values()))),
        }
        blocks = [
            f'  "groups": {json.dumps(GROUPS)}',
            f'  "violations": {json.dumps(VIOLATIONS)}',
            f'  "rows": {json.dumps(self.rows)}',
        ]
        for name, items in parts.items():
            lines = ",\n".join("    " + json.dumps(item, ensure_ascii=False) for item in items)
            blocks.append(f'  "{name}": [\n{lines}\n  ]' if items else f'  "{name}": []')
        figures = ",\n".join(f"    {json.dumps(name)}: {json.dumps(each)}" for name, each in self.statements.items())
        blocks.append(f'  "statements": {{\n{figures}\n  }}')
        path.write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8", newline="\n")
