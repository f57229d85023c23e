"""The finding as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from auditor.clues import Severity, Subject
from auditor.inference import Grade
from auditor.rules.model import Basis, Text


@dataclass(frozen=True, slots=True)
class TraceStep:
    """A conclusion that fired: `rule` is `violation/conclusion`, `signals` the keys of the signals it rests on."""

    rule: str
    grade: Grade
    because: Text
    signals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the subject belongs, as far as the evidence tells; empty where it does not."""

    township: str = ""
    village: str = ""
    employer: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One matter to be looked into: one for each subject and violation, at the highest grade concluded.

    Attributes:
        id: stable over runs on the same matter: `F-GP-` and a keyed hash of violation and subject.
        subject: with its whole id; whoever shows it masks it.
        subject_key: the keyed hash of the subject alone, by which masked results can be joined.
        grade: how sure the signals make us.
        severity: the highest of its signals: how grave the matter is if it is true.
        signals: keys of the signals that it rests on, sorted.
        trace: the conclusions that fired, in the order of the catalogue.
        months: the months concerned (YYYY-MM), in order.
        amount: money at stake in yuan, each payment counted once; None where the evidence holds no payment.
        seen: what was seen and where, in a line; message: all of it, with explanations and what to do.
        innocent: explanations under which nobody did anything wrong.
        verify: what to do next. clears: what would settle the matter in the subject's favour.
    """

    id: str
    violation: str
    grade: Grade
    severity: Severity
    subject: Subject
    subject_key: str
    place: Place
    signals: tuple[str, ...]
    trace: tuple[TraceStep, ...]
    basis: tuple[Basis, ...]
    months: tuple[str, ...]
    amount: Decimal | None
    title: Text
    seen: Text
    message: Text
    innocent: tuple[Text, ...]
    verify: tuple[Text, ...]
    clears: tuple[Text, ...]
