"""AS_OF: the value of the row's own date, and of the post's regime, in both dialects and on the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.sample import load

from auditor.documents import Document
from auditor.profile import REGIMES, Override, Profile, default_profile
from auditor.rules import Filling, Parameter, ParameterValue, RuleSet, Text, compile_condition, compile_query, resolve
from auditor.rules.dated import Series

ON = date(2022, 12, 31)
CAPS = Series(2100, ((date.min, 1800), (date(2022, 4, 1), 2100)))
TERMS = Series(
    36, ((date.min, 36),), (("hr", ((date.min, 24), (date(2020, 1, 1), 12))), ("rural_part_time", ((date.min, None),)))
)


def ruleset(kind: str, *values: ParameterValue) -> RuleSet:
    """A rule set with the single parameter `cap`."""
    parameter = Parameter("cap", kind, Text("上限", "cap"), "", values, Document("cap.yaml", {}, {}, {}))
    return RuleSet({}, {}, {"cap": parameter})


def value(
    text: str, first: str = "", last: str = "", regime: str | None = None, by: str | None = None
) -> ParameterValue:
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    return ParameterValue(text, days[0], days[1], "某文件", "", by, regime)


def profile(**dated: Sequence[Override]) -> Profile:
    return replace(default_profile(ON), dated={name: tuple(many) for name, many in dated.items()})


def asked(filling: Filling, rows: Mapping[date | None, str | None]) -> list[object]:
    """What AS_OF gives on DuckDB for each (date, regime), in order."""
    sql = compile_query("SELECT r.n AS n, AS_OF($cap, r.day, r.regime) AS x FROM r ORDER BY r.n", {"cap": filling})
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE r (n INT, day DATE, regime VARCHAR)")
        connection.executemany("INSERT INTO r VALUES (?, ?, ?)", [[n, *row] for n, row in enumerate(rows.items())])
        return [x for _, x in connection.execute(sql).fetchall()]


def test_one_value_for_all_dates_is_a_literal() -> None:
    sql = "SELECT p.a AS x FROM payroll AS p WHERE p.amount > AS_OF($cap, p.month)"
    for dialect in ("duckdb", "spark"):
        assert compile_query(sql, {"cap": Decimal(2100)}, dialect) == (
            "SELECT p.a AS x FROM payroll AS p WHERE p.amount > 2100"
        )


def test_several_values_are_a_case_over_their_dates() -> None:
    for dialect in ("duckdb", "spark"):
        assert compile_condition("p.amount > AS_OF($cap, p.month)", {"cap": CAPS}, dialect) == (
            "p.amount > CASE WHEN p.month < CAST('2022-04-01' AS DATE) THEN 1800 "
            "WHEN p.month >= CAST('2022-04-01' AS DATE) THEN 2100 END"
        )


def test_a_plain_name_is_the_value_of_the_audit_date() -> None:
    assert compile_condition("p.amount > $cap", {"cap": CAPS}) == "p.amount > 2100"


def test_an_interval_is_given_for_each_value() -> None:
    sql = "p.d + INTERVAL (AS_OF($cap, p.d, p.r)) MONTH < $as_of"
    text = compile_condition(sql, {"cap": TERMS, "as_of": ON}, "spark")
    assert text == (
        "p.d + CASE WHEN p.r = 'hr' THEN CASE WHEN p.d < CAST('2020-01-01' AS DATE) THEN INTERVAL 24 MONTH "
        "WHEN p.d >= CAST('2020-01-01' AS DATE) THEN INTERVAL 12 MONTH END "
        "WHEN p.r = 'rural_part_time' THEN NULL ELSE INTERVAL 36 MONTH END < CAST('2022-12-31' AS DATE)"
    )
    assert compile_condition(sql, {"cap": 5, "as_of": ON}, "spark").startswith("p.d + INTERVAL 5 MONTH <")


def test_without_the_regime_the_value_for_any_post_holds() -> None:
    assert compile_condition("p.x > AS_OF($cap, p.d)", {"cap": TERMS}) == "p.x > 36"


@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_no_number_is_null_and_judges_nobody(dialect: str) -> None:
    assert compile_condition("p.age > AS_OF($cap, p.d)", {"cap": None}, dialect) == "p.age > NULL"
    assert compile_condition("p.d + INTERVAL ($cap) MONTH < p.e", {"cap": None}, dialect) == "p.d + NULL < p.e"
    with duckdb.connect() as connection:
        found = connection.execute("SELECT DATE '2022-01-01' + NULL < DATE '2022-02-01', 3 > NULL").fetchone()
    assert found == (None, None)


def test_the_day_of_the_change_and_the_day_before() -> None:
    days = {date(2022, 3, 31): None, date(2022, 4, 1): None, date(1, 1, 1): "hr", date(2999, 1, 1): None, None: None}
    assert asked(CAPS, days) == [1800, 2100, 1800, 2100, None]


def test_the_regime_decides_before_the_date() -> None:
    rows = {
        date(2019, 12, 31): "hr",
        date(2020, 1, 1): "hr",
        date(2021, 1, 1): "rural_part_time",
        date(2021, 1, 2): "rural_full_time",
        date(2021, 1, 3): None,
        None: None,
    }
    # An empty date has the value that all dates have.
    assert asked(TERMS, rows) == [24, 12, None, 36, 36, 36]


def test_a_nested_date_is_filled_in_every_branch() -> None:
    text = compile_condition("p.x > AS_OF($cap, COALESCE(p.d, $period_from))", {"cap": CAPS, "period_from": ON})
    assert text.count("COALESCE(p.d, CAST('2022-12-31' AS DATE))") == 2
    assert "$" not in text


def test_the_series_of_the_default_reaches_the_query() -> None:
    rules = ruleset("int", value("1800", last="2022-03-31"), value("2100", first="2022-04-01"))
    resolved = resolve(rules, profile(), ON)["cap"]
    assert (resolved.value, resolved.text, resolved.source) == (2100, "2100", "default")
    assert resolved.filling == Series(2100, ((date.min, 1800), (date(2022, 4, 1), 2100)))
    assert resolve(rules, profile(), date(2022, 3, 31))["cap"].value == 1800


def test_values_that_do_not_differ_are_one() -> None:
    rules = ruleset("int", value("5", last="2022-03-31"), value("5", first="2022-04-01"), value("5", regime="hr"))
    assert resolve(rules, profile(), ON)["cap"].filling == 5


def test_a_countys_dated_value_leaves_the_other_dates_to_the_default() -> None:
    rules = ruleset("int", value("1800"))
    resolved = resolve(rules, profile(cap=[Override("2000", date(2022, 4, 1), date(2022, 9, 30))]), ON)["cap"]
    assert resolved.filling == Series(1800, ((date.min, 1800), (date(2022, 4, 1), 2000), (date(2022, 10, 1), 1800)))
    assert (resolved.value, resolved.source, resolved.default) == (1800, "profile", "1800")


def test_the_county_goes_before_the_default_and_the_regime_before_any() -> None:
    rules = ruleset("int", value("36"), value("none", regime="rural_part_time"), value("24", regime="hr"))

    def steps(*overrides: Override) -> dict[str | None, object]:
        filling = resolve(rules, profile(cap=overrides) if overrides else profile(), ON)["cap"].filling
        assert isinstance(filling, Series)
        found: dict[str | None, object] = {None: filling.steps[0][1]}
        return found | {regime: own[0][1] for regime, own in filling.regimes}

    assert steps() == {None: 36, "hr": 24, "rural_part_time": None}
    assert steps(Override("12", regime="hr")) == {None: 36, "hr": 12, "rural_part_time": None}
    assert steps(Override("12"), Override("6", regime="hr")) == {None: 12, "hr": 6}
    plain = replace(default_profile(ON), parameters={"cap": "12"})
    assert resolve(rules, plain, ON)["cap"].filling == 12


def test_a_number_that_is_only_repeated_is_no_deviation_and_not_checked_by_that() -> None:
    rules = ruleset("int", value("1800"))
    repeated = resolve(rules, replace(default_profile(ON), parameters={"cap": "1800"}), ON)["cap"]
    assert (repeated.source, repeated.checked, repeated.unchecked) == ("default", False, ("1800",))
    by = Override("1800", instrument="渝某2022年1号", checked_by="王五")
    confirmed = resolve(rules, profile(cap=[by]), ON)["cap"]
    assert (confirmed.source, confirmed.checked, confirmed.instrument) == ("default", True, "渝某2022年1号")


def test_who_checked_is_kept_for_each_value() -> None:
    rules = ruleset("int", value("1800", last="2022-03-31"), value("2100", first="2022-04-01", by="王五"))
    assert resolve(rules, profile(), ON)["cap"].unchecked == ("1800",)
    ours = resolve(rules, profile(cap=[Override("2000"), Override("3", regime="hr", checked_by="")]), ON)["cap"]
    assert (ours.checked, ours.unchecked[0]) == (True, "3")


days = st.dates(date(2019, 1, 1), date(2024, 12, 31))
entries = st.lists(
    st.tuples(st.none() | days, st.none() | days, st.integers(1, 5), st.none() | st.sampled_from(REGIMES)), max_size=5
)


def holding(
    found: Sequence[tuple[date | None, date | None, int, str | None]], regime: str | None, day: date
) -> int | None:
    """By the words of the guide: the regime's own value before that for any."""
    for wanted in (regime, None):
        for first, last, number, own in found:
            if own == wanted and (first is None or first <= day) and (last is None or day <= last):
                return number
    return None


