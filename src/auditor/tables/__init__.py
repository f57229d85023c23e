"""Typed ledgers with lineage on an engine: takes sheet readings, gives `Tables`.

A cell that cannot be cast is a `CellFault`, never a silent null.
"""

from auditor.tables.build import build_tables
from auditor.tables.duck import DuckEngine, quoted
from auditor.tables.engine import Engine
from auditor.tables.links import Links, RowLink
from auditor.tables.model import CellFault, LedgerTable, Tables, measure

__all__ = [
    "CellFault",
    "DuckEngine",
    "Engine",
    "LedgerTable",
    "Links",
    "RowLink",
    "Tables",
    "build_tables",
    "measure",
    "quoted",
]
