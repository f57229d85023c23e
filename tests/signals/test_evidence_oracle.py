"""The rules on evidence against the words of the catalogue, told again in plain Python over small random ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.intake.files.sources import role_of
from auditor.intake.raw import SourceFile
from auditor.ledgers import default_catalogue
from auditor.profile import Period, Profile
from auditor.rules import RuleSet, case_table, person_number
from auditor.signals import run_rules
from auditor.tables import DuckEngine, build_tables
from auditor.trials import case_reading

PROFILE = Profile(as_of=date(2022, 12, 31), period=Period(date(2022, 1, 1), date(2022, 12, 1)))
DISTANCE = 6
# Base names; each stands in no folder, in one, or in two, with one of a few contents.
NAMES = ("a.jpg", "b.JPG", "c.png", "d.pdf", "e.jpeg")
PICTURES = ("0000000000000000", "000000000000003f", "0000000000000fff", "00000000000000ff", None)
PEOPLE = ("甲", "乙", "丙")
FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])

CELLS = st.lists(st.sampled_from((*NAMES, "x.jpg", "y.pdf")), max_size=2)
FILES = st.dictionaries(
    st.sampled_from([f"{folder}{name}" for name in NAMES for folder in ("", "东/", "西.zip/")]),
    st.integers(0, len(PICTURES) - 1),
    max_size=7,
)


@dataclass(frozen=True, slots=True)
class Held:
    """The files of an upload, each content with its own picture."""

    contents: dict[str, int]

    @property
    def files(self) -> list[SourceFile]:
        return [SourceFile(path, 1, f"content {n}", role_of(path), PICTURES[n]) for path, n in self.contents.items()]

    def named(self, names: Sequence[str]) -> list[tuple[str, int]]:
        """Path and content of each file that one of `names` means."""
        wanted = {name.casefold() for name in names}
        return [(path, n) for path, n in self.contents.items() if path.rsplit("/")[-1].casefold() in wanted]


def fired(engine: DuckEngine, shipped: RuleSet, rule: str, held: Held, **ledgers: str) -> set[str]:
    catalogue = default_catalogue()
    readings = [case_reading(catalogue[name], case_table(text)) for name, text in ledgers.items()]
    alone = replace(shipped, rules=MappingProxyType({rule: shipped.rules[rule]}))
    # A file that nobody names: the rules say nothing of an upload without any.
    files = [*held.files, SourceFile("说明.docx", 1, "说明", "attachment")]
    signals = run_rules(alone, build_tables(readings, catalogue, engine, files=files), PROFILE).signals
    return {signal.subject.id for signal in signals}


def alike(one: int, other: int) -> bool:
    first, second = PICTURES[one], PICTURES[other]
    if one == other:
        return True
    if first is None or second is None:
        return False
    return (int(first, 16) ^ int(second, 16)).bit_count() <= DISTANCE


@FEW
@given(
    FILES,
    st.lists(st.tuples(st.sampled_from(["C1", "C2", ""]), st.sampled_from(["01", "02", ""]), CELLS), max_size=6),
)
def test_ne08(
    engine: DuckEngine, shipped: RuleSet, contents: dict[str, int], visits: list[tuple[str, str, list[str]]]
) -> None:
    """A photo of one visit is, or looks like, one of a visit to another workshop or of another day."""
    held = Held(contents)
    photos = [
        (workshop, day, n)
        for workshop, day, names in visits
        for path, n in held.named(names)
        if path.casefold().endswith((".jpg", ".jpeg", ".png"))
    ]
    wanted = {
        workshop
        for workshop, day, n in photos
        for other, other_day, m in photos
        if workshop and alike(n, m) and ((other and other != workshop) or (day and other_day and day != other_day))
    }
    rows = [f"{w} | {day and f'2022-11-{day}'} | 是 | 3 | {'；'.join(names)}" for w, day, names in visits]
    table = "\n".join(["workshop_id | visited_on | operating | heads_on_site | evidence", *rows])

    assert fired(engine, shipped, "NE08", held, workshop_visits=table) == wanted


@FEW
@given(FILES, st.lists(st.tuples(st.integers(0, 2), st.sampled_from(PEOPLE), CELLS), max_size=7))
def test_ev02(
    engine: DuckEngine, shipped: RuleSet, contents: dict[str, int], rows: list[tuple[int, str, list[str]]]
) -> None:
    """One content is evidence for two or more people in three ledgers together."""
    held = Held(contents)
    stands_for: dict[int, set[str]] = {}
    for _, person, names in rows:
        for _, n in held.named(names):
            stands_for.setdefault(n, set()).add(person)
    wanted = {person_number(person) for people in stands_for.values() if len(people) > 1 for person in people}
    kinds = (
        ("posts", "employer | hired_on"),
        ("migrant_work", "work_place | left_on"),
        ("labour_cooperation", "employer | started_on"),
    )
    ledgers = {}
    for kind, (ledger, columns) in enumerate(kinds):
        here = [f"@{p} | {p} | 某 | 2022-01-01 | {'、'.join(names)}" for at, p, names in rows if at == kind]
        ledgers[ledger] = "\n".join([f"person_id | name | {columns} | evidence", *here])

    assert fired(engine, shipped, "EV02", held, **ledgers) == wanted


@FEW
@given(FILES, st.lists(st.tuples(st.sampled_from(PEOPLE), CELLS), max_size=6))
def test_lc03(
    engine: DuckEngine, shipped: RuleSet, contents: dict[str, int], rows: list[tuple[str, list[str]]]
) -> None:
    """No row of the person, of whatever party, names a file that is there."""
    held = Held(contents)
    has = {person for person, names in rows if held.named(names)}
    wanted = {person_number(person) for person, _ in rows} - {person_number(person) for person in has}
    body = [f"人社 | @{p} | {p} | 某厂 | 2022-01-01 | {','.join(names)}" for p, names in rows]
    table = "\n".join(["party | person_id | name | employer | started_on | evidence", *body])

    assert fired(engine, shipped, "LC03", held, labour_cooperation=table) == wanted


@FEW
@given(
    FILES,
    st.lists(st.tuples(st.sampled_from(["W1", "W2", "W3"]), st.sampled_from(["已销号", "整改中"]), CELLS), max_size=6),
)
def test_rc02_and_ev01(
    engine: DuckEngine, shipped: RuleSet, contents: dict[str, int], rows: list[tuple[str, str, list[str]]]
) -> None:
    """A closed row names no file that is there; and each name that no file bears is told once."""
    held = Held(contents)
    closed = {issue for issue, status, names in rows if status == "已销号" and not held.named(names)}
    missing = {name for _, _, names in rows for name in names if not held.named([name])}
    body = [f"{issue} | 某 | 2022-01-01 | 2022-02-01 | {status} | {';'.join(names)}" for issue, status, names in rows]
    table = "\n".join(["issue_no | problem | found_on | due_on | status | evidence", *body])

    assert fired(engine, shipped, "RC02", held, rectifications=table) == closed
    assert fired(engine, shipped, "EV01", held, rectifications=table) == missing