def apart(
    found: Sequence[tuple[date | None, date | None, int, str | None]],
) -> list[tuple[date | None, date | None, int, str | None]]:
    """Those that come in order and do not overlap."""
    kept: list[tuple[date | None, date | None, int, str | None]] = []
    latest: dict[str | None, date] = {}
    for first, last, number, regime in found:
        start = first or date.min
        if (last is not None and start > last) or start <= latest.get(regime, date.min) != date.min:
            continue
        if regime in latest and start <= latest[regime]:
            continue
        latest[regime] = last or date.max
        kept.append((first, last, number, regime))
    return kept


@given(
    entries,
    st.lists(st.tuples(days, st.none() | st.sampled_from(REGIMES)), min_size=1, max_size=6, unique_by=lambda r: r[0]),
)
def test_every_day_has_the_value_that_the_guide_says(
    county: list[tuple[date | None, date | None, int, str | None]], rows: list[tuple[date, str | None]]
) -> None:
    ours = apart(county)
    rules = ruleset("int", value("7", last="2021-06-30"), value("8", first="2021-07-01"), value("9", regime="hr"))
    defaults = [(None, date(2021, 6, 30), 7, None), (date(2021, 7, 1), None, 8, None), (None, None, 9, "hr")]
    overrides = [Override(str(number), first, last, regime) for first, last, number, regime in ours]
    filling = resolve(rules, profile(cap=overrides) if overrides else profile(), ON)["cap"].filling
    expected = []
    for day, regime in rows:
        own = holding(ours, regime, day)
        expected.append(own if own is not None else holding(defaults, regime, day))
    assert asked(filling, dict(rows)) == expected


