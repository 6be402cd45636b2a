"""Who may do what on an office's own server: played with the accounts, units and scripts that ship.

Only root can have accounts made, and a machine of its own to make them in.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from machine_at_hand import Machine, machine
from office_at_hand import ABOUT, BEFORE_2024, ROOT, SERVER

SMALL = ROOT / "tests" / "cases" / "small" / "data"
NAME = "so-lieu.example"
PUSHER, BUILDER, WEB = "tiendo", "tiendo-build", "www-data"
KEY = "restrict ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMinhHoa lan@so-lieu.example\n"
OLDER = "720c43c"
"""A commit whose server ran what was pushed to it."""


class Drill:
    """A machine with a server, and a clerk's clone beside it."""

    def __init__(self, machine: Machine, clerk: Path) -> None:
        self.machine = machine
        self.run, self.ran = machine.run, machine.ran
        self.clerk = clerk

    def installed(self, checkout: Path = ROOT) -> str:
        script = checkout / SERVER.relative_to(ROOT) / "install.sh"
        return self.run(script, NAME, sys.executable)

    def writes(self, path: str, text: str, *, mode: str = "644") -> None:
        self.run("sh", "-c", 'printf %s "$1" >"$2"; chmod "$3" "$2"', "sh", text, path, mode)

    def sets(self, **more: object) -> None:
        own = "".join(f"{name} = {json.dumps(value)}\n" for name, value in more.items())
        self.writes("/etc/tiendo/server.toml", f'config = "/etc/tiendo/{NAME}"\n{own}')

    def begins(self, project: Path) -> None:
        """A clone of a project with the small case's data as that project has them."""
        for name in ("docs", "site_config", "templates", "tiendo"):
            shutil.copytree(project / name, self.clerk / name)
        shutil.copytree(project / SMALL.relative_to(ROOT), self.clerk / "data")
        for pattern in (
            "build.py",
            "mkdocs.yml",
            "pyproject.toml",
            "requirements*",
            ".gitattributes",
        ):
            for path in project.glob(pattern):
                shutil.copy2(path, self.clerk)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("remote", "add", "origin", "/srv/tiendo/plan.git")
        # As a connection by ssh would start it.
        account = f"--reuid={PUSHER} --regid={PUSHER} --init-groups"
        receive = f"setpriv {account} env HOME=/srv/tiendo git-receive-pack"
        self.git("config", "remote.origin.receivepack", receive)
        self.commits("Bản đầu tiên")

    def git(self, *arguments: object) -> str:
        return self.run("git", "-c", "safe.directory=*", *arguments, at=self.clerk)

    def commits(self, message: str) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD").strip()

    def takes_pages_of(self, folder: Path) -> None:
        """Pages by hand as a project's program of that time understands them."""
        shutil.rmtree(self.clerk / "docs")
        shutil.copytree(folder / "docs", self.clerk / "docs")

    def introduces(self, words: str) -> str:
        page = self.clerk / ABOUT
        first, _, rest = page.read_text("utf-8").partition("\n\n")
        page.write_text(f"{first}\n\n{words}\n\n{rest}", "utf-8")
        return self.commits(words)

    def pushes(self, refs: str = "main") -> tuple[int, str]:
        return self.ran("git", "push", "origin", refs, at=self.clerk)

    def shows(self, words: str) -> bool:
        return words in self.run("cat", "/srv/tiendo/live/gioi-thieu/index.html")

    def state(self) -> list[str]:
        """Whose each thing is, with what rights and, of those that nobody else changes, what is in it."""
        found = "find /etc/tiendo /opt/tiendo /srv/tiendo /usr/local/bin ! -path '*/objects*'"
        shown = "-printf '%p %u:%g %m %l\\n'"
        content = "cat /srv/tiendo/plan.git/config /srv/tiendo/.ssh/authorized_keys"
        refs = "git --git-dir=/srv/tiendo/plan.git -c safe.directory=* for-each-ref"
        return self.run("sh", "-c", f"{found} {shown} | sort; {content}; {refs}").splitlines()


@pytest.fixture
def drill(tmp_path: Path) -> Iterator[Drill]:
    (tmp_path / "machine").mkdir()
    with machine(tmp_path / "machine") as made:
        if made is None:
            pytest.skip(
                "only root can have a machine of its own, and not inside of every container"
            )
        (tmp_path / "clerk").mkdir()
        yield Drill(made, tmp_path / "clerk")


