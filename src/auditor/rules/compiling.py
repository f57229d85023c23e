"""Queries made ready to run: placeholders filled with typed literals in the tree, then written in an engine's dialect.

Nothing is ever pasted into text. The result carries no comments of the author's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from sqlglot import exp
from sqlglot.errors import ErrorLevel

from auditor.rules.parsing import Sql, parse_condition, parse_select
from auditor.rules.resolving import output_names

Scalar: TypeAlias = int | Decimal | date | str
Filling: TypeAlias = Scalar | tuple[str, ...]
"""What may stand for a placeholder; a tuple of words stands only after IN."""

BUILT_IN_PLACEHOLDERS = ("as_of", "period_from", "period_to")


def literal(value: Scalar) -> exp.Expr:
    """The typed literal of a value: a date is `CAST('2022-12-31' AS DATE)`."""
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), exp.DataType.Type.DATE)
    if isinstance(value, int | Decimal):
        number = exp.Literal.number(format(abs(value), "f") if isinstance(value, Decimal) else abs(value))
        return exp.Paren(this=exp.Neg(this=number)) if value < 0 else number
    return exp.Literal.string(value)


def filled(sql: Sql, parameters: Mapping[str, Filling]) -> exp.Expr:
    """A copy of the tree with literals for its placeholders.

    Raises:
        KeyError: a placeholder has no value; the lints keep that from happening to a loaded rule.
    """
    tree = sql.tree.copy()
    for node in list(tree.find_all(exp.Placeholder)):
        value = parameters[node.name]
        listed = node.parent if isinstance(node.parent, exp.In) and node is not node.parent.this else None
        if isinstance(value, tuple):
            if listed is None:
                raise KeyError(f"{node.name} is a list of words: it stands only after IN")
            words = [literal(word) for word in value]
            others = [item for item in listed.expressions if item is not node]
            listed.set("field", None)
            listed.set("expressions", [*others, *words])
        else:
            node.replace(literal(value))
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
        parameters: a value for each `$name` in it, `as_of`, `period_from` and `period_to` among them.
        dialect: SQLGlot's name of the engine's dialect.
    """
    return rendered(filled(parse_select(sql), parameters), dialect)


def compile_condition(where: str, parameters: Mapping[str, Filling], dialect: str = "duckdb") -> str:
    """The condition of an `evidence` entry, over its ledger's name and `signal`, ready to stand after WHERE."""
    return rendered(filled(parse_condition(where), parameters), dialect)


def _tables(tree: exp.Expr) -> tuple[str, ...]:
    own = {str(cte.alias).lower() for cte in tree.find_all(exp.CTE)}
    return tuple(sorted({str(table.name).lower() for table in tree.find_all(exp.Table)} - own))


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


def placeholders_used(sql: str) -> tuple[str, ...]:
    """The names that a SELECT uses as `$name`, sorted."""
    return tuple(sorted(parse_select(sql).placeholders()))
