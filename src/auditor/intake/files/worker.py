"""The process in which uploads are read, one request after another: limits first, then whatever may go wrong.

Requests are lines of JSON on standard input; an answer is two lengths, a JSON header and the cells as Arrow IPC on
standard output. A library that panics or an exception that nobody foresaw ends the process: the parent takes that for
the answer.
"""

from __future__ import annotations

import gc
import os
import resource
import struct
import sys
from pathlib import Path
from typing import IO, Any

from auditor.errors import InputError
from auditor.intake.files import wire
from auditor.intake.files.limits import Limits
from auditor.intake.files.readers import read_file
from auditor.intake.files.unpacking import unpack_archive

LENGTHS = struct.Struct(">QQ")
# A process that has grown by this much gives way to a fresh one before the next file.
_GROWTH = 256 << 20


def main() -> None:
    """Answer requests until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints must not look like an answer
    first = sys.stdin.buffer.readline()
    if not first:
        return
    limits = Limits(**wire.loads(first)["limits"])
    _confine(limits)
    gc.disable()
    gc.freeze()
    baseline, modules = _address_space(), len(sys.modules)
    for line in sys.stdin.buffer:
        _more_time(limits.cpu_seconds)
        header, bodies = _answer(wire.loads(line), limits)
        header["retire"] = _address_space() - baseline > _GROWTH
        _send(answers, wire.dumps(header), bodies)
        del header, bodies
        gc.collect()
        if len(sys.modules) > modules:  # a library that came in stays, and need not be looked through again
            gc.freeze()
            modules = len(sys.modules)


def _answer(request: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], list[Any]]:
    path, shown = Path(request["path"]), str(request["shown"])
    try:
        if request["do"] == "unpack":
            found = unpack_archive(path, shown, Path(request["folder"]), limits, request["password"])
            return {"members": found["members"], "problems": wire.pack_problems(found["problems"])}, []
        if request["do"] == "photo":
            from auditor.intake.files.photos import hash_photo  # noqa: PLC0415 - ledgers alone never pay for it

            return {"picture": hash_photo(path, shown, limits)}, []
        contents = read_file(path, shown, limits, request["password"])
        header, bodies = wire.pack(contents.sheets)
        header["notes"] = wire.pack_problems(contents.notes)
    except InputError as error:
        return {"problems": wire.pack_problems(error.problems)}, []
    except MemoryError:
        problems = InputError.at("file-limit-memory", shown, limit=limits.child_memory >> 20).problems
        return {"problems": wire.pack_problems(problems)}, []
    return header, bodies


def _send(answers: IO[bytes], header: bytes, bodies: list[Any]) -> None:
    _write(answers, LENGTHS.pack(len(header), sum(body.size for body in bodies)) + header)
    for body in bodies:
        _write(answers, body)


def _write(answers: IO[bytes], data: Any) -> None:
    view = memoryview(data)
    while view:
        view = view[answers.write(view) :]


def _confine(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.child_memory, limits.child_memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.entry_bytes, limits.entry_bytes))


def _more_time(seconds: int) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
