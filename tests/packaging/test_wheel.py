"""The wheel, installed where nothing of the checkout can be reached, is a working auditor.

The environment is empty but for the wheel; the packages it needs are borrowed from the running one by a path file, so
that no network is needed. `.ci/wheel` does the same with a real environment made from the lock.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Sequence
from email import message_from_bytes
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]


def run(command: Sequence[str | Path], cwd: Path) -> str:
    """Output of a command that must succeed, run without this checkout on the path."""
    clean = {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    }
    done = subprocess.run(
        command,
        cwd=cwd,
        env=clean,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by hatchling from this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment that holds the wheel and, by a path file, the packages it depends on."""
    env = tmp_path_factory.mktemp("env")
    run([sys.executable, "-m", "venv", "--without-pip", env], env)
    python = env / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel)
    run(pip, env)
    site = Path(run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], env).strip())
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return env / "bin"


def test_rules_and_checks_are_inside(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    shipped = [path for name in ("rules", "checks") for path in (ROOT / name).rglob("*") if path.is_file()]
    assert len(shipped) > 30
    assert [p for p in shipped if f"auditor/catalogue/{p.relative_to(ROOT).as_posix()}" not in inside] == []
    assert "auditor/py.typed" in inside


def test_metadata_refuses_python_3_13(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = message_from_bytes(archive.read(name))
    assert metadata["License-Expression"] == "Apache-2.0"
    versions = SpecifierSet(metadata["Requires-Python"])
    assert [v for v in ("3.10.14", "3.11.2", "3.12.9", "3.13.0", "3.14.0") if v in versions] == ["3.11.2", "3.12.9"]


def test_it_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    origin = run([installed / "python", "-c", "import auditor; print(auditor.__file__)"], tmp_path)
    assert Path(origin.strip()).is_relative_to(installed.parent)
    assert "0.1.0" in run([installed / "auditor", "--version"], tmp_path)
    ledgers = run([installed / "auditor", "ledgers", "list"], tmp_path)
    assert "payroll" in ledgers
    assert "公益性岗位考勤表" in ledgers
    rules = run([installed / "auditor", "rules", "list"], tmp_path)
    assert [f"GP{n:02d}" for n in range(1, 11) if f"GP{n:02d}" not in rules] == []


def test_it_audits_from_another_folder(installed: Path, tmp_path: Path) -> None:
    sample = ROOT / "sample_ledgers" / "clean"
    run(
        [
            *(installed / "auditor", "audit", sample / "upload"),
            *("--profile", sample / "profile.yaml", "--out", tmp_path / "out"),
        ],
        tmp_path,
    )
    assert (tmp_path / "out" / "findings.jsonl").is_file()
