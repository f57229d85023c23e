"""Heads forward from month to month: what balances, what cannot, and who was paid against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.ledgers import default_catalogue
from auditor.profile import Period, Profile
from auditor.reconcile import RollForward, RollLine, roll_forward
from auditor.relations import Relations
from auditor.rules import RuleSet, case_table, person_number
from auditor.tables import DuckEngine, build_tables
from auditor.trials import case_reading

PROFILE = Profile(as_of=date(2022, 4, 30), period=Period(date(2022, 1, 1), date(2022, 4, 1)))
POSTS = """
post_type | employer | person_id | name | hired_on   | left_on    | monthly_wage
保洁      | 甲单位   | @甲       | 张三 | 2021-05-01 |            | 800
保洁      | 甲单位   | @乙       | 李四 | 2022-02-10 |            | 800
保洁      | 甲单位   | @丙       | 王五 | 2021-01-01 | 2022-03-05 | 800
"""


def rolled(
    engine: DuckEngine, shipped: RuleSet, ledgers: Mapping[str, str], profile: Profile = PROFILE
) -> dict[str, RollForward]:
    catalogue = default_catalogue()
    readings = [case_reading(catalogue[name], case_table(text)) for name, text in ledgers.items()]
    with Relations(build_tables(readings, catalogue, engine), shipped, profile) as relations:
        return {one.ledger: one for one in roll_forward(relations)}


def figures(line: RollLine) -> tuple[int, ...]:
    return (line.opening, line.joined, line.left, line.closing)


def test_the_end_of_a_month_is_the_start_of_the_next(engine: DuckEngine, shipped: RuleSet) -> None:
    posts = rolled(engine, shipped, {"posts": POSTS})["posts"]

    assert {line.month: figures(line) for line in posts.lines} == {
        "2022-01": (2, 0, 0, 2),
        "2022-02": (2, 1, 0, 3),
        "2022-03": (3, 0, 1, 2),
        "2022-04": (2, 0, 0, 2),
    }
    assert [line.active for line in posts.lines] == [2, 3, 3, 2]
    assert not posts.contradictions
    assert not any(line.marked for line in posts.lines)


def test_an_absent_ledger_has_no_lines_and_says_why(engine: DuckEngine, shipped: RuleSet) -> None:
    rolls = rolled(engine, shipped, {"posts": POSTS})

    assert rolls["workshop_workers"].lines == ()
    (reason,) = rolls["workshop_workers"].reasons
    assert (reason.code, reason.args) == ("rule-ledger-missing", {"ledger": "workshop_workers"})
    assert rolls["posts"].paid_by is None
    assert all(line.paid is None and line.attended is None for line in rolls["posts"].lines)


def test_without_dates_of_joining_nothing_is_rolled(engine: DuckEngine, shipped: RuleSet) -> None:
    posts = rolled(
        engine, shipped, {"posts": "post_type | employer | person_id | name | monthly_wage\n保洁 | 甲 | @甲 | 张三 | 1"}
    )["posts"]

    assert [(reason.code, reason.args["column"]) for reason in posts.reasons] == [("rule-column-missing", "hired_on")]


def test_rows_that_contradict_are_the_reasons(engine: DuckEngine, shipped: RuleSet) -> None:
    posts = rolled(
        engine,
        shipped,
        {
            "posts": """
post_type | employer | person_id | name | hired_on   | left_on    | monthly_wage
保洁      | 甲单位   | @甲       | 张三 | 2022-03-01 | 2022-02-10 | 800
保洁      | 甲单位   | @乙       | 李四 | 2021-03-01 |            | 800
护林      | 甲单位   | @乙       | 李四 | 2022-02-01 |            | 800
护林      | 甲单位   | @丙       | 王五 |            |            | 800
"""
        },
    )["posts"]

    assert {line.month: line.imbalance for line in posts.lines} == {
        "2022-01": 0,
        "2022-02": 0,  # one too many joined, one too many left: they cancel out, and both are told
        "2022-03": 1,
        "2022-04": 0,
    }
    assert [(c.code, c.months, [row.row for row in c.rows]) for c in posts.contradictions] == [
        ("roll-reversed", ("2022-02", "2022-03"), [0]),
        ("roll-twice", ("2022-02",), [1, 2]),
        ("roll-undated", (), [3]),
    ]


def test_back_in_the_month_of_leaving_is_no_contradiction(engine: DuckEngine, shipped: RuleSet) -> None:
    again = POSTS + "保洁 | 甲单位 | @丙 | 王五 | 2022-03-20 | | 800\n"

    posts = rolled(engine, shipped, {"posts": again})["posts"]

    assert figures(posts.lines[2]) == (3, 1, 1, 3)
    assert not posts.contradictions


def test_paid_and_attended_stand_against_those_on_the_roll(engine: DuckEngine, shipped: RuleSet) -> None:
    posts = rolled(
        engine,
        shipped,
        {
            "posts": POSTS,
            # January names the employer; in February it is that of the post; nobody is paid in March.
            "payroll": """
