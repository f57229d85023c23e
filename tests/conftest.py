"""Hypothesis for all tests: no deadline, since no test here is about speed, and a busy machine is no defect."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("auditor", settings(), deadline=None)
settings.load_profile("auditor")
