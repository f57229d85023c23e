"""Which ledger kind a header row belongs to, and how surely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.intake.sheets.columns import ONE_LEVEL, Above, assign
from auditor.intake.sheets.headers import HeaderIndex, is_serial
from auditor.intake.sheets.spread import NOTHING_SPREAD, Spread
from auditor.ledgers import Column, ColumnType, Ledger

# Columns that may stand once for all rows, in a title, the sheet's or the file's name.
CONTEXT_COLUMNS = ("month", "township", "village", "workshop", "workshop_id", "party")

_NAME_SHARE = 0.6  # weight of the names around the sheet beside that of its headers
_MARGIN = 0.06  # two kinds nearer than this cannot be told apart
_CONTRADICTION = 0.15
_ALONE = 0.58  # headers that stand without any name's support
_SUPPORTED = 0.34  # headers that stand when the names speak for the kind
_SUPPORT = 0.5
_NAMED = 0.9  # the names say the kind in full,
_BARE_NAMED = 0.25  # and a few headers of it are enough then
_FEWEST_COLUMNS = 2
_DISTINCTIVE = 0.2  # a header accepted by at most five kinds
_UNKNOWN_WEIGHT = 0.03
_UNKNOWN_MOST = 0.5
_GENERIC = frozenset({"person_id", "name", "phone", "gender", "township", "village"})


@dataclass(frozen=True, slots=True)
class Guess:
    """A ledger kind for a header row.

    Attributes:
        ledger: its id.
        headers: how well the headers fit, 0 to 1.
        support: how much the names around the sheet speak for it, 0 to 1.
        matched: how many columns fit.
        telling: whether a header that few kinds accept is among them.
        positions: which headers fit.
        identified: whether the column of the identity number is among them, where the kind demands one.
    """

    ledger: str
    headers: float
    support: float
    matched: int
    telling: bool
    positions: frozenset[int]
    identified: bool

    @property
    def score(self) -> float:
        """What kinds are ranked by."""
        return self.headers + _NAME_SHARE * self.support

    @property
    def confidence(self) -> float:
        """0 to 1: sure where either the headers or the names leave no doubt."""
        return round(1 - (1 - self.headers) * (1 - self.support), 3)

    @property
    def named(self) -> bool:
        """Whether the names around the sheet say the kind in full, and some of its columns are there."""
        return self.support >= _NAMED and self.matched >= _FEWEST_COLUMNS

    @property
    def stands(self) -> bool:
        """Whether it is good enough to be taken."""
        if self.matched < _FEWEST_COLUMNS:
            return False
        if self.named and self.telling:
            return self.headers >= _BARE_NAMED
        if self.support >= _SUPPORT:
            return self.headers >= _SUPPORTED
        return self.headers >= _ALONE and self.telling and self.identified


def _need(column: Column) -> float:
    """How much a required column weighs: what every ledger of people has tells little."""
    if column.name in _GENERIC:
        return 0.5
    return 1.0


def _required(ledger: Ledger, found: frozenset[str]) -> float:
    have = need = 0.0
    for column in ledger.columns.values():
        if not column.required:
            continue
        weight = _need(column)
        if column.name in found:
            have += weight
            need += weight
        else:
            need += weight * (0.5 if column.name in CONTEXT_COLUMNS else 1.0)
    return have / need if need else 0.0


def judge(
    headers: Sequence[str],
    support: Mapping[str, float],
    index: HeaderIndex,
    spread: Spread = NOTHING_SPREAD,
    above: Above = ONE_LEVEL,
) -> list[Guess]:
    """The ledger kinds that the header may be of, the likeliest first; kinds that fit nothing are left out.

    Args:
        headers: the header of each column, the lowest of its levels.
        support: how much the names around the sheet speak for each kind.
        index: the accepted headers.
        spread: columns of days or months; they speak for their ledgers as a header does that only these accept.
        above: grid column → the levels above its header.
    """
    headers = spread.without(headers)
    named = [(header, above.get(i, ())) for i, header in enumerate(headers) if header and not is_serial(header)]
    known = sum(index.weight(*header) for header in named) + bool(spread.spoken)
    strange = min(_UNKNOWN_MOST, _UNKNOWN_WEIGHT * sum(1 for header in named if not index.known(*header)))
    guesses = []
    for kind in frozenset().union(*(index.kinds(*header) for header in named)) if named else ():
        ledger = index.ledgers[kind]
        assignment = assign(headers, kind, index, above=above)
        assigned, found = assignment.columns, assignment.found
        spoken = spread.spoken.get(kind, frozenset())
        if not found:
            continue
        found |= spoken
        weights = [index.weight(headers[position], above.get(position, ())) for position in assigned]
        share = (sum(weights) + bool(spoken)) / (known + strange)
        telling = (bool(spoken) and spread.days is not None) or any(
            column not in _GENERIC and index.weight(headers[position], above.get(position, ())) >= _DISTINCTIVE
            for position, column in assigned.items()
        )
        identified = (bool(spoken) and spread.days is not None) or all(
            column.name in found or column.type is not ColumnType.PERSON_ID or not column.required
            for column in ledger.columns.values()
        )
        fit = 0.6 * _required(ledger, found) + 0.4 * min(share, 1.0)
        guesses.append(
            Guess(
                kind,
                round(fit, 4),
                round(support.get(kind, 0.0), 4),
                len(found),
                telling,
                frozenset(assigned) | (spread.indices if spoken else frozenset()),
                identified,
            )
        )
    return sorted(guesses, key=lambda guess: (-guess.score, guess.ledger))


def decide(guesses: Sequence[Guess]) -> Guess | None:
    """The kind to take, or None where none is good enough or two are too near each other (`tied`).

    A kind that explains a part only of the headers which the best explains is no rival of it, however near.
    """
    standing = [guess for guess in guesses if guess.stands]
    return None if not standing or tied(guesses) else standing[0]


def tied(guesses: Sequence[Guess]) -> tuple[Guess, ...]:
    """The kinds that are good enough but cannot be told from each other, the likeliest first; empty where one leads."""
    standing = [guess for guess in guesses if guess.stands]
    if not standing:
        return ()
    best = standing[0]
    # A name that contradicts the headers (another kind explains all that this one explains, and more) decides nothing.
    against = [
        other
        for other in standing[1:]
        if other.positions > best.positions and other.headers - best.headers > _CONTRADICTION
    ]
    if best.support < _SUPPORT:  # and a name that says another kind in full is not passed over in silence
        against += [other for other in guesses if other.named and not other.positions <= best.positions]
    near = [other for other in standing[1:] if best.score - other.score < _MARGIN]
    rivals = list(dict.fromkeys(against)) or [other for other in near if not other.positions < best.positions]
    return (best, *rivals) if rivals else ()
