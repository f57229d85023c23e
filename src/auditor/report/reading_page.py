"""The reading report as one self-contained page: each sheet drawn with its bands, its columns and its faults.

The page asks for nothing from anywhere: its style and script stand in it and are named by their hashes, all else is
forbidden by its content security policy. It works without the script. Every text of an upload is escaped.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from auditor import __version__
from auditor.messages import text
from auditor.report.masking import Veil
from auditor.report.reading_drawing import MOST_COLUMNS, Drawing, draw
from auditor.report.reading_view import FaultView, SheetView, reading_view
from auditor.report.result import ReadResult

_TEMPLATES = Path(__file__).parent / "templates"
_CELLS = 24_000  # of all drawings together, which keeps the page under some 2 MB
_MOST_ROWS, _FEWEST_ROWS = 400, 12
_FAULTS = 1_000  # of all lists together
_MOST_FAULTS, _FEWEST_FAULTS = 300, 12


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A sheet with its drawing, and those of its faults that are listed."""

    view: SheetView
    drawing: Drawing | None
    faults: tuple[FaultView, ...]
    more: int


def reading_page(result: ReadResult, veil: Veil, lang: str = "zh") -> str:
    """The reading report as HTML."""
    view = reading_view(result, veil, lang)
    sheets = _drawn(view.sheets, result, veil, lang)
    style, script = (_TEMPLATES / name for name in ("reading.css", "reading.js"))
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["t"] = lambda code, **args: text(code, lang, **args)
    environment.globals["counts"] = _count
    style_text, script_text = style.read_text(encoding="utf-8"), script.read_text(encoding="utf-8")
    return environment.get_template("reading.html.j2").render(
        view=view,
        sheets={sheet.view.number: sheet for sheet in sheets},
        lang=lang,
        version=__version__,
        masked=not veil.unmask,
        style=Markup(style_text),  # noqa: S704  our own file
        script=Markup(script_text),  # noqa: S704  our own file
        style_hash=_hash(style_text),
        script_hash=_hash(script_text),
    )


def _count(sheet: SheetView, band: str) -> int:
    return sum(count for one, _, count in sheet.bands if one.name == band)


def _hash(part: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(part.encode("utf-8")).digest()).decode("ascii")


def _listed(faults: tuple[FaultView, ...], most: int) -> tuple[FaultView, ...]:
    """At most `most` of the faults in their order, some of each rule before many of one."""
    if len(faults) <= most:
        return faults
    rules: dict[str, list[FaultView]] = {}
    for fault in faults:
        rules.setdefault(fault.rule, []).append(fault)
    turns = itertools.chain.from_iterable(itertools.zip_longest(*rules.values()))
    chosen = itertools.islice((fault for fault in turns if fault is not None), most)
    return tuple(sorted(chosen, key=lambda fault: fault.number))


def _drawn(views: tuple[SheetView, ...], result: ReadResult, veil: Veil, lang: str) -> list[_Drawn]:
    """Every sheet drawn, each with its share of what the page may hold; those for which nothing is left are not."""
    left, drawn = _CELLS * 2, []
    shares = _CELLS // max(1, len(views))
    listed = min(_MOST_FAULTS, max(_FEWEST_FAULTS, _FAULTS // max(1, len(views))))
    for view in views:
        columns = min(MOST_COLUMNS, len(view.readings[0].raw.columns))
        rows = min(_MOST_ROWS, max(_FEWEST_ROWS, shares // max(1, columns)))
        faults = _listed(view.faults, listed)
        drawing = None
        if left > 0 and columns and view.rows:
            drawing = draw(view, faults, rows, result.tables.catalogue, veil, lang)
            left -= min(rows, view.rows) * columns
        drawn.append(_Drawn(view, drawing, faults, len(view.faults) - len(faults)))
    return drawn