@pytest.fixture
def served(drill: Drill) -> Drill:
    """After the first push."""
    drill.installed()
    drill.writes("/srv/tiendo/.ssh/authorized_keys", KEY)
    drill.sets(now=BEFORE_2024)
    drill.machine.started()
    drill.begins(ROOT)
    status, said = drill.pushes()
    assert (status, "ĐÃ LÊN TRANG" in said) == (0, True), said
    return drill


PLACES = "/etc /opt /run /srv /usr/local /var/cache"

MAY_WRITE = {
    PUSHER: ("/srv/tiendo/plan.git", "/run/tiendo/build.sock", "/run/tiendo/live.sock"),
    BUILDER: ("/var/cache/tiendo-build",),
    WEB: (),
}
"""All that an account may write to, and what is below it."""

MAY_NOT_READ = {
    PUSHER: ("/var/cache/tiendo-build",),
    BUILDER: ("/srv/tiendo/plan.git",),
    WEB: ("/srv/tiendo/plan.git", "/var/cache/tiendo-build"),
}


def test_each_account_may_do_its_own_and_nothing_else(served: Drill) -> None:
    nobody = set(
        served.run("sh", "-c", f"find {PLACES} -writable ! -type l || true", by="daemon").split(
            "\n"
        )
    )
    for account, places in MAY_WRITE.items():
        found = served.run(
            "sh", "-c", f"find {PLACES} -writable ! -type l 2>/dev/null || true", by=account
        )
        beyond = [
            path
            for path in found.splitlines()
            if path not in nobody and not any(f"{path}/".startswith(f"{own}/") for own in places)
        ]
        assert beyond == [], account
        for place in places:
            assert place in found.splitlines(), (account, place)
    for account, places in MAY_NOT_READ.items():
        for place in places:
            assert served.ran("ls", place, by=account)[0] != 0, (account, place)

    # What is shown is root's, and plain.
    strange = "find /srv/tiendo/sites ! -user root -o ! -type f ! -type d -o -perm /022"
    assert served.run("sh", "-c", strange) == ""
    assert served.run("stat", "-c", "%U", "/srv/tiendo/live").strip() == "root"

    an_administrators_terminal_is_nobody_elses(served)
    a_builder_that_is_not_ones_own_gets_nowhere(served)
    packages_that_can_not_be_had_leave_all_as_it_is(served)


WATCHED_GIT = """#!/bin/sh
{ id -un; if (: </dev/tty) 2>/dev/null; then echo with a terminal; fi; } | tr '\\n' ' ' >>/var/log/git.log
echo >>/var/log/git.log
exec /usr/bin/git "$@"
"""


def an_administrators_terminal_is_nobody_elses(served: Drill) -> None:
    served.writes("/usr/local/bin/git", WATCHED_GIT, mode="755")
    served.writes("/var/log/git.log", "", mode="666")

    # The terminal that it is called in, and what it says there.
    said = served.run("script", "-qec", "tiendo-publish; : </dev/tty && echo here", "/dev/null")

    assert "Trang không có gì thay đổi." in said
    assert "here" in said
    assert {*served.run("cat", "/var/log/git.log").split("\n")} == {"tiendo ", "tiendo-build ", ""}
    served.run("rm", "/usr/local/bin/git")


TAKEN = """#!/bin/bash
cd /
log=$HOME/../done; exec 2>/dev/null
tried() { "$@" && echo "$*" >>"$log"; }
tried git --git-dir=/srv/tiendo/plan.git config core.hooksPath /tmp
tried ln -sfn /etc /srv/tiendo/live
tried ln -sfn /etc /srv/tiendo/sites/x
tried rm -r /srv/tiendo/moment
tried cat /srv/tiendo/plan.git/HEAD
tried touch /srv/tiendo/.ssh/authorized_keys
tried touch /opt/tiendo/current/build.py
tried ln -sfn /tmp /opt/tiendo/current
tried touch /etc/tiendo/server.toml
tried touch /usr/local/bin/tiendo-publish
tried sh -c ': </dev/tty'
tried python3 -c 'import socket; socket.socket(socket.AF_UNIX).connect("/run/tiendo/live.sock")'
tried python3 -c 'import socket; socket.create_connection(("192.0.2.1", 80), 2)'
tried python3 -c 'import os; os.setuid(0)'
tried chown root /
echo end >>"$log"
mkdir -p $PWD; sleep 1
cat "$log"; exit 3
"""


