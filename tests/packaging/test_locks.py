"""The locks hold what pyproject.toml asks for, every package with its hashes, and name no package index."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("build", "runtime", "dev")


def locked(name: str) -> dict[str, dict[str, str]]:
    """Package → version → the lock's text for it (a package may have a version for each Python)."""
    text = (ROOT / ".ci" / "lock" / f"{name}.txt").read_text("utf-8")
    result: dict[str, dict[str, str]] = {}
    for entry in re.split(r"\n(?=\S)", text.strip()):
        requirement = Requirement(entry.split("\\")[0].strip())
        (pin,) = requirement.specifier
        assert pin.operator == "=="
        result.setdefault(canonicalize_name(requirement.name), {})[pin.version] = entry
    return result


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_hashes_and_no_index_is_named(name: str) -> None:
    entries = [(package, text) for package, versions in locked(name).items() for text in versions.values()]
    assert entries
    assert [package for package, text in entries if "--hash=sha256:" not in text] == []
    assert [package for package, text in entries if re.search(r"://|--index|--extra|--find", text)] == []


@pytest.mark.parametrize("name", ["build", "runtime"])
def test_the_smaller_locks_are_parts_of_the_set_for_tests(name: str) -> None:
    everything = locked("dev")
    for package, versions in locked(name).items():
        assert set(versions) <= set(everything[package]), package


def test_what_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for asked, name in (
        (project["project"]["dependencies"], "runtime"),
        (project["dependency-groups"]["dev"], "dev"),
        (project["build-system"]["requires"], "build"),
    ):
        versions = locked(name)
        for text in asked:
            requirement = Requirement(text)
            pins = versions[canonicalize_name(requirement.name)]
            assert [pin for pin in pins if pin not in requirement.specifier] == [], text


def test_the_set_up_refuses_python_3_13_in_so_many_words(tmp_path: Path) -> None:
    fake = tmp_path / "python3.13"
    fake.write_text("#!/bin/sh\necho 3.13\n", encoding="utf-8")
    fake.chmod(0o755)
    wanted = {"AUDITOR_PYTHON": str(fake), "AUDITOR_VENV": str(tmp_path / "venv")}
    done = subprocess.run(
        ["bash", ".ci/setup"],
        cwd=ROOT,
        env=os.environ | wanted,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 2
    assert "Python 3.13 and later will not do: durable-rules" in done.stderr
    assert not (tmp_path / "venv").exists()
