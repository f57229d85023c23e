"""Mutation testing of the catalogue: do the cases of rules and statements notice a mistake in a query?"""

from auditor.mutation.mutants import MutationRun, Trial, run_mutants
from auditor.mutation.pool import run_mutants_of_folders

__all__ = ["MutationRun", "Trial", "run_mutants", "run_mutants_of_folders"]
