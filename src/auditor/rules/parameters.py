"""Parameters as of a date: the dated defaults of `rules/parameters/`, overridden by the county profile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from auditor.documents import Path
from auditor.errors import Problem, ProfileError, RuleError, TextPlace
from auditor.profile import REGIMES, Override, Profile
from auditor.rules.compiling import Filling
from auditor.rules.dated import Scalar, Series, Step
from auditor.rules.model import Parameter, ParameterValue, RuleSet
from auditor.rules.suggesting import nearest

TYPES = ("int", "decimal", "date", "words")
NO_NUMBER = "none"
"""Written for the value: there is no such number, and what hangs on it is not judged (no upper age)."""

MAX_VALUES = 100
"""How many values a series may have: each is a branch of every query that asks for it."""

_INT = re.compile(r"^-?[0-9]{1,15}$")
_DECIMAL = re.compile(r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$")
_DATE = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_BETWEEN_WORDS = re.compile(r"[,，、;；]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A value in force on some dates, for posts of some regime (None: any), and where it comes from."""

    text: str
    valid_from: date | None
    valid_to: date | None
    regime: str | None
    source: str
    checked: bool
    instrument: str
    article: str

    def holds(self, on: date) -> bool:
        """Whether it is in force on the day `on`."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A parameter's value in an audit.

    Attributes:
        id: its name, `$id` in queries.
        value: typed, as of the audit date: int, Decimal, date, a tuple of words, or None where there is no number.
        text: as written.
        source: `default` or `profile`; a profile's value that changes nothing is the default.
        checked: somebody checked the value against its instrument; a profile's value counts as checked by the county
            unless the profile says that nobody did, or merely repeats the default.
        default: the default's text on the same date, or None where the series has none.
        instrument, article: what it rests on; empty for a profile's value that does not say.
        filling: what stands for it in queries: the value, or the series where it hangs on date or regime.
        entries: every value that some date or regime has, the profile's before the defaults.
    """

    id: str
    value: Filling
    text: str
    source: str
    checked: bool
    default: str | None
    instrument: str
    article: str
    filling: Filling = None
    entries: tuple[Entry, ...] = ()

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The values, as written, that a rule may have used and that nobody has compared with their instruments."""
        if isinstance(self.filling, Series):
            return tuple(dict.fromkeys(entry.text for entry in self.entries if not entry.checked))
        return () if self.checked else (self.text,)


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


def no_number(kind: str, text: str) -> bool:
    """Whether the text says that there is no number; of words there is always a list."""
    return text.strip() == NO_NUMBER and kind != "words"


def of_type(parameter: Parameter, text: str) -> bool:
    """Whether the text is a value of the parameter, or says that there is no number."""
    return parse_value(parameter.type, text) is not None or no_number(parameter.type, text)


def value_on(parameter: Parameter, on: date) -> ParameterValue | None:
    """The entry of the series that holds on the day `on`, for posts whose regime is not known."""
    for entry in parameter.values:
        if entry.regime is None and _default(entry).holds(on):
            return entry
    return None


def changes_in_time(parameter: Parameter) -> bool:
    """Whether the series, for posts whose regime is not known, has different values on different dates."""
    return len({entry.value for entry in parameter.values if entry.regime is None}) > 1


def covers_all_dates(parameter: Parameter) -> bool:
    """Whether the series has a value on every date, for posts whose regime is not known."""
    entries = [_default(value) for value in parameter.values if value.regime is None]
    return all(any(entry.holds(day) for entry in entries) for day in _days(entries))


def series_problems(values: Sequence[ParameterValue | Override], kind: str) -> Iterator[tuple[Path, str]]:
    """(where in the list, code) of what is wrong in a list of dated values; dates in order, no two for one day."""
    latest: dict[str | None, date] = {}
    if len(values) > MAX_VALUES:
        yield (MAX_VALUES, "value"), "parameter-series-long"
    for i, entry in enumerate(values[:MAX_VALUES]):
        if kind in TYPES and parse_value(kind, entry.value) is None and not no_number(kind, entry.value):
            yield (i, "value"), "parameter-type"
        if entry.regime is not None and entry.regime not in REGIMES:
            yield (i, "regime"), "regime-unknown"
        if entry.valid_from and entry.valid_to and entry.valid_from > entry.valid_to:
            yield (i, "to"), "dates-reversed"
        start = entry.valid_from or date.min
        before = latest.get(entry.regime)
        if before is not None and start <= before:
            yield (i, "from"), "parameter-series"
        latest[entry.regime] = max(before or date.min, entry.valid_to or date.max)


def series_arguments(value: ParameterValue | Override, parameter: Parameter) -> dict[str, str]:
    """The arguments of the sentences about `value`."""
    regime = value.regime or ""
    return {
        "parameter": parameter.id,
        "type": parameter.type,
        "text": value.value[:60],
        "regime": regime[:60],
        "suggestion": nearest(regime, REGIMES),
        "limit": str(MAX_VALUES),
    }


def override_problems(parameter: Parameter, profile: Profile) -> Iterator[Problem]:
    """What is wrong with the profile's value of `parameter`, each at its place."""
    name = parameter.id
    plain = profile.parameters.get(name)
    if plain is not None and not of_type(parameter, plain):
        yield Problem("parameter-type", profile.place("parameters", name), series_arguments(Override(plain), parameter))
    values = profile.dated.get(name)
    if values is None:
        return
    if not values:
        yield Problem("parameter-no-values", profile.place("parameters", name), {"parameter": name})
    for path, code in series_problems(values, parameter.type):
        args = series_arguments(values[int(path[0])], parameter)
        yield Problem(code, profile.place("parameters", name, *path), args)


