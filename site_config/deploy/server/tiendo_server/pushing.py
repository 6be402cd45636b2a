"""What the repository's own account does: the hooks, the timer's look, the way back.

It owns the repository and nothing else, and runs nothing of what is pushed.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from tiendo_server import moments
from tiendo_server.frames import Broken, asked, copied
from tiendo_server.pushed import answered, archive, others, room_of
from tiendo_server.settings import Settings
from tiendo_server.taking_live import kept, live_commit
from tiendo_server.telling import Refused, Teller

DONE, PROBLEMS, HINDERED, FAULT = 0, 1, 2, 3
KILLED = 124
"""From here on an exit code says that a program was stopped."""
GRACE = 60
"""Seconds that whoever limits the builder gets to do so before this side gives up."""
STALE = 3600
"""Seconds after which a site that was built for a push is of one that came to nothing."""
BUILDER, LIVE = "build.sock", "live.sock"


class Server:
    """One site's repository, seen by its own account."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.teller = Teller(settings.language)
        self.tell = self.teller.tell

    # Hooks ----------------------------------------------------------------------------------

    def pre_receive(self) -> int:
        """Refuse a push whose data have errors; of the branch that is published, build its site."""
        try:
            with self._alone():
                for line in sys.stdin.read().splitlines():
                    self._received(*line.split(" ", 2))
        except Refused as refused:
            self.tell(refused.key, **refused.facts)
            return 1
        return 0

    def post_receive(self) -> int:
        """Show the site that was built before the push was accepted."""
        refs = [line.split(" ", 2)[2] for line in sys.stdin.read().splitlines()]
        if f"refs/heads/{self.settings.branch}" not in refs:
            return 0
        try:
            with self._alone():
                self._publish(afresh=False)
        except (Refused, OSError, Broken):
            self.tell("told.later")
        return 0

    def _received(self, old: str, new: str, ref: str) -> None:
        branch = ref.removeprefix("refs/heads/")
        main = self.settings.branch
        if ref.startswith("refs/tags/"):
            return
        if branch == ref:
            raise Refused("refused.strange", ref=ref)
        gone = not new.strip("0")
        if branch != main:
            if gone:
                return
        else:
            if gone:
                raise Refused("refused.deleted", branch=branch)
            self._first(ref, old)
            if old.strip("0") and self._git("merge-base", "--is-ancestor", old, new) is None:
                raise Refused("refused.rewritten", branch=branch)
        self.tell("told.checking", branch=branch)
        base = self._tip()
        start = base and (self._git("merge-base", base, new) or None)
        unseen = others(self.settings, new, start)
        if unseen:
            self.tell("told.not-looked-at", names=self.teller.listed(unseen))
        moment = self._moment(tells=branch == main)
        self._built(new, base, moment, "build" if branch == main else "check")
        if branch == main:
            # The push before may have let go of the lock a moment before git moved the branch.
            self._first(ref, old)
        else:
            self.tell("told.checked", branch=branch, main=main)

    def _first(self, ref: str, old: str) -> None:
        """Refuse a push while whose waiting or building another one has come in."""
        now = self._git("rev-parse", "--quiet", "--verify", ref) or "0" * len(old)
        if now != old:
            raise Refused("refused.overtaken")

    # Building and showing -------------------------------------------------------------------

    def _built(self, commit: str, base: str | None, moment: datetime, do: str) -> None:
        """Have a commit checked and built by the builder.

        Raises:
            Refused: it is not what can be published, or could not be built.

        """
        settings = self.settings
        code, free = HINDERED, None
        question = {
            "do": do,
            "commit": commit,
            "base": base,
            "moment": moment.isoformat(),
            "version": version_of(settings.program),
        }
        try:
            with archive(settings, commit, base) as content:
                size = os.fstat(content.fileno()).st_size
                answers = asked(
                    settings.sockets / BUILDER, question, content, size, settings.limit + GRACE
                )
                code = KILLED
                for answer, stream in answers:
                    if "site" in answer:
                        self._keep(commit, moment, stream, answer["size"])
                    elif "exit" in answer:
                        code, free = answer["exit"], answer.get("free")
                    else:
                        self._pass_on(answer)
        except (FileNotFoundError, ConnectionRefusedError):
            self.tell("told.no-builder")
            code = HINDERED
        except (Broken, TimeoutError, ConnectionError):
            pass  # its end is all that is known
        except (OSError, subprocess.SubprocessError) as error:
            self.teller.plain(getattr(error, "strerror", None) or str(error))
            code = HINDERED
        if code != DONE:
            raise self._why(code, free)

    def _pass_on(self, answer: Mapping[str, Any]) -> None:
        """Say what the builder wants to be said."""
        if "say" in answer:
            self.teller.plain(str(answer["say"]))
        else:
            facts = {name: each for name, each in answer.items() if name != "tell"}
            self.tell(str(answer["tell"]), **facts)

    def _why(self, code: int, free: int | None) -> Refused:
        """Why a push is refused, by how the program or what came before it has ended."""
        if code == PROBLEMS:
            return Refused("refused.data")
        place = os.statvfs(self.settings.home)
        left = place.f_bavail * place.f_frsize
        # A build that fails takes back what it wrote: is there room for one more site like this?
        needed = 2**20 + _size(self.settings.live)
        if min(left, left if free is None else free) < needed:
            return Refused("refused.full")
        if code >= KILLED:
            return Refused("refused.stopped")
        if code == FAULT:
            return Refused("refused.fault")
        return Refused("refused.machine")

    def _keep(self, commit: str, moment: datetime, stream: IO[bytes], size: int) -> None:
        site, about = self._prepared(commit)
        with site.open("wb") as file:
            copied(stream, file, size)
        about.write_text(json.dumps({"moment": moment.isoformat()}), "ascii")

    def _prepared(self, commit: str) -> tuple[Path, Path]:
        room = room_of(self.settings)
        return room / f"{commit}.tar", room / f"{commit}.json"

    def _publish(self, *, afresh: bool) -> None:
        """Show what is to be shown; nothing moves where it is shown already."""
        commit = self._wanted()
        if commit is None:
            self.tell("told.nothing")
            return
        if not afresh and live_commit(self.settings) == commit:
            self.tell("told.unchanged")
            return
        site, about = self._prepared(commit)
        if afresh or not about.exists():
            self._built(commit, None, self._moment(tells=True), "rebuild")
        moment = json.loads(about.read_text("ascii"))["moment"]
        with site.open("rb") as content:
            size = os.fstat(content.fileno()).st_size
            answer = self._live(content, size, do="place", commit=commit, moment=moment)
        site.unlink()
        about.unlink()
        if answer.get("same"):
            self.tell("told.unchanged")
        else:
            self.tell("told.published", commit=self._described(commit))

    def _live(self, content: IO[bytes] | None, size: int, **question: object) -> dict[str, Any]:
        """Ask who takes sites live.

        Raises:
            Refused: it does not do it.

        """
        try:
            at = self.settings.sockets / LIVE
            for answer, _ in asked(at, question, content, size, self.settings.limit):
                if answer["exit"] == DONE:
                    return dict(answer)
                self.teller.plain(str(answer.get("why")))
        except (OSError, Broken) as error:
            self.teller.plain(str(error))
        raise Refused("refused.not-shown")

    def _moment(self, *, tells: bool) -> datetime:
        """The moment to build for; tells of a clock that can't be right."""
        clock = moments.clock(self.settings)
        moment = moments.to_build_for(self.settings, clock)
        if tells and clock < moment:
            self.tell("told.clock-behind", clock=_told(clock), moment=_told(moment))
        elif tells and moments.is_unsynchronised(self.settings):
            self.tell("told.clock-unsynchronised", clock=_told(clock))
        return moment

    # The timer and the way back -------------------------------------------------------------

    def publish(self) -> int:
        """Build the site as of now, and show it if anything has changed."""
        try:
            with self._alone():
                self._publish(afresh=True)
        except Refused as refused:
            self.tell(refused.key, **refused.facts)
            return 1
        return 0

    def rollback(self, wanted: str | None) -> int:
        """Show an earlier site until the next push; the newest commit ends it."""
        try:
            with self._alone():
                return self._back(wanted)
        except Refused as refused:
            self.tell(refused.key, **refused.facts)
            return 1

    def _back(self, wanted: str | None) -> int:
        newest = self._tip()
        if newest is None:
            self.tell("told.nothing")
            return 1
        sites = {name.rpartition("-")[2]: name for name in reversed(kept(self.settings))}
        if wanted is not None:
            commit = self._git(
                "rev-parse", "--quiet", "--verify", "--end-of-options", f"{wanted}^{{commit}}"
            )
            if not commit or self._git("merge-base", "--is-ancestor", commit, newest) is None:
                self.tell("told.not-of-branch", what=wanted, branch=self.settings.branch)
                return 1
        else:
            now = live_commit(self.settings)
            before = (
                each
                for each in (name.rpartition("-")[2] for name in kept(self.settings))
                if each != now and self._git("merge-base", "--is-ancestor", each, now) is not None
            )
            commit = next(before, None)
            if commit is None:
                self.tell("told.no-earlier")
                return 1
        is_kept = commit in sites
        if not is_kept:
            self._built(commit, None, self._moment(tells=True), "rebuild")
        # Said before it is done: broken off in between, the timer ends it.
        held = self._held()
        if commit == newest:
            held.unlink(missing_ok=True)
        else:
            fresh = held.with_suffix(".next")
            fresh.write_text(f"{newest} {commit}\n", "ascii")
            fresh.replace(held)
        if is_kept:
            self._live(None, 0, do="show", name=sites[commit])
            self.tell("told.published", commit=self._described(commit))
        if commit != newest:
            self.tell("told.back", branch=self.settings.branch)
        # What is kept may be of another day: bring it up to now.
        self._publish(afresh=is_kept)
        return 0

    # The repository -------------------------------------------------------------------------

    def _git(self, *arguments: str) -> str | None:
        return answered(self.settings.repository, *arguments)

    def _tip(self) -> str | None:
        """The newest commit of the branch that is published; None before there is one."""
        branch = f"refs/heads/{self.settings.branch}"
        return self._git("rev-parse", "--quiet", "--verify", branch)

    def _held(self) -> Path:
        return room_of(self.settings) / "held"

    def _wanted(self) -> str | None:
        """The commit to be shown: that of the branch, or the one that it was rolled back to."""
        newest = self._tip()
        with suppress(OSError, ValueError):
            pushed, shown = self._held().read_text("ascii").split()
            if pushed == newest:
                return shown
        return newest

    def _described(self, commit: str) -> str:
        form = ("--date=format:%d/%m/%Y %H:%M", "--format=%h, %cd, %s")
        return self._git("log", "-1", *form, commit) or commit

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """From here to the end no other push is worked on.

        Raises:
            Refused: the others take too long.

        """
        room = room_of(self.settings)
        with (room / "lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.tell("told.waiting")
                self._wait(lock)
            for path in room.iterdir():
                age = time.time() - path.stat().st_mtime
                if path.suffix in {".tar", ".json"} and age > STALE:
                    path.unlink()
            yield

    def _wait(self, lock: IO[bytes]) -> None:
        until = time.monotonic() + self.settings.limit
        while time.monotonic() < until:
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            time.sleep(0.2)
        raise Refused("refused.busy")


def version_of(program: Path) -> str:
    """The version of an installed program; a question mark where it does not say."""
    with suppress(OSError):
        for line in (program / "pyproject.toml").read_text("utf-8").splitlines():
            if line.startswith("version = "):
                return line.split('"')[1]
    return "?"


def _size(site: Path) -> int:
    with suppress(OSError):
        found = os.walk(site.resolve())
        return sum((Path(name) / file).stat().st_size for name, _, files in found for file in files)
    return 0


def _told(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y %H:%M}"
