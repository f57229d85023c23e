"""Each mistake of a rule's author is told by its code, at the very place: « in a change marks where."""

# ruff: noqa: E501 (what is sound and what is mistaken stand side by side)

from pathlib import Path

import pytest
from tests.rules.sample import GP01, RULE, load, with_query

from auditor.messages import render

# (code, what stands in the sound rule, what the author wrote instead)
MISTAKES = [
    ("yaml-key-unknown", "severity: high", "severity: high\n«sevrity: low"),
    ("yaml-value-invalid", "version: 1", "version: «one"),
    ("yaml-value-invalid", "status: stable", "status: «stabel"),
    ("yaml-value-invalid", "as_of: 2022-12-31", "as_of: «2022-13-31"),
    ("yaml-value-invalid", "as_of: 2022-12-31", "as_of: «20221231"),
    ("rule-id-form", "id: GP01", "id: «gp1"),
    ("rule-id-file", "id: GP01", "id: «GP02"),
    ("violation-unknown", "violation: ghost_payroll", "violation: «ghost_pay"),
    ("violation-group", "violation: ghost_payroll", "violation: «wages"),
    ("severity-unknown", "severity: high", "severity: «hihg"),
    ("subject-unknown", "subject: person", "subject: «persons"),
    ("grain-unknown", "grain: person-month", "grain: «workshop-month"),
    ("basis-empty", "instrument: 渝人社办2022年317号", 'instrument: "«"'),
    ("basis-empty", "words: 及时纠正查处吃空饷", 'words: "«"'),
    ("dates-reversed", "from: 2022-11-04,", "from: 2022-11-04, to: «2022-11-03,"),
    ("ledger-unknown", "  deaths: [person_id, died_on]", "  deaths: [person_id, died_on]\n  «death: [died_on]"),
    ("ledger-unread", "  deaths: [person_id, died_on]", "  deaths: [person_id, died_on]\n  «posts: [person_id]"),
    ("column-unknown", "employer, amount]\n  att", "employer, amount, «amuont]\n  att"),
    ("column-unread", "employer, amount]\n  att", "employer, amount, «paid_on]\n  att"),
    ("column-twice", "[person_id, died_on]", "[person_id, died_on, «died_on]"),
    ("column-undeclared", "[person_id, died_on]", "[person_id]"),
    ("column-undeclared", "SUM(p.amount)", "SUM(p.«amuont)"),
    ("ledger-undeclared", "LEFT JOIN deaths", "LEFT JOIN «death"),
    ("ledger-undeclared", "LEFT JOIN deaths", "LEFT JOIN «pensions"),
    ("ledger-undeclared", "  - ledger: payroll", "  - ledger: «posts"),
    ("column-unqualified", "WHERE p.amount > 0", "WHERE «amount > 0"),
    ("column-unqualified", "WHERE p.amount > 0", 'WHERE p.employer <> «"云山村"'),
    ("alias-unknown", "WHERE p.amount > 0", "WHERE «pp.amount > 0"),
    ("alias-twice", "LEFT JOIN deaths AS d ON", "LEFT JOIN «deaths AS a ON"),
    ("parameter-unknown", "AS_OF($pay_days", "AS_OF(«$pay_day"),
    ("parameter-unknown", "[pay_days]", "[pay_days, «pay_dayz]"),
    ("parameter-undeclared", "p.month + AS_OF", "p.name IN («$hardship_words) AND p.month + AS_OF"),
    ("parameter-unused", "[pay_days]", "[pay_days, «hardship_words]"),
    ("parameter-twice", "[pay_days]", "[pay_days, «pay_days]"),
    ("parameter-words", "WHERE p.amount > 0", "WHERE p.name = «$hardship_words"),
    ("parameter-not-words", "WHERE p.amount > 0", "WHERE p.amount IN «$pay_days"),
    ("select-star", "SELECT 1 FROM covered", "SELECT «* FROM covered"),
    ("select-star", "SELECT 1 FROM covered AS c", "SELECT c.«* FROM covered AS c"),
    ("not-in-select", "WHERE p.amount > 0", "WHERE «p.person_id NOT IN (SELECT x.person_id FROM deaths AS x)"),
    ("join-using", "JOIN covered AS c ON c.employer = p.employer AND c.month = p.month\n    L", "JOIN «covered AS c USING (month)\n    L"),
    ("sql-limit", "GROUP BY p.person_id, p.month\ne", "GROUP BY p.person_id, p.month LIMIT «10\ne"),
    ("sql-not-repeatable", "d.died_on <= $as_of", "d.died_on <= «current_date"),
    ("sql-not-repeatable", "d.died_on <= $as_of", "d.died_on <= «today()"),
    ("sql-not-repeatable", "MIN(p.name)", "«any_value(p.name)"),
    ("sql-not-repeatable", "MIN(p.name)", "«string_agg(p.name, ',')"),
    ("function-refused", "MIN(p.name)", "MIN(«regexp_replace(p.name, 'a+', ''))"),
    ("cast-refused", "MIN(p.name)", "MIN(CAST(«p.name AS BLOB))"),
    ("sql-syntax", "WHERE p.amount > 0 AND", "WHERE p.amount > 0 «0 AND"),
    ("sql-unclosed", "WHERE p.amount > 0", "WHERE p.name = «'张三"),
    ("sql-dollar", "WHERE p.amount > 0", "WHERE p.amount > «$1"),
    ("sql-placeholder", "WHERE p.amount > 0", "WHERE p.amount > «?"),
    ("sql-not-one-select", "p.month\nevidence", "p.month«; SELECT 1 AS subject\nevidence"),
    ("sql-empty", "    where: payroll.person_id = signal.subject AND payroll.month = signal.period AND payroll.amount > 0", "    where: «-- nothing"),
    ("sql-syntax", "payroll.amount > 0\n    show", "payroll.amount > 0 «LIMIT 1\n    show"),
    ("column-undeclared", "signal.period AND", "signal.«perod AND"),
    ("alias-unknown", "where: payroll.person_id", "where: «attendance.person_id"),
    ("output-missing", "query: |\n    SELECT p.person_id AS subject,", "query: |\n    «SELECT p.person_id AS subjekt,"),
    ("output-missing", "query: |\n    SELECT p.person_id AS subject, MIN(p.name) AS name, p.month AS period,", "query: |\n    «SELECT p.person_id AS subject, MIN(p.name) AS name,"),
    ("output-unnamed", "query: |\n    SELECT p.person_id AS subject,", "query: |\n    «SELECT p.person_id AS subject, p.amount + 1,"),
    ("output-twice", "MIN(p.name) AS name, p.month", "MIN(p.name) AS name, «p.person_id AS subject, p.month"),
    ("period-without-grain", "grain: person-month", "grain: «person"),
    ("money-unknown", "money: amount", "money: «amuont"),
    ("union-width", "NOT EXISTS (SELECT 1 FROM covered", "NOT EXISTS (SELECT 1 AS a UNION ALL SELECT «2 AS b, 3 AS c) AND NOT EXISTS (SELECT 1 FROM covered"),
    ("with-shadows", "query: |\n    SELECT p.person_id", "query: |\n    WITH «deaths AS (SELECT 1 AS one) SELECT p.person_id"),
    ("evidence-unbound", "payroll.person_id = signal.subject AND payroll.month = signal.period AND payroll", "«payroll"),
    ("case-nobody", 'must_not_fire: ["@乙"]', 'must_not_fire: ["«@丙"]'),
    ("subquery-unnamed", "FROM payroll AS p\n    WHERE", "FROM payroll AS p, (SELECT «1 AS one)\n    WHERE"),
    ("covers-ledger", "  ledger: attendance", "  ledger: «attendence"),
    ("gaps-columns", "gaps: |\n    SELECT p.employer AS employer,", "gaps: |\n    «SELECT p.employer AS unit,"),
    ("column-unknown", "amount, account_no]", "amount, «acount_no]"),
    ("text-empty", "en: Paid without attendance", 'en: "«"'),
    ("text-empty", "en: Forged attendance", 'en: "«"'),
    ("message-placeholder", 'zh: "{name} {period}', 'zh: "«{nam} {period}'),
    ("message-braces", 'zh: "{name} {period}', 'zh: "«{name!r} {period}'),
    ("message-braces", 'zh: "{name} {period}', 'zh: "«{name {period}'),
    ("false-positive-unknown", "what: {zh: 带薪休假, en: Paid leave}", "what: «{zh: 未知, en: Unknown}"),
    ("handled-unknown", "handled: coverage", "handled: «coverag"),
    ("false-positive-no-case", "- {what: {zh: 考勤未报, en: The sheet was not sent}, handled: coverage, case: no-sheet}", "- «{what: {zh: 考勤未报, en: The sheet was not sent}, handled: query}"),
    ("case-unknown", "case: no-sheet", "case: «no-shet"),
    ("false-positive-no-question", "- {what: {zh: 带薪休假, en: Paid leave}, handled: review, ask: {zh: 是否请假, en: Was leave granted}}", "- «{what: {zh: 带薪休假, en: Paid leave}, handled: review}"),
    ("case-twice", "name: no-sheet", "name: «paid-without-attendance"),
    ("case-expectation", 'must_fire: ["@甲|2022-03"]', 'must_fire: ["«@甲"]'),
    ("case-expectation", 'must_not_fire: ["@甲|2022-03"]', 'must_not_fire: ["«@甲|202203"]'),
    ("case-row-ragged", "          @乙       | 李四 | 2022-03 | 云山村   | 600\n", "          «@乙       | 2022-03 | 云山村   | 600\n"),
    ("case-persona", "@乙       | 李四", "«@乙/1965-02-30 | 李四"),
    ("column-unknown", "| days_present\n          @乙", "| «days\n          @乙"),
    ("column-twice", "| month   | employer | days_present\n          @乙", "| month   | «month | days_present\n          @乙"),
    ("ledger-unknown", "        attendance: |\n          person_id | month   |", "        «attendence: |\n          person_id | month   |"),
    ("persona-two-ways", "      ledgers:\n        payroll: |\n          person_id | name | month   | employer | amount\n          @甲  ", "      ledgers:\n        «payroll: |\n          person_id | name | month   | employer | amount\n          @甲/男  "),
    ("parameter-unknown", "      says: the unit", "      parameters: {«pay_dayz: 3}\n      says: the unit"),
    ("parameter-type", "      says: the unit", "      parameters: {pay_days: «some}\n      says: the unit"),
    ("case-not-run-fires", '      must_fire: ["@甲|2022-03"]', '      not_run: true\n      must_fire: «["@甲|2022-03"]'),
]  # fmt: skip


