"""One query of a file, wholly checked: takes its text and place, gives what it reads and puts out, and its problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlglot import exp
from sqlglot.errors import UnsupportedError

from auditor.documents import Document, Path
from auditor.errors import Argument, Problem
from auditor.ledgers import Catalogue
from auditor.rules.compiling import BUILT_IN_DATES, BUILT_IN_PLACEHOLDERS, Filling, filled, rendered, searched_for
from auditor.rules.dating import as_of_faults, plain_use
from auditor.rules.model import EVIDENCE_FILE, EVIDENCE_REFERENCE, IDENTITY_MENTION, PICTURE_ALIKE, Parameter
from auditor.rules.parsing import Fault, Sql, SqlRefused, parse_condition, parse_select
from auditor.rules.resolving import Columns, Meaning, resolve_condition, resolve_select
from auditor.rules.suggesting import nearest
from auditor.rules.vetting import vet

FIRED = "fired"
"""The signals of the rules that a rule needs (`needs_signals`, `any_signals`), and of no others."""

BUILT_IN_RELATIONS: Mapping[str, tuple[str, ...]] = {
    "period_month": ("month", "first_day", "last_day", "days"),
    "identity_number": ("person_id", "valid", "birth_date", "sex"),
    FIRED: ("rule", "subject", "period"),
    IDENTITY_MENTION: ("ledger", "row_no", "column_name", "person_id", "name"),
    EVIDENCE_REFERENCE: ("ledger", "row_no", "column_name", "file_name", "path", "content", "picture"),
    EVIDENCE_FILE: ("path", "file_name", "content", "picture"),
    PICTURE_ALIKE: ("picture", "other", "distance"),
}
"""`period_month(month DATE, first_day DATE, last_day DATE, days BIGINT)`: the months of the period.

`identity_number(person_id VARCHAR, valid BOOLEAN, birth_date DATE, sex VARCHAR)`: each different number of any person
column of any ledger, valid or not on the audit date; birth date and sex (男, 女) are NULL where it is not.

`identity_mention(ledger VARCHAR, row_no BIGINT, column_name VARCHAR, person_id VARCHAR, name VARCHAR)`: each cell of
any person column of any ledger that holds a number, with the name beside it (NULL where there is none).

`evidence_reference(ledger VARCHAR, row_no BIGINT, column_name VARCHAR, file_name VARCHAR, path VARCHAR, content
VARCHAR, picture VARCHAR)`: each file that a cell of any ledger names as evidence, a row for each file of the upload
that the name means; path, content (SHA-256) and picture (perceptual hash of a photo) are NULL where it holds none.

`evidence_file(path VARCHAR, file_name VARCHAR, content VARCHAR, picture VARCHAR)`: each file of the upload that is no
spreadsheet and no archive.

`picture_alike(picture VARCHAR, other VARCHAR, distance BIGINT)`: the perceptual hashes of the upload that differ in at
most `photo_distance` bits, each with itself too, both ways.
"""

ROW = "_row"
"""Every ledger's row number: tells rows apart within a query, needs no declaring, and says nothing about the row."""

SIGNAL = "signal"
"""The relation of a rule's own result, in the conditions of its evidence."""

_SAMPLES: Mapping[str, Filling] = {
    "int": 1,
    "decimal": Decimal("0.5"),
    "date": date(2022, 1, 1),
    "words": ("a", "b"),
}
# After these the names of a query can still be resolved: one mistake should not hide the others.
_HARMLESS = frozenset(
    {"select-star", "sql-limit", "not-in-select", "function-refused", "sql-not-repeatable", "cast-refused"}
)


@dataclass(frozen=True, slots=True)
class TermFacts:
    """What is known of a term: its output columns (None: it is broken), and all it reads, through other terms too."""

    outputs: Columns
    columns: Mapping[str, frozenset[str]]
    parameters: frozenset[str]
    terms: tuple[str, ...]
    undated: frozenset[str] = frozenset()
    built_in: frozenset[str] = frozenset()

    @property
    def sound(self) -> bool:
        """Whether the term may be used."""
        return self.outputs is not None


@dataclass(frozen=True, slots=True)
class Context:
    """What the queries of a rule may speak of."""

    catalogue: Catalogue
    terms: Mapping[str, TermFacts]
    parameters: Mapping[str, Parameter]

    def relations(self) -> dict[str, Columns]:
        """Every relation that a query may name, with its columns."""
        found: dict[str, Columns] = dict(BUILT_IN_RELATIONS)
        found.update({name: (*ledger.columns, ROW) for name, ledger in self.catalogue.items()})
        found.update({name: term.outputs for name, term in self.terms.items()})
        return found


