"""Rules that pass the lints and still want too much: the time and the row limit end them, with the rule's place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from auditor.errors import EngineError
from auditor.ledgers import default_catalogue
from auditor.profile import default_profile
from auditor.relations import relations as relating
from auditor.rules import Rule, RuleSet, case_table
from auditor.rules.model import Term
from auditor.signals import SignalRun, run_rules
from auditor.tables import DuckEngine, build_tables
from auditor.trials import case_reading

ROWS = 3_000
CROSS = "payroll AS a CROSS JOIN payroll AS b CROSS JOIN payroll AS c CROSS JOIN payroll AS d"
Run = Callable[..., SignalRun]


@pytest.fixture
def run(engine: DuckEngine) -> Run:
    """Runs a rule set on a payroll of 3,000 rows, half a second for each query."""
    catalogue = default_catalogue()
    text = "\n".join(["person_id | month | amount", *(f"@甲{i} | 2022-03 | 600" for i in range(ROWS))])
    tables = build_tables([case_reading(catalogue["payroll"], case_table(text))], catalogue, engine)
    profile = default_profile(date(2022, 12, 31))
    return lambda ruleset: run_rules(ruleset, tables, profile, seconds=0.5)


def hostile(ruleset: RuleSet, query: str, **changes: object) -> RuleSet:
    rule: Rule = replace(ruleset.rules["GP08"], query=query, **changes)  # type: ignore[arg-type]
    return replace(ruleset, rules=MappingProxyType({"GP08": rule}))


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT MIN(a.person_id) AS subject, MIN(a.month) AS period, COUNT(*) AS amount FROM {CROSS}",
        f"SELECT a.person_id AS subject, MIN(b.month) AS period, 1 AS amount FROM {CROSS} GROUP BY a.person_id",
        f"SELECT a.person_id AS subject, MIN(a.month) OVER (ORDER BY b.person_id) AS period, 1 AS amount FROM {CROSS}",
        "SELECT MIN(a.person_id) AS subject, MIN(a.month) AS period, COUNT(*) AS amount "
        f"FROM {CROSS} WHERE CONCAT(a.person_id, b.person_id, c.person_id) LIKE '{'%1' * 60}%x'",
    ],
)
def test_a_query_that_takes_too_long_is_stopped_and_named(shipped: RuleSet, run: Run, query: str) -> None:
    with pytest.raises(EngineError) as caught:
        run(hostile(shipped, query))

    (problem,) = caught.value.problems
    assert problem.code == "engine-too-slow"
    assert "gp08.yaml:" in str(problem.where)


def test_a_result_without_end_is_stopped_before_it_fills_the_memory(shipped: RuleSet, run: Run) -> None:
    with pytest.raises(EngineError) as caught:
        run(hostile(shipped, f"SELECT a.person_id AS subject, b.month AS period, 1 AS amount FROM {CROSS}"))

    (problem,) = caught.value.problems
    assert problem.code in {"engine-too-many", "engine-too-slow"}
    assert "gp08.yaml:" in str(problem.where)


def test_more_rows_than_a_query_may_give_are_refused(
    shipped: RuleSet, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "SELECT a.person_id AS subject, MIN(a.month) AS period, 1 AS amount FROM payroll AS a GROUP BY a.person_id"
    mild = hostile(shipped, query, evidence=())
    people = len(run(mild).signals)
    assert people > ROWS - 10, "a few of so many made-up people share a number"

    monkeypatch.setattr(relating, "MOST", people - 1)
    with pytest.raises(EngineError) as caught:
        run(mild)
    (problem,) = caught.value.problems
    assert (problem.code, problem.args) == ("engine-too-many", {"limit": people - 1})


def test_a_term_is_stopped_as_well(shipped: RuleSet, run: Run) -> None:
    term: Term = replace(shipped.terms["death"], query=f"SELECT COUNT(*) AS n FROM {CROSS}")
    query = "SELECT p.person_id AS subject, p.month AS period, death.n AS amount FROM payroll AS p CROSS JOIN death"
    ruleset = replace(hostile(shipped, query), terms=MappingProxyType({"death": term}))

    with pytest.raises(EngineError) as caught:
        run(ruleset)

    (problem,) = caught.value.problems
    assert problem.code == "engine-too-slow"
    assert "death.yaml:" in str(problem.where)


def test_a_pattern_that_would_make_others_backtrack_is_answered(shipped: RuleSet, run: Run) -> None:
    query = (
        "SELECT p.person_id AS subject, MIN(p.month) AS period, 1 AS amount FROM payroll AS p "
        f"WHERE CONCAT(p.person_id, p.person_id, p.person_id) LIKE '{'%1' * 200}%x' GROUP BY p.person_id"
    )

    assert run(hostile(shipped, query)).signals == ()
