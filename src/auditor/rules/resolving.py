"""What every name in a query means: takes a vetted query and the known relations, gives what it reads and puts out.

A resolver of our own, for the few constructs that `allowed` lets through: SQLGlot's stops at the first mistake, and we
owe the author all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlglot import exp

from auditor.rules.parsing import Fault, Sql
from auditor.rules.suggesting import nearest

Columns: TypeAlias = "tuple[str, ...] | None"
"""The columns of a relation; None where they are not known (it has mistakes of its own, told elsewhere)."""


@dataclass(slots=True)
class Meaning:
    """What a query reads, and gives.

    Attributes:
        outputs: names of the output columns in order; "" for one without a name.
        tables: base relation → the first node that names it.
        columns: (base relation, column) → the first node that reads it.
        faults: names that mean nothing here.
    """

    outputs: tuple[str, ...] = ()
    tables: dict[str, exp.Expr] = field(default_factory=dict)
    columns: dict[tuple[str, str], exp.Expr] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Source:
    columns: Columns
    base: str | None  # the base relation's name; None for a subquery or CTE
    label: str


_Scope: TypeAlias = Mapping[str, _Source]


def resolve_select(sql: Sql, relations: Mapping[str, Columns]) -> Meaning:
    """The meaning of a SELECT over `relations` (name → columns)."""
    resolver = _Resolver(sql, relations)
    outputs = resolver.query(sql.tree, {}, [])
    resolver.meaning.outputs = outputs or ()
    return resolver.meaning


def resolve_condition(sql: Sql, relations: Mapping[str, Columns], visible: Sequence[str]) -> Meaning:
    """The meaning of a condition in which the rows of the relations `visible` stand under their own names."""
    resolver = _Resolver(sql, relations)
    scope = {name: _Source(relations.get(name), name, name) for name in visible}
    resolver.expression(sql.tree, {}, [scope])
    return resolver.meaning


def output_names(select: exp.Expr) -> tuple[str, ...]:
    """The names of the columns that a query gives; of a set operation, those of its first SELECT."""
    while not isinstance(select, exp.Select):
        select = select.this
    return tuple(str(item.alias_or_name).lower() for item in select.expressions)


class _Resolver:
    def __init__(self, sql: Sql, relations: Mapping[str, Columns]) -> None:
        self.sql, self.relations, self.meaning = sql, relations, Meaning()

    def fault(self, code: str, node: exp.Expr, **args: str) -> None:
        self.meaning.faults.append(self.sql.fault(code, node, **args))

    def query(self, node: exp.Expr, ctes: Mapping[str, Columns], outer: list[_Scope]) -> Columns:
        if isinstance(node, exp.Subquery):
            return self.query(node.this, ctes, outer)
        with_ = node.args.get("with_")
        if with_ is not None:
            inner = dict(ctes)
            for cte in with_.expressions:
                if cte.alias.lower() in self.relations or cte.alias.lower() in inner:
                    self.fault("with-shadows", cte.args["alias"], alias=cte.alias)
                inner[cte.alias.lower()] = self.query(cte.this, inner, outer)
            ctes = inner
        if isinstance(node, exp.SetOperation):
            return self.set_operation(node, ctes, outer)
        return self.select(node, ctes, outer)

    def set_operation(self, node: exp.SetOperation, ctes: Mapping[str, Columns], outer: list[_Scope]) -> Columns:
        left = self.query(node.this, ctes, outer)
        right = self.query(node.expression, ctes, outer)
        if left is not None and right is not None and len(left) != len(right):
            self.fault("union-width", node.expression, left=str(len(left)), right=str(len(right)))
        order = node.args.get("order")
        if order is not None:
            self.expression(order, ctes, outer, left or ())
        return left

    def select(self, node: exp.Expr, ctes: Mapping[str, Columns], outer: list[_Scope]) -> Columns:
        scope: dict[str, _Source] = {}
        hidden: set[str] = set()
        from_ = node.args.get("from_")
        if from_ is not None:
            self.source(from_.this, ctes, outer, scope)
        for join in node.args.get("joins") or ():
            name = self.source(join.this, ctes, outer, scope)
            on = join.args.get("on")
            if on is not None:
                self.expression(on, ctes, [*outer, {k: v for k, v in scope.items() if k not in hidden or k == name}])
            if join.kind in {"SEMI", "ANTI"}:
                hidden.add(name)
        visible = [*outer, {name: source for name, source in scope.items() if name not in hidden}]
        outputs = output_names(node)
        for item in node.expressions:
            self.expression(item, ctes, visible)
        for part in ("where", "group", "having", "qualify"):
            if node.args.get(part) is not None:
                self.expression(node.args[part], ctes, visible)
        if node.args.get("order") is not None:
            self.expression(node.args["order"], ctes, visible, outputs)
        for number, (item, name) in enumerate(zip(node.expressions, outputs, strict=True)):
            if name and name in outputs[:number]:
                self.fault("output-twice", item, column=name)
        return outputs

    def source(
        self, node: exp.Expr, ctes: Mapping[str, Columns], outer: list[_Scope], scope: dict[str, _Source]
    ) -> str:
        alias = str(node.alias_or_name).lower()
        if isinstance(node, exp.Table):
            found = self.table(node, ctes)
        else:
            found = _Source(self.query(node, ctes, outer), None, alias)
            if not alias:
                self.fault("subquery-unnamed", node)
        if alias in scope:
            self.fault("alias-twice", node, alias=alias)
        scope[alias] = found
        return alias

    def table(self, node: exp.Table, ctes: Mapping[str, Columns]) -> _Source:
        name = str(node.name).lower()
        if name in ctes:
            return _Source(ctes[name], None, name)
        if name not in self.relations:
            self.fault(
                "ledger-undeclared",
                node,
                ledger=str(node.name),
                suggestion=nearest(name, [*self.relations, *ctes], 0.6),
            )
            return _Source(None, None, name)
        self.meaning.tables.setdefault(name, node)
        return _Source(self.relations[name], name, name)

    def expression(
        self, node: exp.Expr, ctes: Mapping[str, Columns], scopes: list[_Scope], outputs: Sequence[str] = ()
    ) -> None:
        stack = [node]
        while stack:
            current = stack.pop()
            if isinstance(current, exp.Select | exp.SetOperation):
                self.query(current, ctes, scopes)
            elif isinstance(current, exp.Star) or (
                isinstance(current, exp.Column) and isinstance(current.this, exp.Star)
            ):
                continue  # refused by the vetting, with a better sentence
            elif isinstance(current, exp.Column):
                self.column(current, scopes, outputs)
            else:
                stack.extend(current.iter_expressions())

    def column(self, node: exp.Column, scopes: list[_Scope], outputs: Sequence[str]) -> None:
        name, qualifier = str(node.name).lower(), str(node.table).lower()
        if not qualifier:
            if name not in outputs:
                owners = [alias for scope in scopes for alias, s in scope.items() if s.columns and name in s.columns]
                self.fault(
                    "column-unqualified",
                    node,
                    column=node.name,
                    suggestion=f"{owners[0] if owners else '…'}.{node.name}",
                )
            return
        source = next((scope[qualifier] for scope in reversed(scopes) if qualifier in scope), None)
        if source is None:
            self.fault(
                "alias-unknown",
                node,
                alias=qualifier,
                suggestion=nearest(qualifier, [alias for scope in scopes for alias in scope]),
            )
        elif source.columns is not None and name not in source.columns:
            suggestion = nearest(name, source.columns, 0.6)
            # The qualifier is right: point at the column's own name.
            self.fault("column-undeclared", node.this, column=node.name, ledger=source.label, suggestion=suggestion)
        elif source.base is not None:
            self.meaning.columns.setdefault((source.base, name), node)