AS_OF_MISTAKES = [
    ("as-of-form", "«AS_OF(3, p.month)"),
    ("as-of-form", "«AS_OF($pay_days)"),
    ("as-of-form", "«AS_OF($as_of, p.month)"),
    ("as-of-form", "«AS_OF($pay_days, AS_OF($pay_days, AS_OF($pay_days, p.month)))"),
    ("as-of-form", "«AS_OF($pay_days, (SELECT MIN(deaths.died_on) AS x FROM deaths))"),
    ("as-of-form", "«AS_OF($pay_days, COALESCE(" + "p.month, " * 20 + "p.month))"),
    ("as-of-form", "«AS_OF($pay_days, p.month, 'hr', 1)"),
    ("as-of-date", "AS_OF($pay_days, «p.amount)"),
    ("as-of-date", "AS_OF($pay_days, «'2022-01-01')"),
    ("regime-unknown", "AS_OF($pay_days, p.month, «'urban')"),
    ("regime-unknown", "AS_OF($pay_days, p.month, «p.amount)"),
    ("parameter-unknown", "AS_OF(«$pay_dayz, p.month)"),
    ("parameter-words", "AS_OF(«$hardship_words, p.month)"),
    ("parameter-not-as-of", "«$pay_days"),
]


@pytest.mark.parametrize(("code", "written"), AS_OF_MISTAKES)
def test_mistakes_are_told_at_their_place(tmp_path: Path, code: str, written: str) -> None:
    told = load(tmp_path, ("AS_OF($pay_days, p.month)", written))
    assert (code, told.marks[0]) in told.told()