@pytest.mark.parametrize(("code", "sound", "mistaken"), MISTAKES, ids=[f"{i}-{m[0]}" for i, m in enumerate(MISTAKES)])
def test_a_mistake_is_told_at_its_place(tmp_path: Path, code: str, sound: str, mistaken: str) -> None:
    told = load(tmp_path, (sound, mistaken))

    wanted = told.marks[0] if told.marks else "33:62"  # the one mistake that lies in what is not written
    assert (code, wanted) in told.told()
    assert "GP01" not in told.loaded.ruleset.rules
    assert [broken.file for broken in told.loaded.broken] == [GP01]


@pytest.mark.parametrize(
    ("code", "sound", "mistaken"),
    [
        ("basis-missing", RULE[RULE.index("basis:") : RULE.index("requires:")], "«basis: []\n"),
        ("requires-missing", RULE[RULE.index("requires:") : RULE.index("optional:")], "«requires: {}\n"),
        ("evidence-missing", RULE[RULE.index("evidence:") : RULE.index("message:")], "«evidence: []\n"),
        ("evidence-shows-nothing", "show: [person_id, name, month, amount, account_no]", "show: «[]"),
        ("covers-unit", "unit: [employer, month]", "unit: «[]"),
        (
            "false-positives-missing",
            RULE[RULE.index("false_positives") : RULE.index("blind")],
            "«false_positives: []\n",
        ),
        ("verify-missing", RULE[RULE.index("verify:") : RULE.index("tests:")], "«verify: []\n"),
        ("cases-none-fires", RULE[RULE.index("  cases:") :], "  «cases: []\n"),
        ("cases-none-silent", RULE[RULE.index("  cases:") :], "  «cases: []\n"),
        ("case-gaps-without-covers", RULE[RULE.index("covers:") : RULE.index("parameters:")], ""),
    ],
)
def test_what_is_missing_is_told_where_it_should_stand(tmp_path: Path, code: str, sound: str, mistaken: str) -> None:
    told = load(tmp_path, (sound, mistaken))

    assert code in [found for found, _ in told.told()]
    if told.marks:
        assert (code, told.marks[0]) in told.told()


