"""The commands: hooks and services by the account that starts them, others by an administrator."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Sequence

from tiendo_server import building, programs, taking_live
from tiendo_server.pushing import Server
from tiendo_server.settings import Settings, settings
from tiendo_server.telling import Teller

HINDERED = 2


def main(arguments: Sequence[str]) -> int:  # noqa: C901, PLR0911 - a table of commands
    """Do what is asked; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Whatever the language of who connects.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    name, *rest = arguments or ("",)
    if name == "program":
        return programs.main(rest)
    try:
        known = settings()
    except (OSError, ValueError, TypeError, KeyError) as error:
        Teller("vi").tell("told.no-settings", why=f"{error}")
        return HINDERED
    match name, rest:
        case "build-service", []:
            return building.main(known)
        case "live-service", []:
            return taking_live.main(known)
        case "adopt", [site]:
            taking_live.adopted(known, site, sys.stdin.buffer)
            return 0
        case "pre-receive", _:
            return Server(known).pre_receive()
        case "post-receive", _:
            return Server(known).post_receive()
        case "publish" | "rollback", _ if os.geteuid() == 0 != _owner(known):
            return _as_owner(known, arguments)
        case "publish", []:
            return Server(known).publish()
        case "rollback", [] | [_]:
            return Server(known).rollback(rest[0] if rest else None)
    Teller(known.language).tell("told.no-command", what=" ".join(arguments))
    return HINDERED


def _owner(known: Settings) -> int:
    return known.repository.stat().st_uid


def _as_owner(known: Settings, arguments: Sequence[str]) -> int:
    """Go on as who owns the repository, without the terminal of who has called.

    Whoever shares a terminal can type into it.
    """
    owner = known.repository.stat()
    keep = {"PATH", "LC_ALL", "LANG", "TIENDO_SETTINGS"}
    with subprocess.Popen(
        [sys.executable, "-I", os.path.realpath(sys.argv[0]), *arguments],
        cwd="/",
        env={name: text for name, text in os.environ.items() if name in keep},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        user=owner.st_uid,
        group=owner.st_gid,
        extra_groups=[],
    ) as process:
        assert process.stdout is not None  # noqa: S101 - as asked for
        teller = Teller(known.language)
        for line in process.stdout:
            teller.plain(line.decode("utf-8", "replace").rstrip("\n"))
        return process.wait()
