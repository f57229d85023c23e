"""The terminal, for tables and sentences that hold a stranger's words: nothing in them is an order to it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.segment import Segment

from auditor.report.visible import visible


def screen() -> Console:
    """A console that writes out control characters and turns of writing direction instead of obeying them."""
    console = Console()
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console = Console(width=_UNWRAPPED)  # what goes into a file or a pipe is searched line by line
    console.push_render_hook(_WrittenOut())
    return console


# Wider than any line that is written: nothing is cut or wrapped in it.
_UNWRAPPED = 100_000


class _WrittenOut(RenderHook):
    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Shown(one) for one in renderables]


class _Shown:
    def __init__(self, of: ConsoleRenderable) -> None:
        self._of = of

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        segments = console.render(self._of, options)
        for segment in segments if console.is_terminal else _trimmed(segments):
            if segment.control:
                yield segment
            else:
                lines = (visible(line) for line in segment.text.split("\n"))
                yield Segment("\n".join(lines), segment.style)


def _trimmed(segments: Iterable[Segment]) -> Iterator[Segment]:
    """The segments without the blanks at the ends of lines, which fill up the last column of a table."""
    held: list[Segment] = []
    for segment in segments:
        if segment.control:
            yield segment
            continue
        for number, part in enumerate(segment.text.split("\n")):
            if number:
                held.clear()
                yield Segment("\n")
            kept = part.rstrip(" ")
            if kept:
                yield from held
                held.clear()
                yield Segment(kept, segment.style)
            if kept != part:
                held.append(Segment(part[len(kept) :], segment.style))
    yield from held
