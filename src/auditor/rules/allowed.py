"""What a query of a rule may be made of: the one list of SQL constructs and functions.

Everything else is refused, whatever it is: a list of what is allowed fails closed when SQLGlot or an engine learns
more. All functions are pure, exist in DuckDB and in Spark, give the same for the same rows in any order, and cannot be
made to fill the memory (no `repeat`, `lpad`, `range`, `unnest`), read anything but their arguments, or backtrack (no
regular expressions: Spark's are Java's).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlglot import exp

FUNCTIONS: Mapping[str, type[exp.Expr]] = MappingProxyType(
    {
        # aggregates
        "sum": exp.Sum,
        "min": exp.Min,
        "max": exp.Max,
        "avg": exp.Avg,
        "count": exp.Count,
        "count_if": exp.CountIf,
        "bool_or": exp.LogicalOr,
        "bool_and": exp.LogicalAnd,
        "string_agg": exp.GroupConcat,
        # windows
        "row_number": exp.RowNumber,
        "rank": exp.Rank,
        "dense_rank": exp.DenseRank,
        "lag": exp.Lag,
        "lead": exp.Lead,
        "first_value": exp.FirstValue,
        "last_value": exp.LastValue,
        # choice and types
        "coalesce": exp.Coalesce,
        "nullif": exp.Nullif,
        "if": exp.If,
        "case": exp.Case,
        "cast": exp.Cast,
        "try_cast": exp.TryCast,
        "greatest": exp.Greatest,
        "least": exp.Least,
        # numbers
        "abs": exp.Abs,
        "round": exp.Round,
        "ceil": exp.Ceil,
        "floor": exp.Floor,
        "sign": exp.Sign,
        # texts
        "lower": exp.Lower,
        "upper": exp.Upper,
        "trim": exp.Trim,
        "substring": exp.Substring,
        "left": exp.Left,
        "right": exp.Right,
        "length": exp.Length,
        "replace": exp.Replace,
        "translate": exp.Translate,
        "concat": exp.Concat,
        "concat_ws": exp.ConcatWs,
        "starts_with": exp.StartsWith,
        "ends_with": exp.EndsWith,
        "contains": exp.Contains,
        "strpos": exp.StrPosition,
        # dates
        "year": exp.Year,
        "quarter": exp.Quarter,
        "month": exp.Month,
        "day": exp.Day,
        "extract": exp.Extract,
        "last_day": exp.LastDay,
        "make_date": exp.DateFromParts,
        "date_trunc": exp.TimestampTrunc,
        "date_add": exp.DateAdd,
        "date_sub": exp.DateSub,
        "date_diff": exp.DateDiff,
        "strftime": exp.TimeToStr,
        "exists": exp.Exists,
    }
)

# By their names in any dialect, and by SQLGlot's classes: what gives another answer on another run.
NOT_REPEATABLE = frozenset(
    {
        "now", "today", "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp",
        "get_current_timestamp", "get_current_time", "transaction_timestamp", "currentdate", "currenttime",
        "currenttimestamp", "currentdatetime", "current_datetime", "getdate", "sysdate", "systimestamp",
        "clock_timestamp", "statement_timestamp", "current_localtime", "current_localtimestamp", "random", "rand",
        "randn", "randstr", "setseed", "uuid", "gen_random_uuid", "uuidv4", "uuidv7", "generate_uuid", "nextval",
        "currval", "txid_current", "monotonically_increasing_id", "any_value", "anyvalue", "arbitrary", "first",
        "last", "list", "array_agg", "arrayagg", "mode", "arg_min", "arg_max", "argmin", "argmax", "min_by",
        "max_by", "approx_distinct", "approx_count_distinct", "approxdistinct", "approx_quantile",
        "reservoir_quantile", "collect_list", "collect_set", "current_user", "session_user", "user",
        "current_schema", "current_database", "version",
    }
)  # fmt: skip

CAST_TYPES = frozenset(
    {
        exp.DataType.Type.VARCHAR,
        exp.DataType.Type.TEXT,
        exp.DataType.Type.DATE,
        exp.DataType.Type.INT,
        exp.DataType.Type.BIGINT,
        exp.DataType.Type.DECIMAL,
        exp.DataType.Type.DOUBLE,
        exp.DataType.Type.BOOLEAN,
    }
)

_PLAIN: frozenset[type[exp.Expr]] = frozenset(
    {
        exp.Identifier, exp.Column, exp.Alias, exp.TableAlias, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.Tuple,
        exp.Var, exp.Interval, exp.DataType, exp.DataTypeParam,
        exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.NullSafeEQ, exp.NullSafeNEQ,
        exp.Is, exp.In, exp.Between, exp.Like, exp.ILike, exp.Escape,
        exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.Neg, exp.DPipe,
        exp.Distinct, exp.Order, exp.Ordered, exp.Where, exp.Having, exp.Qualify, exp.Filter,
        exp.WindowSpec, exp.IgnoreNulls,
        exp.Star, exp.Placeholder,  # each looked at once more where it stands
    }
)  # fmt: skip

# The parts that these may have. What is left out is mostly what makes an answer depend on the order of rows.
PARTS: Mapping[type[exp.Expr], frozenset[str]] = MappingProxyType(
    {
        exp.Select: frozenset(
            {"expressions", "from_", "joins", "where", "group", "having", "qualify", "order", "distinct", "with_"}
        ),
        exp.Union: frozenset({"this", "expression", "distinct", "with_", "order"}),
        exp.Intersect: frozenset({"this", "expression", "distinct", "with_", "order"}),
        exp.Except: frozenset({"this", "expression", "distinct", "with_", "order"}),
        exp.With: frozenset({"expressions"}),
        exp.CTE: frozenset({"this", "alias", "materialized"}),
        exp.Subquery: frozenset({"this", "alias"}),
        exp.From: frozenset({"this"}),
        exp.Join: frozenset({"this", "on", "side", "kind"}),
        exp.Table: frozenset({"this", "alias"}),
        exp.TableAlias: frozenset({"this"}),
        exp.Column: frozenset({"this", "table"}),
        exp.Group: frozenset({"expressions", "all"}),
        exp.In: frozenset({"this", "expressions", "query", "field"}),
        exp.Distinct: frozenset({"expressions"}),
        exp.Window: frozenset({"this", "partition_by", "order", "spec", "over"}),
        exp.Cast: frozenset({"this", "to"}),
        exp.TryCast: frozenset({"this", "to", "requires_string"}),
    }
)

NODES: frozenset[type[exp.Expr]] = _PLAIN | frozenset(PARTS) | frozenset(FUNCTIONS.values())

JOIN_KINDS = frozenset({"", "INNER", "CROSS", "OUTER", "SEMI", "ANTI"})
