"""Reading uploads in processes of their own: a hostile or broken file costs its own reading and nothing else."""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self, TypeAlias, TypeVar

from auditor.errors import Gravity, InputError, Problem
from auditor.intake.files import wire
from auditor.intake.files.child import Child
from auditor.intake.files.limits import Limits
from auditor.intake.files.sources import Source
from auditor.intake.raw import RawFile

Result: TypeAlias = "RawFile | tuple[Problem, ...]"
Answer: TypeAlias = dict[str, Any]
_Answer = TypeVar("_Answer")
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

        def sheets(header: Answer, body: bytearray) -> RawFile:
            return RawFile(source.file, wire.unpack(header, body), wire.unpack_problems(header, "notes"))

        return self._ask(source, "read", sheets)

    def read_many(
        self, sources: Sequence[Source], progress: Callable[[int, int, str], None] | None = None
    ) -> Iterator[Result]:
        """The results in the order of `sources`, a few files being read ahead.

        Args:
            sources: workbooks.
            progress: told after each file: files done, files in all, path of the file.
        """
        for done, (source, result) in enumerate(zip(sources, self._in_order(self.read, sources), strict=True), start=1):
            if progress is not None:
                progress(done, len(sources), source.file.path)
            yield result

    def photo(self, source: Source) -> str | tuple[Problem, ...]:
        """The perceptual hash of a photo (see `photos.hash_photo`), or why there is none: a warning, never an error."""
        found = self._ask(source, "photo", lambda header, _: wire.unpack_picture(header))
        return found if isinstance(found, str) else tuple(_of_a_photo(problem) for problem in found)

    def photos(self, sources: Sequence[Source]) -> Iterator[str | tuple[Problem, ...]]:
        """The hashes in the order of `sources`, a few photos being read ahead."""
        return self._in_order(self.photo, sources)

    def _ask(
        self, source: Source, do: str, understood: Callable[[Answer, bytearray], _Answer]
    ) -> _Answer | tuple[Problem, ...]:
        """What a process answers, or the problems: those that it tells, and those that it has itself."""
        shown = source.file.path
        child = self._slots.get()
        keep = False
        try:
            child = child or Child(self._limits)
            header, body = child.ask(shown, {"do": do, "path": str(source.location), "password": self._password})
            keep = not header.get("retire")
            if "problems" in header:
                return wire.unpack_problems(header)
            return understood(header, body)
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

    def _in_order(self, ask: Callable[[Source], _Answer], sources: Sequence[Source]) -> Iterator[_Answer]:
        ahead: deque[Future[_Answer]] = deque()
        waiting = iter(sources)
        for _ in sources:
            while len(ahead) < self._workers * _AHEAD and (following := next(waiting, None)) is not None:
                ahead.append(self._threads.submit(ask, following))
            yield ahead.popleft().result()


def _of_a_photo(problem: Problem) -> Problem:
    """What a process has to say of a workbook, said of a photo: the audit goes on without it."""
    if problem.code.startswith("file-limit-"):
        return Problem("photo-too-costly", problem.where, problem.args, Gravity.WARNING)
    code = problem.code if problem.code.startswith("photo-") else "photo-unreadable"
    return Problem(code, problem.where, problem.args, Gravity.WARNING)
