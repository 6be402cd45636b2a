"""The installed program: put beside the old one, taken into use in one step, and given back.

Under ``/opt/tiendo``, all of it the property of root::

    releases/<version>-<hash>/    the program, and ``environment``: a link to its packages
    environments/<hash>/          the packages of one list of pins
    current, before               links to releases: the one in use, and the one before it
    older-server/                 what stood here when the server still ran what was pushed to it

This server's own scripts are a part of the program: with ``current`` they change, too.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from tiendo_server.settings import FILE, Settings, settings
from tiendo_server.taking_live import NAME, adopted
from tiendo_server.telling import Teller
from tiendo_server.unpacking import Unfit

OPT = Path("/opt/tiendo")
ETC = FILE.parent
BIN = Path("/usr/local/bin")
UNITS = Path("/etc/systemd/system")
LIB = Path("/usr/local/lib/tiendo")
"""Where an older server has its scripts."""
HOME = Path("/srv/tiendo")
ACCOUNT = "tiendo"
SCRIPTS = "site_config/deploy/server"
COMMANDS = ("tiendo-program", "tiendo-publish", "tiendo-rollback")
OLDER = OPT / "older-server"

PARTS = ("LICENSE", "build.py", "mkdocs.yml", "pyproject.toml", "tiendo", "templates")
"""Of a checkout, with the lists of packages, the settings and the pages written by hand."""
LEFT_OUT = shutil.ignore_patterns("__pycache__", "developers", "github", "gitlab", ".*")
CHECKOUT = Path(__file__).resolve().parents[4]
DONE, HINDERED = 0, 2


class NotDone(Exception):
    """What was asked can't be done; the key of its sentence, and facts."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


def main(arguments: Sequence[str]) -> int:  # noqa: C901 - a table of commands
    """Do what an administrator asks; gives the exit code."""
    teller = Teller(_language())
    os.umask(0o022)
    try:
        match arguments:
            case []:
                for name in ("current", "before"):
                    teller.tell(f"program.{name}", name=_target(name) or "–")
            case ["put", *python]:
                print(put(CHECKOUT, Path(*python) if python else None))  # noqa: T201 - for install.sh
            case ["settings", site]:
                made_settings(site)
            case ["take-over"]:
                take_over(teller)
            case ["use", release]:
                use(Path(release))
            case ["start"]:
                start()
            case ["back"]:
                back(teller)
            case _:
                teller.tell("told.no-command", what=" ".join(["program", *arguments]))
                return HINDERED
    except NotDone as error:
        teller.tell(error.key, **error.facts)
        return HINDERED
    except (OSError, subprocess.SubprocessError) as error:
        teller.plain(str(error))
        return HINDERED
    return DONE


# Releases -----------------------------------------------------------------------------------


def put(checkout: Path, python: Path | None) -> Path:
    """Put the program of a checkout, with its packages, beside those that are there.

    Nothing that is in use is touched.  ``python`` has the packages already; without it they are
    installed.

    Raises:
        NotDone: they can't be installed.

    """
    made = OPT / "releases" / ".fresh"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    for name in (*PARTS, *(path.name for path in checkout.glob("requirements*"))):
        _copied(checkout / name, made / name)
    for name in ("site_config", "docs"):
        _copied(checkout / name, made / name)
    for path in made.rglob("*"):
        runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
        path.chmod(0o755 if runs else 0o644)
    release = OPT / "releases" / f"{_version(made)}-{_fingerprint(made)}"
    packages = python.parent.parent if python else _environment(made)
    (made / "environment").symlink_to(packages)
    if _ran(packages / "bin" / "python", "-c", _SUITS, at=made):
        raise NotDone("program.no-packages", folder=packages)
    if release.exists():
        # It is the same, and may be in use; only its packages may have come by another way.
        _linked(release / "environment", packages)
        shutil.rmtree(made)
    else:
        made.rename(release)
    return release


def use(release: Path) -> None:
    """Take a release into use; the one before it can be given back."""
    if (LIB / "publishing.sh").is_file():
        _saved_older_server()
        _linked(OPT / "before", Path(OLDER.name))
    elif (before := _target("current")) and before != release.name:
        _linked(OPT / "before", Path("releases") / before)
    _linked(OPT / "current", Path("releases") / release.name)
    _units(release / SCRIPTS)
    for name in COMMANDS:
        _linked(BIN / name, OPT / "current" / SCRIPTS / name)


def start() -> None:
    """Let systemd listen for pushes and look for what comes due, where systemd runs."""
    _systemctl("daemon-reload")
    for path in sorted(UNITS.glob("tiendo-*")):
        if path.suffix in {".socket", ".timer"}:
            _systemctl("enable", "--now", path.name)


def back(teller: Teller) -> None:
    """Take into use what was in use before."""
    before = _target("before")
    if before is None:
        raise NotDone("program.no-before")
    if before == OLDER.name:
        _older_server_back()
    else:
        use(OPT / "releases" / before)
        start()
    teller.tell("program.now", name=before)


_SUITS = "import build, sys; sys.exit(not build._suits(['requirements']))"


