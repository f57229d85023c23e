"""What rules.md says of findings, in plain sets: an evaluator that shares nothing with the product's own.

`expected` is the table of rules.md written out by hand for ghost_payroll, wages and ledger. `holds` evaluates the
condition language straight on signals, for conclusion sets made up at random.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

# A signal as the oracle sees it: rule, kind, id, month or None, severity.
Sign: TypeAlias = tuple[str, str, str, str | None, str]
Spec: TypeAlias = "str | dict[str, object]"

RANKS = ("clue", "strong", "conclusive")


def _months(signs: Sequence[Sign], rule: str) -> set[str]:
    return {month for r, _, _, month, _ in signs if r == rule and month}


def ghost_payroll(signs: Sequence[Sign]) -> list[str]:
    """The conclusions about one person, from the words of the table."""
    rules = {sign[0] for sign in signs if sign[0].startswith("GP")}
    fired = []
    if rules & {"GP03", "GP04", "GP09"}:
        fired.append("paid-after-death-or-custody")
    if _months(signs, "GP01") & (_months(signs, "GP06") | _months(signs, "GP07")):
        fired.append("absent-and-elsewhere")
    if len(_months(signs, "GP01")) >= 2:
        fired.append("absent-in-several-months")
    if "GP02" in rules:
        fired.append("paid-after-leaving")
    if "GP05" in rules:
        fired.append("paid-off-the-register")
    if "GP08" in rules:
        fired.append("paid-twice")
    if len(_months(signs, "GP06")) >= 2:
        fired.append("insured-elsewhere-in-several-months")
    if len(_months(signs, "GP07")) >= 2:
        fired.append("away-in-several-months")
    if rules:
        fired.append("any-sign")
    return fired


def by_severity(signs: Sequence[Sign], group: str) -> list[str]:
    """Wages and ledger: strong on a critical or high signal of the group."""
    severities = {sign[4] for sign in signs if sign[0].startswith(group)}
    fired = ["grave-sign"] if severities & {"critical", "high"} else []
    return [*fired, "any-sign"] if severities else []


def grade_of(violation: str, fired: Sequence[str]) -> str:
    """The grade by the table's columns."""
    if violation != "ghost_payroll":
        return "strong" if "grave-sign" in fired else "clue"
    if {"paid-after-death-or-custody", "absent-and-elsewhere"} & set(fired):
        return "conclusive"
    return "strong" if set(fired) - {"any-sign"} else "clue"


def expected(signs: Sequence[Sign]) -> dict[tuple[str, str, str], tuple[str, list[str]]]:
    """(violation, kind, id) → grade and conclusions that fired."""
    subjects: dict[tuple[str, str], list[Sign]] = defaultdict(list)
    for sign in signs:
        subjects[sign[1], sign[2]].append(sign)
    result = {}
    for (kind, id_), own in subjects.items():
        drawn = {"ledger": by_severity(own, "LT")}
        if kind == "person":
            drawn |= {"ghost_payroll": ghost_payroll(own), "wages": by_severity(own, "WG")}
        for violation, fired in drawn.items():
            if fired:
                result[violation, kind, id_] = (grade_of(violation, fired), fired)
    return result


def holds(spec: Spec, signs: Sequence[Sign], concluded: Mapping[str, int]) -> bool:
    """Whether the condition `spec` (as YAML would give it, counts as integers) holds for one subject."""
    if isinstance(spec, str):
        return any(sign[0] == spec for sign in signs)
    ((key, value),) = spec.items()
    if key == "any":
        return any(holds(part, signs, concluded) for part in value)  # type: ignore[attr-defined]
    if key == "all":
        return all(holds(part, signs, concluded) for part in value)  # type: ignore[attr-defined]
    if key == "same_month":
        months = {sign[3] for sign in signs if sign[3]}
        return any(
            all(holds(part, [s for s in signs if s[3] == month], concluded) for part in value)  # type: ignore[attr-defined]
            for month in months
        )
    assert isinstance(value, dict)
    if key == "months":
        return len({s[3] for s in signs if s[0] in value["of"] and s[3]}) >= int(value["at_least"])
    if key == "several":
        return len({s[0] for s in signs if s[0] in value["of"]}) >= int(value["at_least"])
    if key == "concluded":
        return concluded.get(value["violation"], -1) >= RANKS.index(value["at_least"])
    assert key == "group"
    return any(
        s[0].startswith(value["name"])
        and s[0] not in value.get("besides", [])
        and s[4] in value.get("severity", ["critical", "high", "medium", "low"])
        for s in signs
    )
