"""Texts of the lints on the SQL inside rule files: its form, and the names in it."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {
    # the form of queries
    "sql-empty": (
        "查询为空，请写一个 SELECT。",
        "The query is empty; write a SELECT.",
    ),
    "sql-syntax": (
        "SQL 无法解析：{detail}。请检查此处的语法。",
        "The SQL cannot be parsed: {detail}. Check the syntax here.",
    ),
    "sql-unclosed": (
        "{text} 没有结束，请补上。",
        "{text} is never closed; close it.",
    ),
    "sql-dollar": (
        "此处不能使用 $；$ 只用于参数，如 $as_of。",
        "No $ here; it stands only before a parameter's name, as in $as_of.",
    ),
    "sql-too-long": (
        "查询超过 {limit} 个字符，请拆成术语。",
        "The query is longer than {limit} characters; move parts into terms.",
    ),
    "sql-too-deep": (
        "查询嵌套超过 {limit} 层或过大，请拆成术语。",
        "The query is nested deeper than {limit} levels, or too large; move parts into terms.",
    ),
    "sql-not-one-select": (
        "只允许一个 SELECT，此处为 {found}。",
        "One SELECT and nothing else is allowed; here stands {found}.",
    ),
    "sql-construct": (
        "不允许使用 {found}。请用普通的 SELECT、JOIN、WHERE、GROUP BY 改写。",
        "{found} is not allowed. Rewrite it with plain SELECT, JOIN, WHERE and GROUP BY.",
    ),
    "sql-recursive": (
        "不允许递归查询（WITH RECURSIVE）。",
        "Recursion (WITH RECURSIVE) is not allowed.",
    ),
    "sql-limit": (
        "不允许使用 {found}：结果会随行的顺序变化。请用条件筛选。",
        "{found} is not allowed: the result would hang on the order of rows. Use a condition.",
    ),
    "sql-not-repeatable": (
        "{found} 每次结果可能不同。日期请用 $as_of，取一个值请用 MIN 或 MAX。",
        "{found} may give another result each time. Use $as_of for the date, MIN or MAX to pick a value.",
    ),
    "sql-placeholder": (
        "参数只能写作 $名称。",
        "A parameter is written $name.",
    ),
    "select-star": (
        "不允许 SELECT *，请列出所需的列。",
        "SELECT * is not allowed; name the columns.",
    ),
    "not-in-select": (
        "不允许 NOT IN (SELECT …)：其中有一个空值就什么也查不到。请用 NOT EXISTS 或 ANTI JOIN。",
        "NOT IN (SELECT …) is not allowed: one NULL in it and nothing is found. Use NOT EXISTS or an ANTI JOIN.",
    ),
    "join-using": (
        "不允许 JOIN … USING，请写明 ON a.x = b.x。",
        "JOIN … USING is not allowed; write ON a.x = b.x.",
    ),
    "cast-refused": (
        "不允许转换为 {found}。",
        "A cast to {found} is not allowed.",
    ),
    "function-refused": (
        "函数 {function} 不在允许之列（是否应为 {suggestion}？）。",
        "The function {function} is not on the allowed list (did you mean {suggestion}?).",
    ),
    "table-function": (
        "FROM 中不允许 {found}，只能是台账、术语或子查询。",
        "{found} is not allowed in FROM: only ledgers, terms and subqueries are.",
    ),
    "spark-unsupported": (
        "查询无法转换为 Spark SQL：{detail}",
        "The query cannot be turned into Spark SQL: {detail}",
    ),
    # the names in queries
    "alias-twice": (
        "别名 {alias} 用了两次，请改名。",
        "The alias {alias} is used twice; rename one.",
    ),
    "alias-unknown": (
        "此处没有 {alias}（是否应为 {suggestion}？）。",
        "There is no {alias} here (did you mean {suggestion}?).",
    ),
    "with-shadows": (
        "WITH 中的名称 {alias} 已被使用，请改名。",
        "The name {alias} in WITH is taken; choose another.",
    ),
    "subquery-unnamed": (
        "子查询需要别名，请写作 (SELECT …) AS 名称。",
        "A subquery needs an alias: (SELECT …) AS name.",
    ),
    "column-unqualified": (
        "列 {column} 前要写明台账，如 {suggestion}；文字请用单引号。",
        "Say whose column {column} is, as in {suggestion}; texts stand in single quotes.",
    ),
    "output-twice": (
        "结果列 {column} 出现两次，请改名。",
        "The output column {column} stands twice; rename one.",
    ),
    "output-unnamed": (
        "第 {number} 个结果列没有名称，请用 AS 命名。",
        "Output column {number} has no name; give it one with AS.",
    ),
    "output-missing": (
        "查询缺少结果列 {column}，请用 AS {column} 给出。",
        "The query gives no column {column}; give it with AS {column}.",
    ),
    "period-without-grain": (
        "查询给出了 period，但粒度 {grain} 不含月份。请改为按月的粒度，或不给出 period。",
        "The query gives a period but the grain {grain} has no month. Choose a monthly grain or drop period.",
    ),
    "money-unknown": (
        "money 所指的列“{money}”不在查询结果中（是否应为 {suggestion}？）。",
        "money names “{money}”, which the query does not give (did you mean {suggestion}?).",
    ),
    "union-width": (
        "两个 SELECT 的列数不同（{left} 与 {right}）。",
        "The two SELECTs have different numbers of columns ({left} and {right}).",
    ),
}
