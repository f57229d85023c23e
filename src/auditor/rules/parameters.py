"""Parameters as of a date: the dated defaults of `rules/parameters/`, overridden by the county profile."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from auditor.errors import Problem, ProfileError, RuleError, TextPlace
from auditor.profile import Profile
from auditor.rules.compiling import Filling
from auditor.rules.model import Parameter, ParameterValue, RuleSet
from auditor.rules.suggesting import nearest

TYPES = ("int", "decimal", "date", "words")
_INT = re.compile(r"^-?[0-9]{1,15}$")
_DECIMAL = re.compile(r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$")
_DATE = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_BETWEEN_WORDS = re.compile(r"[,，、;；]")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A parameter's value in an audit.

    Attributes:
        id: its name, `$id` in queries.
        value: typed: int, Decimal, date, or a tuple of words.
        text: as written.
        source: `default` or `profile`.
        checked: somebody checked the value against its instrument; a profile's value counts as checked by the county.
        default: the default's text on the same date, or None where the series has none.
        instrument, article: what the default rests on; empty for a profile's value.
    """

    id: str
    value: Filling
    text: str
    source: str
    checked: bool
    default: str | None
    instrument: str
    article: str


def parse_value(kind: str, text: str) -> Filling | None:
    """The text as a value of type `kind`, or None where it is none."""
    text = text.strip()
    try:
        if kind == "int" and _INT.match(text):
            return int(text)
        if kind == "decimal" and _DECIMAL.match(text):
            return Decimal(text)
        if kind == "date" and _DATE.match(text):
            return date.fromisoformat(text)
    except (ValueError, InvalidOperation):
        return None
    if kind == "words":
        return tuple(word for part in _BETWEEN_WORDS.split(text) if (word := part.strip())) or None
    return None


def value_on(parameter: Parameter, on: date) -> ParameterValue | None:
    """The entry of the series that holds on the day `on`."""
    for entry in parameter.values:
        if (entry.valid_from is None or entry.valid_from <= on) and (entry.valid_to is None or on <= entry.valid_to):
            return entry
    return None


def resolve(ruleset: RuleSet, profile: Profile, on: date) -> Mapping[str, Resolved]:
    """Every parameter of the rule set as of `on`, by id; the profile's value wins.

    Raises:
        ProfileError: the profile overrides a parameter that there is not, or with a value of another type.
        RuleError: a parameter has no value on that day and the profile gives none.
    """
    place = TextPlace(profile.file or "profile")
    wrong: list[Problem] = []
    for name in profile.parameters:
        if name not in ruleset.parameters:
            suggestion = nearest(name, ruleset.parameters)
            wrong.append(Problem("parameter-unknown", place, {"parameter": name, "suggestion": suggestion}))
    result: dict[str, Resolved] = {}
    missing: list[Problem] = []
    for name, parameter in sorted(ruleset.parameters.items()):
        entry = value_on(parameter, on)
        override = profile.parameters.get(name)
        text = override if override is not None else entry.value if entry is not None else None
        if text is None:
            where = TextPlace(parameter.document.file)
            missing.append(Problem("parameter-no-value", where, {"parameter": name, "on": on.isoformat()}))
            continue
        value = parse_value(parameter.type, text)
        if value is None:
            args = {"parameter": name, "type": parameter.type, "text": text[:60]}
            wrong.append(Problem("parameter-type", place, args))
            continue
        result[name] = Resolved(
            id=name,
            value=value,
            text=text.strip(),
            source="default" if override is None else "profile",
            checked=override is not None or (entry is not None and entry.checked_by is not None),
            default=entry.value if entry is not None else None,
            instrument=entry.instrument if entry is not None and override is None else "",
            article=entry.article if entry is not None and override is None else "",
        )
    if wrong:
        raise ProfileError(*wrong)
    if missing:
        raise RuleError(*missing)
    return MappingProxyType(result)
