"""A real browser that opens a page: what the page is after its script ran, and what it asked the network for."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)  # fmt: skip
_OF_THE_BROWSER = "not an origin"  # what the browser asks for by itself has no page as its initiator


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as the browser has it, and the addresses that the page asked for."""

    dom: str
    asked: tuple[str, ...]


def chromium() -> str:
    """The browser; the test is skipped without one."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    return CHROMIUM


def visit(page: str, folder: Path) -> Visit:
    """Open `page` from a file in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    file, log = folder / "page.html", folder / "net.json"
    file.write_text(page, encoding="utf-8")
    done = subprocess.run(
        [chromium(), *QUIET, f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}",
         "--virtual-time-budget=2000", "--dump-dom", file.as_uri()],
        capture_output=True, check=True, timeout=120, encoding="utf-8",
    )  # fmt: skip
    return Visit(done.stdout, tuple(_asked(json.loads(log.read_text(encoding="utf-8")))))


def _asked(log: dict[str, object]) -> Iterator[str]:
    constants, events = log["constants"], log["events"]
    assert isinstance(constants, dict)
    assert isinstance(events, list)
    started = constants["logEventTypes"]["URL_REQUEST_START_JOB"]
    for event in events:
        params = event.get("params", {})
        if event["type"] == started and "url" in params and params["initiator"] != _OF_THE_BROWSER:
            yield str(params["url"])


@contextmanager
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server of this machine: its address, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is written."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
