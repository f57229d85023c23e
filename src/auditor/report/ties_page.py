"""Ties as one self-contained page: a drawing of each group worth a look, with the rows that say so beneath it.

The page asks for nothing from anywhere: its style stands in it and is named by its hash, it has no script, and all else
is forbidden by its content security policy. Every text of an upload is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from auditor import __version__
from auditor.messages import text
from auditor.report.ties import (
    TiesView,
    absent,
    called,
    counts,
    ends_shown,
    heading,
    kind_of,
    rest_of,
    source_of,
    value_of,
)
from auditor.report.ties_drawing import Drawing, draw, twice
from auditor.report.visible import visible
from auditor.ties import Tie, TieKind

_TEMPLATES = Path(__file__).parent / "templates"
_MOST_LISTED = 400  # ties of a table


@dataclass(frozen=True, slots=True)
class _Entry:
    """A tie in a table: kind, value, and for each end who, as what, where; `more` ends are not listed."""

    kind: str
    style: str
    value: str
    ends: tuple[tuple[str, str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class _Figure:
    """A group: heading, the pairs tied in several ways, the drawing, the table."""

    title: str
    twice: tuple[str, ...]
    drawing: Drawing
    entries: tuple[_Entry, ...]
    more: int


def ties_page(view: TiesView, limit: int, lang: str = "zh") -> str:
    """The ties as HTML; at most `limit` groups are drawn."""
    drawn = view.groups[:limit]
    rest = rest_of(view)
    style = (_TEMPLATES / "ties.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals["t"] = lambda code, **args: text(code, lang, **args)
    names = "、".join(view.tables.catalogue[name].title(lang) for name in absent(view))
    return environment.get_template("ties.html.j2").render(
        lang=lang,
        version=__version__,
        masked=not view.veil.unmask,
        counts=counts(view, lang) if view.ties else text("ties-none", lang),
        groups=len(view.groups),
        not_worth=view.rest,
        left=len(view.groups) - len(drawn),
        kinds=tuple(TieKind),
        figures=[
            _Figure(
                heading(group, number, lang),
                twice(group, view, lang),
                draw(group, view, lang),
                _entries(group.ties[:_MOST_LISTED], view, lang),
                max(0, len(group.ties) - _MOST_LISTED),
            )
            for number, group in enumerate(drawn, 1)
        ],
        rest=_entries(rest[:_MOST_LISTED], view, lang),
        rest_more=max(0, len(rest) - _MOST_LISTED),
        absent=names,
        style=Markup(style),  # noqa: S704  our own file
        style_hash="sha256-" + base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii"),
    )


def _shown(value: object) -> object:
    """Control characters and turns of writing direction in a stranger's words, written out."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _entries(ties: Sequence[Tie], view: TiesView, lang: str) -> tuple[_Entry, ...]:
    return tuple(
        _Entry(
            kind_of(tie, lang),
            tie.kind.value,
            value_of(tie, view),
            tuple(
                (called(end, view), text(f"ties-role-{end.role}", lang), source_of(end, view, lang))
                for end in ends_shown(tie)
            ),
            len(tie.ends) - len(ends_shown(tie)),
        )
        for tie in ties
    )
