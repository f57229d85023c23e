"""Mistakes in `AS_OF($parameter, date, regime)`: takes a query and what there is, gives each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import exp

from auditor.ledgers import Catalogue, ColumnType
from auditor.profile import REGIMES
from auditor.rules.compiling import BUILT_IN_DATES, BUILT_IN_PLACEHOLDERS
from auditor.rules.dated import calls, names_parameter, well_formed
from auditor.rules.model import Parameter
from auditor.rules.parameters import changes_in_time, covers_all_dates
from auditor.rules.parsing import Fault, Sql
from auditor.rules.suggesting import nearest

_DATES = frozenset({ColumnType.DATE, ColumnType.MONTH})


def as_of_faults(sql: Sql, parameters: Mapping[str, Parameter], catalogue: Catalogue) -> Iterator[Fault]:
    """Every mistake in a call of AS_OF: no parameter, no date, a series with holes, a regime that there is not."""
    for call in calls(sql.tree):
        if not well_formed(call):
            continue  # refused by the vetting
        named, day, *regime = call.expressions
        parameter = parameters.get(named.name)
        if named.name in BUILT_IN_PLACEHOLDERS:
            yield sql.fault("as-of-form", call)
        elif parameter is not None and parameter.type != "words" and not covers_all_dates(parameter):
            yield sql.fault("parameter-series-open", named, parameter=parameter.id)
        if not _may_be_date(sql.tree, day, parameters, catalogue):
            yield sql.fault("as-of-date", day, found=day.sql("duckdb")[:60])
        for word in regime:
            if isinstance(word, exp.Literal) and (not word.is_string or word.name not in REGIMES):
                suggestion = nearest(word.name, REGIMES)
                yield sql.fault("regime-unknown", word, regime=word.name[:60], suggestion=suggestion)
            elif not isinstance(word, exp.Literal) and not _may_be_text(sql.tree, word, catalogue):
                found = word.sql("duckdb")[:60]
                yield sql.fault("regime-unknown", word, regime=found, suggestion=", ".join(REGIMES))


def plain_use(sql: Sql, parameters: Mapping[str, Parameter]) -> dict[str, Fault]:
    """The parameters that change in time and stand outside of AS_OF, each with where it first does."""
    found: dict[str, Fault] = {}
    for node in sql.tree.find_all(exp.Placeholder, bfs=False):
        parameter = parameters.get(node.name)
        if parameter is None or parameter.type == "words" or names_parameter(node):
            continue
        if changes_in_time(parameter):
            found.setdefault(node.name, sql.fault("", node))
    return found


def _may_be_date(tree: exp.Expr, node: exp.Expr, parameters: Mapping[str, Parameter], catalogue: Catalogue) -> bool:
    if isinstance(node, exp.Literal | exp.Boolean | exp.Null):
        return False
    if isinstance(node, exp.Placeholder):
        if node.name in BUILT_IN_PLACEHOLDERS:
            return node.name in BUILT_IN_DATES
        return node.name not in parameters or parameters[node.name].type == "date"
    if isinstance(node, exp.Cast | exp.TryCast):
        return bool(node.to.this == exp.DataType.Type.DATE)
    kind = _column_type(tree, node, catalogue)
    return kind is None or kind in _DATES


def _may_be_text(tree: exp.Expr, node: exp.Expr, catalogue: Catalogue) -> bool:
    if isinstance(node, exp.Boolean | exp.Null | exp.Placeholder):
        return False  # $county is a text, and no regime
    kind = _column_type(tree, node, catalogue)
    return kind in {None, ColumnType.TEXT, ColumnType.CODE}


def _column_type(tree: exp.Expr, node: exp.Expr, catalogue: Catalogue) -> ColumnType | None:
    """The type of a ledger's column; None for anything else (a term's column, an expression): its type is not known."""
    if not isinstance(node, exp.Column) or not node.table:
        return None
    alias = str(node.table).lower()
    meant = {str(t.name).lower() for t in tree.find_all(exp.Table) if str(t.alias_or_name).lower() == alias} or {alias}
    if len(meant) != 1:
        return None
    ledger = catalogue.get(meant.pop())
    column = ledger.columns.get(str(node.name).lower()) if ledger is not None else None
    return column.type if column is not None else None