def a_builder_that_is_not_ones_own_gets_nowhere(served: Drill) -> None:
    """Whatever a fault of the program lets somebody do as the account that builds."""
    served.writes("/usr/local/bin/taken", TAKEN, mode="755")
    served.sets(now=BEFORE_2024, python="/usr/local/bin/taken")
    before = served.state()
    served.introduces("Câu của nhánh riêng.")

    status, said = served.pushes("main:nhap")

    assert status != 0
    assert "chương trình trên máy chủ có lỗi; không phải lỗi của số liệu" in said
    told = [line.removeprefix("remote: ").strip() for line in said.splitlines()]
    assert told[told.index("end") - 1].startswith("Máy chủ") or told[
        told.index("end") - 1
    ].startswith("Đang kiểm tra"), said
    assert served.state() == before
    served.sets(now=BEFORE_2024)
    served.run("rm", "/usr/local/bin/taken")


def packages_that_can_not_be_had_leave_all_as_it_is(served: Drill) -> None:
    """The pins of a newer program, while the registry is away."""
    before = served.state()
    script = SERVER / "install.sh"
    nowhere = "env PIP_CONFIG_FILE=/dev/null PIP_NO_INDEX=1 PIP_FIND_LINKS=/nirgends"

    status, said = served.ran(*nowhere.split(), script, NAME)

    assert status == 2
    assert "Chưa thay đổi gì; bản đang dùng vẫn dùng được." in said
    assert [
        line for line in served.state() if "/.fresh" not in line and "/environments" not in line
    ] == [line for line in before if "/environments" not in line]
    served.git("reset", "--quiet", "--hard", "origin/main")
    served.introduces("Sau đó.")
    assert served.pushes()[0] == 0
    assert served.shows("Sau đó.")


# From an older server, and back ------------------------------------------------------------------


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The project as it was when a server ran what was pushed to it."""
    folder = tmp_path / "older"
    folder.mkdir()
    packed = subprocess.run(
        ["git", "-C", ROOT, "archive", "--format=tar", OLDER], check=False, capture_output=True
    )
    if packed.returncode:
        pytest.skip("a clone without its history")
    subprocess.run(["tar", "-C", folder, "-x"], input=packed.stdout, check=True)
    return folder


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What an upgrade leaves as it is."""

    sites: str
    """The names of those that are kept."""
    keys: str
    files: Mapping[str, str]
    """Of the site that is shown."""
    repository: str


def known(drill: Drill) -> Known:
    inside = "cd /srv/tiendo/plan.git && find objects refs packed-refs HEAD -type f | sort"
    return Known(
        sites=drill.run("ls", "/srv/tiendo/sites"),
        keys=drill.run("cat", "/srv/tiendo/.ssh/authorized_keys"),
        files=drill.machine.files("/srv/tiendo/live"),
        repository=drill.run("sh", "-c", inside),
    )


def publishes(drill: Drill, words: str) -> None:
    drill.introduces(words)
    status, said = drill.pushes()
    assert (status, "ĐÃ LÊN TRANG" in said) == (0, True), said
    assert drill.shows(words)


def opened_then(drill: Drill, older: Path) -> None:
    """An office of those days, with its own address and two pushes."""
    drill.run(older / SERVER.relative_to(ROOT) / "install.sh", NAME)
    python, options = shlex.quote(sys.executable), f"'--today {BEFORE_2024}'"
    settings = f"TIENDO_PYTHON={python}\nTIENDO_OPTIONS={options}\n"
    drill.writes("/usr/local/lib/tiendo/settings", settings)
    keys = f"printf %s {shlex.quote(KEY)} >/srv/tiendo/.ssh/authorized_keys"
    drill.run("runuser", "-u", PUSHER, "--", "sh", "-c", keys)
    drill.begins(older)
    site = drill.clerk / "site_config" / "site.toml"
    text = site.read_text("utf-8")
    site.write_text(text.replace("https://tiendo.example/", f"https://{NAME}/"), "utf-8")
    for words in ("Câu thứ nhất.", "Câu thứ hai."):
        publishes(drill, words)


