"""Facts a second through the inference engine on one core, and whether its memory stays flat.

    python benchmarks/inference.py [--facts 1000000]

Makes signals about people, a portion at a time, and infers over them with the shipped conclusions and one worker. Two
rates are printed, in seconds of CPU so that other work on the machine does not count: the engine process alone, and
with it the audit's side (facts made, sent, answers checked, traces built), which is what one core does in all. Resident
memory of the engine is printed for each tenth of the way.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.clues import Severity, Signal, Subject
from auditor.inference import infer, load_conclusions
from auditor.inference.worker import Worker
from auditor.ledgers import default_catalogue, resource_dir
from auditor.rules import default_folders, load_rules

if TYPE_CHECKING:
    from auditor.inference.compiled import Json

AIM = 20_000
PEOPLE = 5_000
RULES = [f"GP{number:02d}" for number in range(1, 11)] + ["WG01", "WG02", "WG03"]
PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = os.sysconf("SC_CLK_TCK")


class Kept:
    """A worker that outlives one call of `infer`, so that its memory is seen over all facts."""

    def __init__(self) -> None:
        self.worker = Worker(600)
        self.ready: dict[str, Json] | None = None

    def ask(self, request: Mapping[str, object]) -> dict[str, Json]:
        """The worker's answer; the rulesets go in once."""
        if "rulesets" not in request:
            return self.worker.ask(request)
        if self.ready is None:
            self.ready = self.worker.ask(request)
        return self.ready

    def close(self) -> None:
        """Stay: `end` ends it."""

    def end(self) -> None:
        """Really end it."""
        self.worker.close()

    def resident(self) -> float:
        """Megabytes."""
        statm = Path(f"/proc/{self.worker.process.pid}/statm").read_text(encoding="ascii")
        return int(statm.split()[1]) * PAGE / 1e6

    def cpu(self) -> float:
        """Seconds."""
        stat = Path(f"/proc/{self.worker.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / TICK


def portion(number: int, choose: random.Random) -> list[Signal]:
    """Signals about `PEOPLE` people, several months and rules each."""
    signals = []
    for person in range(PEOPLE):
        subject = Subject("person", f"{number}-{person}")
        for rule in choose.sample(RULES, choose.choice([1, 2, 2, 3, 4, 6])):
            violation = "ghost_payroll" if rule.startswith("GP") else "wages"
            for month in choose.sample(range(1, 13), choose.choice([1, 2, 3, 5])):
                period = f"2022-{month:02d}"
                signals.append(Signal(rule, 1, rule[:2], violation, Severity.HIGH, subject, period, {}, {}, ()))
    return signals


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=1_000_000)
    wanted = parser.parse_args().facts
    catalogue = load_rules(default_folders(), default_catalogue()).ruleset.rules
    known = [*catalogue, *(f"LT{n:02d}" for n in range(1, 12))]
    conclusions = load_conclusions(resource_dir("rules") / "findings", known)
    choose = random.Random(1)
    engine = Kept()
    facts = signals = number = shown = 0
    own = 0.0
    try:
        while facts < wanted:
            made = portion(number, choose)
            start = time.process_time()
            facts += infer(made, conclusions, start=lambda _: engine).facts
            own += time.process_time() - start
            signals += len(made)
            number += 1
            if facts * 10 // wanted > shown:
                shown = facts * 10 // wanted
                print(f"{facts:>10,} facts  engine process {engine.resident():6.1f} MB")
        cpu = engine.cpu()
    finally:
        engine.end()
    print(f"{signals:,} signals, {facts:,} facts; aim: {AIM:,} facts a second")
    for what, seconds in (("engine process alone", cpu), ("with the audit's side", cpu + own)):
        rate = facts / seconds
        print(f"{what:>22}: {rate:>9,.0f} facts a second ({seconds:.1f} s), {rate / AIM:.2f} of the aim")


if __name__ == "__main__":
    main()
