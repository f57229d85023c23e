"""What several commands take alike: paths and the profile."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path

import click

from auditor.errors import ProfileError
from auditor.ledgers import resource_dir
from auditor.profile import Profile, default_profile, load_profile

paths_argument = click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))


def profile_of(file: Path | None, as_of: date | None) -> Profile:
    """The profile of `file`, or the default one; the as-of date of the command line wins.

    Args:
        file: a path, or the name of a profile that ships with the product (`chongqing`); a file of that name wins.
        as_of: the date of the command line.

    Raises:
        ProfileError: the file is wrong, or there is neither such a file nor such a name.
    """
    today = date.today()  # noqa: DTZ011  the as-of date is the local calendar's
    if file is None:
        return default_profile(as_of or today)
    return load_profile(_shipped(file) or file, today=today, as_of=as_of)


def shipped_profiles() -> dict[str, Path]:
    """The profiles that ship with the product, by name."""
    return {path.stem: path for path in sorted((resource_dir("rules") / "profiles").glob("*.yaml"))}


def _shipped(file: Path) -> Path | None:
    name = str(file)
    if file.exists() or file.suffix or file.name != name:
        return None
    known = shipped_profiles()
    if name not in known:
        near = get_close_matches(name, known, 1, 0.4)
        suggestion = near[0] if near else ", ".join(known)
        raise ProfileError.at("profile-unknown", name, name=name, suggestion=suggestion)
    return known[name]
