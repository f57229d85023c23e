"""The command line: a thin door. Commands import the product inside the function, so that `--help` is instant."""

from auditor.cli.app import main

__all__ = ["main"]