def _environment(release: Path) -> Path:
    """The packages of a release, in a folder for just these pins and this Python."""
    pins = (release / "requirements.txt").read_bytes()
    version = ".".join(map(str, sys.version_info[:2]))
    hashed = hashlib.sha256(pins).hexdigest()[:12]
    folder = OPT / "environments" / f"python{version}-{hashed}"
    whole = folder / "whole"
    if whole.exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    pip = folder / "bin" / "python"
    listed = release / "requirements.txt"
    steps = (
        (sys.executable, "-m", "venv", "--clear", folder),
        (pip, "-m", "pip", "install", "--quiet", "--no-input", "--require-hashes", "-r", listed),
    )
    for step in steps:
        if _ran(*step, at=release):
            shutil.rmtree(folder, ignore_errors=True)
            raise NotDone("program.not-installed")
    whole.touch()
    return folder


def _copied(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=LEFT_OUT)
    else:
        shutil.copyfile(source, target)


def _version(release: Path) -> str:
    text = (release / "pyproject.toml").read_text("utf-8")
    (version,) = re.findall(r'(?m)^version = "([0-9.]+)"$', text)
    return str(version)


def _fingerprint(release: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(path for path in release.rglob("*") if path.is_file()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        found.update(f"{content}  {path.relative_to(release)}\n".encode())
    return found.hexdigest()[:10]


def _target(name: str) -> str | None:
    with suppress(OSError):
        return (OPT / name).readlink().name
    return None


def _linked(link: Path, target: Path) -> None:
    """Let a link lead to something else, in one step."""
    fresh = link.with_name(f".{link.name}.next")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.rename(link)


def _units(folder: Path) -> None:
    """Let systemd know the units of a folder, and no others of this server."""
    shipped = {path.name for path in folder.iterdir() if path.suffix in _UNIT}
    for path in UNITS.glob("tiendo-*"):
        if path.suffix in _UNIT and path.name not in shipped:
            _systemctl("disable", "--now", path.name)
            path.unlink()
    for name in shipped:
        shutil.copyfile(folder / name, UNITS / name)


_UNIT = {".service", ".socket", ".timer"}


def _systemctl(*arguments: str) -> None:
    if Path("/run/systemd/system").is_dir():
        subprocess.run(["systemctl", "--quiet", *arguments], check=False)


def _ran(*command: object, at: Path) -> int:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        list(map(str, command)), check=False, cwd=at, stdout=sys.stderr, env=environment
    ).returncode


def _language() -> str:
    with suppress(OSError, ValueError, TypeError, KeyError):
        return settings().language
    return "vi"


# Settings -----------------------------------------------------------------------------------


def made_settings(site: str) -> None:
    """Settings to begin with, where there are none; an older server's are taken over."""
    own = ETC / site
    own.mkdir(parents=True, exist_ok=True)
    if not (own / "site.toml").exists():
        text = _pushed_settings()
        if text is None:
            # What it lacks is the program's own, which may change with the program.
            address = json.dumps(f"https://{site}/")
            text = f"# What differs from the program's site_config/site.toml\naddress = {address}\n"
        (own / "site.toml").write_text(text, "utf-8")
    if not FILE.exists():
        lines = [
            "# Settings of this server; what they mean: docs/developers/deploying.md",
            f"config = {json.dumps(str(own))}",
            *(f"{name} = {json.dumps(value)}" for name, value in _older_settings()),
        ]
        FILE.write_text("\n".join(lines) + "\n", "utf-8")


def _older_settings() -> Iterator[tuple[str, object]]:
    """What was set for an older server, in its shell variables."""
    names = ("TIENDO_OPTIONS", "TIENDO_LANG", "TIENDO_BRANCH", "TIENDO_KEEP", "TIENDO_LIMIT")
    if not (LIB / "settings").is_file():
        return
    script = '. "$1"; shift; for name; do printf "%s\\n" "${!name-}"; done'
    said = subprocess.run(
        ["bash", "-c", script, "bash", LIB / "settings", *names],
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={"PATH": os.environ.get("PATH", os.defpath)},
    ).stdout.split("\n")
    options, language, branch, keep, limit = said[: len(names)]
    given = (
        ("options", options.split()),
        ("language", language),
        ("branch", branch),
        ("keep", int(keep or 0)),
        ("limit", int(limit or 0)),
    )
    yield from ((name, value) for name, value in given if value)


def _pushed_settings() -> str | None:
    """The settings of the site that an older server shows, which came with a push."""
    try:
        commit = (HOME / "live").readlink().name.rpartition("-")[2]
    except OSError:
        return None
    found = f"{commit}:site_config/site.toml"
    done = _by_account("git", "-C", HOME / "plan.git", "cat-file", "blob", found)
    return done.stdout.decode("utf-8") if done.returncode == 0 else None


def _by_account(*command: object, at: Path = Path("/")) -> subprocess.CompletedProcess[bytes]:
    """What is done in the repository: not by root, and with no terminal."""
    user, group = _ids()
    return subprocess.run(
        list(map(str, command)),
        check=False,
        cwd=at,
        env={"PATH": os.environ.get("PATH", os.defpath), "HOME": "/"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        user=user,
        group=group,
        extra_groups=[],
    )


# An older server ----------------------------------------------------------------------------


def _saved_older_server() -> None:
    """Put aside what `back` needs, and let the older server do nothing any more."""
    _systemctl("disable", "--now", "tiendo-publish.timer")
    _systemctl("stop", "tiendo-publish.service")
    if OLDER.exists():
        return
    fresh = OLDER.with_suffix(".fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(LIB, fresh / "lib", symlinks=True)
    (fresh / "units").mkdir()
    for path in UNITS.glob("tiendo-publish.*"):
        shutil.copyfile(path, fresh / "units" / path.name)
    fresh.rename(OLDER)


def take_over(teller: Teller) -> None:
    """Make a server that ran what was pushed to it one that runs what is installed.

    Broken off, it goes on where it was the next time.
    """
    if not (LIB / "publishing.sh").is_file():
        return
    # From here on the account can't take anything away under our hands.
    for path in (HOME, HOME / "sites"):
        if path.exists():
            os.chown(path, 0, 0, follow_symlinks=False)
    # An older server remembers none, and anybody could have set one.
    (HOME / "moment").unlink(missing_ok=True)
    _own_keys()
    _own_sites(settings(), teller)
    held, room = HOME / "held", HOME / "plan.git" / "prepared"
    if held.is_file() and not held.is_symlink():
        _by_account("mkdir", "-p", "-m", "700", room)
        _by_account("cp", held, room / "held")
        held.unlink()
    _hooks(OPT / "current" / SCRIPTS / "hooks")
    shutil.rmtree(LIB)


def _own_keys() -> None:
    """Let the keys be root's: who pushes has no say in who may push."""
    keys = HOME / ".ssh" / "authorized_keys"
    content = b""
    with suppress(FileNotFoundError):
        handle = os.open(keys, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(handle, "rb") as file:
            content = file.read()
    fresh = HOME / ".ssh.next"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o755)
    (fresh / "authorized_keys").write_bytes(content)
    if (HOME / ".ssh").exists():
        shutil.rmtree(HOME / ".ssh")
    fresh.rename(HOME / ".ssh")


_PACKED = """find . -type f -links 1 -printf '%P\\0' |
  tar --create --file=- --format=pax --no-recursion --null --files-from=-"""


def _own_sites(known: Settings, teller: Teller) -> None:
    """Let the sites be root's, made anew of plain files: who made them could link anywhere."""
    live = (HOME / "live").readlink().name if (HOME / "live").is_symlink() else None
    user, group = _ids()
    older = HOME / "sites.before"
    if not older.exists() and (HOME / "sites").exists():
        (HOME / "sites").rename(older)
    for path in sorted(older.iterdir() if older.exists() else ()):
        if not NAME.fullmatch(path.name) or (known.home / "sites" / path.name).exists():
            continue
        with subprocess.Popen(
            ["sh", "-c", _PACKED],
            cwd=path,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            start_new_session=True,
            user=user,
            group=group,
            extra_groups=[],
        ) as packing:
            assert packing.stdout is not None  # noqa: S101 - as asked for
            try:
                adopted(known, path.name, packing.stdout)
            except (OSError, Unfit) as error:
                teller.tell("program.not-adopted", name=path.name, why=error)
                if path.name == live:
                    raise
    if live is not None:
        _linked(HOME / "live", Path("sites") / live)
    if older.exists():
        shutil.rmtree(older)


def _older_server_back() -> None:
    """Let the older server's scripts, units and rights be what they were."""
    for path in UNITS.glob("tiendo-*"):
        _systemctl("disable", "--now", path.name)
        path.unlink()
    shutil.copytree(OLDER / "lib", LIB, symlinks=True, dirs_exist_ok=True)
    for path in (OLDER / "units").iterdir():
        shutil.copyfile(path, UNITS / path.name)
    for name in ("tiendo-publish", "tiendo-rollback"):
        _linked(BIN / name, LIB / name)
    held = HOME / "plan.git" / "prepared" / "held"
    ids = f"{ACCOUNT}:{ACCOUNT}"
    subprocess.run(["chown", "-hR", ids, HOME / "sites", HOME / ".ssh"], check=True)
    (HOME / ".ssh").chmod(0o700)
    (HOME / "moment").unlink(missing_ok=True)
    os.chown(HOME / "live", *_ids(), follow_symlinks=False)
    os.chown(HOME, *_ids())
    _by_account("mv", held, HOME / "held")
    _hooks(LIB / "hooks")
    (OPT / "before").unlink()
    _systemctl("daemon-reload")
    _systemctl("enable", "--now", "tiendo-publish.timer")


def _ids() -> tuple[int, int]:
    import pwd  # noqa: PLC0415 - only where there are accounts

    account = pwd.getpwnam(ACCOUNT)
    return account.pw_uid, account.pw_gid


def _hooks(folder: Path) -> None:
    _by_account("git", "-C", HOME / "plan.git", "config", "core.hooksPath", folder)
