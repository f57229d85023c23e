"""Every sentence exists in both languages, with the same arguments; every code that is raised has one."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor import messages
from auditor.errors import Problem, Where
from auditor.messages import TEXTS, render, text

SOURCE = Path(__file__).resolve().parents[2] / "src" / "auditor"
MAKERS = {"Problem", "at", "Reason", "unread", "unread_number", "Unread", "note", "warning_at"}
CODE = re.compile(r"^[a-z]+(-[a-z0-9]+)+$")


def codes_raised() -> Iterator[tuple[str, str]]:
    """(file, code) of each code written as the first argument of something that makes a problem."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if name in MAKERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield path.relative_to(SOURCE).as_posix(), first.value


def test_there_are_codes_to_check() -> None:
    assert len({code for _, code in codes_raised()}) > 60


def test_every_code_raised_has_its_sentence() -> None:
    missing = [(file, code) for file, code in codes_raised() if CODE.match(code) and code not in TEXTS]
    assert missing == []


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_both_languages_say_the_same_things(code: str) -> None:
    zh, en = TEXTS[code]
    assert zh.strip()
    assert en.strip()
    names = [set(re.findall(r"(?<!{){(\w+)", sentence)) for sentence in (zh, en)]
    assert names[0] == names[1], code


def test_no_code_has_two_sentences() -> None:
    files: dict[str, list[str]] = {}
    for module in pkgutil.iter_modules(messages.__path__):
        for code in getattr(importlib.import_module(f"{messages.__name__}.{module.name}"), "TEXTS", {}):
            files.setdefault(code, []).append(module.name)
    assert {code: many for code, many in files.items() if len(many) > 1} == {}


def test_the_place_the_code_and_the_sentence_make_one_line() -> None:
    problem = Problem("LT02", Where("考勤.xlsx", "3月", 17, "D"), {"header": "出勤天数"})
    assert render(problem) == "考勤.xlsx[3月]!D17 LT02: 必填项“出勤天数”为空。请补填。"
    assert render(problem, "en").startswith("考勤.xlsx[3月]!D17 LT02: The required cell")


def test_an_argument_that_is_missing_shows_and_hides_nothing() -> None:
    assert "{header}" in text("LT02")
    assert text("no-such-code", x=1) == "no-such-code {'x': 1}"
