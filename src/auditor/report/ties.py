"""Ties for people (a table) and for machines: who is tied to whom, by what, and where that stands; numbers masked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table
from rich.text import Text

from auditor.clues import EvidenceRow, Subject
from auditor.findings import Finding
from auditor.inference import Grade
from auditor.messages import text
from auditor.report.coverage import Json
from auditor.report.masking import Veil
from auditor.tables import Tables
from auditor.ties import End, Group, Row, Tie, Tied, TieKind, groups_of, people_tied, tied_twice

_LEDGERS = (
    "roster",
    "relatives",
    "officials",
    "posts",
    "payroll",
    "workshop_workers",
    "workshop_payroll",
    "migrant_work",
    "transport_subsidy",
    "insurance_subsidy",
    "bank_payments",
)
_MOST = 300  # ties of the table on the screen
_MOST_ENDS = 12  # people of one tie
_FIRST = (TieKind.KINSHIP, TieKind.ACCOUNT, TieKind.PHONE, TieKind.APPROVER, TieKind.HOUSEHOLD)
_SHOWN: Mapping[TieKind, tuple[str, ...]] = {
    TieKind.HOUSEHOLD: ("person_id", "name", "household_id", "relation"),
    TieKind.KINSHIP: ("official_id", "official", "relative_id", "relative", "relation"),
    TieKind.ACCOUNT: ("person_id", "name", "account_no", "account_name"),
    TieKind.PHONE: ("person_id", "name", "phone"),
    TieKind.APPROVER: ("person_id", "name", "approver_id", "approver"),
}


@dataclass(frozen=True, slots=True)
class TiesView:
    """Ties as they are to be shown.

    Attributes:
        ties: all of them.
        groups: those worth a look, the one with the most kinds of ties first, then the largest.
        rest: how many other groups there are.
        people: everybody, by node.
        grades: the highest grade of a finding about a person, by node.
    """

    ties: tuple[Tie, ...]
    groups: tuple[Group, ...]
    rest: int
    people: Mapping[str, Tied]
    grades: Mapping[str, Grade]
    tables: Tables = field(repr=False)
    veil: Veil = field(repr=False)


def ties_view(ties: Sequence[Tie], tables: Tables, findings: Sequence[Finding], veil: Veil) -> TiesView:
    """What is shown of `ties`; a group is worth a look that has an official, a finding or two tied in two ways."""
    people = people_tied(ties, tables)
    grades: dict[str, Grade] = {}
    for finding in findings:
        if finding.subject.kind == "person":
            known = grades.get(finding.subject.id, finding.grade)
            grades[finding.subject.id] = max(known, finding.grade, key=lambda grade: grade.rank)
    groups = groups_of(ties)
    worth = [
        group
        for group in groups
        if any(people[node].offices or node in grades for node in group.people) or tied_twice(group)
    ]
    worth.sort(key=lambda group: (-len({tie.kind for tie in group.ties}), -len(group.people), group.people))
    return TiesView(tuple(ties), tuple(worth), len(groups) - len(worth), people, grades, tables, veil)


def ties_json(view: TiesView) -> Json:
    """Every tie with every row that says so, and the groups worth a look."""
    key = {node: _subject(node, view)["key"] for node in view.people}
    return {
        "people": [
            {
                **_subject(node, view),
                "offices": [office for office in one.offices if office],
                "official": bool(one.offices),
                "post": one.posts,
                "workshop": one.rolls,
                "grade": view.grades[node].value if node in view.grades else None,
            }
            for node, one in view.people.items()
        ],
        "ties": [
            {
                "kind": tie.kind.value,
                "value": value_of(tie, view),
                "by_name": tie.by_name,
                "ends": [
                    {
                        "person": key[end.node],
                        "name": view.veil.sentence(end.name),
                        "role": end.role.value,
                        "rows": [view.veil.evidence(row) for row in evidence(end.rows, tie, view)],
                    }
                    for end in tie.ends
                ],
            }
            for tie in view.ties
        ],
        "groups": [[key[node] for node in group.people] for group in view.groups],
        "groups_not_shown": view.rest,
        "ledgers_absent": absent(view),
    }


def _subject(node: str, view: TiesView) -> dict[str, str]:
    """Somebody as results write them; the holder of an account has no number, and a key of their own."""
    one = view.people[node]
    if one.person is not None:
        return view.veil.subject(Subject("person", one.person, one.name))
    return {
        "kind": "holder",
        "id": "",
        "name": view.veil.sentence(one.name),
        "key": view.veil.key(Subject("holder", node)),
    }


def value_of(tie: Tie, view: TiesView) -> str:
    """By what people are tied, masked: the household, the word of kinship, the account, the phone, the approver."""
    veil, catalogue = view.veil, view.tables.catalogue
    if tie.kind is TieKind.ACCOUNT:
        return veil.cell(tie.value, catalogue["payroll"].columns["account_no"])
    if tie.kind is TieKind.PHONE:
        return veil.cell(tie.value, catalogue["posts"].columns["phone"])
    if tie.kind is TieKind.APPROVER:
        return veil.subject(Subject("person", tie.value))["id"]
    if tie.kind is TieKind.HOUSEHOLD:
        return veil.subject(Subject("household", tie.value))["id"]
    return veil.sentence(tie.value)


def evidence(rows: Sequence[Row], tie: Tie, view: TiesView) -> list[EvidenceRow]:
    """The rows with the cells that tie."""
    ledgers: dict[str, list[int]] = {}
    for ledger, row in rows:
        ledgers.setdefault(ledger, []).append(row)
    return [row for ledger, at in ledgers.items() for row in view.tables.evidence(ledger, at, _SHOWN[tie.kind])]


def source_of(end: End, view: TiesView, lang: str) -> str:
    """Where the end stands: its first row, and how many there are."""
    ledger, first = end.rows[0]
    where = view.tables.present[ledger].where(first)
    sheet = f"[{where.sheet}]" if where.sheet else ""
    told = f"{view.tables.catalogue[ledger].title(lang)} {where.file}{sheet} {where.row}"
    more = len(end.rows)
    return told if more == 1 else f"{told}，{text('ties-rows-more', lang, count=more)}"


def absent(view: TiesView) -> list[str]:
    """The ledgers that would tie people and were not given."""
    return [name for name in _LEDGERS if name not in view.tables.present]


def print_ties(view: TiesView, console: Console, lang: str = "zh") -> None:
    """Print the groups worth a look, then the other ties, as tables."""
    console.print(Text(counts(view, lang) if view.ties else text("ties-none", lang), style="bold"))
    left = _MOST
    for number, group in enumerate(view.groups, 1):
        if left > 0:
            console.print(Text(heading(group, number, lang), style="bold underline"))
            console.print(_table(group.ties[:left], view, lang))
        left -= len(group.ties)
    rest = rest_of(view)
    if rest and left > 0:
        console.print(Text(text("ties-group-rest", lang), style="bold underline"))
        console.print(_table(rest[:left], view, lang))
    left -= len(rest)
    if left < 0:
        console.print(text("ties-more", lang, count=-left))
    if missing := absent(view):
        ledgers = "、".join(view.tables.catalogue[name].title(lang) for name in missing)
        console.print(Text(text("ties-absent", lang, ledgers=ledgers), style="dim"))


def rest_of(view: TiesView) -> tuple[Tie, ...]:
    """The ties that no group worth a look holds whole, those that say most first."""
    shown = {tie for group in view.groups for tie in group.ties}
    rest = [tie for tie in view.ties if tie not in shown]
    return tuple(sorted(rest, key=lambda tie: (_FIRST.index(tie.kind), tie.key)))


def counts(view: TiesView, lang: str) -> str:
    """How many ties there are of each kind, and of how many people."""
    found = Counter(tie.kind for tie in view.ties)
    kinds = "、".join(f"{text(f'ties-{kind}', lang)} {found[kind]}" for kind in TieKind if found[kind])
    return text("ties-counts", lang, ties=len(view.ties), kinds=kinds, people=len(view.people))


def heading(group: Group, number: int, lang: str) -> str:
    """A group's number, how many people it has, and by what they are tied."""
    kinds = {tie.kind for tie in group.ties}
    told = "、".join(text(f"ties-{kind}", lang) for kind in TieKind if kind in kinds)
    return text("ties-group", lang, number=number, people=len(group.people), kinds=told)


def kind_of(tie: Tie, lang: str) -> str:
    """What the tie is, in words."""
    return text(f"ties-{tie.kind}", lang) + (text("ties-by-name", lang) if tie.by_name else "")


def called(end: End, view: TiesView) -> str:
    """Somebody's name and number."""
    subject = _subject(end.node, view)
    return f"{view.veil.sentence(end.name) or subject['name']} {subject['id']}".strip()


def ends_shown(tie: Tie) -> tuple[End, ...]:
    """The ends that are listed one by one; `ties-folded` tells how many more there are."""
    return tie.ends[:_MOST_ENDS]


def _table(ties: Sequence[Tie], view: TiesView, lang: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for code in ("ties-kind", "ties-value", "ties-who", "ties-role", "ties-where"):
        table.add_column(text(code, lang), overflow="fold")
    for tie in ties:
        first = [kind_of(tie, lang), value_of(tie, view)]
        for end in ends_shown(tie):
            role = text(f"ties-role-{end.role}", lang)
            table.add_row(*map(Text, (*first, called(end, view), role, source_of(end, view, lang))))
            first = ["", ""]
        if more := len(tie.ends) - len(ends_shown(tie)):
            table.add_row("", "", Text(text("ties-folded", lang, count=more)), "", "")
    return table
