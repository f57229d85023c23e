"""Queries made ready to run: placeholders filled with typed literals in the tree, then written in an engine's dialect.

Nothing is ever pasted into text. The result carries no comments of the author's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from sqlglot import exp
from sqlglot.errors import ErrorLevel

from auditor.rules.dated import Scalar, Series, calls, literal, names_parameter, replace_call
from auditor.rules.parsing import Sql, parse_condition, parse_select
from auditor.rules.resolving import output_names

Filling: TypeAlias = Scalar | tuple[str, ...] | Series | None
"""What may stand for a placeholder; a tuple of words stands only after IN, or as what CONTAINS looks for. A `Series`
hangs on the row's date, in AS_OF, and means its value on the audit date elsewhere. None: there is no such number."""

BUILT_IN_DATES = ("as_of", "period_from", "period_to")
BUILT_IN_PLACEHOLDERS = (*BUILT_IN_DATES, "county")
"""What every query may name: three dates, and the county of the profile as a text, or NULL."""


def searched_for(node: exp.Expr) -> bool:
    """Whether `node` is what a CONTAINS looks for: a list of words there means any one of them."""
    return isinstance(node.parent, exp.Contains) and node.parent.expression is node


def _search_for(node: exp.Expr, words: tuple[str, ...]) -> None:
    """For `CONTAINS(text, $words)` the same with each word, joined by OR."""
    search = node.parent
    assert search is not None
    each = [exp.Contains(this=search.this.copy(), expression=literal(word)) for word in words]
    search.replace(exp.paren(exp.or_(*each)))


def filled(sql: Sql, parameters: Mapping[str, Filling]) -> exp.Expr:
    """A copy of the tree with literals for its placeholders.

    Raises:
        KeyError: a placeholder has no value; the lints keep that from happening to a loaded rule.
    """
    tree = sql.tree.copy()
    plain = [node for node in tree.find_all(exp.Placeholder) if not names_parameter(node)]
    # Lists last: what is searched in is copied for each word, and must have its own values by then.
    for node in sorted(plain, key=lambda found: isinstance(parameters[found.name], tuple)):
        value = parameters[node.name]
        listed = node.parent if isinstance(node.parent, exp.In) and node is not node.parent.this else None
        if isinstance(value, tuple) and searched_for(node):
            _search_for(node, value)
        elif isinstance(value, tuple):
            if listed is None:
                raise KeyError(f"{node.name} is a list of words: it stands only after IN and in CONTAINS")
            words = [literal(word) for word in value]
            others = [item for item in listed.expressions if item is not node]
            listed.set("field", None)
            listed.set("expressions", [*others, *words])
        else:
            node.replace(literal(value.now if isinstance(value, Series) else value))
    for call in calls(tree):
        series = parameters[call.expressions[0].name]
        if isinstance(series, tuple):
            raise KeyError(f"{call.expressions[0].name} is a list of words: it has no value as of a date")
        replace_call(call, series)
    for interval in tree.find_all(exp.Interval):
        if isinstance(interval.this, exp.Expr) and isinstance(interval.this.unnest(), exp.Null):
            interval.replace(exp.null())
        elif isinstance(interval.this, exp.Paren):
            interval.set("this", interval.this.unnest())  # Spark knows INTERVAL 5 DAY, not INTERVAL (5) DAY
    return tree


def rendered(tree: exp.Expr, dialect: str) -> str:
    """The tree as text of `dialect`.

    Raises:
        sqlglot.errors.UnsupportedError: the dialect cannot say it.
    """
    return tree.sql(dialect=dialect, unsupported_level=ErrorLevel.RAISE, comments=False)


def compile_query(sql: str, parameters: Mapping[str, Filling], dialect: str = "duckdb") -> str:
    """The SELECT `sql` of a loaded rule or term, with its placeholders filled, as text of `dialect` (duckdb, spark).

    Args:
        sql: text that passed the lints.
        parameters: a value for each `$name` in it, those of `BUILT_IN_PLACEHOLDERS` among them.
        dialect: SQLGlot's name of the engine's dialect.
    """
    used = tuple((name, parameters[name]) for name in placeholders_used(sql))
    return _compiled(sql, used, repr(used), dialect)


@lru_cache(maxsize=1024)
def _compiled(sql: str, used: tuple[tuple[str, Filling], ...], _written: str, dialect: str) -> str:
    """As `compile_query`; `_written` keeps apart values that are equal and not written alike (1 and 1.00)."""
    return rendered(filled(parse_select(sql), dict(used)), dialect)


def compile_condition(where: str, parameters: Mapping[str, Filling], dialect: str = "duckdb") -> str:
    """The condition of an `evidence` entry, over its ledger's name and `signal`, ready to stand after WHERE."""
    return rendered(filled(parse_condition(where), parameters), dialect)


def _tables(tree: exp.Expr) -> tuple[str, ...]:
    own = {str(cte.alias).lower() for cte in tree.find_all(exp.CTE)}
    return tuple(sorted({str(table.name).lower() for table in tree.find_all(exp.Table)} - own))


@lru_cache(maxsize=4096)
def tables_read(sql: str) -> tuple[str, ...]:
    """The ledgers, terms and built-in relations that a SELECT names, sorted; its own WITH tables are not among them."""
    return _tables(parse_select(sql).tree)


def condition_tables_read(where: str) -> tuple[str, ...]:
    """The same for the subqueries of a condition."""
    return _tables(parse_condition(where).tree)


def columns_given(sql: str) -> tuple[str, ...]:
    """The names of the columns that a SELECT gives, in order."""
    tree = parse_select(sql).tree
    return output_names(tree)


@lru_cache(maxsize=4096)
def placeholders_used(sql: str) -> tuple[str, ...]:
    """The names that a SELECT uses as `$name`, sorted."""
    return tuple(sorted(parse_select(sql).placeholders()))