def test_all_mistakes_are_told_at_once_even_beside_faults_of_form(tmp_path: Path) -> None:
    told = load(
        tmp_path,
        ("version: 1", "version: «one"),
        ("title: {zh: 有补贴无出勤, en: Paid without attendance}", "title: {zh: 有补贴无出勤, «enn: Paid}"),
        ("SUM(p.amount)", "SUM(p.«amuont)"),
        ("WHERE p.amount > 0", "WHERE «amount > 0"),
        ("handled: coverage", "handled: «coverag"),
    )

    expected = ["yaml-value-invalid", "yaml-key-unknown", "column-undeclared", "column-unqualified", "handled-unknown"]
    for found in zip(expected, told.marks, strict=True):
        assert found in told.told()
    assert ("yaml-key-missing", "4:8") in told.told()
    assert not [code for code, _ in told.told() if code == "text-empty"], "what stands in for a fault is not told again"


def test_suggestions_are_made(tmp_path: Path) -> None:
    assert load(tmp_path / "a", ("SUM(p.amount)", "SUM(p.amuont)")).args("column-undeclared") == {
        "column": "amuont",
        "ledger": "payroll",
        "suggestion": "amount",
    }
    told = load(tmp_path / "b", ("    - name: no-sheet\n      says", "    - name: no-sheet\n      sayz"))
    assert told.args("yaml-key-unknown") == {"key": "sayz", "suggestion": "says"}
    told = load(tmp_path / "c", ("[person_id, died_on]", "[person_id]"))
    assert told.args("column-undeclared")["suggestion"] == "requires: {deaths: [died_on]}"