def test_a_rule_not_by_the_month_may_take_the_value_of_the_audit_date(tmp_path: Path) -> None:
    changes = (
        ("grain: person-month", "grain: person"),
        ("p.month AS period, SUM", "SUM"),
        ("AS_OF($pay_days, p.month)", "$pay_days"),
    )
    assert "parameter-not-as-of" not in {code for code, _ in load(tmp_path, *changes).told()}


def test_a_term_that_takes_the_value_of_the_audit_date_is_told_of_where_it_is_read(tmp_path: Path) -> None:
    late = (
        "id: late\nsays: {zh: 迟, en: late}\n"
        "query: |\n  SELECT p.person_id AS person_id FROM payroll AS p WHERE p.month + $pay_days <= $as_of\n"
    )
    told = load(
        tmp_path,
        ("FROM payroll AS p\n    JOIN", "FROM payroll AS p\n    JOIN «late ON late.person_id = p.person_id\n    JOIN"),
        late=late,
    )
    assert ("parameter-not-as-of", told.marks[0]) in told.told()


def test_a_series_with_a_hole_cannot_be_asked_by_date(tmp_path: Path) -> None:
    told = load(
        tmp_path, ("from: , to: 2022-12-31", "from: 2021-01-01, to: 2022-12-31"), file="parameters/pay_days.yaml"
    )
    assert [code for code, _ in told.told()] == ["parameter-series-open"]
    told = load(tmp_path, ("from: 2023-01-01", "from: 2023-01-02"), file="parameters/pay_days.yaml")
    assert [code for code, _ in told.told()] == ["parameter-series-open"]


@pytest.mark.parametrize(
    ("code", "sound", "mistaken"),
    [
        ("regime-unknown", "article: , from", "regime: «rural, article: , from"),
        ("parameter-series", "from: 2023-01-01", "from: «2022-12-31"),
        ("parameter-type", "value: 30", "value: «nothing"),
    ],
)
def test_mistakes_of_a_series(tmp_path: Path, code: str, sound: str, mistaken: str) -> None:
    told = load(tmp_path, (sound, mistaken), file="parameters/pay_days.yaml")
    assert (code, told.marks[0]) in told.told("rules/parameters/pay_days.yaml")


def test_values_of_different_regimes_may_overlap_and_a_value_for_any_is_needed(tmp_path: Path) -> None:
    file = "parameters/pay_days.yaml"
    assert not load(
        tmp_path, ("values:\n", "values:\n  - {value: none, regime: hr, instrument: 某文件}\n"), file=file
    ).loaded.problems
    told = load(
        tmp_path,
        ("{value: 30,", "{value: 30, regime: hr,"),
        ("{value: 20,", "{value: 20, regime: hr,"),
        file=file,
    )
    assert "parameter-regime-only" in {code for code, _ in told.told("rules/parameters/pay_days.yaml")}


def test_words_have_no_none(tmp_path: Path) -> None:
    rules = ruleset("words", value("none"))
    assert resolve(rules, profile(), ON)["cap"].value == ("none",)


def test_a_case_may_have_dated_parameters_and_their_mistakes_are_told(tmp_path: Path) -> None:
    sound = "      says: the unit"
    dated = "      parameters:\n        pay_days: [{value: 3, to: 2022-05-31}, {value: «many, from: 2022-06-01}]\n"
    told = load(tmp_path, (sound, dated + sound))
    assert told.told() == [("parameter-type", told.marks[0])]
    rule = load(tmp_path, (sound, dated.replace("«many", "4") + sound)).loaded.ruleset.rules["GP01"]
    assert rule.cases[1].dated == {
        "pay_days": (Override("3", None, date(2022, 5, 31)), Override("4", date(2022, 6, 1)))
    }


def test_the_first_and_last_day_are_both_counted() -> None:
    rules = ruleset("int", value("1", last="2022-06-30"), value("2", first="2022-07-01"))
    filling = resolve(rules, profile(), ON)["cap"].filling
    last = date(2022, 6, 30)
    assert asked(filling, {last: None, last + timedelta(days=1): None}) == [1, 2]


def test_a_series_is_not_endless(tmp_path: Path) -> None:
    years = "".join(
        f"  - {{value: 3, from: {year}-01-01, to: {year}-12-31, instrument: x}}\n" for year in range(1800, 1999)
    )
    told = load(tmp_path, ("values:\n", "values:\n" + years), file="parameters/pay_days.yaml")
    assert "parameter-series-long" in {code for code, _ in told.told("rules/parameters/pay_days.yaml")}
