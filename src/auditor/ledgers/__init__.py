"""What each ledger is: takes `checks/ledgers/*.yaml`, gives frozen `Ledger`s with their `Column`s."""

from auditor.ledgers.catalogue import default_catalogue, load_catalogue
from auditor.ledgers.model import Catalogue, Column, ColumnType, Ledger
from auditor.ledgers.resources import resource_dir

__all__ = ["Catalogue", "Column", "ColumnType", "Ledger", "default_catalogue", "load_catalogue", "resource_dir"]
