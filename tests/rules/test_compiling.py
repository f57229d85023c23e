from datetime import date
from decimal import Decimal

import pytest

from auditor.rules import Filling, columns_given, compile_condition, compile_query, placeholders_used
from auditor.rules.parsing import SqlRefused


def test_placeholders_become_typed_literals() -> None:
    where = "p.m<=$as_of AND p.n>$ratio AND p.d>=$pay_days AND p.c IN $w AND p.e=$low"
    sql = f"SELECT p.a AS x FROM payroll AS p WHERE {where}"
    fill: dict[str, Filling] = {
        "as_of": date(2022, 12, 31),
        "ratio": Decimal("0.50"),
        "pay_days": 30,
        "w": ("甲", "乙"),
        "low": -1,
    }

    assert compile_query(sql, fill) == (
        "SELECT p.a AS x FROM payroll AS p WHERE p.m <= CAST('2022-12-31' AS DATE) AND p.n > 0.50 AND p.d >= 30"
        " AND p.c IN ('甲', '乙') AND p.e = (-1)"
    )


def test_placeholders_beside_each_other_are_two() -> None:
    """DuckDB's own lexer, and SQLGlot's, take `$a,$a` for the opening of a dollar-quoted string."""
    sql = "SELECT COALESCE($as_of,$as_of,$as_of) AS x, '$as_of' AS y -- $as_of"

    assert compile_query(sql, {"as_of": date(2022, 1, 2)}) == (
        "SELECT COALESCE(CAST('2022-01-02' AS DATE), CAST('2022-01-02' AS DATE), CAST('2022-01-02' AS DATE)) AS x,"
        " '$as_of' AS y"
    )


def test_an_interval_may_be_a_parameter_in_both_dialects() -> None:
    sql = "SELECT p.month + INTERVAL ($pay_days) DAY AS x FROM payroll AS p"

    assert compile_query(sql, {"pay_days": 30}) == "SELECT p.month + INTERVAL 30 DAY AS x FROM payroll AS p"
    assert compile_query(sql, {"pay_days": 30}, "spark") == "SELECT p.month + INTERVAL 30 DAY AS x FROM payroll AS p"


def test_words_may_stand_among_others() -> None:
    assert compile_query("SELECT 1 AS x WHERE 'a' IN ('b', $w)", {"w": ("c", "d")}) == (
        "SELECT 1 AS x WHERE 'a' IN ('b', 'c', 'd')"
    )


@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_a_text_that_contains_words_contains_any_of_them(dialect: str) -> None:
    sql = "SELECT 1 AS x FROM posts AS p WHERE NOT CONTAINS(COALESCE(p.category, ''), $w) AND CONTAINS(p.name, $one)"

    assert compile_query(sql, {"w": ("无法外出", "就业困难"), "one": ("甲",)}, dialect) == (
        "SELECT 1 AS x FROM posts AS p WHERE NOT (CONTAINS(COALESCE(p.category, ''), '无法外出')"
        " OR CONTAINS(COALESCE(p.category, ''), '就业困难')) AND (CONTAINS(p.name, '甲'))"
    )


def test_a_parameter_may_stand_in_the_text_that_is_searched() -> None:
    sql = "SELECT 1 AS x FROM posts AS p WHERE CONTAINS(CONCAT(p.category, $one), $w)"

    assert compile_query(sql, {"w": ("b", "c"), "one": "a"}) == (
        "SELECT 1 AS x FROM posts AS p"
        " WHERE (CONTAINS(CONCAT(p.category, 'a'), 'b') OR CONTAINS(CONCAT(p.category, 'a'), 'c'))"
    )


def test_a_word_stays_a_text_whatever_is_in_it() -> None:
    sql = "SELECT 1 AS x FROM posts AS p WHERE CONTAINS(p.category, $w)"

    assert compile_query(sql, {"w": ("') OR (TRUE", "b")}) == (
        "SELECT 1 AS x FROM posts AS p WHERE (CONTAINS(p.category, ''') OR (TRUE') OR CONTAINS(p.category, 'b'))"
    )


@pytest.mark.parametrize("text", ["CONTAINS($w, p.name)", "LENGTH($w) > 1", "p.name = $w"])
def test_words_anywhere_else_are_refused(text: str) -> None:
    with pytest.raises(KeyError, match="only after IN"):
        compile_query(f"SELECT 1 AS x FROM posts AS p WHERE {text}", {"w": ("c",)})


def test_a_query_is_said_in_spark_too() -> None:
    sql = """
    SELECT p.person_id AS subject, strftime(p.month, '%Y-%m') AS m, p.month + INTERVAL 1 MONTH AS n
    FROM payroll AS p ANTI JOIN deaths AS d ON d.person_id = p.person_id
    WHERE date_diff('day', p.month, $as_of) > 30
    QUALIFY ROW_NUMBER() OVER (PARTITION BY p.person_id ORDER BY p.month) = 1
    """

    spark = compile_query(sql, {"as_of": date(2022, 12, 31)}, "spark")

    assert "DATE_FORMAT(p.month, 'yyyy-MM') AS m" in spark
    assert "ANTI JOIN deaths AS d" in spark
    assert "QUALIFY" not in spark, "Spark has none; SQLGlot makes a subquery of it"
    assert "DATEDIFF(DAY, p.month, CAST('2022-12-31' AS DATE)) > 30" in spark


def test_a_condition_is_compiled_alone() -> None:
    where = "payroll.person_id = signal.subject AND payroll.month <= $as_of -- why"

    assert compile_condition(where, {"as_of": date(2022, 12, 31)}) == (
        "payroll.person_id = signal.subject AND payroll.month <= CAST('2022-12-31' AS DATE)"
    )
    with pytest.raises(SqlRefused) as caught:
        compile_condition("TRUE) UNION (SELECT 1", {})
    assert [(f.code, f.line, f.column) for f in caught.value.faults] == [("sql-syntax", 1, 5)]


def test_what_a_query_gives_and_needs_is_known_without_running_it() -> None:
    sql = "WITH a AS (SELECT 1 AS x) SELECT a.x AS one, a.x FROM a WHERE a.x > $k UNION ALL SELECT 2 AS p, $j AS q"

    assert columns_given(sql) == ("one", "x")
    assert placeholders_used(sql) == ("j", "k")
