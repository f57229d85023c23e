"""auditor: a compliance checker for the ledgers behind public-welfare posts and assistance workshops.

Data flows one way: files → intake → tables → checks and signals → inference → findings → report. `docs/architecture.md`
draws it; import-linter holds it.
"""

__version__ = "0.1.0"