person_id | name | month   | employer | amount | account_no | paid_on
@甲       | 张三 | 2022-01 | 甲单位   | 800    | 6217001    | 2022-02-01
@甲       | 张三 | 2022-01 | 甲单位   | 100    | 6217001    | 2022-02-01
@丁       | 赵六 | 2022-01 | 甲单位   | 0      | 6217001    | 2022-02-01
@甲       | 张三 | 2022-02 |          | 800    | 6217001    | 2022-03-01
@丁       | 赵六 | 2022-04 | 甲单位   | 0      | 6217001    | 2022-05-01
""",
            "attendance": """
person_id | name | month   | employer | days_present
@甲       | 张三 | 2022-02 |          | 20
@乙       | 李四 | 2022-02 | 甲单位   | 20
@丙       | 王五 | 2022-02 | 甲单位   | 0
""",
        },
    )["posts"]

    assert [line.paid for line in posts.lines] == [1, 1, None, 0]
    assert [line.attended for line in posts.lines] == [None, 2, None, None]
    assert [line.marked for line in posts.lines] == [True, True, False, True]


def test_workshops_by_their_own_pay(engine: DuckEngine, shipped: RuleSet) -> None:
    rolls = rolled(
        engine,
        shipped,
        {
            "workshop_workers": """
workshop_id | workshop | person_id | name | hired_on   | left_on
C1          | 一车间   | @甲       | 张三 | 2022-02-10 |
C2          | 二车间   | @乙       | 李四 | 2021-02-10 |
""",
            "workshop_payroll": """
workshop_id | workshop | person_id | name | month   | amount
C1          | 一车间   | @甲       | 张三 | 2022-02 | 500
""",
        },
    )["workshop_workers"]

    february = [line for line in rolls.lines if line.month == "2022-02"]
    assert [(line.unit.id, line.unit.name, line.joined, line.paid) for line in february] == [
        ("C1", "一车间", 1, 1),
        ("C2", "二车间", 0, None),
    ]
    assert rolls.attended_by is None


def test_a_row_without_a_number_is_a_head_of_its_own(engine: DuckEngine, shipped: RuleSet) -> None:
    more = POSTS + "保洁 | 甲单位 | | 无号 | 2022-02-01 | | 800\n保洁 | 甲单位 | | 无号 | 2022-02-01 | | 800\n"

    posts = rolled(engine, shipped, {"posts": more})["posts"]

    assert figures(posts.lines[1]) == (2, 3, 0, 5)


_DAYS = st.dates(date(2021, 11, 1), date(2022, 6, 30))


@settings(max_examples=25)
@given(
    spans=st.lists(st.tuples(st.sampled_from("甲乙丙"), st.none() | _DAYS, st.none() | _DAYS), min_size=1, max_size=6)
)
def test_whatever_does_not_balance_has_its_reasons(
    engine: DuckEngine, shipped: RuleSet, spans: list[tuple[str, date | None, date | None]]
) -> None:
    head = "post_type | employer | person_id | name | hired_on | left_on | monthly_wage"
    rows = [f"保洁 | 甲单位 | @{who} | 张三 | {since or ''} | {until or ''} | 800" for who, since, until in spans]

    posts = rolled(engine, shipped, {"posts": "\n".join([head, *rows])})["posts"]

    explained = {month for one in posts.contradictions for month in one.months}
    assert {line.month for line in posts.lines if line.imbalance} <= explained
    for line, after in zip(posts.lines, posts.lines[1:], strict=False):
        assert line.closing == after.opening
    undated = [one for one in posts.contradictions if one.code == "roll-undated"]
    assert len(undated) == sum(since is None for _, since, _ in spans)
    assert person_number("@甲") not in str(posts)


def test_the_period_limits_the_months(engine: DuckEngine, shipped: RuleSet) -> None:
    one = replace(PROFILE, period=Period(date(2022, 2, 1), date(2022, 2, 1)))

    assert [line.month for line in rolled(engine, shipped, {"posts": POSTS}, one)["posts"].lines] == ["2022-02"]