def unknown_parameters(ruleset: RuleSet, profile: Profile) -> Iterator[Problem]:
    """The parameters of the profile that there are not."""
    for name in (*profile.parameters, *profile.dated):
        if name not in ruleset.parameters:
            args = {"parameter": name, "suggestion": nearest(name, ruleset.parameters)}
            yield Problem("parameter-unknown", profile.key_place("parameters", name), args)


def resolve(ruleset: RuleSet, profile: Profile, on: date) -> Mapping[str, Resolved]:
    """Every parameter of the rule set as of `on`, by id; the profile's value wins on the dates it speaks of.

    Raises:
        ProfileError: the profile overrides a parameter that there is not, or with a value of another type.
        RuleError: a parameter has no value on that day and the profile gives none.
    """
    wrong = [*unknown_parameters(ruleset, profile)]
    for parameter in ruleset.parameters.values():
        wrong.extend(override_problems(parameter, profile))
    if wrong:
        raise ProfileError(*wrong)
    result: dict[str, Resolved] = {}
    missing: list[Problem] = []
    for name, parameter in sorted(ruleset.parameters.items()):
        resolved = _resolved(parameter, profile, on)
        if resolved is None:
            where = TextPlace(parameter.document.file)
            missing.append(Problem("parameter-no-value", where, {"parameter": name, "on": on.isoformat()}))
        else:
            result[name] = resolved
    if missing:
        raise RuleError(*missing)
    return MappingProxyType(result)


def _resolved(parameter: Parameter, profile: Profile, on: date) -> Resolved | None:
    defaults = tuple(_default(value) for value in parameter.values)
    county = _county(parameter, profile)
    usual = _in_force(defaults, None, on)
    entry = _in_force(county, None, on) or usual
    if entry is None:
        return None
    filling = _filling(parameter, county, defaults, on)
    if county and usual is not None and filling == _filling(parameter, (), defaults, on):
        # What changes nothing is no deviation; it may still say what the number rests on, and who checked it.
        county, entry = (), _confirmed(usual, entry, profile.dated.get(parameter.id, ()))
    return Resolved(
        id=parameter.id,
        value=_typed(parameter, entry),
        text=entry.text,
        source="profile" if county else "default",
        checked=entry.checked,
        default=usual.text if usual is not None else None,
        instrument=entry.instrument,
        article=entry.article,
        filling=filling,
        entries=(*county, *defaults),
    )


def _confirmed(usual: Entry, county: Entry, written: Sequence[Override]) -> Entry:
    """The default with what the county says of it. A number that is merely repeated has not been checked."""
    checked = usual.checked or (bool(written) and all(value.checked_by for value in written))
    if not county.instrument:
        return replace(usual, checked=checked)
    return replace(usual, checked=checked, instrument=county.instrument, article=county.article)


def _default(value: ParameterValue) -> Entry:
    checked = value.checked_by is not None
    return Entry(
        value.value.strip(),
        value.valid_from,
        value.valid_to,
        value.regime,
        "default",
        checked,
        value.instrument,
        value.article,
    )


def _county(parameter: Parameter, profile: Profile) -> tuple[Entry, ...]:
    plain = profile.parameters.get(parameter.id)
    values = profile.dated.get(parameter.id, ()) if plain is None else (Override(plain),)
    return tuple(
        Entry(
            value.value.strip(),
            value.valid_from,
            value.valid_to,
            value.regime,
            "profile",
            value.checked_by != "",
            value.instrument,
            value.article,
        )
        for value in values
    )


def _typed(parameter: Parameter, entry: Entry) -> Filling:
    return None if no_number(parameter.type, entry.text) else parse_value(parameter.type, entry.text)


def _in_force(entries: Sequence[Entry], regime: str | None, on: date) -> Entry | None:
    """The entry that holds on `on` for the regime itself, else for any."""
    holding = [entry for entry in entries if entry.holds(on)]
    for wanted in dict.fromkeys((regime, None)):
        for entry in holding:
            if entry.regime == wanted:
                return entry
    return None


def _days(entries: Sequence[Entry]) -> list[date]:
    """The days on which something may change, the first day of all among them."""
    days = {date.min}
    days.update(entry.valid_from for entry in entries if entry.valid_from is not None)
    days.update(e.valid_to + timedelta(days=1) for e in entries if e.valid_to is not None and e.valid_to < date.max)
    return sorted(days)


def _steps(parameter: Parameter, county: Sequence[Entry], defaults: Sequence[Entry], regime: str | None) -> list[Step]:
    steps: list[Step] = []
    for day in _days((*county, *defaults)):
        entry = _in_force(county, regime, day) or _in_force(defaults, regime, day)
        value = _typed(parameter, entry) if entry is not None else None
        assert not isinstance(value, tuple | Series)
        if not steps or steps[-1][1] != value:
            steps.append((day, value))
    return steps


def _filling(parameter: Parameter, county: Sequence[Entry], defaults: Sequence[Entry], on: date) -> Filling:
    """The value of the day, or the series where date or regime matter; a list of words is that of the day."""
    entry = _in_force(county, None, on) or _in_force(defaults, None, on)
    now = _typed(parameter, entry) if entry is not None else None
    if isinstance(now, tuple) or parameter.type == "words":
        return now
    steps = tuple(_steps(parameter, county, defaults, None))
    named = sorted({entry.regime for entry in (*county, *defaults) if entry.regime is not None})
    by_regime = ((regime, tuple(_steps(parameter, county, defaults, regime))) for regime in named)
    different = tuple((regime, own) for regime, own in by_regime if own != steps)
    if len(steps) == 1 and not different:
        return now
    assert not isinstance(now, Series)
    value: Scalar | None = now
    return Series(value, steps, different)
