"""A stable stand-in for an id, by which masked results of different runs can be joined."""

from __future__ import annotations

import hashlib
import hmac

_LENGTH = 16


class Pseudonymiser:
    """Keyed hashes of ids. Without `key` nobody can try out all identity numbers until one fits."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        if not key:
            raise ValueError("a pseudonymiser needs a key that is not empty")
        self._key = key

    def key_of(self, kind: str, id: str) -> str:  # noqa: A002
        """16 hex digits of HMAC-SHA256 for the subject `id` of `kind` (person, workshop, …)."""
        return hmac.new(self._key, f"{kind}\0{id}".encode(), hashlib.sha256).hexdigest()[:_LENGTH]
