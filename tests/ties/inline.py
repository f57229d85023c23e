"""Ledgers written as the cases of rules are: `@甲` is a made-up person, each table is a ledger."""

from __future__ import annotations

from auditor.ledgers import default_catalogue
from auditor.rules import case_table, expand
from auditor.tables import DuckEngine, Tables, build_tables
from auditor.trials import case_reading


def tables_of(**ledgers: str) -> Tables:
    """The ledgers, loaded."""
    catalogue = default_catalogue()
    readings = [case_reading(catalogue[name], case_table(text)) for name, text in ledgers.items()]
    return build_tables(readings, catalogue, DuckEngine())


def number(persona: str) -> str:
    """The identity number of `@甲`."""
    return expand(persona)
