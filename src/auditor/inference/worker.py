"""The engine's process as seen from the audit: a request line in, an answer line out, each failure an `EngineError`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from auditor.errors import AuditorError, EngineError
from auditor.inference.compiled import Json

PLACE = "durable-rules"
_SCRIPT = Path(__file__).with_name("durable_engine.py")  # by path: as a module it would import our whole package first
_COMMAND = (sys.executable, "-P", "-W", "ignore", str(_SCRIPT))


class Engine(Protocol):
    """What inference needs of an engine; the day durable-rules is replaced, this is all that must be offered."""

    def ask(self, request: Mapping[str, object]) -> dict[str, Json]:
        """The answer to `request`.

        Raises:
            EngineError: the engine crashed, hung or spoke nonsense; nothing of its result may be used.
        """
        ...

    def close(self) -> None:
        """End the engine."""
        ...


class Worker:
    """An engine in a process of its own, started fresh (nothing is forked or pickled), spoken to in JSON lines."""

    def __init__(self, timeout: float) -> None:
        """Start the process; an answer that takes more than `timeout` seconds ends it."""
        self._timeout = timeout
        self._hung = False
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close(), it lives as long as the process
        self.process = subprocess.Popen(
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            text=True,
            encoding="ascii",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, request: Mapping[str, object]) -> dict[str, Json]:
        """The answer to `request`; see `Engine.ask`."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        watch = threading.Timer(self._timeout, self._give_up)
        watch.daemon = True
        watch.start()
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except OSError:  # a broken pipe: the process is gone; the next lines say how
            line = ""
        finally:
            watch.cancel()
        if not line.endswith("\n"):
            raise self._failure()
        try:
            answer = json.loads(line)
        except ValueError as error:
            raise EngineError.at("inference-garbled", PLACE) from error
        if not isinstance(answer, dict):
            raise EngineError.at("inference-garbled", PLACE)
        return answer

    def close(self) -> None:
        """End the process, and wait for its end."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be written has no reader any more
                    continue
        self._complaints.close()

    def _give_up(self) -> None:
        self._hung = True
        self.process.kill()

    def _failure(self) -> AuditorError:
        if self._hung:
            return EngineError.at("inference-hung", PLACE, seconds=self._timeout)
        self.process.kill()
        status = self.process.wait()
        self._complaints.seek(0)
        last = self._complaints.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        return EngineError.at("inference-crashed", PLACE, status=status, detail=last or "-")
