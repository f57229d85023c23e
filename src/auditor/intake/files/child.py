"""One reading process, seen from the parent: a question, an answer within the time, or why there was none."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from auditor.errors import Argument, InputError
from auditor.intake.files import wire
from auditor.intake.files.limits import Limits
from auditor.intake.files.worker import LENGTHS

_HEADER_BYTES = 256 << 20
_PIECE = 1 << 20
_STDERR_BYTES = 65_536
_PIPE_SIZE = 1 << 20
_SET_PIPE_SIZE = 1031  # F_SETPIPE_SZ, which `fcntl` names from Python 3.10 on Linux alone
_START_SECONDS = 30
# Only what reading needs: the package's own `__init__` would import the whole intake, and a child would start slowly.
_START = (
    "import sys, types; package = types.ModuleType('auditor.intake'); package.__path__ = [sys.argv[1]]; "
    "sys.modules['auditor.intake'] = package; from auditor.intake.files.worker import main; main()"
)
_MEMORY_MARKS = (
    "memory allocation of",
    "MemoryError",
    "out of memory",
    "Out of memory",
    "bad_alloc",
    "Cannot allocate memory",
    "failed to map segment",
)


class Child:
    """A process that reads files under limits. Not for several threads at once."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
        # -I: no PYTHON* variables and nothing from the current folder. One thread: threads reserve address space.
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", "-c", _START, str(Path(__file__).parents[1])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            env=_environment(),
            bufsize=0,
            cwd="/",
        )
        self._tell({"limits": asdict(limits)})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, shown: str, request: Mapping[str, object]) -> tuple[dict[str, Any], bytearray]:
        """Send a request and wait for its answer. After an error the child is of no more use.

        Args:
            shown: the file's path, for problems.
            request: what the worker understands.

        Raises:
            InputError: the child was killed, crashed, or went over a limit, or sent what it should not.
        """
        deadline = time.monotonic() + self._limits.wall_seconds
        try:
            self._tell({**request, "shown": shown})
            head, body = LENGTHS.unpack(self._receive(LENGTHS.size, deadline))
            if head > _HEADER_BYTES or body > self._limits.result_bytes:
                raise InputError.at("file-limit-result", shown, limit=self._limits.result_bytes >> 20)
            return wire.loads(bytes(self._receive(head, deadline))), self._receive(body, deadline)
        except TimeoutError as error:
            raise InputError.at("file-limit-wall", shown, limit=self._limits.wall_seconds) from error
        except wire.WireError as error:
            raise InputError.at("file-reader-crashed", shown, detail=f"WireError {error}") from error
        except (EOFError, BrokenPipeError) as error:
            code, args = self._why()
            raise InputError.at(code, shown, **args) from error

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._stderr):
            if stream is not None:
                stream.close()

    def _tell(self, request: Mapping[str, object]) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        stdin.write(wire.dumps(dict(request)) + b"\n")

    def _receive(self, size: int, deadline: float) -> bytearray:
        assert self._process.stdout is not None
        fd = self._process.stdout.fileno()
        poll = select.poll()
        poll.register(fd, select.POLLIN | select.POLLHUP)
        data = bytearray(size)
        view = memoryview(data)
        filled = 0
        while filled < size:
            left = deadline - time.monotonic()
            if left <= 0 or not poll.poll(left * 1000):
                raise TimeoutError
            got = os.readv(fd, [view[filled : filled + _PIECE]])
            if not got:
                raise EOFError
            filled += got
        return data

    def _why(self) -> tuple[str, dict[str, Argument]]:
        """Code and arguments for a child that ended by itself."""
        try:
            status = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "file-reader-crashed", {"detail": "closed"}
        self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(self._stderr.tell() - _STDERR_BYTES, 0))
        said = self._stderr.read().decode("utf-8", "replace")
        if status == -signal.SIGXCPU:
            return "file-limit-time", {"limit": self._limits.cpu_seconds}
        if any(mark in said for mark in _MEMORY_MARKS):
            return "file-limit-memory", {"limit": self._limits.child_memory >> 20}
        if status < 0:
            return "file-reader-crashed", {"detail": signal.Signals(-status).name}
        # The kind of exception only: its words may hold what stands in the file.
        last = said.strip().rpartition("\n")[2].partition(":")[0]
        return "file-reader-crashed", {"detail": last[:80] or f"exit {status}"}


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
    return {**kept, **threads, "ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2", "LANG": "C.UTF-8"}
