"""The shipped rules and an engine, each once; Hypothesis without a deadline, since no test is about speed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from auditor.ledgers import default_catalogue
from auditor.rules import RuleSet, default_folders, load_rules
from auditor.tables import DuckEngine

settings.register_profile("auditor", settings(), deadline=None)
settings.load_profile("auditor")


@pytest.fixture(scope="session")
def shipped() -> RuleSet:
    loaded = load_rules(default_folders(), default_catalogue())
    assert loaded.problems == ()
    return loaded.ruleset


@pytest.fixture(scope="session")
def engine() -> Iterator[DuckEngine]:
    with DuckEngine(threads=1) as duck:
        yield duck
