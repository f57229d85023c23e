"""The engine that every audit on one machine uses: DuckDB in memory, cut off from files and network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from auditor.errors import EngineError


class DuckEngine:
    """DuckDB behind the `Engine` protocol: external access off, configuration locked.

    Rows come in a stable order only where the query says so.

    Args:
        memory_limit: as DuckDB writes it, `4GB`; None leaves DuckDB's default (80 % of the machine).
        threads: None leaves DuckDB's default (all cores).
    """

    name = "duckdb"
    dialect = "duckdb"

    def __init__(self, *, memory_limit: str | None = None, threads: int | None = None) -> None:
        config: dict[str, str | bool | int | float | list[str]] = {"autoinstall_known_extensions": False}
        if memory_limit is not None:
            config["memory_limit"] = memory_limit
        if threads is not None:
            config["threads"] = threads
        self._connection = duckdb.connect(":memory:", config=config)
        self._connection.execute("SET TimeZone = 'UTC'")
        self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def load(self, name: str, table: pa.Table) -> None:
        """See `Engine.load`: the rows are copied into DuckDB's own storage."""
        self._connection.register("_incoming", table)
        self._connection.execute(f"CREATE OR REPLACE TABLE {quoted(name)} AS SELECT * FROM _incoming")
        self._connection.unregister("_incoming")

    def materialise(self, name: str, query: str, *, seconds: float | None = None) -> None:
        """See `Engine.materialise`."""
        with self._within(seconds, name):
            self._connection.execute(f"CREATE OR REPLACE TABLE {quoted(name)} AS {query}")

    def query(self, sql: str, *, seconds: float | None = None) -> pa.Table:
        """See `Engine.query`."""
        with self._within(seconds, self.name):
            relation = self._connection.sql(sql)
            if relation is None:
                raise EngineError.at("engine-failed", self.name, detail="not a SELECT")
            return relation.to_arrow_table()

    @contextmanager
    def _within(self, seconds: float | None, what: str) -> Iterator[None]:
        """Interrupts what runs inside after `seconds`, and makes DuckDB's errors ours, about `what`."""
        timer = threading.Timer(seconds, self._connection.interrupt) if seconds is not None else None
        try:
            if timer is not None:
                timer.start()
            yield
        except duckdb.InterruptException as error:
            raise EngineError.at("engine-too-slow", what, seconds=seconds or 0) from error
        except duckdb.Error as error:
            raise EngineError.at("engine-failed", what, detail=str(error)) from error
        finally:
            if timer is not None:
                timer.cancel()

    def drop(self, name: str) -> None:
        """See `Engine.drop`."""
        self._connection.execute(f"DROP TABLE IF EXISTS {quoted(name)}")

    def close(self) -> None:
        """See `Engine.close`."""
        self._connection.close()


def quoted(name: str) -> str:
    """`name` as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
