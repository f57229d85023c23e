"""A statement's own cases, run: small ledgers to a statement, its figures and open items against what the case says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from auditor.errors import EngineError
from auditor.ledgers import Catalogue
from auditor.reconcile.drawing import reconcile
from auditor.reconcile.model import Gap, Item, Standing, Statement
from auditor.relations import Relations
from auditor.rules import RuleSet, StatementCase, StatementRule, expand
from auditor.tables import Tables
from auditor.trials import CaseResult, EngineFactory, case_profile, case_tables


def run_statement_case(case: StatementCase, statement: StatementRule, ruleset: RuleSet, tables: Tables) -> CaseResult:
    """What `statement`, which need not be the one in `ruleset`, makes of the tables of `case`."""
    name, given = case.given.name, case.given
    catalogue = replace(ruleset, statements=MappingProxyType({**ruleset.statements, statement.id: statement}))
    try:
        with Relations(tables, catalogue, case_profile(given)) as relations:
            drawn = reconcile(relations, (statement.id,), drafts=True).outcomes[statement.id].statement
    except EngineError as error:
        return CaseResult(statement.id, name, error=", ".join(problem.code for problem in error.problems))
    if drawn is None:
        return CaseResult(statement.id, name, ran=False, ran_as_said=given.not_run)
    written = {expand(text): text for text in (*(case.items or ()), *(case.gaps or ()))}
    found = {item_text(item) for item in drawn.items if item.standing is not Standing.MATCHED}
    wanted = found if case.items is None else {expand(text) for text in case.items}
    gaps = {_gap_text(gap) for gap in drawn.gaps}
    said = gaps if case.gaps is None else {expand(text) for text in case.gaps}

    def names(texts: set[str]) -> tuple[str, ...]:
        return tuple(sorted(written.get(text, text) for text in texts))

    figures = figures_of(drawn)
    return CaseResult(
        rule=statement.id,
        name=name,
        missed=names(wanted - found),
        extra=names(found - wanted),
        ran_as_said=not given.not_run,
        gaps_missed=names(said - gaps),
        gaps_extra=names(gaps - said),
        figures=tuple(
            f"{figure} {figures[figure]} ({wish})" for figure, wish in case.figures.items() if figures[figure] != wish
        ),
    )


def run_statement_cases(
    statement: StatementRule, ruleset: RuleSet, catalogue: Catalogue, engine_factory: EngineFactory
) -> tuple[CaseResult, ...]:
    """Run the cases of `statement` on an engine of their own; see `auditor.signals.run_cases`."""
    engine = engine_factory()
    try:
        return tuple(
            run_statement_case(case, statement, ruleset, case_tables(case.given, catalogue, engine))
            for case in statement.cases
        )
    finally:
        engine.close()


def figures_of(statement: Statement) -> dict[str, Decimal | int | None]:
    """The figures that a case may speak of, by name."""
    return {
        "matched": statement.matched,
        "different": statement.different,
        "left_only": statement.left_only,
        "right_only": statement.right_only,
        "duplicates": statement.duplicates,
        "rows_left": statement.left.rows,
        "rows_right": statement.right.rows,
        "unkeyed_left": len(statement.left.unkeyed),
        "unkeyed_right": len(statement.right.unkeyed),
        "people_left": statement.left.people,
        "people_right": statement.right.people,
        "amount_left": statement.left.amount,
        "amount_right": statement.right.amount,
        "amount_difference": statement.amount_difference,
    }


def item_text(item: Item) -> str:
    """An item as a case writes it: `left_only 500299…|2022-03`."""
    return f"{item.standing} {'|'.join('' if part is None else str(part) for part in item.key)}"


def _gap_text(gap: Gap) -> str:
    return "|".join("" if value is None else str(value) for value in gap.unit.values())
