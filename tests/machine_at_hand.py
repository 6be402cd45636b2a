"""A machine of one's own for a test: this one, in whose folders nothing that happens stays.

A mount namespace with an overlay over each folder that an installation writes to; accounts are
made in it by ``useradd`` and are gone with it.  Only root can have one.  Where no systemd runs
there, this file itself, started in it, reads the socket units that were installed and starts for
each connection what the service unit says, as the account that it says, without capabilities.
"""

from __future__ import annotations

import configparser
import grp
import os
import pwd
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("/etc", "/opt", "/srv", "/usr/local", "/var")
UNITS = Path("/etc/systemd/system")
MANY = 1800
"""Seconds that a thing may take which takes its time."""


class Machine:
    """The machine as seen from inside of the namespace."""

    def __init__(self, inside: int) -> None:
        self.inside = inside
        self.services: subprocess.Popen[bytes] | None = None

    def begun(self, *command: object, by: str = "root", at: object = "/") -> subprocess.Popen[str]:
        """A command in the machine, as an account, that a terminal's keys can't reach."""
        account = [] if by == "root" else [*_as(by, by)]
        return subprocess.Popen(
            ["nsenter", "--mount", f"--target={self.inside}", f"--wd={at}", *account]  # noqa: RUF005
            + list(map(str, command)),
            env={
                "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "HOME": "/root" if by == "root" else "/nonexistent",
                "LC_ALL": "C.UTF-8",
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_AUTHOR_NAME": "Lan",
                "GIT_AUTHOR_EMAIL": "lan@tiendo.example",
                "GIT_COMMITTER_NAME": "Lan",
                "GIT_COMMITTER_EMAIL": "lan@tiendo.example",
                **{name: text for name, text in os.environ.items() if name.startswith("PIP_")},
            },
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def ran(self, *command: object, by: str = "root", at: object = "/") -> tuple[int, str]:
        """How a command ended, and what it said."""
        process = self.begun(*command, by=by, at=at)
        said, _ = process.communicate(timeout=MANY)
        return process.returncode, said

    def run(self, *command: object, by: str = "root", at: object = "/") -> str:
        """What a command that has to succeed said."""
        status, said = self.ran(*command, by=by, at=at)
        assert status == 0, said
        return said

    def started(self) -> None:
        """What systemd does at the sockets that were installed, done in its place."""
        self.stopped()
        self.services = subprocess.Popen(
            ["nsenter", "--mount", f"--target={self.inside}", "/usr/bin/env", "python3", __file__]
        )
        until = time.monotonic() + MANY
        while self.ran("test", "-S", "/run/tiendo/live.sock")[0]:
            assert self.services.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)

    def stopped(self) -> None:
        if self.services is not None:
            self.services.terminate()
            self.services.wait(MANY)
            self.services = None
        self.ran("rm", "-rf", "/run/tiendo")

    def files(self, folder: str) -> Mapping[str, str]:
        """The SHA-256 of each file below a folder, by its path in there."""
        said = self.run("find", "-L", folder, "-type", "f", "-exec", "sha256sum", "-z", "{}", "+")
        found = [line.split("  ", 1) for line in said.split("\0") if line]
        return {path.removeprefix(f"{folder}/"): checksum for checksum, path in found}


def _as(user: str, group: str) -> Iterator[str]:
    yield from ("setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups")
    yield from ("--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "--")


@contextmanager
def machine(scratch: Path) -> Iterator[Machine | None]:
    """A machine; None where this account, or the container it lives in, can't have one."""
    lines = ["set -e", f"mount -t tmpfs tiendo-test {scratch}"]
    closed = {
        str(parent)
        for path in (Path(sys.prefix).resolve(), Path(sys.executable).resolve(), ROOT)
        for parent in (path, *path.parents)
        if parent.is_dir() and not parent.stat().st_mode & 1
    }
    for number, folder in enumerate((*FOLDERS, *sorted(closed))):
        upper, work = scratch / f"{number}.upper", scratch / f"{number}.work"
        lower = f"lowerdir={folder},upperdir={upper},workdir={work}"
        lines += [f"mkdir {upper} {work}", f"mount -t overlay overlay -o {lower} {folder}"]
    lines += [f"chmod a+x {folder}" for folder in sorted(closed)]
    # No systemd that runs outside is reached from inside.
    lines += ["mount -t tmpfs run /run", "echo made", "exec sleep infinity"]
    with subprocess.Popen(
        ["unshare", "--mount", "--propagation=private", "sh", "-c", "\n".join(lines)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as inside:
        assert inside.stdout is not None
        if os.geteuid() != 0 or inside.stdout.readline() != "made\n":
            inside.kill()
            yield None
            return
        made = Machine(inside.pid)
        try:
            yield made
        finally:
            made.stopped()
            inside.kill()


# In the machine -----------------------------------------------------------------------------


def _unit(name: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.read(UNITS / name, "utf-8")
    return unit


def _listening(name: str) -> socket.socket:
    unit = _unit(name)["Socket"]
    path = Path(unit["ListenStream"])
    path.parent.mkdir(exist_ok=True)
    path.parent.chmod(int(unit["DirectoryMode"], 8))
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(path))
    users, groups = pwd.getpwnam, grp.getgrnam
    os.chown(path, users(unit["SocketUser"]).pw_uid, groups(unit["SocketGroup"]).gr_gid)
    path.chmod(int(unit["SocketMode"], 8))
    listening.listen()
    return listening


def _command(name: str) -> list[str]:
    """What a service unit starts, within those of its bounds that need no systemd."""
    unit = _unit(name)["Service"]
    user, group = unit["User"], unit["Group"]
    if cache := unit.get("CacheDirectory"):
        folder = Path("/var/cache") / cache
        folder.mkdir(exist_ok=True)
        folder.chmod(int(unit["CacheDirectoryMode"], 8))
        os.chown(folder, pwd.getpwnam(user).pw_uid, grp.getgrnam(group).gr_gid)
    assert unit["CapabilityBoundingSet"] == ""
    assert unit["NoNewPrivileges"] == "yes"
    bounds = ["prlimit", f"--nofile={unit['LimitNOFILE']}", "--core=0"]
    net = ["unshare", "--net"] if unit["PrivateNetwork"] == "yes" else []
    umask = ["sh", "-c", f'umask {unit["UMask"]}; exec "$@"', "sh"]
    return [*net, *_as(user, group), *bounds, *umask, *shlex.split(unit["ExecStart"])]


def _served() -> None:
    sockets = {name: _listening(f"{name}.socket") for name in ("tiendo-build", "tiendo-live")}
    path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    for name, listening in sockets.items():
        if os.fork():
            continue
        while True:
            connection, _ = listening.accept()
            with connection:
                subprocess.run(
                    _command(f"{name}@.service"),
                    check=False,
                    cwd="/",
                    env={"PATH": path, "LANG": "C.UTF-8"},
                    stdin=connection.fileno(),
                    stdout=connection.fileno(),
                    start_new_session=True,
                )
    while True:
        time.sleep(MANY)


if __name__ == "__main__":
    os.setpgid(0, 0)
    try:
        import signal

        def end(*_: object) -> None:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os.killpg(0, signal.SIGTERM)

        signal.signal(signal.SIGTERM, end)
        _served()
    except KeyboardInterrupt:
        pass
