"""Is this query made of allowed things only? Takes a parsed query, gives its faults; what names mean is not asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlglot import exp

from auditor.rules.allowed import CAST_TYPES, FUNCTIONS, JOIN_KINDS, NODES, NOT_REPEATABLE, PARTS
from auditor.rules.dated import is_as_of, well_formed
from auditor.rules.parsing import Fault, Sql
from auditor.rules.suggesting import nearest

_LIMITS = frozenset({"limit", "offset", "fetch"})
_SAMPLES = frozenset({"sample"})
_FUNCTION_CLASSES = frozenset(FUNCTIONS.values())


def vet(sql: Sql) -> tuple[Fault, ...]:
    """Every construct of the query that is refused. Below a refused node nothing more is looked at."""
    faults: list[Fault] = []
    stack = [sql.tree]
    while stack:
        node = stack.pop()
        found = list(_faults(sql, node))
        faults.extend(found)
        if not found:
            stack.extend(node.iter_expressions())
    return tuple(sorted(faults, key=lambda fault: (fault.line, fault.column, fault.code)))


def _function_name(node: exp.Expr) -> str:
    if isinstance(node, exp.Anonymous):
        return str(node.name).lower()
    if isinstance(node, exp.Func):
        return node.sql_name().lower()
    return type(node).__name__.lower()


def _is_function(node: exp.Expr) -> bool:
    return isinstance(node, exp.Func) and type(node) not in NODES


def _refused_function(sql: Sql, node: exp.Expr) -> Fault:
    name = _function_name(node)
    if name in NOT_REPEATABLE or type(node).__name__.lower() in NOT_REPEATABLE:
        return sql.fault_at_word("sql-not-repeatable", node, rf"\b{re.escape(name)}\b", found=name)
    return sql.fault("function-refused", node, function=name, suggestion=nearest(name, FUNCTIONS, 0.6))


def _faults(sql: Sql, node: exp.Expr) -> Iterator[Fault]:
    source = isinstance(node.parent, exp.From | exp.Join) and node.arg_key == "this"
    if source and not isinstance(node, exp.Table | exp.Subquery):
        yield sql.fault("table-function", node, found=node.sql("duckdb")[:60])
    elif isinstance(node, exp.Star):
        if not isinstance(node.parent, exp.Count):
            yield sql.fault("select-star", node)
    elif isinstance(node, exp.Placeholder):
        if not node.meta.get("ours"):
            yield sql.fault_at_word("sql-placeholder", node, r"\?|:\w")
    elif isinstance(node, exp.Table) and not isinstance(node.this, exp.Identifier):
        yield sql.fault("table-function", node, found=node.this.sql("duckdb")[:60])
    elif is_as_of(node):
        if not well_formed(node):
            yield sql.fault("as-of-form", node)
    elif _is_function(node):
        yield _refused_function(sql, node)
    elif type(node) not in NODES:
        name = type(node).__name__.lower()
        code = "sql-not-repeatable" if name in NOT_REPEATABLE or name == "tablesample" else "sql-construct"
        yield sql.fault(code, node, found=name)
    else:
        yield from _part_faults(sql, node)
        yield from _special_faults(sql, node)


def _part_faults(sql: Sql, node: exp.Expr) -> Iterator[Fault]:
    allowed = PARTS.get(type(node))
    if allowed is None:
        return
    for name, value in node.args.items():
        if not value or name in allowed:
            continue
        at = value if isinstance(value, exp.Expr) else node
        if isinstance(value, list) and value and isinstance(value[0], exp.Expr):
            at = value[0]
        if name in _LIMITS:
            yield sql.fault("sql-limit", at, found=name.upper())
        elif name in _SAMPLES:
            yield sql.fault("sql-not-repeatable", at, found=name)
        elif name == "recursive":
            yield sql.fault("sql-recursive", node)
        elif name in {"db", "catalog"}:
            yield sql.fault("ledger-undeclared", node, ledger=node.sql("duckdb")[:60], suggestion="")
        elif isinstance(node, exp.Join) and name == "using":
            yield sql.fault("join-using", node)
        else:
            yield sql.fault("sql-construct", at, found=name.rstrip("_"))


def _special_faults(sql: Sql, node: exp.Expr) -> Iterator[Fault]:
    if isinstance(node, exp.Join) and node.kind not in JOIN_KINDS:
        yield sql.fault("sql-construct", node, found=f"{node.kind} JOIN")
    elif isinstance(node, exp.Not):
        inner = node.this.unnest() if isinstance(node.this, exp.Paren) else node.this
        if isinstance(inner, exp.In) and inner.args.get("query") is not None:
            yield sql.fault("not-in-select", inner)
    elif isinstance(node, exp.Cast | exp.TryCast):
        if node.to.this not in CAST_TYPES:
            yield sql.fault("cast-refused", node.this, found=node.to.sql("duckdb"))
    elif isinstance(node, exp.GroupConcat):
        ordered = isinstance(node.this, exp.Order) or isinstance(node.parent, exp.WithinGroup)
        if not ordered:
            yield sql.fault("sql-not-repeatable", node, found="string_agg without ORDER BY")
    elif isinstance(node, exp.In) and isinstance(node.args.get("field"), exp.Expr):
        if not isinstance(node.args["field"], exp.Placeholder):
            yield sql.fault("sql-construct", node.args["field"], found="IN without brackets")
    elif isinstance(node, exp.Identifier) and isinstance(node.parent, exp.Dot):
        yield sql.fault("sql-construct", node, found="dot")
