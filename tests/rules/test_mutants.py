"""The mutants of a query: which there are, where they stand, and that none is the query again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.rules.mutants import mutants_of
from auditor.rules.parsing import parse_select

HEAD = "SELECT p.person_id AS subject\nFROM payroll AS p\n"


def changes(query: str) -> set[tuple[str, str]]:
    return {(mutant.before, mutant.after) for mutant in mutants_of(query)}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("p.a < p.b", {"TRUE", "p.a <= p.b", "p.a > p.b"}),
        ("p.a <= p.b", {"TRUE", "p.a < p.b", "p.a >= p.b"}),
        ("p.a > p.b", {"TRUE", "p.a >= p.b", "p.a < p.b"}),
        ("p.a >= p.b", {"TRUE", "p.a > p.b", "p.a <= p.b"}),
        ("p.a = p.b", {"TRUE", "p.a <> p.b"}),
        ("p.a <> p.b", {"TRUE", "p.a = p.b"}),
        ("p.a IS NULL", {"TRUE", "p.a IS NOT NULL"}),
        ("p.a IS NOT NULL", {"TRUE", "p.a IS NULL"}),
        ("p.a LIKE 'x%'", {"TRUE", "NOT p.a LIKE 'x%'"}),
        ("p.a NOT LIKE 'x%'", {"TRUE", "p.a LIKE 'x%'"}),
        ("p.a IN ('x', 'y')", {"TRUE", "p.a NOT IN ('x', 'y')", "p.a IN ('x')", "p.a IN ('y')"}),
        ("p.a NOT IN ('x')", {"TRUE", "p.a IN ('x')"}),
        ("CONTAINS(p.a, 'x')", {"TRUE", "NOT CONTAINS(p.a, 'x')"}),
        ("p.a IS DISTINCT FROM p.b", {"TRUE", "p.a IS NOT DISTINCT FROM p.b", "p.a <> p.b"}),
        (
            "p.a BETWEEN p.b AND p.c",
            {"TRUE", "p.a >= p.b", "p.a <= p.c", "(p.a > p.b AND p.a <= p.c)", "(p.a >= p.b AND p.a < p.c)"},
        ),
        ("EXISTS (SELECT 1 FROM x AS x)", {"TRUE", "NOT EXISTS(SELECT 1 FROM x AS x)"}),
        ("NOT EXISTS (SELECT 1 FROM x AS x)", {"TRUE", "EXISTS(SELECT 1 FROM x AS x)"}),
        ("p.a > 0", {"TRUE", "p.a >= 0", "p.a < 0", "1", "(-1)"}),
        ("TRUE", set()),
    ],
)
def test_each_predicate_has_its_mutants(condition: str, expected: set[str]) -> None:
    assert {after for _, after in changes(f"{HEAD}WHERE {condition}")} == expected


def test_each_conjunct_and_disjunct_goes_for_itself() -> None:
    found = changes(f"{HEAD}WHERE p.a = p.b AND (p.c IS NULL OR NOT (p.d = p.e AND p.f = p.g))")

    for predicate in ("p.a = p.b", "p.c IS NULL", "p.d = p.e", "p.f = p.g", "NOT (p.d = p.e AND p.f = p.g)"):
        assert (predicate, "TRUE") in found
    assert {before for before, after in found if after == "FALSE"} == {
        "p.c IS NULL",
        "NOT (p.d = p.e AND p.f = p.g)",
    }


def test_joins_lose_each_condition_all_of_them_and_their_left() -> None:
    mutants = mutants_of(f"{HEAD}LEFT JOIN x AS x\n  ON x.a = p.a\n  AND x.b = p.b")

    assert {mutant.after for mutant in mutants if mutant.kind == "mutation-join"} == {"TRUE"}
    assert [mutant.line for mutant in mutants if mutant.kind == "mutation-left"] == [3]
    assert [(m.line, m.column, m.before) for m in mutants if m.kind == "mutation-true"] == [
        (4, 6, "x.a = p.a"),
        (5, 7, "x.b = p.b"),
    ]


def test_what_stands_in_subqueries_case_having_filter_and_counts_is_mutated() -> None:
    found = changes(
        "WITH w AS (SELECT q.a AS a FROM q AS q WHERE q.x = 'w')\n"
        "SELECT w.a AS subject, CASE WHEN w.a = 'measure' THEN 1 END AS size\n"
        "FROM w JOIN (SELECT q.a AS a, CASE WHEN q.x = 'c' THEN 1 END AS n FROM q AS q) AS s ON s.a = w.a\n"
        "GROUP BY w.a HAVING COUNT(DISTINCT s.n) > $least AND COUNT(*) FILTER (WHERE s.n = 'f') > 0"
    )

    assert {before for before, after in found if after == "TRUE"} == {
        "q.x = 'w'",
        "q.x = 'c'",
        "s.a = w.a",
        "COUNT(DISTINCT s.n) > $least",
        "COUNT(*) FILTER(WHERE s.n = 'f') > 0",
        "s.n = 'f'",
    }
    assert ("COUNT(DISTINCT s.n)", "COUNT(s.n)") in found


def test_measures_are_left_alone_unless_everything_counts() -> None:
    query = "SELECT p.a AS subject, CASE WHEN p.b = 'x' THEN 1 END AS size FROM payroll AS p"

    assert mutants_of(query) == ()
    assert {mutant.after for mutant in mutants_of(query, None)} == {"TRUE", "p.b <> 'x'"}
    assert {mutant.after for mutant in mutants_of(query, frozenset({"size"}))} == {"TRUE", "p.b <> 'x'"}


_COLUMNS = st.sampled_from(["p.a", "p.b", "p.c"])
_LEAVES = st.one_of(
    st.tuples(_COLUMNS, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), _COLUMNS).map(" ".join),
    _COLUMNS.map("{} IS NULL".format),
    _COLUMNS.map("{} IN ('x', 'y')".format),
    _COLUMNS.map("{} BETWEEN 1 AND $as_of".format),
)
_TREES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map("NOT ({})".format),
    ),
    max_leaves=6,
)


@given(_TREES)
def test_every_mutant_parses_and_is_another_query(condition: str) -> None:
    query = f"{HEAD}WHERE {condition}"
    mutants = mutants_of(query)
    texts = [mutant.sql for mutant in mutants]

    assert mutants
    assert len(set(texts)) == len(texts)
    assert parse_select(query).tree.sql("duckdb") not in texts
    for mutant in mutants:
        assert parse_select(mutant.sql).tree.sql("duckdb") == mutant.sql
        assert 1 <= mutant.line <= 3
