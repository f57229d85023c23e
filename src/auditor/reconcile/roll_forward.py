"""The roll-forward check (滚动核对): heads at the start of a month + joined - left = heads at its end, by unit.

Heads are different people, a row without an identity number one of its own. The figures come from the spans of the
rows, so a month does not balance only where rows contradict each other; those rows are the reasons. Beside the heads
stand those who were paid and who attended in the month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from auditor.errors import TextPlace
from auditor.reconcile.model import NotReconciled, RowRef, Unit
from auditor.relations import Relations


@dataclass(frozen=True, slots=True)
class RollLine:
    """One unit in one month.

    Attributes:
        opening, joined, left, closing: heads at the start, joined and left in the month, and at its end.
        active: heads on the roll on any day of the month.
        paid, attended: heads with pay, and with a day of attendance; None where that ledger does not cover the unit.
    """

    unit: Unit
    month: str
    opening: int
    joined: int
    left: int
    closing: int
    active: int
    paid: int | None
    attended: int | None

    @property
    def imbalance(self) -> int:
        """What is too many on the left of the equation; 0 where the month balances."""
        return self.opening + self.joined - self.left - self.closing

    @property
    def marked(self) -> bool:
        """Whether the month does not balance, or other heads were paid or attended than were on the roll."""
        return bool(self.imbalance) or any(heads not in {None, self.active} for heads in (self.paid, self.attended))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Rows of one person in one unit that cannot all be true, or that have no beginning.

    `code`: roll-reversed (left before hired), roll-twice (several rows overlap), roll-undated (no date of joining, so
    counted from the beginning). `months` are those that do not balance because of it.
    """

    code: str
    unit: Unit
    months: tuple[str, ...]
    rows: tuple[RowRef, ...]


