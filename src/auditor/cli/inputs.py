"""What several commands take alike: paths and the profile."""

from __future__ import annotations

import sys
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import click

from auditor.errors import ProfileError, raise_if
from auditor.ledgers import default_catalogue, resource_dir
from auditor.maps import check_map, load_map
from auditor.profile import Profile, default_profile, load_profile, with_map

paths_argument = click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))


def _password(_: click.Context, __: click.Parameter, wanted: bool) -> str | None:
    """The first line of standard input; a person is asked for it, and sees nothing of what is typed."""
    if not wanted:
        return None
    if sys.stdin.isatty():
        asked: str = click.prompt("密码 password", hide_input=True, err=True)
        return asked
    return sys.stdin.readline().removeprefix("\ufeff").rstrip("\r\n") or None


# Never an argument or a variable of the environment, which others on the machine can see.
password_option = click.option(
    "--password-stdin",
    "password",
    is_flag=True,
    expose_value=True,
    callback=_password,
    help="从标准输入读取工作簿或压缩包的密码（不保存）read the password of workbooks and zips from standard input",
)

map_option = click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path),
    help="对应表：指定工作表、表头、代码 a map that settles sheets, headers and codes (YAML)",
)


def profile_of(file: Path | None, as_of: date | None, map_file: Path | None = None) -> Profile:
    """The profile of `file`, or the default one; the as-of date and the map of the command line win.

    Args:
        file: a path, or the name of a profile that ships with the product (`chongqing`); a file of that name wins.
        as_of: the date of the command line.
        map_file: the map of the command line.

    Raises:
        ProfileError: a file is wrong, or there is neither such a file nor such a name.
    """
    today = date.today()  # noqa: DTZ011  the as-of date is the local calendar's
    if file is None:
        profile = default_profile(as_of or today)
    else:
        profile = load_profile(_shipped(file) or file, today=today, as_of=as_of)
    if map_file is None:
        return profile
    settled = load_map(map_file)
    raise_if(check_map(settled, default_catalogue()), ProfileError)
    return with_map(profile, settled)


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
