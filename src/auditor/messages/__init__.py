"""Every sentence of the product, zh and en, in one place: takes a problem's code and arguments, gives the sentence.

Each stage has its file of texts (`code: (zh, en)`); rule messages stand in the rule files. A text says what is wrong,
where (the place is put before it) and what to do.
"""

from __future__ import annotations

from auditor.errors import AuditorError, Problem
from auditor.messages.base import TEXTS as _BASE
from auditor.messages.base import Texts
from auditor.messages.catalogue import TEXTS as _CATALOGUE
from auditor.messages.checks import TEXTS as _CHECKS
from auditor.messages.files import TEXTS as _FILES
from auditor.messages.inference import TEXTS as _INFERENCE
from auditor.messages.intake import TEXTS as _INTAKE
from auditor.messages.payments import TEXTS as _PAYMENTS
from auditor.messages.profile import TEXTS as _PROFILE
from auditor.messages.queries import TEXTS as _QUERIES
from auditor.messages.reading import TEXTS as _READING
from auditor.messages.rules import TEXTS as _RULES
from auditor.messages.screen import TEXTS as _SCREEN
from auditor.messages.signals import TEXTS as _SIGNALS
from auditor.messages.statements import TEXTS as _STATEMENTS
from auditor.messages.trails import TEXTS as _TRAILS
from auditor.messages.values import TEXTS as _VALUES

TEXTS: Texts = {
    **_BASE,
    **_VALUES,
    **_FILES,
    **_INTAKE,
    **_RULES,
    **_QUERIES,
    **_PROFILE,
    **_CHECKS,
    **_SIGNALS,
    **_STATEMENTS,
    **_PAYMENTS,
    **_CATALOGUE,
    **_INFERENCE,
    **_READING,
    **_SCREEN,
    **_TRAILS,
}
LANGUAGES = ("zh", "en")


class _Lenient(dict[str, object]):
    """An argument that a text names and the problem lacks shows as `{name}` instead of hiding the whole sentence."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def text(code: str, lang: str = "zh", **args: object) -> str:
    """The sentence of `code` in `lang` (zh or en) with its arguments; the code itself where no text is known."""
    pair = TEXTS.get(code)
    if pair is None:
        return f"{code} {args}" if args else code
    return pair[1 if lang == "en" else 0].format_map(_Lenient(args))


def render(problem: Problem, lang: str = "zh") -> str:
    """`place code: sentence`, one line."""
    return f"{problem.where} {problem.code}: {text(problem.code, lang, **problem.args)}"


def render_error(error: AuditorError, lang: str = "zh") -> str:
    """All problems of an error, a line each."""
    return "\n".join(render(problem, lang) for problem in error.problems)


__all__ = ["LANGUAGES", "TEXTS", "Texts", "render", "render_error", "text"]
