from datetime import date
from pathlib import Path

import duckdb
import pytest
from tests.rules.sample import GP01, RULE, load

from auditor.ledgers import default_catalogue
from auditor.messages.queries import TEXTS as QUERY_TEXTS
from auditor.messages.rules import TEXTS as RULE_TEXTS
from auditor.rules import Filling, Status, compile_query, default_folders, lint, load_rules, tables_read, terms_used

TEXTS = {**RULE_TEXTS, **QUERY_TEXTS}


def test_a_sound_catalogue_loads_without_problems(tmp_path: Path) -> None:
    loaded = load(tmp_path).loaded

    assert loaded.problems == ()
    assert loaded.broken == ()
    rule = loaded.ruleset.rules["GP01"]
    assert (rule.group, rule.has_period, rule.status, rule.version) == ("GP", True, Status.STABLE, 1)
    assert rule.title.in_("zh") == "有补贴无出勤"
    assert rule.basis[0].in_force_from == date(2022, 11, 4)
    assert rule.basis[0].checked_by is None
    assert rule.needs.requires["payroll"] == ("person_id", "name", "month", "employer", "amount")
    assert dict(rule.needs.optional) == {"deaths": ("person_id", "died_on")}
    assert rule.covers is not None
    assert rule.covers.unit == ("employer", "month")
    assert rule.cases[1].gaps == ("云山村|2022-03",)
    assert rule.cases[0].gaps is None
    assert rule.cases[0].as_of == date(2022, 12, 31)
    assert rule.cases[0].period_from is None
    assert loaded.ruleset.violations["ghost_payroll"].title.zh == "吃空饷"
    assert [p.value for p in loaded.ruleset.parameters["pay_days"].values] == ["30", "20"]


def test_a_case_may_have_its_own_date_and_period(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        ("  cases:", "  period: {from: 2022-01, to: 2022-12}\n  cases:"),
        (
            "      says: the unit",
            "      as_of: 2022-06-30\n      period: {from: 2022-03, to: 2022-04}\n      says: the unit",
        ),
    ).loaded

    first, second = loaded.ruleset.rules["GP01"].cases
    assert (first.as_of, first.period_from, first.period_to) == (
        date(2022, 12, 31),
        date(2022, 1, 1),
        date(2022, 12, 1),
    )
    assert (second.as_of, second.period_from, second.period_to) == (
        date(2022, 6, 30),
        date(2022, 3, 1),
        date(2022, 4, 1),
    )


def test_a_rule_may_do_with_one_of_several_ledgers(tmp_path: Path) -> None:
    free = "NOT EXISTS (SELECT 1 FROM custody AS x WHERE x.person_id = p.person_id)"
    loaded = load(
        tmp_path,
        (
            "optional:\n  deaths: [person_id, died_on]",
            "any_of:\n  - {deaths: [person_id, died_on], custody: [person_id]}",
        ),
        ("d.person_id IS NULL\n", f"d.person_id IS NULL AND {free}\n"),
    ).loaded

    assert loaded.problems == ()
    assert [dict(group) for group in loaded.ruleset.rules["GP01"].needs.any_of] == [
        {"deaths": ("person_id", "died_on"), "custody": ("person_id",)}
    ]


def test_a_broken_rule_is_still_listed(tmp_path: Path) -> None:
    loaded = load(tmp_path, ("version: 1", "version: one"), ("severity: high", "")).loaded

    assert dict(loaded.ruleset.rules) == {}
    (broken,) = loaded.broken
    assert (broken.file, broken.id) == (GP01, "GP01")
    assert broken.title is not None
    assert broken.title.en == "Paid without attendance"
    assert [p.code for p in broken.problems] == ["yaml-value-invalid", "yaml-key-missing"] or len(broken.problems) == 2


def test_terms_come_after_those_they_need(tmp_path: Path) -> None:
    unit = "id: unit\nsays: {zh: 甲, en: a}\nquery: SELECT c.employer AS employer, c.month AS month FROM covered AS c\n"
    loaded = load(tmp_path, ("JOIN covered AS c ON", "JOIN unit AS c ON"), unit=unit).loaded

    assert loaded.problems == ()
    rule = loaded.ruleset.rules["GP01"]
    assert [term.id for term in terms_used(rule, loaded.ruleset)] == ["covered", "unit"]
    assert tables_read(rule.query) == ("attendance", "deaths", "payroll", "unit")


def test_a_with_table_is_no_table_read() -> None:
    assert tables_read("WITH x AS (SELECT p.name AS n FROM payroll AS p) SELECT x.n AS n FROM x") == ("payroll",)


def test_a_countys_folder_may_hold_its_rules_plainly(tmp_path: Path) -> None:
    load(tmp_path)
    own = tmp_path / "county"
    own.mkdir()
    (own / "gp77.yaml").write_text(RULE.replace("id: GP01", "id: GP77"), encoding="utf-8")

    loaded = load_rules([tmp_path / "rules", own], default_catalogue())

    assert loaded.problems == ()
    assert list(loaded.ruleset.rules) == ["GP01", "GP77"]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert [p.code for p in lint([tmp_path / "nowhere"], default_catalogue())] == ["rule-folder-missing"]


def test_the_rules_that_ship_are_sound() -> None:
    loaded = load_rules(default_folders(), default_catalogue())

    assert loaded.problems == ()
    assert set(loaded.ruleset.violations) >= {rule.violation for rule in loaded.ruleset.rules.values()}


def test_every_text_of_the_rules_has_both_languages() -> None:
    for code, (zh, en) in TEXTS.items():
        assert zh, code
        assert en, code
        assert zh != en, code


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_every_code_with_a_text_is_told_somewhere(code: str) -> None:
    source = Path(__file__).parents[2] / "src/auditor/rules"

    assert any(f'"{code}"' in path.read_text(encoding="utf-8") for path in source.rglob("*.py"))


def test_what_the_lints_let_through_runs_on_duckdb(tmp_path: Path) -> None:
    """The sample's query, with every table that it names, is understood by the engine too."""
    loaded = load(tmp_path).loaded
    rule = loaded.ruleset.rules["GP01"]
    fill: dict[str, Filling] = {"as_of": date(2022, 12, 31), "pay_days": 30}
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE payroll (person_id TEXT, name TEXT, month DATE, employer TEXT, amount DECIMAL(18,2))"
        )
        connection.execute("CREATE TABLE attendance (person_id TEXT, month DATE, employer TEXT, days_present BIGINT)")
        connection.execute("CREATE TABLE deaths (person_id TEXT, died_on DATE)")
        connection.execute("CREATE TABLE period_month (month DATE, first_day DATE, last_day DATE, days BIGINT)")
        connection.execute("INSERT INTO payroll VALUES ('1', '甲', DATE '2022-03-01', '村', 600)")
        connection.execute("INSERT INTO attendance VALUES ('2', DATE '2022-03-01', '村', 20)")
        connection.execute(
            "INSERT INTO period_month VALUES (DATE '2022-03-01', DATE '2022-03-01', DATE '2022-03-31', 31)"
        )
        connection.execute(f"CREATE TABLE covered AS {compile_query(loaded.ruleset.terms['covered'].query, fill)}")
        rows = connection.execute(compile_query(rule.query, fill)).fetchall()

    assert [row[:3] for row in rows] == [("1", "甲", date(2022, 3, 1))]
