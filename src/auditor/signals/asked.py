"""Which relations a rule asks for: a built-in one that costs something is computed only where it is asked for."""

from __future__ import annotations

from auditor.rules import Rule, RuleSet, tables_read, terms_used
from auditor.rules.compiling import condition_tables_read


def relations_asked(rule: Rule, ruleset: RuleSet) -> frozenset[str]:
    """The ledgers, terms and built-in relations that `rule` reads, itself or through a term, in any of its queries."""
    queries = [*rule.selects, *(term.query for term in terms_used(rule, ruleset))]
    read = {name for query in queries for name in tables_read(query)}
    for part in rule.evidence:
        read.update(condition_tables_read(part.where), (part.relation,))
    return frozenset(read)
