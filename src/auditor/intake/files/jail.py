"""Reading uploads in processes of their own: a hostile or broken file costs its own reading and nothing else."""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeAlias

from auditor.errors import InputError, Problem
from auditor.intake.files import wire
from auditor.intake.files.child import Child
from auditor.intake.files.limits import Limits
from auditor.intake.files.sources import Source
from auditor.intake.raw import RawFile

Result: TypeAlias = "RawFile | tuple[Problem, ...]"
_AHEAD = 2


class ReadingPool:
    """A few reading processes, each used again until it dies or has grown too large.

    `with ReadingPool(limits) as pool: pool.read(source)`. May be used by several threads. A password for the
    workbooks that have one goes to the processes through their pipe and is written nowhere.
    """

    def __init__(self, limits: Limits, workers: int = 2, *, password: str | None = None) -> None:
        self._limits = limits
        self._password = password
        self._workers = workers
        self._slots: queue.LifoQueue[Child | None] = queue.LifoQueue()
        for _ in range(workers):
            self._slots.put(None)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reading")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        while not self._slots.empty():
            child = self._slots.get_nowait()
            if child is not None:
                child.close()

    def read(self, source: Source) -> Result:
        """The file's sheets, or why it could not be read."""
        shown = source.file.path
        child = self._slots.get()
        keep = False
        try:
            child = child or Child(self._limits)
            request = {"do": "read", "path": str(source.location), "password": self._password}
            header, body = child.ask(shown, request)
            keep = not header.get("retire")
            if "problems" in header:
                return wire.unpack_problems(header)
            return RawFile(source.file, wire.unpack(header, body), wire.unpack_problems(header, "notes"))
        except InputError as error:
            keep = False
            return error.problems
        except wire.WireError as error:
            keep = False
            return InputError.at("file-reader-crashed", shown, detail=f"WireError {error}").problems
        finally:
            if child is not None and not keep:
                child.close()
            self._slots.put(child if keep else None)

    def read_many(
        self, sources: Sequence[Source], progress: Callable[[int, int, str], None] | None = None
    ) -> Iterator[Result]:
        """The results in the order of `sources`, a few files being read ahead.

        Args:
            sources: workbooks.
            progress: told after each file: files done, files in all, path of the file.
        """
        ahead: deque[Future[Result]] = deque()
        waiting = iter(sources)
        for done, source in enumerate(sources, start=1):
            while len(ahead) < self._workers * _AHEAD and (following := next(waiting, None)) is not None:
                ahead.append(self._threads.submit(self.read, following))
            result = ahead.popleft().result()
            if progress is not None:
                progress(done, len(sources), source.file.path)
            yield result
