"""The engine's own process, a script that imports nothing of ours: the only module that knows durable-rules.

Speaks JSON lines on stdin and stdout. The first line gives the rulesets; each further line a batch of subjects with
their facts; each answer says, for each subject, which facts the engine saw and which conclusions it drew from which
facts. No name and no number of a person enters this process.

The library loses facts that are asserted in batches and runs out of memory with thousands of live sessions, so: one
session for each subject, one fact at a time, the session's state deleted afterwards. Its C extension is called
directly: the Python layer above it starts threads that dispatch actions behind our back, and costs half the speed.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, TextIO

import durable_rules_engine

if TYPE_CHECKING:
    from auditor.inference.compiled import Json
    from auditor.inference.facts import Fact

_ACCEPTED = 0


class _Ruleset:
    """One ruleset in the engine, and what its conclusions become as facts."""

    def __init__(self, name: str, rules: dict[str, Json], census: str, chained: dict[str, Fact]) -> None:
        self.handle = durable_rules_engine.create_ruleset(name, json.dumps(rules))
        self.census = census  # the rule that sees every fact
        self.chained = chained

    def session(self, sid: str, facts: list[Fact]) -> dict[str, Json]:
        """Run one subject.

        Gives `seen`, the numbers of the facts that the engine saw; `fired`, conclusion → the facts that matched it; and
        `chained`, the numbers of further facts → the conclusions that became them.
        """
        waiting = list(facts)
        seen: set[int] = set()
        fired: dict[str, set[int]] = {}
        chained: dict[str, Json] = {}
        number = 0
        try:
            while number < len(waiting):
                for rule, matched in self._assert(f'{{"i": {number}, "sid": "{sid}", {waiting[number]}}}'):
                    if rule == self.census:
                        seen.update(matched)
                        continue
                    conclusion = rule.partition(".")[0]
                    if conclusion not in fired and conclusion in self.chained:
                        chained[str(len(waiting))] = int(conclusion)
                        waiting.append(self.chained[conclusion])
                    fired.setdefault(conclusion, set()).update(matched)
                number += 1
        finally:
            durable_rules_engine.delete_state(self.handle, sid)
        drawn: dict[str, Json] = {conclusion: [*sorted(facts)] for conclusion, facts in fired.items()}
        return {"seen": [*sorted(seen)], "fired": drawn, "chained": chained}

    def _assert(self, fact: str) -> list[tuple[str, list[int]]]:
        """Assert one fact; every rule that it fired, with the numbers of the facts that matched."""
        outcome, state = durable_rules_engine.assert_fact(self.handle, fact)
        if outcome != _ACCEPTED:  # 1: no rule looks at it, 2: taken for one seen before; both mean a fact is lost
            raise RuntimeError(f"durable-rules answered {outcome} to a fact")
        fired: list[tuple[str, list[int]]] = []
        started = durable_rules_engine.start_action_for_state(self.handle, state)
        action = started[1] if started else None
        while action:
            for rule, matched in json.loads(action).items():
                fired.append((rule, [int(one["i"]) for one in matched.values()]))
            action = durable_rules_engine.complete_and_start_action(self.handle, state)
        return fired


def serve(lines: TextIO, answers: TextIO) -> None:
    """Answer every line of `lines` until they end."""
    rulesets: dict[str, _Ruleset] = {}
    sessions = 0
    for line in lines:
        request = json.loads(line)
        if "rulesets" in request:
            for name, given in request["rulesets"].items():
                rulesets[name] = _Ruleset(name, given["rules"], given["census"], given["chained"])
            answer: dict[str, Json] = {"ready": len(rulesets)}
        else:
            results: list[Json] = []
            for name, facts in request["subjects"]:
                sessions += 1
                results.append(rulesets[name].session(str(sessions), facts))
            answer = {"batch": request["batch"], "results": results}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
