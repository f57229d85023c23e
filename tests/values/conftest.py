"""Hypothesis without a deadline: how long an example takes says nothing about its result."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
