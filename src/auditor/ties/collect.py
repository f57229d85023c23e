"""Ties out of the ledgers: takes tables, gives every tie of the kinds wanted.

A row without an identity number ties nobody: whose it is nobody knows (LT11 lists such rows).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType

from auditor.ledgers import ColumnType
from auditor.tables import Tables
from auditor.ties.model import End, Role, Row, Tie, TieKind

_PAYING = ("posts", "payroll", "workshop_payroll", "transport_subsidy", "insurance_subsidy")
_FEWEST = 2  # people of a tie


def collect_ties(tables: Tables, kinds: Collection[TieKind] = tuple(TieKind)) -> tuple[Tie, ...]:
    """Every tie of `kinds` that the ledgers hold, in order of kind and value."""
    found = [tie for kind in TieKind if kind in kinds for tie in _COLLECT[kind](tables)]
    return tuple(sorted(found, key=lambda tie: tie.key))


def _households(tables: Tables) -> Iterator[Tie]:
    if _has(tables, "roster", "household_id", "person_id"):
        rows = _shared("SELECT 'roster' AS ledger, _row AS row_no, person_id, name, household_id AS value FROM roster")
        yield from _alike(tables, rows, TieKind.HOUSEHOLD, Role.MEMBER)


def _phones(tables: Tables) -> Iterator[Tie]:
    with_phone = [
        (table.ledger.id, column.name)
        for table in tables.present.values()
        for column in table.ledger.columns.values()
        if column.type is ColumnType.PHONE and _has(tables, table.ledger.id, column.name, "person_id")
    ]
    if with_phone:
        yield from _alike(tables, _shared(_together(with_phone)), TieKind.PHONE, Role.USER)


def _accounts(tables: Tables) -> Iterator[Tie]:
    """Accounts of several people, and those whose holder has another name than the people they are given for."""
    paying = [(ledger, "account_no") for ledger in _PAYING if _has(tables, ledger, "account_no", "person_id")]
    if not paying:
        return
    given = _together(paying)
    holders: dict[str, list[End]] = {}
    if _has(tables, "bank_payments", "account_no", "account_name", "status"):
        bank = tables.engine.query(
            "SELECT bank.account_no AS value, bank.account_name AS name, bank._row AS row_no "
            "FROM bank_payments AS bank "
            f"WHERE bank.status = '成功' AND bank.account_name IS NOT NULL AND bank.account_no IN "
            f"(SELECT given.value FROM ({given}) AS given WHERE given.person_id IS NOT NULL) "
            f"AND NOT EXISTS (SELECT 1 FROM ({given}) AS given "
            "WHERE given.value = bank.account_no AND given.name = bank.account_name) "
            "ORDER BY value, name, row_no"
        ).to_pylist()
        for (account, name), rows in groupby(bank, key=lambda row: (row["value"], row["name"])):
            end = End(None, name, Role.HOLDER, tuple(("bank_payments", row["row_no"]) for row in rows))
            holders.setdefault(account, []).append(end)
    every = tables.engine.query(
        f"SELECT ledger, row_no, person_id, name, value FROM ({given}) AS given "
        "WHERE person_id IS NOT NULL AND value IS NOT NULL ORDER BY value, person_id, ledger, row_no"
    ).to_pylist()
    for account, rows in groupby(every, key=lambda row: row["value"]):
        ends = (*_ends(rows, Role.USER), *holders.get(account, ()))
        if len(ends) >= _FEWEST:
            yield Tie(TieKind.ACCOUNT, account, ends)


def _kinship(tables: Tables) -> Iterator[Tie]:
    if not _has(tables, "relatives", "official_id", "relative_id"):
        return
    rows = tables.engine.query(
        "SELECT official_id, official, relative_id, relative, relation, _row AS row_no FROM relatives "
        "WHERE official_id IS NOT NULL AND relative_id IS NOT NULL AND official_id <> relative_id "
        "ORDER BY official_id, relative_id, row_no"
    ).to_pylist()
    for (official, relative), found in groupby(rows, key=lambda row: (row["official_id"], row["relative_id"])):
        same = list(found)
        at = tuple(("relatives", row["row_no"]) for row in same)
        words = "、".join(dict.fromkeys(row["relation"] for row in same if row["relation"]))
        ends = (
            End(official, _first(row["official"] for row in same), Role.OFFICIAL, at),
            End(relative, _first(row["relative"] for row in same), Role.RELATIVE, at),
        )
        yield Tie(TieKind.KINSHIP, words, ends)


def _approvers(tables: Tables) -> Iterator[Tie]:
    """Who approved whose post: by number, or by a name that is one official's alone."""
    if not _has(tables, "posts", "person_id"):
        return
    rows = tables.engine.query(
        "SELECT posts.approver_id AS value, posts.approver AS approver, posts.person_id AS person_id, "
        "posts.name AS name, posts._row AS row_no, FALSE AS by_name "
        "FROM posts WHERE posts.approver_id IS NOT NULL AND posts.approver_id <> posts.person_id "
        "UNION ALL "
        "SELECT alone.person_id AS value, posts.approver AS approver, posts.person_id AS person_id, "
        "posts.name AS name, posts._row AS row_no, TRUE AS by_name FROM posts "
        "JOIN (SELECT name, MIN(person_id) AS person_id FROM officials WHERE person_id IS NOT NULL "
        "GROUP BY name HAVING COUNT(DISTINCT person_id) = 1) AS alone ON alone.name = posts.approver "
        "WHERE posts.approver_id IS NULL AND alone.person_id <> posts.person_id "
        "ORDER BY value, by_name, person_id, row_no"
    ).to_pylist()
    for (number, by_name), found in groupby(rows, key=lambda row: (row["value"], row["by_name"])):
        same = [{**row, "ledger": "posts"} for row in found]
        at = tuple(("posts", row["row_no"]) for row in sorted(same, key=lambda row: row["row_no"]))
        approver = End(number, _first(row["approver"] for row in same), Role.APPROVER, at)
        yield Tie(TieKind.APPROVER, number, (approver, *_ends(same, Role.PLACED)), by_name)