def test_a_problem_reads_as_the_style_says(tmp_path: Path) -> None:
    told = load(tmp_path, ("SUM(p.amount)", "SUM(p.«amuont)"))

    problem = next(p for p in told.loaded.problems if p.code == "column-undeclared")
    assert render(problem, "en").startswith(f"{GP01}:{told.marks[0]} column-undeclared: amuont (did you mean amount?)")
    assert "amuont（是否应为 amount？）" in render(problem, "zh")


def test_what_a_term_reads_must_be_declared_too(tmp_path: Path) -> None:
    told = load(tmp_path, ("[person_id, month, employer, days_present]", "[person_id, month, days_present]"))

    assert [code for code, _ in told.told()] == ["term-reads-undeclared"]
    assert told.args("term-reads-undeclared") == {"term": "covered", "columns": "attendance: [employer]"}


def test_a_broken_term_breaks_the_rules_that_use_it(tmp_path: Path) -> None:
    told = load(tmp_path, ("a.month AS month", "a.«mnth AS month"), file="terms/covered.yaml")

    assert told.told("rules/terms/covered.yaml") == [("column-undeclared", told.marks[0])]
    assert {code for code, _ in told.told()} == {"term-broken"}
    assert "covered" not in told.loaded.ruleset.terms


def test_terms_that_read_each_other_are_told(tmp_path: Path) -> None:
    term = "id: {0}\nsays: {{zh: 甲, en: a}}\nquery: SELECT x.month AS month FROM {1} AS x\n"

    told = load(tmp_path, one=term.format("one", "two"), two=term.format("two", "one"))

    assert told.told("rules/terms/one.yaml") == [("term-cycle", "3:8")]
    assert told.told("rules/terms/two.yaml") == [("term-cycle", "3:8")]
    assert list(told.loaded.ruleset.rules) == ["GP01"], "a rule that uses neither is sound"


def test_a_term_may_not_take_a_ledgers_name(tmp_path: Path) -> None:
    term = "id: deaths\nsays: {zh: 甲, en: a}\nquery: SELECT p.month AS month FROM period_month AS p\n"

    assert ("term-name", "1:5") in load(tmp_path, deaths=term).told("rules/terms/deaths.yaml")


@pytest.mark.parametrize(
    ("code", "sound", "mistaken"),
    [
        ("parameter-type", "value: 20", "value: «twenty"),
        ("parameter-type-unknown", "type: int", "type: «integer"),
        ("parameter-series", "from: 2023-01-01", "from: «2022-12-31"),
        ("dates-reversed", "from: 2023-01-01", "from: 2023-01-01, to: «2022-12-31"),
        ("basis-empty", "instrument: 产品默认值", 'instrument: "«"'),
        ("id-file", "id: pay_days", "id: «pay_day"),
        ("parameter-name", "id: pay_days", "id: «PayDays"),
        ("text-empty", "en: Days of grace", 'en: "«"'),
    ],
)
def test_a_mistake_in_a_parameter(tmp_path: Path, code: str, sound: str, mistaken: str) -> None:
    told = load(tmp_path, (sound, mistaken), file="parameters/pay_days.yaml")

    assert (code, told.marks[0]) in told.told("rules/parameters/pay_days.yaml")


def test_two_rules_may_not_share_an_id(tmp_path: Path) -> None:
    load(tmp_path)
    copy = tmp_path / "rules/signals/other/gp01.yaml"
    copy.parent.mkdir()
    copy.write_text(RULE, encoding="utf-8")

    told = load(tmp_path)

    assert told.told("rules/signals/other/gp01.yaml") == [("id-twice", "1:5")]


def test_a_dialect_that_cannot_say_the_query_is_told(tmp_path: Path) -> None:
    query = "SELECT p.person_id AS subject, MIN(p.name) AS name, p.month AS period, AVG(DISTINCT p.amount) AS amount\n"
    told = with_query(tmp_path, query + "FROM payroll AS p GROUP BY p.person_id, p.month")

    assert "spark-unsupported" not in [code for code, _ in told.told()], "Spark knows AVG(DISTINCT …)"
