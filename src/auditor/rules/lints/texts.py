"""Lints of what people read: titles, messages, explanations, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from auditor.documents import Document, Path
from auditor.errors import Problem
from auditor.rules.lints.facts import RuleFacts
from auditor.rules.model import Text
from auditor.rules.suggesting import nearest

_UNKNOWN = frozenset({"unknown", "none", "n/a", "na", "tbd", "todo", "未知", "不详", "无", "待定", "暂无"})
HANDLED = ("query", "coverage", "review")


def empty_text(document: Document, path: Path, text: Text) -> Problem | None:
    """`text-empty` where the sentence is missing in one of the languages."""
    for lang in ("zh", "en"):
        if not text.in_(lang).strip():
            return Problem("text-empty", document.place((*path, lang)), {"key": ".".join(map(str, path)), "lang": lang})
    return None


def texts(facts: RuleFacts) -> Iterator[Problem]:
    """Each text stands in zh and in en."""
    rule = facts.rule
    found: list[tuple[Path, Text]] = [(("title",), rule.title), (("message",), rule.message)]
    found.extend((("blind_spots", i), text) for i, text in enumerate(rule.blind_spots))
    found.extend((("verify", i), text) for i, text in enumerate(rule.verify))
    for i, item in enumerate(rule.false_positives):
        found.append((("false_positives", i, "what"), item.what))
        if item.ask is not None:
            found.append((("false_positives", i, "ask"), item.ask))
    for path, text in found:
        problem = empty_text(facts.document, path, text)
        if problem is not None:
            yield problem
    if not rule.verify:
        yield Problem("verify-missing", facts.document.key_place(("verify",)))


def placeholders(facts: RuleFacts) -> Iterator[Problem]:
    """A message's `{name}` is an output column of the query or a declared parameter."""
    if facts.signal.outputs is None:
        return
    known = [*facts.signal.outputs, *facts.rule.parameters]
    for lang in ("zh", "en"):
        text = facts.rule.message.in_(lang)
        place = facts.document.place(("message", lang))
        try:
            pieces = list(Formatter().parse(text))
        except ValueError as error:
            yield Problem("message-braces", place, {"detail": str(error)})
            continue
        for _, name, spec, conversion in pieces:
            if name is None:
                continue
            if spec or conversion or not name.isidentifier():
                yield Problem("message-braces", place, {"detail": "{" + name + "}"})
            elif name not in known:
                suggestion = nearest(name, known)
                yield Problem("message-placeholder", place, {"name": name, "suggestion": suggestion})


def false_positives(facts: RuleFacts) -> Iterator[Problem]:
    """Innocent explanations are objects: handled by the query or by coverage with a case, or by a question to ask."""
    document, cases = facts.document, {case.name for case in facts.rule.cases}
    if not facts.rule.false_positives:
        yield Problem("false-positives-missing", document.key_place(("false_positives",)))
    for i, item in enumerate(facts.rule.false_positives):
        path: Path = ("false_positives", i)
        if {item.what.zh.strip(" 。.").lower(), item.what.en.strip(" 。.").lower()} & _UNKNOWN:
            yield Problem("false-positive-unknown", document.place((*path, "what")))
        if item.handled not in HANDLED:
            args = {"text": item.handled, "suggestion": nearest(item.handled, HANDLED, 0.4)}
            yield Problem("handled-unknown", document.place((*path, "handled")), args)
        elif item.handled == "review":
            if item.ask is None:
                yield Problem("false-positive-no-question", document.place(path))
        elif item.case is None:
            yield Problem("false-positive-no-case", document.place(path), {"handled": item.handled})
        if item.case is not None and item.case not in cases:
            args = {"case": item.case, "suggestion": nearest(item.case, cases)}
            yield Problem("case-unknown", document.place((*path, "case")), args)