@dataclass(frozen=True, slots=True)
class RollForward:
    """The check of one roll; without lines where it could not be made, for `reasons`.

    `paid_by` and `attended_by` are the ledgers set against it, None where they were not given.
    """

    ledger: str
    unit_kind: str
    paid_by: str | None
    attended_by: str | None
    lines: tuple[RollLine, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    reasons: tuple[NotReconciled, ...] = ()


@dataclass(frozen=True, slots=True)
class _Roll:
    """A ledger of spans; the queries against it give unit, month and heads, the covers unit and month."""

    ledger: str
    unit_kind: str
    unit: str
    name: str
    paid_by: str
    paid: str
    paid_cover: str
    attended: str | None = None
    attended_cover: str | None = None


_ROLLS = (
    _Roll(
        "posts",
        "employer",
        "employer",
        "employer",
        "payroll",
        """
        SELECT pay.unit AS unit, pay.month AS month, COUNT(DISTINCT pay.head) AS heads
        FROM (
          SELECT COALESCE(payroll.employer, '') AS unit, payroll.month AS month,
            COALESCE(payroll.person_id, CONCAT('row ', CAST(payroll._row AS TEXT))) AS head
          FROM payroll
          WHERE payroll.amount > 0 AND payroll.employer IS NOT NULL
            AND payroll.month BETWEEN $period_from AND $period_to
          UNION ALL
          SELECT COALESCE(payroll_placed.employer, '') AS unit, payroll_placed.month AS month,
            COALESCE(payroll_placed.person_id, CONCAT('row ', CAST(payroll_placed.row_no AS TEXT))) AS head
          FROM payroll_placed
          WHERE payroll_placed.amount > 0
        ) AS pay
        GROUP BY pay.unit, pay.month
        """,
        "SELECT DISTINCT COALESCE(payroll_cover.employer, '') AS unit, payroll_cover.month AS month FROM payroll_cover",
        """
        SELECT COALESCE(attendance_employer.employer, '') AS unit, attendance_employer.month AS month,
          COUNT(DISTINCT COALESCE(attendance.person_id, CONCAT('row ', CAST(attendance._row AS TEXT)))) AS heads
        FROM attendance_employer
        JOIN attendance ON attendance._row = attendance_employer.row_no
        WHERE attendance_employer.days_present > 0
        GROUP BY COALESCE(attendance_employer.employer, ''), attendance_employer.month
        """,
        """
        SELECT DISTINCT attendance_employer.employer AS unit, attendance_employer.month AS month
        FROM attendance_employer
        """,
    ),
    _Roll(
        "workshop_workers",
        "workshop",
        "workshop_id",
        "workshop",
        "workshop_payroll",
        """
        SELECT COALESCE(workshop_payroll.workshop_id, '') AS unit, workshop_payroll.month AS month,
          COUNT(DISTINCT COALESCE(workshop_payroll.person_id, CONCAT('row ', CAST(workshop_payroll._row AS TEXT))))
            AS heads
        FROM workshop_payroll
        WHERE workshop_payroll.amount > 0
        GROUP BY COALESCE(workshop_payroll.workshop_id, ''), workshop_payroll.month
        """,
        """
        SELECT DISTINCT COALESCE(workshop_payroll.workshop_id, '') AS unit, workshop_payroll.month AS month
        FROM workshop_payroll
        """,
    ),
)

# Of each person in each unit and month: at the start, joined, left, at the end, on any day.
_PEOPLE = """
  SELECT span.unit AS unit, span.name AS name, span.head AS head, period_month.month AS month,
    MAX(CASE WHEN (span.hired IS NULL OR span.hired < period_month.month)
      AND (span.gone IS NULL OR span.gone >= period_month.month) THEN 1 ELSE 0 END) AS opening,
    MAX(CASE WHEN span.hired = period_month.month THEN 1 ELSE 0 END) AS joined,
    MAX(CASE WHEN span.gone = period_month.month THEN 1 ELSE 0 END) AS departed,
    MAX(CASE WHEN (span.hired IS NULL OR span.hired <= period_month.month)
      AND (span.gone IS NULL OR span.gone > period_month.month) THEN 1 ELSE 0 END) AS closing,
    MAX(CASE WHEN (span.hired IS NULL OR span.hired <= period_month.month)
      AND (span.gone IS NULL OR span.gone >= period_month.month) THEN 1 ELSE 0 END) AS active
  FROM ({spans}) AS span
  CROSS JOIN period_month
  GROUP BY span.unit, span.name, span.head, period_month.month
"""
_SPANS = """
  SELECT {ledger}._row AS row_no, COALESCE({ledger}.{unit}, '') AS unit, COALESCE(named.name, '') AS name,
    COALESCE({ledger}.person_id, CONCAT('row ', CAST({ledger}._row AS TEXT))) AS head,
    CAST(DATE_TRUNC('month', {ledger}.hired_on) AS DATE) AS hired,
    CAST(DATE_TRUNC('month', {ledger}.left_on) AS DATE) AS gone
  FROM {ledger}
  LEFT JOIN (
    SELECT {ledger}.{unit} AS unit, MIN({ledger}.{name}) AS name FROM {ledger} GROUP BY {ledger}.{unit}
  ) AS named ON named.unit = {ledger}.{unit}
"""
_LINES = """
  SELECT people.unit AS unit, people.name AS name, people.month AS month, SUM(people.opening) AS opening,
    SUM(people.joined) AS joined, SUM(people.departed) AS departed, SUM(people.closing) AS closing,
    SUM(people.active) AS active
  FROM ({people}) AS people
  GROUP BY people.unit, people.name, people.month
"""
_CONTRADICTIONS = """
  SELECT DISTINCT span.unit AS unit, span.name AS name, span.head AS head, people.month AS month,
    span.row_no AS row_no, CASE WHEN span.gone < span.hired THEN 1 ELSE 0 END AS reversed
  FROM ({people}) AS people
  JOIN ({spans}) AS span ON span.unit = people.unit AND span.head = people.head
  WHERE people.opening + people.joined - people.departed <> people.closing
"""
_UNDATED = (
    "SELECT span.unit AS unit, span.name AS name, span.row_no AS row_no FROM ({spans}) AS span WHERE span.hired IS NULL"
)


def roll_forward(relations: Relations) -> tuple[RollForward, ...]:
    """The check of the posts and of the workshops' rolls, by month of the period.

    Raises:
        EngineError: a query failed or took too long.
    """
    return tuple(_rolled(roll, relations) for roll in _ROLLS)


def _rolled(roll: _Roll, relations: Relations) -> RollForward:
    present = relations.tables.present
    paid_by = roll.paid_by if roll.paid_by in present else None
    attended_by = "attendance" if roll.attended is not None and "attendance" in present else None
    table = present.get(roll.ledger)
    if table is None:
        reason = NotReconciled("rule-ledger-missing", {"ledger": roll.ledger})
        return RollForward(roll.ledger, roll.unit_kind, paid_by, attended_by, reasons=(reason,))
    if missing := [column for column in (roll.unit, "hired_on") if column not in table.columns]:
        reasons = [NotReconciled("rule-column-missing", {"ledger": roll.ledger, "column": name}) for name in missing]
        return RollForward(roll.ledger, roll.unit_kind, paid_by, attended_by, reasons=tuple(reasons))
    spans = _SPANS.format(ledger=roll.ledger, unit=roll.unit, name=roll.name)
    people = _PEOPLE.format(spans=spans)
    paid = _heads(roll.paid, roll.paid_cover, relations) if paid_by else {}
    attended: Mapping[tuple[str, str], int] = {}
    if attended_by and roll.attended and roll.attended_cover:
        attended = _heads(roll.attended, roll.attended_cover, relations)
    lines = []
    for row in _rows(_LINES.format(people=people), relations):
        unit, month = Unit(roll.unit_kind, str(row["unit"]), str(row["name"])), _month(row["month"])
        lines.append(
            RollLine(
                unit=unit,
                month=month,
                opening=_count(row["opening"]),
                joined=_count(row["joined"]),
                left=_count(row["departed"]),
                closing=_count(row["closing"]),
                active=_count(row["active"]),
                paid=paid.get((unit.id, month)),
                attended=attended.get((unit.id, month)),
            )
        )
    return RollForward(
        roll.ledger,
        roll.unit_kind,
        paid_by,
        attended_by,
        tuple(sorted(lines, key=lambda line: (line.unit, line.month))),
        (*_contradictions(roll, spans, people, relations), *_undated(roll, spans, relations)),
    )


def _contradictions(roll: _Roll, spans: str, people: str, relations: Relations) -> tuple[Contradiction, ...]:
    """One for each person in each unit, in order of unit and first row."""
    months: dict[tuple[Unit, str], set[str]] = {}
    rows: dict[tuple[Unit, str], set[int]] = {}
    reversed_: set[tuple[Unit, str]] = set()
    for row in _rows(_CONTRADICTIONS.format(people=people, spans=spans), relations):
        key = Unit(roll.unit_kind, str(row["unit"]), str(row["name"])), str(row["head"])
        months.setdefault(key, set()).add(_month(row["month"]))
        rows.setdefault(key, set()).add(_count(row["row_no"]))
        if row["reversed"]:
            reversed_.add(key)
    found = [
        Contradiction(
            "roll-reversed" if key in reversed_ else "roll-twice",
            key[0],
            tuple(sorted(months[key])),
            tuple(RowRef(roll.ledger, number) for number in sorted(rows[key])),
        )
        for key in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.unit, one.rows)))