def test_an_older_server_becomes_one_of_today_and_one_command_leads_back(
    drill: Drill, older: Path
) -> None:
    opened_then(drill, older)
    before = known(drill)
    # Somebody was here before: nothing that a link leads to is taken over.
    link = f"/srv/tiendo/sites/{before.sites.split()[0]}/shadow.txt"
    drill.run("runuser", "-u", PUSHER, "--", "ln", "-s", "/etc/shadow", link)

    drill.installed()
    drill.machine.started()

    assert known(drill) == before
    assert before.keys == KEY
    assert drill.run("find", "/srv/tiendo/sites", "!", "-user", "root", "-o", "-type", "l") == ""
    # Pages by hand were programs then: they are named, and what is shown stays.
    status, said = drill.ran("tiendo-publish")
    assert (status, "[page-name-unknown]" in said, "CHƯA NHẬN" in said) == (1, True, True), said
    assert drill.machine.files("/srv/tiendo/live") == before.files
    shutil.copytree(drill.clerk / "docs", drill.clerk.parent / "docs")
    drill.takes_pages_of(ROOT)
    publishes(drill, "Câu thứ ba.")
    now = drill.machine.files("/srv/tiendo/live")
    assert sorted({path for path in before.files if path.endswith(".html")} - now.keys()) == []
    signed = {path: text for path, text in before.files.items() if re.search(r"/v\d+/.*csv$", path)}
    assert signed
    assert {path: now.get(path) for path in signed} == signed
    assert f"https://{NAME}/" in drill.run("cat", "/srv/tiendo/live/sitemap.xml")

    said = drill.run("tiendo-program", "back")
    drill.machine.stopped()

    assert "Từ nay dùng: older-server" in said
    assert known(drill).keys == KEY
    assert drill.shows("Câu thứ ba.")
    assert drill.run("find", "/srv/tiendo", "!", "-user", PUSHER) == ""
    drill.takes_pages_of(drill.clerk.parent)
    publishes(drill, "Câu thứ tư.")

    # And once more.
    drill.installed()
    drill.machine.started()
    assert "Trước đó: older-server" in drill.run("tiendo-program")
    drill.takes_pages_of(ROOT)
    publishes(drill, "Câu thứ năm.")


def test_a_newer_program_is_put_beside_the_older_and_one_command_leads_back(
    served: Drill, tmp_path: Path
) -> None:
    first = served.run("readlink", "/opt/tiendo/current")
    newer = tmp_path / "newer"
    leave_out = shutil.ignore_patterns(".*", "__pycache__", "tests", "build", "data")
    shutil.copytree(ROOT, newer, ignore=leave_out)
    project = newer / "pyproject.toml"
    project.write_text(project.read_text("utf-8").replace('version = "', 'version = "9'))

    served.installed(newer)

    second = served.run("readlink", "/opt/tiendo/current")
    assert second.startswith("releases/9")
    assert served.introduces("Bằng bản mới.")
    assert served.pushes()[0] == 0
    assert served.shows("Bằng bản mới.")
    served.run("tiendo-program", "back")
    assert served.run("readlink", "/opt/tiendo/current") == first
    served.run("tiendo-program", "back")
    assert served.run("readlink", "/opt/tiendo/current") == second


def test_a_lost_server_is_made_again_from_a_clone_and_its_settings(
    served: Drill, tmp_path: Path
) -> None:
    kept = served.run(
        "tar", "-C", "/", "-cf", tmp_path / "kept.tar", "etc/tiendo", "srv/tiendo/.ssh"
    )
    assert kept == ""
    files = served.machine.files("/srv/tiendo/live")
    (tmp_path / "another").mkdir()

    with machine(tmp_path / "another") as made:
        assert made is not None
        again = Drill(made, served.clerk)
        again.installed()
        again.run("tar", "-C", "/", "-xf", tmp_path / "kept.tar")
        made.started()
        status, said = again.pushes()

        assert (status, "ĐÃ LÊN TRANG" in said) == (0, True), said
        assert made.files("/srv/tiendo/live") == files
        assert again.run("cat", "/srv/tiendo/.ssh/authorized_keys") == KEY
