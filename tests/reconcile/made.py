"""A statement made by hand over two ledgers written inline, for what becomes of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from auditor.ledgers import default_catalogue
from auditor.profile import Period, Profile
from auditor.reconcile import (
    Difference,
    Gap,
    Item,
    NotReconciled,
    Reconciliation,
    RowRef,
    Side,
    Standing,
    Statement,
    StatementOutcome,
    Tally,
    Unit,
)
from auditor.rules import Text, case_table, person_number
from auditor.tables import DuckEngine, Tables, build_tables
from auditor.trials import case_reading

PROFILE = Profile(as_of=date(2022, 4, 30), period=Period(date(2022, 1, 1), date(2022, 4, 1)), county="某县")
FIRST, SECOND = Unit("employer", "甲单位", "甲单位"), Unit("employer", "乙单位", "乙单位")
ACCOUNT, PHONE = "6217000012345678901", "13800138000"
POSTS = f"""
post_type | employer | person_id | name | hired_on   | monthly_wage | account_no | phone
保洁      | 甲单位   | @甲       | 张三 | 2021-05-01 | 800          | {ACCOUNT}  | {PHONE}
保洁      | 甲单位   | @乙       | 李四 | 2021-02-10 | 800          |            |
保洁      | 乙单位   | @丙       | 王五 | 2021-01-01 | 900          |            |
"""
PAYROLL = f"""
person_id | name | month   | employer | amount | account_no | paid_on
@甲       | 张三 | 2022-01 | 甲单位   | 600    | {ACCOUNT}  | 2022-02-01
@丁       | 赵六 | 2022-01 | 乙单位   | 700    | 6217002    | 2022-02-01
"""


def tables(engine: DuckEngine, *, posts: str = POSTS) -> Tables:
    """The ledgers behind `statement`."""
    catalogue = default_catalogue()
    given = {"posts": posts, "payroll": PAYROLL}
    return build_tables(
        [case_reading(catalogue[name], case_table(text)) for name, text in given.items()], catalogue, engine
    )


def item(
    who: str,
    standing: Standing,
    *,
    unit: Unit = FIRST,
    left: Iterable[int] = (),
    right: Iterable[int] = (),
    amounts: tuple[str | None, str | None] = (None, None),
    differences: tuple[Difference, ...] = (),
    month: str = "2022-01",
) -> Item:
    """An item of posts against payroll."""
    return Item(
        key=(person_number(who.lstrip("@")), month),
        standing=standing,
        unit=unit,
        month=month,
        left=tuple(RowRef("posts", row) for row in left),
        right=tuple(RowRef("payroll", row) for row in right),
        amount_left=None if amounts[0] is None else Decimal(amounts[0]),
        amount_right=None if amounts[1] is None else Decimal(amounts[1]),
        differences=differences,
    )


def differing() -> tuple[Item, ...]:
    """One item of each standing but the one that nobody has to look at."""
    less = Difference("amount", "800.00", "600.00")
    return (
        item("@甲", Standing.DIFFERENT, left=[0], right=[0], amounts=("800", "600"), differences=(less,)),
        item("@乙", Standing.LEFT_ONLY, left=[1], amounts=("800", None)),
        item("@丁", Standing.RIGHT_ONLY, unit=SECOND, right=[1], amounts=(None, "700")),
    )


def statement(
    items: Sequence[Item] = (), *, id_: str = "RX01", kind: str = "ledgers", matched: dict[Unit, int] | None = None
) -> Statement:
    """A statement whose figures are those of `items` and of `matched` keys of each unit, of a yuan on each side."""
    agreeing = matched or {}
    units = sorted({*(one.unit for one in items), *agreeing})
    tallies = tuple(_tally(unit, [one for one in items if one.unit == unit], agreeing.get(unit, 0)) for unit in units)
    count = {one: sum(i.standing is one for i in items) for one in Standing}
    whole = sum(agreeing.values()) + count[Standing.MATCHED]
    both = whole + count[Standing.DIFFERENT]

    def side(zh: str, en: str, ledger: str, keys: int, rows: int, amount: Decimal) -> Side:
        return Side(Text(zh, en), (ledger,), rows, keys, keys, amount, 0)

    return Statement(
        id=id_,
        version=1,
        kind=kind,
        title=Text("岗位台账与补贴发放", "Posts against payroll"),
        keys=("person_id", "month"),
        compared=("amount", "name"),
        left=side(
            "岗位台账", "posts", "posts", both + count[Standing.LEFT_ONLY],
            sum(t.rows_left for t in tallies), sum((t.amount_left or Decimal(0) for t in tallies), Decimal(0)),
        ),
        right=side(
            "补贴发放", "payroll", "payroll", both + count[Standing.RIGHT_ONLY],
            sum(t.rows_right for t in tallies), sum((t.amount_right or Decimal(0) for t in tallies), Decimal(0)),
        ),
        matched=whole,
        different=count[Standing.DIFFERENT],
        left_only=count[Standing.LEFT_ONLY],
        right_only=count[Standing.RIGHT_ONLY],
        duplicates=sum(i.duplicate for i in items),
        items=tuple(items),
        tallies=tallies,
    )  # fmt: skip


def without_money(made: Statement) -> Statement:
    """The same statement of ledgers that give no money."""
    return replace(
        made,
        left=replace(made.left, amount=None),
        right=replace(made.right, amount=None),
        items=tuple(replace(one, amount_left=None, amount_right=None) for one in made.items),
        tallies=tuple(replace(one, amount_left=None, amount_right=None) for one in made.tallies),
    )


def drawn(*statements: Statement, missing: Sequence[str] = ()) -> Reconciliation:
    """A reconciliation of these statements; the ids of `missing` could not be drawn up."""
    outcomes = {one.id: StatementOutcome(one.id, one.title, one) for one in statements}
    reason = NotReconciled("rule-ledger-missing", {"ledger": "roster"})
    outcomes |= {id_: StatementOutcome(id_, Text("无名", "none"), None, (reason,)) for id_ in missing}
    return Reconciliation(dict(sorted(outcomes.items())))


def with_gap(made: Statement) -> Statement:
    """The same, with a unit left out that the other ledger does not hold."""
    return replace(made, gaps=(Gap({"employer": "丙单位", "month": "2022-01"}, 12, 12),))


def _tally(unit: Unit, items: Sequence[Item], matched: int) -> Tally:
    def money(name: str) -> Decimal:
        return sum((getattr(one, name) or Decimal(0) for one in items), Decimal(matched))

    count = {one: sum(i.standing is one for i in items) for one in Standing}
    return Tally(
        unit=unit,
        month="2022-01",
        matched=matched + count[Standing.MATCHED],
        different=count[Standing.DIFFERENT],
        left_only=count[Standing.LEFT_ONLY],
        right_only=count[Standing.RIGHT_ONLY],
        rows_left=matched + sum(len(one.left) for one in items),
        rows_right=matched + sum(len(one.right) for one in items),
        amount_left=money("amount_left"),
        amount_right=money("amount_right"),
    )
