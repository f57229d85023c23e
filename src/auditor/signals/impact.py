"""A dry run of one rule: what would appear and vanish if it took the place of the one that has its id."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.clues import Signal
from auditor.profile import Profile
from auditor.rules import Rule, RuleSet, with_needed
from auditor.signals.outcome import Outcome
from auditor.signals.run import run_rules
from auditor.tables import Tables


@dataclass(frozen=True, slots=True)
class Impact:
    """What a changed or new rule does to the signals of an upload.

    Attributes:
        before: what became of the rule as it is; None where its id is new.
        after: what becomes of the candidate.
        appeared: signals of the candidate that the rule does not raise.
        vanished: signals of the rule that the candidate does not raise.
        changed: signals of both that say something else, as the candidate says it.
        kept: how many are the same.
    """

    before: Outcome | None
    after: Outcome
    appeared: tuple[Signal, ...]
    vanished: tuple[Signal, ...]
    changed: tuple[Signal, ...]
    kept: int


def impact_of(candidate: Rule, ruleset: RuleSet, tables: Tables, profile: Profile) -> Impact:
    """Run `candidate`, and the rule of its id in `ruleset` if there is one, on `tables`.

    Args:
        candidate: the rule tried; a draft is run as well.
        ruleset: the rules as they are, with terms and parameters.
        tables: the ledgers.
        profile: as of an audit.

    Raises:
        EngineError: a query failed or took too long.
    """
    known = ruleset.rules.get(candidate.id)
    before, old = _run(known, ruleset, tables, profile) if known is not None else (None, {})
    after, new = _run(candidate, ruleset, tables, profile)
    both = [(old[key], signal) for key, signal in new.items() if key in old]
    changed = tuple(signal for was, signal in both if (was.measures, was.message) != (signal.measures, signal.message))
    return Impact(
        before,
        after,
        tuple(signal for key, signal in new.items() if key not in old),
        tuple(signal for key, signal in old.items() if key not in new),
        changed,
        len(both) - len(changed),
    )


def _run(rule: Rule, ruleset: RuleSet, tables: Tables, profile: Profile) -> tuple[Outcome, dict[str, Signal]]:
    """What becomes of `rule` and its signals by key; the rules whose signals it reads run before it."""
    run = run_rules(with_needed(rule, ruleset), tables, profile, drafts=True)
    return run.outcomes[rule.id], {signal.key: signal for signal in run.signals if signal.rule == rule.id}
