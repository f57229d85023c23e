"""Dirt changes no fact: a county laid out anew gives the very signals of its tidy ledgers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from tests.layouts.counties import relay, tables_of

from auditor.intake import read_upload
from auditor.ledgers import default_catalogue
from auditor.pipeline import load_catalogues
from auditor.profile import Profile, load_profile
from auditor.signals import run_rules
from auditor.tables import DuckEngine, Tables, build_tables

SAMPLES = Path(__file__).resolve().parents[2] / "sample_ledgers"


def _signals(tables: Tables, profile: Profile) -> Counter[tuple[str, str, str, str | None]]:
    run = run_rules(load_catalogues().rules, tables, profile)
    return Counter((one.rule, one.subject.kind, one.subject.id, one.period) for one in run.signals)


@cache
def _tidy(county: str) -> tuple[Tables, Profile, Counter[tuple[str, str, str, str | None]]]:
    profile = load_profile(SAMPLES / county / "profile.yaml", today=date(2022, 12, 31))
    upload = read_upload([SAMPLES / county / "upload"], default_catalogue())
    tables = build_tables(upload.readings, default_catalogue(), DuckEngine())
    return tables, profile, _signals(tables, profile)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("county", ["clean", "planted"])
def test_laid_out_anew_a_county_gives_the_same_signals(county: str, seed: int) -> None:
    tidy, profile, signals = _tidy(county)
    assert bool(signals) == (county == "planted")
    with DuckEngine() as engine:
        tables = tables_of(relay(tidy, seed), default_catalogue(), engine)
        assert {name: table.rows for name, table in tables.present.items()} == {
            name: table.rows for name, table in tidy.present.items()
        }
        assert _signals(tables, profile) == signals
