"""The terminal, for tables and sentences that hold a stranger's words: nothing in them is an order to it."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.segment import Segment

from auditor.report.visible import visible


def screen() -> Console:
    """A console that writes out control characters and turns of writing direction instead of obeying them."""
    console = Console()
    console.push_render_hook(_WrittenOut())
    return console


class _WrittenOut(RenderHook):
    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Shown(one) for one in renderables]


class _Shown:
    def __init__(self, of: ConsoleRenderable) -> None:
        self._of = of

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._of, options):
            if segment.control:
                yield segment
            else:
                lines = (visible(line) for line in segment.text.split("\n"))
                yield Segment("\n".join(lines), segment.style)
