"""The builder: what a socket starts for each push, as an account that owns nothing.

On its standard input and output stands whoever asks.  It gets an archive, lays it over a copy of
the installed program, lets that program check and build, and answers with what was said, how it
ended, and the site.  Systemd bounds its time, memory and files; the bounds here are for what would
otherwise be asked of the disk.
"""

from __future__ import annotations

import fcntl
import os
import selectors
import shutil
import signal
import subprocess
import tarfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from tiendo_server.frames import Bounded, Broken, copied, heard, say
from tiendo_server.settings import Settings
from tiendo_server.unpacking import Unfit, files_of, unpacked

PROBLEMS, HINDERED, FAULT = 1, 2, 3
STOPPED = 128
"""With a signal's number added: what a process ends with that was killed."""

PROGRAM = ("build.py", "mkdocs.yml", "pyproject.toml", "tiendo", "templates", "site_config", "docs")
"""What is copied of the installed program; lists of packages too."""
KEPT = ("charts", "paper", "pages", "files")
"""What is made once and kept for the next build."""
MOST_SAID = 2**20
"""Letters of messages that are passed on."""
UNKNOWN = ("[column-unknown]", "[resource-unknown]")
"""Problems that data have which are made for a newer program."""


class Gone(Exception):
    """Whoever asked is no longer there."""


def main(settings: Settings) -> int:
    """Answer one question; gives the exit code of the service itself."""
    os.umask(0o077)
    # What is printed by accident must not stand among the answers.
    source, to = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(2, 1)
    try:
        question = heard(source)
        with _alone(settings):
            code = _answered(settings, question, source, to)
            free = shutil.disk_usage(_folder(settings)).free
        # Last of all, when nothing is left over: what comes next may begin.
        say(to, exit=code, free=free)
    except Unfit as unfit:
        say(to, say=f"{unfit}")
        say(to, exit=HINDERED, free=None)
    except OSError as error:
        with suppress(OSError):
            say(to, say=f"{error.strerror or error}")
            say(to, exit=HINDERED, free=shutil.disk_usage(settings.work.parent).free)
    except (Broken, Gone):
        return 1
    return 0


def _answered(
    settings: Settings, question: Mapping[str, Any], source: IO[bytes], to: IO[bytes]
) -> int:
    work = _Work(settings, question, to)
    work.laid_out(source)
    if question["do"] != "rebuild":
        code, said = work.program("check")
        work.say(said)
        if code:
            if code == PROBLEMS and any(name in said for name in UNKNOWN):
                say(to, tell="told.unknown-columns", version=question["version"])
            return code
        # As a name to be read: what is compared with stands there.
        compared = f"origin/{settings.branch}"
        if (work.tree / compared / "plan").is_dir():
            code, said = work.program("diff", compared, aside=True)
            if code == 0:
                say(to, tell="told.changes", branch=settings.branch)
                work.say(said)
    if question["do"] == "check":
        return 0
    if question["do"] != "rebuild":
        say(to, tell="told.building")
    site = work.folder / "site"
    code, said = work.program("build", "--site", str(site))
    if code:
        work.say(said)
        return code
    with (work.folder / "site.tar").open("w+b") as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for path in files_of(site):
                tar.add(path, path.relative_to(site).as_posix(), recursive=False)
        size = packed.tell()
        packed.seek(0)
        say(to, site=True, size=size)
        copied(packed, to, size)
    return 0


