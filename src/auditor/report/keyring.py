"""The key of the pseudonyms: made once for a data directory, readable by its owner alone.

An identity number has so few unknown digits that a plain hash of it is as good as the number; so keys and finding ids
are HMACs, and the secret stays here. Copy the file to have the same ids on another machine.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from auditor.errors import OutputError

KEY_FILE = "pseudonym.key"
_BYTES = 32


def data_dir(given: Path | None = None) -> Path:
    """The data directory: `given`, else $AUDITOR_DATA, else the user's own (XDG)."""
    if given is not None:
        return given
    named = os.environ.get("AUDITOR_DATA")
    if named:
        return Path(named)
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "auditor"


def pseudonym_key(folder: Path) -> bytes:
    """The key of `folder`, made at the first call.

    Raises:
        OutputError: the folder cannot be written, or the key in it is damaged.
    """
    path = folder / KEY_FILE
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            draft = folder / f".{KEY_FILE}.{secrets.token_hex(4)}"
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(_BYTES))
            try:
                os.link(draft, path)  # fails when another run was quicker: then that key counts
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise OutputError.at("key-unusable", str(path), detail=str(error)) from error
    if len(key) < _BYTES:
        raise OutputError.at("key-unusable", str(path), detail=f"{len(key)} bytes")
    return key
