"""What several commands take alike: paths and the profile."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from auditor.profile import Profile, default_profile, load_profile

paths_argument = click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))


def profile_of(file: Path | None, as_of: date | None) -> Profile:
    """The profile of `file`, or the default one; the as-of date of the command line wins.

    Raises:
        ProfileError: the file is wrong.
    """
    today = date.today()  # noqa: DTZ011  the as-of date is the local calendar's
    if file is None:
        return default_profile(as_of or today)
    return load_profile(file, today=today, as_of=as_of)