def _undated(roll: _Roll, spans: str, relations: Relations) -> tuple[Contradiction, ...]:
    found = [
        Contradiction(
            "roll-undated",
            Unit(roll.unit_kind, str(row["unit"]), str(row["name"])),
            (),
            (RowRef(roll.ledger, _count(row["row_no"])),),
        )
        for row in _rows(_UNDATED.format(spans=spans), relations)
    ]
    return tuple(sorted(found, key=lambda one: (one.unit, one.rows)))


def _heads(query: str, cover: str, relations: Relations) -> Mapping[tuple[str, str], int]:
    """Heads by unit and month: nobody where the ledger covers them and has none, absent where it does not."""
    heads = {(str(row["unit"]), _month(row["month"])): 0 for row in _rows(cover, relations) if row["month"]}
    for row in _rows(query, relations):
        if row["month"]:
            heads[str(row["unit"]), _month(row["month"])] = _count(row["heads"])
    return heads


def _rows(query: str, relations: Relations) -> Sequence[Mapping[str, object]]:
    found: list[dict[str, object]] = relations.rows(query, TextPlace("reconcile/roll_forward")).to_pylist()
    return found


def _month(value: object) -> str:
    return value.strftime("%Y-%m") if isinstance(value, date) else ""


def _count(value: object) -> int:
    return int(str(value))
