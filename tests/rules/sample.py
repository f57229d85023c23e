"""A sound rule catalogue in a temporary folder, and mistakes made in it: « marks where one must be told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from auditor.errors import Problem
from auditor.ledgers import default_catalogue
from auditor.rules import Loaded, load_rules

RULE = """\
id: GP01
version: 1
status: stable
title: {zh: 有补贴无出勤, en: Paid without attendance}
violation: ghost_payroll
severity: high
basis:
  - {instrument: 渝人社办2022年317号, article: 五（三）, words: 及时纠正查处吃空饷, from: 2022-11-04, checked_by: }
requires:
  payroll: [person_id, name, month, employer, amount]
  attendance: [person_id, month, employer, days_present]
optional:
  deaths: [person_id, died_on]
covers:
  ledger: attendance
  unit: [employer, month]
  gaps: |
    SELECT p.employer AS employer, p.month AS month, COUNT(*) AS rows, COUNT(DISTINCT p.person_id) AS people
    FROM payroll AS p
    WHERE NOT EXISTS (SELECT 1 FROM covered AS c WHERE c.employer = p.employer AND c.month = p.month)
    GROUP BY p.employer, p.month
parameters: [pay_days]
signal:
  subject: person
  grain: person-month
  money: amount
  query: |
    SELECT p.person_id AS subject, MIN(p.name) AS name, p.month AS period, SUM(p.amount) AS amount
    FROM payroll AS p
    JOIN covered AS c ON c.employer = p.employer AND c.month = p.month
    LEFT JOIN attendance AS a
      ON a.person_id = p.person_id AND a.month = p.month AND a.days_present > 0
    LEFT JOIN deaths AS d ON d.person_id = p.person_id AND d.died_on <= $as_of
    WHERE p.amount > 0 AND a.person_id IS NULL AND d.person_id IS NULL
      AND p.month + AS_OF($pay_days, p.month) <= $as_of
    GROUP BY p.person_id, p.month
evidence:
  - ledger: payroll
    where: payroll.person_id = signal.subject AND payroll.month = signal.period AND payroll.amount > 0
    show: [person_id, name, month, amount, account_no]
message:
  zh: "{name} {period} 领取 {amount} 元，{pay_days} 天内无出勤"
  en: "{name} was paid {amount} yuan for {period} without attendance in {pay_days} days"
false_positives:
  - {what: {zh: 考勤未报, en: The sheet was not sent}, handled: coverage, case: no-sheet}
  - {what: {zh: 带薪休假, en: Paid leave}, handled: review, ask: {zh: 是否请假, en: Was leave granted}}
blind_spots:
  - {zh: 考勤造假, en: Forged attendance}
verify:
  - {zh: 调取签到表, en: Get the sign-in sheet}
tests:
  as_of: 2022-12-31
  cases:
    - name: paid-without-attendance
      says: 甲 has no row of attendance, 乙 has
      ledgers:
        payroll: |
          person_id | name | month   | employer | amount
          @甲       | 张三 | 2022-03 | 云山村   | 600
          @乙       | 李四 | 2022-03 | 云山村   | 600
        attendance: |
          person_id | month   | employer | days_present
          @乙       | 2022-03 | 云山村   | 22
      must_fire: ["@甲|2022-03"]
      must_not_fire: ["@乙"]
    - name: no-sheet
      says: the unit sent no sheet
      ledgers:
        payroll: |
          person_id | name | month   | employer | amount
          @甲       | 张三 | 2022-03 | 云山村   | 600
        attendance: |
          person_id | month | employer | days_present
      must_fire: []
      must_not_fire: ["@甲|2022-03"]
      gaps: ["云山村|2022-03"]
"""

TERM = """\
id: covered
says: {zh: 有考勤的单位和月份, en: Units and months with attendance}
query: |
  SELECT DISTINCT a.employer AS employer, a.month AS month
  FROM attendance AS a
  JOIN period_month AS pm ON pm.month = a.month
"""

PARAMETER = """\
id: pay_days
type: int
title: {zh: 发放宽限天数, en: Days of grace}
unit: 天
values:
  - {value: 30, instrument: 产品默认值, article: , from: , to: 2022-12-31}
  - {value: 20, instrument: 渝人社办2023年1号, article: 三, from: 2023-01-01, checked_by: 王五}
"""

WORDS = """\
id: hardship_words
type: words
title: {zh: 困难类别词, en: Words of hardship}
values:
  - {value: "无法外出, 无业可就、就业困难", instrument: 渝人社办2022年317号}
"""

VIOLATIONS = """\
violations:
  - {id: ghost_payroll, zh: 吃空饷, en: Ghost payroll, groups: [GP]}
  - {id: wages, zh: 欠薪迟发, en: Wages, groups: [WG]}
"""

FILES = {
    "signals/ghost_payroll/gp01.yaml": RULE,
    "terms/covered.yaml": TERM,
    "parameters/pay_days.yaml": PARAMETER,
    "parameters/hardship_words.yaml": WORDS,
    "violations.yaml": VIOLATIONS,
}
GP01 = "rules/signals/ghost_payroll/gp01.yaml"


@dataclass(frozen=True)
class Marked:
    """What loading told, as `(code, "line:column")` for each file, and where the « stood."""

    loaded: Loaded
    marks: tuple[str, ...]

    def told(self, file: str = GP01) -> list[tuple[str, str]]:
        return [(p.code, place(p)) for p in self.loaded.problems if str(p.where).startswith(file)]

    def args(self, code: str) -> dict[str, object]:
        return dict(next(p for p in self.loaded.problems if p.code == code).args)


def place(problem: Problem) -> str:
    """`line:column` of a problem."""
    return str(problem.where).split(".yaml", 1)[1].removeprefix(":")


def unmarked(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without its «, and `line:column` of each."""
    marks = []
    while "«" in text:
        before = text[: text.index("«")]
        marks.append(f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}")
        text = text.replace("«", "", 1)
    return text, tuple(marks)


def load(folder: Path, *changes: tuple[str, str], file: str = "signals/ghost_payroll/gp01.yaml", **more: str) -> Marked:
    """Writes the catalogue with `changes` (old, new) made in `file`, and loads it; `more` are further terms by id."""
    rules = folder / "rules"
    marks: tuple[str, ...] = ()
    texts = dict(FILES) | {f"terms/{name}.yaml": text for name, text in more.items()}
    for old, new in changes:
        assert old in texts[file], old
        texts[file] = texts[file].replace(old, new, 1)
    texts[file], marks = unmarked(texts[file])
    for name, text in texts.items():
        (rules / name).parent.mkdir(parents=True, exist_ok=True)
        (rules / name).write_text(text, encoding="utf-8")
    return Marked(load_rules([rules], default_catalogue()), marks)


QUERY = RULE[RULE.index("    SELECT p.person_id AS subject") : RULE.index("evidence:")]


def with_query(folder: Path, query: str) -> Marked:
    """The catalogue with the rule's query replaced by `query`."""
    indented = "".join(f"    {line}\n" for line in query.splitlines())
    return load(folder, (QUERY, indented))
