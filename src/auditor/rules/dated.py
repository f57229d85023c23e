"""Parameters as of a row's own date: `AS_OF($wage_cap, payroll.month)`, and `AS_OF($term, posts.hired_on, regime)`.

Takes the call and the parameter's series, gives a literal where all dates have one value, else a CASE over the dates.
The result is NULL, so that the row is not judged, where the date is NULL while the value depends on it, and where the
series gives no number (`none`) or nothing at all on that date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from sqlglot import exp

Scalar: TypeAlias = int | Decimal | date | str
Step: TypeAlias = tuple[date, Scalar | None]
"""A value and the day from which it holds, up to the day before the next step; None: there is no number."""

AS_OF = "as_of"
MAX_NODES = 40
"""How large date and regime together may be: `COALESCE(posts.hired_on, $period_from)` is seven."""
_ARGUMENTS = (2, 3)


@dataclass(frozen=True, slots=True)
class Series:
    """A parameter whose value hangs on the date or on the regime of the post.

    Attributes:
        now: the value of the audit date, which a plain `$name` means.
        steps: the values where the regime is not known, in order of their days; the first holds from `date.min`.
        regimes: regime → its steps, for each regime whose values differ from `steps`.
    """

    now: Scalar | None
    steps: tuple[Step, ...]
    regimes: tuple[tuple[str, tuple[Step, ...]], ...] = ()


def literal(value: Scalar | None) -> exp.Expr:
    """The typed literal of a value: a date is `CAST('2022-12-31' AS DATE)`."""
    if value is None:
        return exp.null()
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), exp.DataType.Type.DATE)
    if isinstance(value, int | Decimal):
        number = exp.Literal.number(format(abs(value), "f") if isinstance(value, Decimal) else abs(value))
        return exp.Paren(this=exp.Neg(this=number)) if value < 0 else number
    return exp.Literal.string(value)


def is_as_of(node: exp.Expr | None) -> bool:
    """Whether `node` is a call of AS_OF, whatever its arguments."""
    return isinstance(node, exp.Anonymous) and str(node.name).lower() == AS_OF


def well_formed(call: exp.Expr) -> bool:
    """Whether a call of AS_OF has a parameter, a date, and perhaps a regime, these short and without an AS_OF within.

    They are repeated for every value of the series: AS_OF within AS_OF would double the query with each level.
    """
    arguments = call.expressions
    if len(arguments) not in _ARGUMENTS or not isinstance(arguments[0], exp.Placeholder):
        return False
    nodes = [node for argument in arguments[1:] for node in argument.walk()]
    return len(nodes) <= MAX_NODES and not any(is_as_of(node) or isinstance(node, exp.Query) for node in nodes)


def names_parameter(node: exp.Expr) -> bool:
    """Whether the placeholder `node` is the parameter of an AS_OF."""
    return is_as_of(node.parent) and node.arg_key == "expressions" and node.index == 0


def calls(tree: exp.Expr) -> Iterator[exp.Expr]:
    """Every AS_OF of the tree, the inner before the outer."""
    yield from reversed([node for node in tree.find_all(exp.Anonymous) if is_as_of(node)])


def replace_call(call: exp.Expr, value: Series | Scalar | None) -> None:
    """Put the parameter's value in the place of the call; an INTERVAL around it is given for each value.

    Spark knows intervals of literals only: `INTERVAL (CASE …) MONTH` becomes `CASE … THEN INTERVAL 36 MONTH`.
    """
    series = value if isinstance(value, Series) else Series(value, ((date.min, value),))
    interval = call.find_ancestor(exp.Interval)
    inside = interval is not None and isinstance(interval.this, exp.Expr) and interval.this.unnest() is call
    _, day, *regime = call.expressions
    by_date = _by_date(series.steps, day, interval if inside else None)
    if regime and series.regimes:
        by_date = _by_regime(series, by_date, day, regime[0], interval if inside else None)
    target = interval if inside and interval is not None else call
    target.replace(by_date)


def _by_regime(
    series: Series, otherwise: exp.Expr, day: exp.Expr, regime: exp.Expr, interval: exp.Expr | None
) -> exp.Expr:
    case = exp.Case(ifs=[], default=otherwise)
    for name, steps in series.regimes:
        case.append(
            "ifs",
            exp.If(
                this=exp.EQ(this=regime.copy(), expression=exp.Literal.string(name)),
                true=_by_date(steps, day, interval),
            ),
        )
    return case


def _by_date(steps: Sequence[Step], day: exp.Expr, interval: exp.Expr | None) -> exp.Expr:
    if len(steps) == 1:
        return _value(steps[0][1], interval)
    case = exp.Case(ifs=[])
    for (_, value), (until, _) in pairwise(steps):
        case.append("ifs", _branch(exp.LT, day, until, _value(value, interval)))
    case.append("ifs", _branch(exp.GTE, day, steps[-1][0], _value(steps[-1][1], interval)))
    return case


def _branch(comparison: type[exp.Expr], day: exp.Expr, at: date, value: exp.Expr) -> exp.Expr:
    return exp.If(this=comparison(this=day.copy(), expression=literal(at)), true=value)


def _value(value: Scalar | None, interval: exp.Expr | None) -> exp.Expr:
    if interval is None or value is None:
        return literal(value)
    copied = interval.copy()
    copied.set("this", literal(value))
    return copied
