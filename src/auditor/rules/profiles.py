"""Is this county profile possible? Takes a profile and what there is, gives every mistake in it with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from auditor.errors import Problem
from auditor.ledgers import Catalogue
from auditor.maps import check_codes, check_headers, check_sheets
from auditor.profile import Profile
from auditor.rules.dated import calls
from auditor.rules.lints.heading import SEVERITIES
from auditor.rules.model import RuleSet
from auditor.rules.parameters import override_problems, unknown_parameters
from auditor.rules.parsing import parse_condition, parse_select
from auditor.rules.suggesting import nearest


def check_profile(
    profile: Profile, ruleset: RuleSet, catalogue: Catalogue, ledger_rules: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Every mistake of the profile, in the order of its keys.

    Args:
        profile: of the right form already (`load_profile`).
        ruleset: the rules of the product and of those extra folders that exist.
        catalogue: the ledger kinds.
        ledger_rules: ids of the checks of the ledgers themselves (LT01, …), which have a severity and are never off.
    """
    return (
        *_parameters(profile, ruleset),
        *_severities(profile, [*ruleset.rules, *ruleset.statements, *ledger_rules]),
        *_off(profile, ruleset, ledger_rules),
        *_folders(profile),
        *check_sheets(profile.sheets, catalogue),
        *check_headers(profile, catalogue),
        *check_codes(profile, catalogue),
    )


def _asked(ruleset: RuleSet) -> tuple[frozenset[str], frozenset[str]]:
    """The parameters that some rule takes as of a row's date, and those that some rule takes by regime."""
    trees = [parse_select(term.query).tree for term in ruleset.terms.values()]
    for rule in ruleset.rules.values():
        trees += [parse_select(query).tree for query in rule.selects]
        trees += [parse_condition(part.where).tree for part in rule.evidence]
    by_date: set[str] = set()
    by_regime: set[str] = set()
    for call in (call for tree in trees for call in calls(tree)):
        named, _, *regime = call.expressions
        by_date.add(named.name)
        if regime:
            by_regime.add(named.name)
    return frozenset(by_date), frozenset(by_regime)


def _without_effect(profile: Profile, ruleset: RuleSet) -> Iterator[Problem]:
    """Dates and regimes that no rule would look at: the county would believe that they decide."""
    if not profile.dated:
        return
    by_date, by_regime = _asked(ruleset)
    for name, values in profile.dated.items():
        if name not in ruleset.parameters:
            continue
        for number, value in enumerate(values):
            place = profile.place("parameters", name, number)
            if value.regime is not None and name not in by_regime:
                yield Problem("profile-not-by-regime", place, {"parameter": name})
            if (value.valid_from or value.valid_to) and name not in by_date:
                yield Problem("profile-not-by-date", place, {"parameter": name})


def existing_folders(profile: Profile) -> tuple[Path, ...]:
    """The extra rule folders that are there; for the others `check_profile` has a sentence."""
    return tuple(folder for folder in profile.rule_folders if folder.is_dir())


def _parameters(profile: Profile, ruleset: RuleSet) -> Iterator[Problem]:
    yield from unknown_parameters(ruleset, profile)
    for parameter in ruleset.parameters.values():
        yield from override_problems(parameter, profile)
    yield from _without_effect(profile, ruleset)


def _severities(profile: Profile, known: Sequence[str]) -> Iterator[Problem]:
    for rule, word in profile.severities.items():
        if rule not in known:
            args = {"rule": rule, "suggestion": nearest(rule, known)}
            yield Problem("profile-rule-unknown", profile.key_place("severities", rule), args)
        if word not in SEVERITIES:
            args = {"rule": rule, "text": word[:60], "suggestion": nearest(word, SEVERITIES)}
            yield Problem("severity-unknown", profile.place("severities", rule), args)


def _off(profile: Profile, ruleset: RuleSet, ledger_rules: Collection[str]) -> Iterator[Problem]:
    for rule, reason in profile.rules_off.items():
        at = profile.key_place("rules", "off", rule)
        if rule in ledger_rules:
            yield Problem("profile-rule-always", at, {"rule": rule})
        elif rule not in (known := [*ruleset.rules, *ruleset.statements]):
            yield Problem("profile-rule-unknown", at, {"rule": rule, "suggestion": nearest(rule, known)})
        if not reason.strip():
            yield Problem("profile-off-no-reason", profile.key_place("rules", "off", rule), {"rule": rule})


def _folders(profile: Profile) -> Iterator[Problem]:
    for number, folder in enumerate(profile.rule_folders):
        if not folder.is_dir():
            yield Problem("profile-folder-missing", profile.place("rules", "folders", number), {"folder": str(folder)})
