"""A path that says nothing wrong about the file behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def nameless(path: Path, suffixes: Collection[str]) -> Iterator[str]:
    """A path for libraries that go by the suffix: the file's own where that tells the truth, else one without any."""
    if path.suffix.lower() in suffixes:
        yield str(path)
    else:
        with path.open("rb") as file:
            yield f"/proc/self/fd/{file.fileno()}"
