"""Texts of inference."""

from __future__ import annotations

from auditor.messages.base import Texts

TEXTS: Texts = {}
