"""What a user can call is documented: commands and their options in the README, layers in the architecture."""

from __future__ import annotations

import importlib
import tomllib
from pathlib import Path

import click
import pytest

from auditor.cli.app import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"auditor {name}" in README


def subcommands() -> list[tuple[str, str]]:
    """(command, subcommand) of each group."""
    found = []
    for name, (module, _, _) in COMMANDS.items():
        command = importlib.import_module(module).command
        if isinstance(command, click.Group):
            found += [(name, sub) for sub in command.list_commands(click.Context(command))]
    return found


@pytest.mark.parametrize(("name", "sub"), subcommands())
def test_every_subcommand_stands_in_the_readme(name: str, sub: str) -> None:
    lines = [line for line in README.splitlines() if f"`auditor {name} " in line]
    assert any(sub in line for line in lines)


def test_every_option_of_the_audit_stands_in_the_readme() -> None:
    command = importlib.import_module(COMMANDS["audit"][0]).command
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in README, parameter.opts


def test_every_layer_is_drawn() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    drawn = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for layer in contracts[0]["layers"]:
        for package in layer.split(" | "):
            assert f"`{package}`" in drawn, package
