"""What rules.md says of findings, in plain sets: an evaluator that shares nothing with the product's own.

`expected` is the table of rules.md written out by hand for the violations on posts, wages and ledger. `holds` evaluates
the condition language straight on signals, for conclusion sets made up at random.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

# A signal as the oracle sees it: rule, kind, id, month or None, severity.
Sign: TypeAlias = tuple[str, str, str, str | None, str]
Spec: TypeAlias = "str | dict[str, object]"
# What is known of a member: its signs, and the rank of what was concluded about it, by violation.
Known: TypeAlias = tuple[Sequence[Sign], Mapping[str, int]]

RANKS = ("clue", "strong", "conclusive")


Links: TypeAlias = Mapping[tuple[str, str], Sequence[str]]
"""The people of each household and workshop, by its kind and id."""


def paid(sign: Sign) -> bool:
    """The figure `paid` of a sign: made to follow from its severity, so that both values come up."""
    return sign[4] in {"critical", "high"}


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


def ineligible_placement(signs: Sequence[Sign]) -> list[str]:
    """IP05 or IP12, or two of six; any one of the six; any other."""
    rules = {sign[0] for sign in signs if sign[0].startswith("IP")}
    main = rules & {"IP01", "IP04", "IP06", "IP07", "IP08", "IP09"}
    fired = ["paid-from-budget-or-dead"] if rules & {"IP05", "IP12"} else []
    fired += ["several-conditions-missed"] if len(main) >= 2 else []
    fired += ["condition-missed"] if main else []
    return [*fired, "any-sign"] if rules else []


def impersonation(signs: Sequence[Sign]) -> list[str]:
    """IM03 with IM04, IM06 or GP07, or with IM02; IM02, IM03, IM04, or IM01 on a number that was paid; any other."""
    rules = {sign[0] for sign in signs}
    fired = []
    if "IM03" in rules and rules & {"IM04", "IM06", "GP07"}:
        fired.append("account-of-another-and-absent")
    if {"IM02", "IM03"} <= rules:
        fired.append("several-names-and-account-of-another")
    if rules & {"IM02", "IM03", "IM04"}:
        fired.append("name-or-account-of-another")
    if any(sign[0] == "IM01" and paid(sign) for sign in signs):
        fired.append("paid-under-invalid-number")
    if any(rule.startswith("IM") for rule in rules):
        fired.append("any-sign")
    return fired


def nepotism(signs: Sequence[Sign]) -> list[str]:
    """NP04, NP05, or a relation with any IP but IP11; NP01, or a relation with IP11; the relation alone."""
    rules = {sign[0] for sign in signs}
    related = bool(rules & {"NP02", "NP03"})
    fired = ["paid-into-officials-account-or-ahead-of-need"] if rules & {"NP04", "NP05"} else []
    fired += ["related-and-ineligible"] if related and any(r[:2] == "IP" and r != "IP11" for r in rules) else []
    fired += ["official-on-a-post"] if "NP01" in rules else []
    fired += ["related-without-notice"] if related and "IP11" in rules else []
    return [*fired, "related"] if related else fired


def disguised_handout(kind: str, signs: Sequence[Sign], members: Sequence[Sign]) -> list[str]:
    """About persons, households (with the signs of their members), employers and villages."""
    rules = {sign[0] for sign in signs}
    fired = ["little-work-in-many-months"] if len(_months(signs, "DH03")) >= 3 else []
    fired += ["lump-and-overpaid-or-little-work"] if "DH04" in rules and rules & {"DH03", "DH05"} else []
    for rule, name in (("DH03", "little-work"), ("DH05", "above-standard"), ("DH06", "no-attendance-kept")):
        fired += [name] if rule in rules else []
    if kind == "household" and "DH01" in rules and any(sign[0] in {"GP01", "DH03"} for sign in members):
        fired.append("household-with-unworked-pay")
    return [*fired, "any-sign"] if any(rule.startswith("DH") for rule in rules) else []


def numbers_of_person(signs: Sequence[Sign]) -> list[str]:
    """NE15, or NE11 with NE13; five that are strong alone; any other."""
    rules = {sign[0] for sign in signs if sign[0].startswith("NE")}
    fired = ["dead-in-custody-or-at-school"] if "NE15" in rules else []
    fired += ["unpaid-and-elsewhere"] if {"NE11", "NE13"} <= rules else []
    names = {
        "NE11": "paid-nothing",
        "NE13": "employed-elsewhere",
        "NE14": "in-several-workshops",
        "NE16": "under-age",
        "NE21": "no-trace-of-work",
    }
    fired += [name for rule, name in names.items() if rule in rules]
    return [*fired, "any-sign"] if rules else []


def numbers_of_workshop(signs: Sequence[Sign], workers: Sequence[str]) -> list[str]:
    """NE01 with NE02 or NE03; NE07 with any other; half of the workers strong or conclusive; five strong; any other.

    `workers`: the grade of each worker, empty where nothing was found about them.
    """
    rules = {sign[0] for sign in signs if sign[0].startswith("NE")}
    fired = ["counted-and-not-there"] if "NE01" in rules and rules & {"NE02", "NE03"} else []
    fired += ["closed-and-another-sign"] if "NE07" in rules and len(rules) > 1 else []
    on_paper = sum(grade in {"strong", "conclusive"} for grade in workers)
    fired += ["half-the-workers-on-paper"] if on_paper and 2 * on_paper >= len(workers) else []
    names = {
        "NE01": "reported-over-enrolled",
        "NE02": "seen-far-below-enrolled",
        "NE03": "stopped-still-counted",
        "NE07": "business-closed",
        "NE08": "photo-reused",
    }
    fired += [name for rule, name in names.items() if rule in rules]
    return [*fired, "any-sign"] if rules else fired


CONCLUSIVE = {
    "numbers_only_employment": {
        "dead-in-custody-or-at-school",
        "unpaid-and-elsewhere",
        "counted-and-not-there",
        "closed-and-another-sign",
        "half-the-workers-on-paper",
    },
    "ghost_payroll": {"paid-after-death-or-custody", "absent-and-elsewhere"},
    "ineligible_placement": {"paid-from-budget-or-dead", "several-conditions-missed"},
    "impersonation": {"account-of-another-and-absent", "several-names-and-account-of-another"},
    "nepotism": {"paid-into-officials-account-or-ahead-of-need", "related-and-ineligible"},
    "disguised_handout": {"little-work-in-many-months", "lump-and-overpaid-or-little-work"},
}


def by_severity(signs: Sequence[Sign], group: str) -> list[str]:
    """Wages and ledger: strong on a critical or high signal of the group."""
    severities = {sign[4] for sign in signs if sign[0].startswith(group)}
    fired = ["grave-sign"] if severities & {"critical", "high"} else []
    return [*fired, "any-sign"] if severities else []


def grade_of(violation: str, fired: Sequence[str]) -> str:
    """The grade by the table's columns."""
    if CONCLUSIVE.get(violation, set()) & set(fired):
        return "conclusive"
    return "strong" if set(fired) - {"any-sign", "related"} else "clue"


