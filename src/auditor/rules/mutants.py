"""The mutants of a query: takes its tree, gives each way in which its author might have got one predicate wrong.

A rule whose cases let a mutant pass would not notice that mistake. What is made:

- each predicate (a conjunct or a disjunct of WHERE, HAVING, QUALIFY, ON, FILTER, CASE WHEN, COUNT_IF) becomes TRUE, and
  each disjunct FALSE; an ON of several conditions goes as a whole, a LEFT JOIN loses its LEFT;
- each comparator becomes its neighbour and its opposite (`<` `<=` and `>`; `=` `<>`; LIKE, IN, EXISTS, IS NULL and
  CONTAINS their negations), BETWEEN loses each of its ends, and has each without equality;
- each number in a predicate is one more and one less, each word of a list is left out;
- a COUNT(DISTINCT …) in a predicate counts all.

AND for OR and OR for AND are not made: they are killed by whatever kills TRUE and FALSE. What only a measure shows (a
column of the outermost SELECT that is neither subject nor period) is left alone: cases do not speak of measures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from auditor.rules.compiling import rendered
from auditor.rules.parsing import Sql, parse_select

IDENTITY = frozenset({"subject", "period"})
"""The columns of a rule's query that tell one signal from another; what a case can expect is said in them."""

_SWAPS: dict[type[exp.Expr], tuple[type[exp.Expr], ...]] = {
    exp.LT: (exp.LTE, exp.GT),
    exp.LTE: (exp.LT, exp.GTE),
    exp.GT: (exp.GTE, exp.LT),
    exp.GTE: (exp.GT, exp.LTE),
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.NullSafeEQ: (exp.NullSafeNEQ, exp.EQ),
    exp.NullSafeNEQ: (exp.NullSafeEQ, exp.NEQ),
}
_NEGATED = (exp.Is, exp.In, exp.Like, exp.ILike, exp.Exists, exp.Contains, exp.StartsWith, exp.EndsWith)
_CONDITIONS = (exp.Where, exp.Having, exp.Qualify, exp.CountIf, exp.LogicalOr, exp.LogicalAnd)
_WIDTH = 90


@dataclass(frozen=True, slots=True)
class Mutant:
    """One way in which a query might be wrong.

    Attributes:
        kind: code of the sentence that tells the mutation (`mutation-true`, …), with `before` and `after`.
        line, column: where the changed part stands in the query's text, from 1.
        before, after: the changed part, as SQL on one line.
        sql: the whole mutant, as text that parses like the query (placeholders as `$name`).
    """

    kind: str
    line: int
    column: int
    before: str
    after: str
    sql: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Change:
    """A change to make at a node of a copy of the tree; `make` gives what takes the node's place."""

    kind: str
    node: exp.Expr
    make: Callable[[exp.Expr], exp.Expr | None]


def mutants_of(text: str, identity: frozenset[str] | None = IDENTITY) -> tuple[Mutant, ...]:
    """Every mutant of the SELECT `text`, in the order of the text; none is written like the query or like another.

    Args:
        text: a query that passed the lints.
        identity: the output columns of which cases speak, the others being measures; None for all of them (a term).
    """
    sql = parse_select(text)
    order = {id(node): number for number, node in enumerate(sql.tree.walk())}
    skipped = _measures(sql.tree, identity) if identity is not None else set()
    seen = {rendered(sql.tree, "duckdb")}
    found: list[Mutant] = []
    for change in _changes(sql.tree):
        if id(change.node) in skipped:
            continue
        mutant = _applied(sql, change, order[id(change.node)])
        if mutant is not None and mutant.sql not in seen:
            seen.add(mutant.sql)
            found.append(mutant)
    return tuple(sorted(found, key=lambda m: (m.line, m.column)))


def _applied(sql: Sql, change: _Change, number: int) -> Mutant | None:
    tree = sql.tree.copy()
    target = next(node for at, node in enumerate(tree.walk()) if at == number)
    before = _words(target)
    put = change.make(target)
    if put is None:
        return None
    if put is not target:
        target.replace(put)
    at = sql.fault("", change.node)
    return Mutant(change.kind, at.line, at.column, before, _words(put), rendered(tree, "duckdb"))


def _words(node: exp.Expr) -> str:
    """The node as people write it: `x IS NOT NULL`, not `NOT x IS NULL`."""
    inner = node.this if isinstance(node, exp.Not) else None
    if isinstance(inner, exp.Is):
        words = f"{inner.this.sql('duckdb')} IS NOT {inner.expression.sql('duckdb')}"
    elif isinstance(inner, exp.In):
        words = inner.sql("duckdb").replace(" IN ", " NOT IN ", 1)
    else:
        words = node.sql("duckdb", comments=False)
    return words if len(words) <= _WIDTH else words[: _WIDTH - 1] + "…"


def _measures(tree: exp.Expr, identity: frozenset[str]) -> set[int]:
    """The nodes within the output columns of which no case speaks."""
    if isinstance(tree, exp.SetOperation):
        return _measures(tree.this, identity) | _measures(tree.expression, identity)
    if isinstance(tree, exp.Subquery):
        return _measures(tree.this, identity)
    columns = [item for item in tree.expressions if str(item.alias_or_name).lower() not in identity]
    return {id(node) for item in columns for node in item.walk()}


