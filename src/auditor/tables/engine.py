"""The narrow door to a SQL engine. Only `tables`, `reconcile`, `checks` and `signals` know that there is one."""

from __future__ import annotations

from typing import Protocol

import pyarrow as pa


class Engine(Protocol):
    """A SQL engine that holds ledgers as tables.

    Types of ledger columns: text-like → VARCHAR, money → DECIMAL(18, 2), int → BIGINT, date and month → DATE (a month
    as its first day), bool → BOOLEAN. Each ledger table has `_row` BIGINT besides: the row's number in `Tables`.
    """

    @property
    def name(self) -> str:
        """`duckdb` or `spark`."""
        ...

    @property
    def dialect(self) -> str:
        """SQLGlot's name of its dialect."""
        ...

    def load(self, name: str, table: pa.Table) -> None:
        """Make `table` readable as `name`, replacing what stood there."""
        ...

    def materialise(self, name: str, query: str, *, seconds: float | None = None) -> None:
        """Run `query` once and keep its rows as table `name`; interrupted after `seconds`.

        Raises:
            EngineError: the engine refused, failed or took too long.
        """
        ...

    def query(self, sql: str, *, seconds: float | None = None) -> pa.Table:
        """The rows of a SELECT; interrupted after `seconds`.

        Raises:
            EngineError: the engine refused, failed or took too long.
        """
        ...

    def drop(self, name: str) -> None:
        """Forget table `name`, if it is there."""
        ...

    def close(self) -> None:
        """Give everything back."""
        ...
