"""The catalogue of the rules for people: complete, in both languages, and written anew after each change."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.ledgers import default_catalogue
from auditor.messages import LANGUAGES
from auditor.report.rule_docs import rule_pages
from auditor.rules import RuleSet, default_folders, load_rules

DOCS = Path(__file__).resolve().parents[2] / "docs" / "rules"


@pytest.fixture(scope="module")
def shipped() -> RuleSet:
    return load_rules(default_folders(), default_catalogue()).ruleset


@pytest.fixture(scope="module")
def pages(shipped: RuleSet) -> dict[str, str]:
    return dict(rule_pages(shipped, default_catalogue()))


def test_docs_rules_is_what_the_rules_say(pages: dict[str, str]) -> None:
    """`auditor rules docs` has been run after the last change."""
    written = {path.relative_to(DOCS).as_posix(): path.read_text("utf-8") for path in DOCS.glob("*/*.md")}

    assert sorted(written) == sorted(pages)
    assert [name for name in pages if written[name] != pages[name]] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_stands_in_the_index_and_has_its_section(shipped: RuleSet, pages: dict[str, str], lang: str) -> None:
    for rule in shipped.rules.values():
        page = pages[f"{lang}/{rule.violation}.md"]
        assert f"[{rule.id}]({rule.violation}.md#{rule.id.lower()})" in pages[f"{lang}/README.md"]
        assert f'<a id="{rule.id.lower()}"></a>' in page
        section = page.split(f'<a id="{rule.id.lower()}"></a>')[1].split("<a id=")[0]
        assert rule.title.in_(lang) in section
        for text in (*rule.blind_spots, *rule.verify, *(item.what for item in rule.false_positives)):
            assert text.in_(lang).replace("<", "&lt;").strip() in section
        for name in rule.parameters:
            assert f"(`{name}`)" in section
        for basis in rule.basis:
            assert basis.instrument in section


def test_a_rule_has_an_example_that_fires_and_one_that_does_not(shipped: RuleSet, pages: dict[str, str]) -> None:
    for rule in shipped.rules.values():
        section = pages[f"en/{rule.violation}.md"].split(f'<a id="{rule.id.lower()}"></a>')[1].split("<a id=")[0]
        fires, quiet = section.split("### An example that fires")[1].split("### An example that does not")
        assert "Fires: nobody" not in fires
        assert re.search(r"Fires: .+\.", fires)
        assert "Does not: " in quiet


def test_every_table_is_even(pages: dict[str, str]) -> None:
    for page in pages.values():
        width = 0
        for line in page.splitlines():
            cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            assert 0 in (width, cells) or cells == width, line
            width = cells


def test_the_pages_are_the_same_whatever_the_order_of_loading(shipped: RuleSet, pages: dict[str, str]) -> None:
    turned = replace(shipped, rules=dict(sorted(shipped.rules.items(), reverse=True)))

    assert dict(rule_pages(turned, default_catalogue())) == pages
