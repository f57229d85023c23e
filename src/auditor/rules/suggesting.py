"""What an author may have meant."""

from __future__ import annotations

from auditor.values.suggesting import nearest

__all__ = ["nearest"]