def _changes(tree: exp.Expr) -> Iterator[_Change]:
    for node in tree.walk(bfs=False):
        if isinstance(node, exp.Join):
            yield from _of_join(node)
        elif isinstance(node, _CONDITIONS):
            yield from _of_condition(node.this)
        elif isinstance(node, exp.Case):
            for branch in node.args["ifs"]:
                if node.this is None:
                    yield from _of_condition(branch.this)
        elif isinstance(node, exp.If) and not isinstance(node.parent, exp.Case):
            yield from _of_condition(node.this)


def _of_join(join: exp.Join) -> Iterator[_Change]:
    on = join.args.get("on")
    if on is None:
        return
    yield from _of_condition(on)
    if isinstance(on.unnest(), exp.And):
        yield _Change("mutation-join", on, lambda _: exp.true())
    if join.side == "LEFT" and join.kind not in {"SEMI", "ANTI"}:
        yield _Change("mutation-left", join, _without_left)


def _without_left(join: exp.Expr) -> exp.Expr:
    join.set("side", None)
    return join


def _of_condition(node: exp.Expr, *, alternative: bool = False) -> Iterator[_Change]:
    """The changes of a condition, its conjuncts and disjuncts each for itself."""
    if isinstance(node, exp.And | exp.Or):
        for side in (node.this, node.expression):
            yield from _of_condition(side, alternative=isinstance(node, exp.Or))
        return
    if isinstance(node, exp.Paren):
        yield from _of_condition(node.this, alternative=alternative)
        return
    if isinstance(node, exp.Boolean):
        return
    if alternative:
        yield _Change("mutation-false", node, lambda _: exp.false())
    if isinstance(node, exp.Not) and isinstance(node.this.unnest(), exp.And | exp.Or):
        yield _Change("mutation-true", node, lambda _: exp.true())
        yield from _of_condition(node.this.unnest())
        return
    yield _Change("mutation-true", node, lambda _: exp.true())
    yield from _of_predicate(node)


def _of_predicate(node: exp.Expr) -> Iterator[_Change]:
    negated = isinstance(node, exp.Not)
    inner = node.this.unnest() if negated else node
    if isinstance(inner, _NEGATED) or negated:
        yield _Change("mutation-swap", node, _negation)
    for other in _SWAPS.get(type(inner), ()):
        yield _Change("mutation-swap", inner, _as(other))
    if isinstance(inner, exp.Between):
        for make in (_above, _below, _above_open, _below_open):
            yield _Change("mutation-between", inner, make)
    if isinstance(inner, exp.In) and len(inner.expressions) > 1:
        for number in range(len(inner.expressions)):
            yield _Change("mutation-word", inner, _without_word(number))
    yield from _of_values(inner)


def _of_values(predicate: exp.Expr) -> Iterator[_Change]:
    """Numbers and counts within a predicate; subqueries speak for themselves."""
    for node in predicate.walk(prune=lambda n: isinstance(n, exp.Query)):
        if isinstance(node, exp.Query):
            continue
        if isinstance(node, exp.Literal) and _whole(node):
            yield _Change("mutation-number", node, _one_more)
            yield _Change("mutation-number", node, _one_less)
        elif isinstance(node, exp.Count) and isinstance(node.this, exp.Distinct) and len(node.this.expressions) == 1:
            yield _Change("mutation-distinct", node, _count_all)


def _whole(node: exp.Literal) -> bool:
    if node.is_string:
        return isinstance(node.parent, exp.Interval) and str(node.this).isdigit()
    return str(node.this).isdigit()


def _negation(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Not):
        inner: exp.Expr = node.this.copy()
        return inner
    if node.args.get("negate"):  # NOT LIKE
        positive = node.copy()
        positive.set("negate", None)
        return positive
    return exp.Not(this=node.copy())


def _as(kind: type[exp.Expr]) -> Callable[[exp.Expr], exp.Expr]:
    return lambda node: kind(this=node.this.copy(), expression=node.expression.copy())


def _above(node: exp.Expr) -> exp.Expr:
    return exp.GTE(this=node.this.copy(), expression=node.args["low"].copy())


def _below(node: exp.Expr) -> exp.Expr:
    return exp.LTE(this=node.this.copy(), expression=node.args["high"].copy())


def _above_open(node: exp.Expr) -> exp.Expr:
    low = exp.GT(this=node.this.copy(), expression=node.args["low"].copy())
    return exp.paren(exp.and_(low, _below(node)))


def _below_open(node: exp.Expr) -> exp.Expr:
    high = exp.LT(this=node.this.copy(), expression=node.args["high"].copy())
    return exp.paren(exp.and_(_above(node), high))


def _without_word(number: int) -> Callable[[exp.Expr], exp.Expr]:
    def make(node: exp.Expr) -> exp.Expr:
        shorter = node.copy()
        words: Sequence[exp.Expr] = node.expressions
        shorter.set("expressions", [word.copy() for at, word in enumerate(words) if at != number])
        return shorter

    return make


def _moved(node: exp.Expr, by: int) -> exp.Expr:
    value = int(str(node.this)) + by
    if isinstance(node, exp.Literal) and node.is_string:
        return exp.Literal.string(str(value))
    return exp.Literal.number(value) if value >= 0 else exp.paren(exp.Neg(this=exp.Literal.number(-value)))


def _one_more(node: exp.Expr) -> exp.Expr:
    return _moved(node, 1)


def _one_less(node: exp.Expr) -> exp.Expr:
    return _moved(node, -1)


def _count_all(node: exp.Expr) -> exp.Expr:
    return exp.Count(this=node.this.expressions[0].copy(), big_int=True)