_COLLECT: Mapping[TieKind, Callable[[Tables], Iterator[Tie]]] = MappingProxyType(
    {
        TieKind.HOUSEHOLD: _households,
        TieKind.KINSHIP: _kinship,
        TieKind.ACCOUNT: _accounts,
        TieKind.PHONE: _phones,
        TieKind.APPROVER: _approvers,
    }
)


def _has(tables: Tables, ledger: str, *columns: str) -> bool:
    table = tables.present.get(ledger)
    return table is not None and set(columns) <= table.columns


def _together(columns: Iterable[tuple[str, str]]) -> str:
    """A SELECT of the rows of several ledgers with the value of a column of each."""
    return " UNION ALL ".join(
        f"SELECT '{ledger}' AS ledger, _row AS row_no, person_id, name, {column} AS value FROM {ledger}"
        for ledger, column in columns
    )


def _shared(rows: str) -> str:
    """The rows of `rows` whose value stands for two or more people, in order."""
    return (
        f"SELECT ledger, row_no, person_id, name, value FROM ({rows}) AS given "
        "WHERE person_id IS NOT NULL AND value IN "
        f"(SELECT value FROM ({rows}) AS every WHERE value IS NOT NULL "
        f"GROUP BY value HAVING COUNT(DISTINCT person_id) >= {_FEWEST}) ORDER BY value, person_id, ledger, row_no"
    )


def _alike(tables: Tables, query: str, kind: TieKind, role: Role) -> Iterator[Tie]:
    rows = tables.engine.query(query).to_pylist()
    for value, found in groupby(rows, key=lambda row: row["value"]):
        yield Tie(kind, str(value), _ends(found, role))


def _ends(rows: Iterable[Mapping[str, object]], role: Role) -> tuple[End, ...]:
    """An end for each person of `rows`, which are in order of person."""
    ends = []
    for person, found in groupby(rows, key=lambda row: row["person_id"]):
        same = list(found)
        at: tuple[Row, ...] = tuple((str(row["ledger"]), int(str(row["row_no"]))) for row in same)
        ends.append(End(str(person), _first(row["name"] for row in same), role, at))
    return tuple(ends)


def _first(names: Iterable[object]) -> str:
    return next((str(name) for name in names if name), "")