class _Work:
    """A folder in which one question is worked on."""

    def __init__(self, settings: Settings, question: Mapping[str, Any], to: IO[bytes]) -> None:
        self.settings = settings
        self.question = question
        self.to = to
        self.folder = _folder(settings)
        self.tree = self.folder / "tree"
        self.until = time.monotonic() + settings.limit

    def laid_out(self, source: IO[bytes]) -> None:
        """The installed program, and over it what was pushed."""
        installed, settings = self.settings.program, self.settings
        self.tree.mkdir()
        leave_out = shutil.ignore_patterns("deploy", "developers", "__pycache__", ".*")
        for name in (*PROGRAM, *(path.name for path in installed.glob("requirements*"))):
            if (installed / name).is_dir():
                shutil.copytree(installed / name, self.tree / name, ignore=leave_out)
            else:
                shutil.copyfile(installed / name, self.tree / name)
        for path in (self.tree, *self.tree.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
        came = self.folder / "came"
        unpacked(
            Bounded(source, self.question["size"]),
            came,
            most_files=2 * settings.most_files + 1,
            most_bytes=3 * settings.largest_push,
        )
        (came / "data").rename(self.tree / "data")
        for language in settings.languages:
            pages = came / "docs" / language
            if pages.is_dir():
                # A page that is not in the push is the program's own.
                shutil.copytree(pages, self.tree / "docs" / language, dirs_exist_ok=True)
        if (came / "base" / "data").is_dir():
            (self.tree / "origin").mkdir()
            (came / "base" / "data").rename(self.tree / "origin" / settings.branch)
        self._remembering(came / "history.pack")
        _brought(self.settings.work / "kept", self.tree / "build")

    def _remembering(self, history: Path) -> None:
        """The commits of the push, where the program looks for what had been signed."""
        self._git("init", "--quiet")
        with history.open("rb") as pack:
            self._git("index-pack", "--stdin", stdin=pack)
        main = self.question["base"] or self.question["commit"]
        self._git("update-ref", f"refs/remotes/origin/{self.settings.branch}", main)
        self._git("update-ref", "--no-deref", "HEAD", self.question["commit"])

    def _git(self, *arguments: str, stdin: IO[bytes] | int = subprocess.DEVNULL) -> None:
        done = subprocess.run(
            ["git", "-C", self.tree, *arguments],
            check=False,
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=self._environment(),
        )
        if done.returncode:
            raise OSError(done.stderr.decode("utf-8", "replace").strip())

    def _environment(self) -> dict[str, str]:
        """All that the program gets to know of where it runs."""
        temporary = self.folder / "tmp"
        temporary.mkdir(exist_ok=True)
        return {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "HOME": str(temporary),
            "LC_ALL": "C.UTF-8",
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONNOUSERSITE": "1",
            # What is found before the sentence that closes it.
            "PYTHONUNBUFFERED": "1",
            "TIENDO_BRANCH": self.settings.branch,
            "TMPDIR": str(temporary),
        }

    def program(self, *arguments: str, aside: bool = False) -> tuple[int, str]:
        """How a command of the program ends, and what it says; the service's end is its end.

        Raises:
            Gone: whoever asked has gone away in the meantime.

        """
        command = [str(self.settings.python), "build.py", *arguments]
        command += ["--lang", self.settings.language, "--today", self.question["moment"]]
        if self.settings.config is not None:
            command += ["--config", str(self.settings.config)]
        with subprocess.Popen(
            [*command, *(() if aside else self.settings.options)],
            cwd=self.tree,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if aside else subprocess.STDOUT,
            start_new_session=True,
        ) as process:
            assert process.stdout is not None  # noqa: S101 - as asked for
            try:
                said = self._heard(process.stdout)
                code = process.wait(max(0.0, self.until - time.monotonic()))
            except (subprocess.TimeoutExpired, TimeoutError):
                return STOPPED + signal.SIGKILL, ""
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        return (code if code >= 0 else STOPPED - code), said

    def _heard(self, stream: IO[bytes]) -> str:
        """What the program says to its end.

        Raises:
            TimeoutError: it goes on for too long.
            Gone: whoever asked has gone away.

        """
        said = bytearray()
        with selectors.DefaultSelector() as waiting:
            waiting.register(stream, selectors.EVENT_READ)
            # Who asks has said everything: what comes from there is its end.
            waiting.register(self.to, selectors.EVENT_READ)
            while True:
                ready = waiting.select(max(0.0, self.until - time.monotonic()))
                if not ready:
                    raise TimeoutError
                files = {key.fileobj for key, _ in ready}
                if self.to in files:
                    raise Gone
                piece = os.read(stream.fileno(), 2**16)
                if not piece:
                    return said.decode("utf-8", "replace")
                if len(said) < MOST_SAID:
                    said += piece

    def say(self, said: str) -> None:
        """Pass on what the program has said."""
        for line in said.splitlines():
            say(self.to, say=line[:4000])


def _folder(settings: Settings) -> Path:
    return settings.work / "work"


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """An empty folder to work in, which nobody else has until the end, and nobody may look into."""
    settings.work.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings.work / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _cleared(settings)
        _folder(settings).mkdir(mode=0o700)
        try:
            yield
        finally:
            _cleared(settings)


def _cleared(settings: Settings) -> None:
    """Put away what can be used again, also of a build that was killed; remove the rest."""
    kept = settings.work / "kept"
    build = _folder(settings) / "tree" / "build"
    if build.is_dir():
        for path in build.iterdir():
            if path.name not in KEPT:
                _removed(path)
        _removed(kept)
        build.rename(kept)
    _removed(_folder(settings))


def _brought(kept: Path, build: Path) -> None:
    if kept.is_dir():
        kept.rename(build)


def _removed(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