@dataclass(frozen=True, slots=True)
class QueryFacts:
    """A checked query.

    Attributes:
        outputs: its output columns, or None where it could not be parsed.
        ledgers: ledger → where it is first named.
        columns: (ledger, column) → where it is first read.
        terms: term → where it is first named.
        built_in: the built-in relations that it names.
        placeholders: parameter → where it first stands (the built-in ones left out).
        undated: parameter that changes in time → where it first stands outside of AS_OF.
        reads_signal: whether it speaks of the rule's own result.
        problems: what is wrong with it.
    """

    path: Path
    document: Document
    outputs: Columns = None
    ledgers: Mapping[str, Fault] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], Fault] = field(default_factory=dict)
    terms: Mapping[str, Fault] = field(default_factory=dict)
    built_in: frozenset[str] = frozenset()
    placeholders: Mapping[str, Fault] = field(default_factory=dict)
    undated: Mapping[str, Fault] = field(default_factory=dict)
    reads_signal: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether what it reads is known."""
        return self.outputs is not None

    def problem(self, code: str, at: Fault, /, **args: Argument) -> Problem:
        """The problem `code` at the place of `at` in this query."""
        return Problem(code, self.document.inside(self.path, at.line, at.column), args)


def _placeholder_faults(sql: Sql, parameters: Mapping[str, Parameter]) -> Iterator[Fault]:
    for node in sql.tree.find_all(exp.Placeholder):
        if not node.meta.get("ours") or node.name in BUILT_IN_PLACEHOLDERS:
            continue
        parameter = parameters.get(node.name)
        if parameter is None:
            known = [*parameters, *BUILT_IN_PLACEHOLDERS]
            suggestion = nearest(node.name, known)
            yield sql.fault("parameter-unknown", node, parameter=node.name, suggestion=suggestion)
            continue
        in_ = node.parent if isinstance(node.parent, exp.In) and node is not node.parent.this else None
        if parameter.type == "words" and in_ is None and not searched_for(node):
            yield sql.fault("parameter-words", node, parameter=node.name)
        elif parameter.type != "words" and in_ is not None and in_.args.get("field") is node:
            yield sql.fault("parameter-not-words", node, parameter=node.name)


def _spark_faults(sql: Sql, parameters: Mapping[str, Parameter]) -> Iterator[Fault]:
    fill: dict[str, Filling] = {"county": "", **dict.fromkeys(BUILT_IN_DATES, date(2022, 1, 1))}
    fill.update({name: _SAMPLES.get(parameter.type, 1) for name, parameter in parameters.items()})
    try:
        rendered(filled(sql, fill), "spark")
    except UnsupportedError as error:
        yield Fault("spark-unsupported", 1, 1, {"detail": str(error)})


def check_query(
    text: str,
    document: Document,
    path: Path,
    context: Context,
    *,
    signal: Columns = None,
    visible: Sequence[str] | None = None,
) -> QueryFacts:
    """Checks the SELECT at `path`, or the condition over the relations `visible`; `signal`: the rule's outputs."""
    try:
        sql = parse_select(text) if visible is None else parse_condition(text)
    except SqlRefused as refused:
        return QueryFacts(path, document, problems=_placed(document, path, refused.faults))
    faults = list(vet(sql))
    meaning: Meaning | None = None
    if all(fault.code in _HARMLESS for fault in faults):
        relations = context.relations()
        if visible is None:
            meaning = resolve_select(sql, relations)
        else:
            relations[SIGNAL] = signal
            meaning = resolve_condition(sql, relations, visible)
        faults.extend(meaning.faults)
    faults.extend(_placeholder_faults(sql, context.parameters))
    faults.extend(as_of_faults(sql, context.parameters, context.catalogue))
    if not faults:
        faults.extend(_spark_faults(sql, context.parameters))
    if meaning is None:
        return QueryFacts(path, document, problems=_placed(document, path, faults))
    names = {name: sql.fault("", node) for name, node in meaning.tables.items()}
    return QueryFacts(
        path,
        document,
        outputs=meaning.outputs,
        ledgers={name: at for name, at in names.items() if name in context.catalogue},
        columns={
            key: sql.fault("", node.this)
            for key, node in meaning.columns.items()
            if key[0] in context.catalogue and key[1] != ROW
        },
        terms={name: at for name, at in names.items() if name in context.terms},
        built_in=frozenset(names) & frozenset(BUILT_IN_RELATIONS),
        placeholders={
            name: sql.fault("", node) for name, node in sql.placeholders().items() if name not in BUILT_IN_PLACEHOLDERS
        },
        undated=plain_use(sql, context.parameters),
        reads_signal=any(relation == SIGNAL for relation, _ in meaning.columns),
        problems=_placed(document, path, faults),
    )


def _placed(document: Document, path: Path, faults: Sequence[Fault]) -> tuple[Problem, ...]:
    return tuple(Problem(f.code, document.inside(path, f.line, f.column), f.args) for f in faults)
