"""The relations that rules and statements read beside the ledgers: made from tables, on their engine.

Takes tables, the catalogue's terms and the profile; gives `Relations`, which makes each relation when a query first
asks for it, once for all of them.
"""

from auditor.relations.evidence import reference_columns, reference_shown
from auditor.relations.mentions import cells_shown, number_columns
from auditor.relations.relations import MOST, SECONDS, Relations, placed

__all__ = [
    "MOST",
    "SECONDS",
    "Relations",
    "cells_shown",
    "number_columns",
    "placed",
    "reference_columns",
    "reference_shown",
]
