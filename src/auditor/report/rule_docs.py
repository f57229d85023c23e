"""The rule catalogue for people, in zh and en: takes the rule set, gives Markdown pages, the same ones every time.

A page for each violation that has rules, and an index. An example that fires and one that does not are the rule's own
cases; people in them are made up (`@甲`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditor.ledgers import Catalogue
from auditor.messages import LANGUAGES, text
from auditor.report.statement_docs import PAGE, statement_page
from auditor.rules import Basis, Parameter, Rule, RuleSet, terms_used
from auditor.rules.model import Case, Violation
from auditor.rules.tabular import parse_table

INDEX = "README.md"


def rule_pages(ruleset: RuleSet, catalogue: Catalogue) -> Mapping[str, str]:
    """Every page of the catalogue by its path below the output folder: `zh/README.md`, `zh/ghost_payroll.md`, …"""
    pages: dict[str, str] = {}
    for lang in LANGUAGES:
        groups = _by_violation(ruleset)
        pages[f"{lang}/{INDEX}"] = _text(_index(groups, ruleset, lang))
        if ruleset.statements:
            pages[f"{lang}/{PAGE}"] = _text(statement_page(ruleset, INDEX, lang))
        for violation, rules in groups:
            pages[f"{lang}/{violation.id}.md"] = _text(_page(violation, rules, ruleset, catalogue, lang))
    return pages


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _by_violation(ruleset: RuleSet) -> list[tuple[Violation, list[Rule]]]:
    rules = sorted(ruleset.rules.values(), key=lambda rule: rule.id)
    groups = [(v, [rule for rule in rules if rule.violation == v.id]) for v in ruleset.violations.values()]
    return [(violation, found) for violation, found in groups if found]


def _cell(value: str) -> str:
    return value.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(_cell, cells)) + " |"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield _row(header)
    yield "|" + "---|" * len(header)
    for row in rows:
        yield _row(row)
    yield ""


def _index(groups: Sequence[tuple[Violation, Sequence[Rule]]], ruleset: RuleSet, lang: str) -> Iterator[str]:
    yield f"# {text('docs-title', lang)}"
    yield ""
    yield text("docs-intro", lang, rules=sum(len(rules) for _, rules in groups))
    yield ""
    for violation, rules in groups:
        yield f"## [{violation.title.in_(lang)}]({violation.id}.md)"
        yield ""
        header = [text(f"rules-{key}", lang) for key in ("id", "title", "severity", "grain")]
        link = f"{violation.id}.md"
        yield from _table(
            header,
            [
                (
                    f"[{rule.id}]({link}#{rule.id.lower()})",
                    rule.title.in_(lang),
                    text(f"severity-{rule.severity}", lang),
                    rule.grain,
                )
                for rule in rules
            ],
        )
    if ruleset.statements:
        yield f"## [{text('docs-statements', lang)}]({PAGE})"
        yield ""
        header = [text("rules-id", lang), text("rules-title", lang), text("statement-keys", lang)]
        found = ruleset.statements.values()
        yield from _table(
            header, [(f"[{s.id}]({PAGE}#{s.id.lower()})", s.title.in_(lang), ", ".join(s.keys)) for s in found]
        )


def _page(
    violation: Violation, rules: Sequence[Rule], ruleset: RuleSet, catalogue: Catalogue, lang: str
) -> Iterator[str]:
    yield f"# {violation.title.in_(lang)}"
    yield ""
    yield f"[{text('docs-title', lang)}]({INDEX})"
    yield ""
    for rule in rules:
        yield from _rule(rule, ruleset, catalogue, lang)


def _rule(rule: Rule, ruleset: RuleSet, catalogue: Catalogue, lang: str) -> Iterator[str]:
    yield f'<a id="{rule.id.lower()}"></a>'
    yield ""
    yield f"## {rule.id} {rule.title.in_(lang)}"
    yield ""
    yield text(
        "docs-kind",
        lang,
        version=rule.version,
        status=text(f"docs-status-{rule.status.value}", lang),
        severity=text(f"severity-{rule.severity}", lang),
        grain=rule.grain,
    )
    yield ""
    yield from _heading("docs-what", lang)
    yield f"> {_quoted(rule.message.in_(lang))}"
    yield ""
    yield from _reads(rule, ruleset, catalogue, lang)
    yield from _heading("docs-why", lang)
    for basis in rule.basis:
        yield _basis(basis, lang)
    yield ""
    yield from _examples(rule, catalogue, lang)
    yield from _exclusions(rule, lang)
    yield from _listed("docs-blind", [blind.in_(lang) for blind in rule.blind_spots], lang)
    yield from _parameters([ruleset.parameters[name] for name in rule.parameters], lang)
    yield from _listed("docs-verify", [step.in_(lang) for step in rule.verify], lang)
    yield from _query(rule, lang)


def _heading(code: str, lang: str) -> Iterator[str]:
    yield f"### {text(code, lang)}"
    yield ""


def _quoted(words: str) -> str:
    return words.replace("<", "&lt;").replace("\n", " ")


def _listed(code: str, items: Sequence[str], lang: str) -> Iterator[str]:
    if items:
        yield from _heading(code, lang)
        for item in items:
            yield f"- {_quoted(item)}"
        yield ""


def _ledger(name: str, catalogue: Catalogue, lang: str) -> str:
    ledger = catalogue.get(name)
    return f"{ledger.title(lang)} (`{name}`)" if ledger is not None else f"`{name}`"


def _reads(rule: Rule, ruleset: RuleSet, catalogue: Catalogue, lang: str) -> Iterator[str]:
    groups = [
        ("docs-requires", [_ledger(name, catalogue, lang) for name in rule.needs.requires]),
        *(("docs-any-of", [_ledger(name, catalogue, lang) for name in group]) for group in rule.needs.any_of),
        ("docs-optional", [_ledger(n, catalogue, lang) for n in rule.needs.optional if n not in rule.needs.requires]),
    ]
    for code, names in groups:
        if names:
            yield f"- {text(code, lang)}{text('docs-comma', lang).join(names)}"
    if rule.covers is not None:
        ledger = _ledger(rule.covers.ledger, catalogue, lang)
        yield f"- {text('docs-covers', lang, ledger=ledger, unit=', '.join(rule.covers.unit))}"
    for term in terms_used(rule, ruleset):
        yield f"- `{term.id}`: {_quoted(term.says.in_(lang))}"
    yield ""


def _basis(basis: Basis, lang: str) -> str:
    since = text("docs-since", lang, day=basis.in_force_from.isoformat()) if basis.in_force_from else ""
    until = text("docs-until", lang, day=basis.in_force_to.isoformat()) if basis.in_force_to else ""
    checked = _checked(basis.checked_by, lang)
    notes = text("docs-comma", lang).join(part for part in (since, until, checked) if part)
    return f"- {_quoted(f'{basis.instrument} {basis.article}')}：“{_quoted(basis.words)}”（{_quoted(notes)}）"


def _checked(by: str | None, lang: str) -> str:
    return text("docs-checked", lang, by=by) if by else text("rules-unchecked", lang)


def _examples(rule: Rule, catalogue: Catalogue, lang: str) -> Iterator[str]:
    """The first case that fires, and the first that ran and was silent about somebody, or else spares somebody.

    A rule whose one case says both shows it twice.
    """
    firing = next((case for case in rule.cases if case.must_fire), None)
    silent = [case for case in rule.cases if case.must_not_fire and not case.not_run]
    quiet = next((case for case in silent if not case.must_fire), None) or next(
        (case for case in silent if case is not firing), firing
    )
    for code, case in (("docs-fires", firing), ("docs-silent", quiet)):
        if case is not None:
            yield from _heading(code, lang)
            yield from _case(case, catalogue, lang)


def _case(case: Case, catalogue: Catalogue, lang: str) -> Iterator[str]:
    yield f"{_quoted(case.says)}"
    yield ""
    period = f"{case.period_from:%Y-%m} – {case.period_to:%Y-%m}" if case.period_from and case.period_to else "–"
    yield text("docs-dates", lang, as_of=case.as_of.isoformat(), period=period)
    if case.parameters:
        yield ""
        yield ", ".join(f"`{name}` = {_quoted(value)}" for name, value in sorted(case.parameters.items()))
    yield ""
    for name, written in case.ledgers.items():
        rows = parse_table(written).rows
        yield f"**{_ledger(name, catalogue, lang)}**"
        yield ""
        yield from _table([_header(name, title, catalogue, lang) for title in rows[0]], rows[1:])
    fires = text("docs-comma", lang).join(case.must_fire) or text("docs-nobody", lang)
    spares = text("docs-comma", lang).join(case.must_not_fire)
    yield text("docs-result", lang, fires=fires) + (text("docs-spares", lang, spares=spares) if spares else "")
    yield ""


def _header(ledger: str, title: str, catalogue: Catalogue, lang: str) -> str:
    columns = catalogue[ledger].columns if ledger in catalogue else {}
    return columns[title].header if lang == "zh" and title in columns else title


def _exclusions(rule: Rule, lang: str) -> Iterator[str]:
    yield from _heading("docs-innocent", lang)
    for item in rule.false_positives:
        how = text(f"docs-by-{item.handled}", lang, case=item.case or "")
        ask = item.ask.in_(lang) if item.ask is not None else ""
        yield f"- {_quoted(item.what.in_(lang))} — {_quoted(how + ask)}"
    yield ""


def _parameters(parameters: Sequence[Parameter], lang: str) -> Iterator[str]:
    if not parameters:
        return
    yield from _heading("docs-parameters", lang)
    header = [
        text(f"docs-parameter-{key}", lang) for key in ("name", "value", "regime", "from", "to", "source", "checked")
    ]
    rows = [
        (
            f"{parameter.title.in_(lang)} (`{parameter.id}`)",
            f"{value.value} {parameter.unit}".strip(),
            text(f"regime-{value.regime}", lang) if value.regime else "",
            value.valid_from.isoformat() if value.valid_from else "",
            value.valid_to.isoformat() if value.valid_to else "",
            f"{value.instrument} {value.article}".strip(),
            _checked(value.checked_by, lang),
        )
        for parameter in parameters
        for value in parameter.values
    ]
    yield from _table(header, rows)


def _query(rule: Rule, lang: str) -> Iterator[str]:
    yield from _heading("docs-query", lang)
    yield "```sql"
    yield rule.query.rstrip()
    yield "```"
    yield ""
