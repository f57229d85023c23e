"""The statements for people, in zh and en: one page with what is set against what, and what may explain it."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.messages import text
from auditor.rules import Basis, RuleSet, StatementRule, StatementSide

PAGE = "statements.md"


def statement_page(ruleset: RuleSet, index: str, lang: str) -> Iterator[str]:
    """The lines of the page of all statements.

    Args:
        ruleset: whose statements.
        index: the name of the page that leads here.
        lang: zh or en.
    """
    yield f"# {text('docs-statements', lang)}"
    yield ""
    yield f"[{text('docs-title', lang)}]({index})"
    yield ""
    yield text("docs-statements-intro", lang)
    yield ""
    for statement in ruleset.statements.values():
        yield from _statement(statement, lang)


def _statement(one: StatementRule, lang: str) -> Iterator[str]:
    yield f'<a id="{one.id.lower()}"></a>'
    yield ""
    yield f"## {one.id} {one.title.in_(lang)}"
    yield ""
    yield text(f"docs-statement-{one.kind}", lang)
    yield ""
    yield f"- {text('statement-left', lang)}: {_quoted(one.left.title.in_(lang))}"
    yield f"- {text('statement-right', lang)}: {_quoted(one.right.title.in_(lang))}"
    yield f"- {text('statement-keys', lang)}: {', '.join(f'`{key}`' for key in one.keys)}"
    if one.compared:
        yield f"- {text('statement-compared', lang)}: {', '.join(f'`{c.field}`' for c in one.compared)}"
    if one.matching is not None:
        yield f"- {text('docs-statement-match', lang, day=one.matching.day, within=one.matching.within)}"
    for standing in one.natural:
        yield f"- {text(f'docs-statement-natural-{standing}', lang)}"
    if one.covers is not None:
        yield f"- {text('docs-statement-gaps', lang, unit=', '.join(one.covers.unit))}"
    yield ""
    yield from _heading("docs-why", lang)
    for basis in one.basis:
        yield f"- {_basis(basis, lang)}"
    yield ""
    yield from _heading("docs-statement-explains", lang)
    for item in one.explains:
        how = text(f"docs-by-{item.handled}", lang, case=item.case or "")
        ask = item.ask.in_(lang) if item.ask is not None else ""
        yield f"- {_quoted(item.what.in_(lang))} — {_quoted(how + ask)}"
    yield ""
    yield from _heading("docs-verify", lang)
    for step in one.verify:
        yield f"- {_quoted(step.in_(lang))}"
    yield ""
    for code, side in (("statement-left", one.left), ("statement-right", one.right)):
        yield from _query(code, side, lang)


def _query(code: str, side: StatementSide, lang: str) -> Iterator[str]:
    yield f"### {text('docs-query', lang)} · {text(code, lang)}"
    yield ""
    yield "```sql"
    yield side.query.rstrip()
    yield "```"
    yield ""


def _basis(basis: Basis, lang: str) -> str:
    checked = text("docs-checked", lang, by=basis.checked_by) if basis.checked_by else text("rules-unchecked", lang)
    return f"{_quoted(f'{basis.instrument} {basis.article}')}：“{_quoted(basis.words)}”（{_quoted(checked)}）"


def _heading(code: str, lang: str) -> Iterator[str]:
    yield f"### {text(code, lang)}"
    yield ""


def _quoted(words: str) -> str:
    return words.replace("<", "&lt;").replace("\n", " ")
