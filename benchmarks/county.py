"""The whole audit of a county: wall time by stage and the peak memory of all its processes.

`python benchmarks/county.py FOLDER [PROFILE]` audits FOLDER in a process of its own (default: the planted sample) and
prints what `run.json` says of the stages, and the largest resident set of the audit's process and of its children.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MIB = 1024


def main() -> None:
    sample = ROOT / "sample_ledgers" / "planted"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else sample / "upload"
    profile = Path(sys.argv[2]) if len(sys.argv) > 2 else None if len(sys.argv) > 1 else sample / "profile.yaml"
    with tempfile.TemporaryDirectory() as out:
        command = [
            sys.executable,
            "-c",
            _CHILD,
            "audit",
            str(folder),
            "--out",
            out,
            "--data",
            out,
            "--fail-on",
            "never",
        ]
        command += ["--profile", str(profile)] if profile is not None else []
        start = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        wall = time.perf_counter() - start
        if done.returncode:
            sys.exit(done.stderr)
        run = json.loads(Path(out, "run.json").read_text(encoding="utf-8"))
    own, children = (int(part) for part in done.stderr.strip().splitlines()[-1].split()[1:])
    print(f"{folder}: {sum(run['rows'].values())} rows, {len(run['inputs'])} files, {run['counts']}")
    for stage, seconds in run["seconds"].items():
        print(f"  {stage:<10}{seconds:8.2f} s")
    print(f"  {'wall':<10}{wall:8.2f} s (with the start of Python)")
    print(f"  peak resident: {own / MIB:.0f} MiB, largest child {children / MIB:.0f} MiB")


_CHILD = """
import resource, sys
from auditor.cli import main
try:
    main()
finally:
    own, kids = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print("peak", own, kids, file=sys.stderr)
"""

if __name__ == "__main__":
    main()