def expected(signs: Sequence[Sign], links: Links | None = None) -> dict[tuple[str, str, str], tuple[str, list[str]]]:
    """(violation, kind, id) → grade and conclusions that fired."""
    subjects: dict[tuple[str, str], list[Sign]] = defaultdict(list)
    for whole in links or {}:
        subjects[whole] = []
    for sign in signs:
        subjects[sign[1], sign[2]].append(sign)
    result = {}
    for (kind, id_), own in subjects.items():
        drawn = {"ledger": by_severity(own, "LT")}
        people = (links or {}).get((kind, id_), ())
        if kind == "workshop":
            found = [numbers_of_person([s for s in signs if s[1:3] == ("person", one)]) for one in people]
            workers = [grade_of("numbers_only_employment", one) if one else "" for one in found]
            drawn["numbers_only_employment"] = numbers_of_workshop(own, workers)
        if kind == "person":
            drawn |= {
                "ghost_payroll": ghost_payroll(own),
                "wages": by_severity(own, "WG"),
                "ineligible_placement": ineligible_placement(own),
                "impersonation": impersonation(own),
                "nepotism": nepotism(own),
                "numbers_only_employment": numbers_of_person(own),
            }
        if kind in {"person", "household", "employer", "village"}:
            members = [sign for sign in signs if sign[1] == "person" and sign[2] in people]
            drawn["disguised_handout"] = disguised_handout(kind, own, members)
        for violation, fired in drawn.items():
            if fired:
                result[violation, kind, id_] = (grade_of(violation, fired), fired)
    return result


def holds(spec: Spec, signs: Sequence[Sign], concluded: Mapping[str, int], members: Sequence[Known] = ()) -> bool:
    """Whether the condition `spec` (as YAML would give it, counts as integers) holds for one subject.

    `members`: the signs of each member, and the ranks concluded about it.
    """
    if isinstance(spec, str):
        return any(sign[0] == spec for sign in signs)
    if "rule" in spec:
        where = spec["where"]
        assert isinstance(where, dict)
        return any(sign[0] == spec["rule"] and paid(sign) is (where["paid"] == "true") for sign in signs)
    ((key, value),) = spec.items()
    if key == "any":
        return any(holds(part, signs, concluded, members) for part in value)  # type: ignore[attr-defined]
    if key == "all":
        return all(holds(part, signs, concluded, members) for part in value)  # type: ignore[attr-defined]
    if key == "member":
        return any(holds(value, own, drawn) for own, drawn in members)  # type: ignore[arg-type]
    if key == "members":
        asked = value["concluded"]  # type: ignore[index]
        rank = RANKS.index(asked["at_least"])
        reached = sum(ranks.get(asked["violation"], -1) >= rank for _, ranks in members)
        return reached > 0 and reached >= Decimal(value["share"]) * len(members)  # type: ignore[index]
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
