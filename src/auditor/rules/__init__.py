"""Rule files to frozen rules: takes folders of YAML, gives a `RuleSet` and every author's mistake with its place.

Knows the queries only as text and trees (SQLGlot): no engine. `signals` runs what is loaded here.
"""

from auditor.rules.compiling import (
    BUILT_IN_PLACEHOLDERS,
    Filling,
    columns_given,
    compile_condition,
    compile_query,
    placeholders_used,
    tables_read,
)
from auditor.rules.loading import default_folders, lint, load_candidate, load_rules
from auditor.rules.model import (
    Basis,
    BrokenRule,
    Case,
    Covers,
    EvidenceQuery,
    FalsePositive,
    Loaded,
    Needs,
    Parameter,
    ParameterValue,
    Rule,
    RuleSet,
    Status,
    Term,
    Text,
    Violation,
)
from auditor.rules.parameters import Resolved, parse_value, resolve
from auditor.rules.persona import expand, person_number
from auditor.rules.profiles import check_profile, existing_folders
from auditor.rules.queries import BUILT_IN_RELATIONS, FIRED, SIGNAL
from auditor.rules.statements import Compared, Matching, StatementCase, StatementRule, StatementSide
from auditor.rules.strata import in_strata, with_needed
from auditor.rules.tabular import case_files, case_table
from auditor.rules.terms import terms_named, terms_used

__all__ = [
    "BUILT_IN_PLACEHOLDERS",
    "BUILT_IN_RELATIONS",
    "FIRED",
    "SIGNAL",
    "Basis",
    "BrokenRule",
    "Case",
    "Compared",
    "Covers",
    "EvidenceQuery",
    "FalsePositive",
    "Filling",
    "Loaded",
    "Matching",
    "Needs",
    "Parameter",
    "ParameterValue",
    "Resolved",
    "Rule",
    "RuleSet",
    "StatementCase",
    "StatementRule",
    "StatementSide",
    "Status",
    "Term",
    "Text",
    "Violation",
    "case_files",
    "case_table",
    "check_profile",
    "columns_given",
    "compile_condition",
    "compile_query",
    "default_folders",
    "existing_folders",
    "expand",
    "in_strata",
    "lint",
    "load_candidate",
    "load_rules",
    "parse_value",
    "person_number",
    "placeholders_used",
    "resolve",
    "tables_read",
    "terms_named",
    "terms_used",
    "with_needed",
]
