"""An office's own server, whole, on this machine: people push, hooks answer, nginx shows.

What is pushed is this project with the small package of tests/cases; the first push is made once
and copied for each test.
"""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path

import pytest
from office_at_hand import (
    ABOUT,
    AT_2024,
    BEFORE_2024,
    MANY,
    ROOT,
    SERVER,
    Office,
    ended,
    opened_office,
)
from playwright.sync_api import Browser

from tiendo.machine.write import locked

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")

FIGURES = "data/results/2024/v1/observations.csv"
FEW = 5
"""Seconds that a thing may take which takes no time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a web server answered."""

    status: int
    headers: HTTPMessage
    body: bytes


def waited_for(wanted: Callable[[], object], process: subprocess.Popen[str]) -> None:
    """Wait until something holds, while a process goes on."""
    until = time.monotonic() + MANY
    while not wanted():
        assert process.poll() is None, ended(process)
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.fixture(scope="session")
def first_office(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A server's folder and a clerk's, after the first push; for copying."""
    shared = tmp_path_factory.getbasetemp()
    folder = (shared if worker_id == "master" else shared.parent) / "office"
    with locked(folder):
        if not (folder / "done").exists():
            opened_office(folder, ROOT / "tests" / "cases" / "small" / "data")
            (folder / "done").touch()
    return folder


@pytest.fixture
def office(first_office: Path, tmp_path: Path) -> Office:
    """A server to which a first site was pushed, before the hour of the edition of 2024."""
    folder = tmp_path / "máy chủ"
    shutil.copytree(first_office, folder, symlinks=True)
    return Office(home=folder / "srv", clerk=folder / "clerk")


def test_a_push_with_an_error_is_refused_with_the_words_of_check(office: Office) -> None:
    before = office.live()
    office.commit(FIGURES, "ben-lau,180,420", "ben-lau,480,420")
    _, check = office.ran(
        sys.executable, "build.py", "check", "--today", BEFORE_2024, now=BEFORE_2024
    )
    assert "results/2024/v1/observations.csv, dòng 2" in check

    status, said = office.push()

    assert status != 0
    assert [line for line in check.splitlines() if f"remote: {line}".rstrip() not in said] == []
    assert "CHƯA NHẬN. Trang đang có giữ nguyên." in said
    assert office.live() == before
    assert office.leftovers() == []


def test_a_push_without_error_is_live_when_it_ends(office: Office) -> None:
    commit = office.introduce("Thêm một câu.")

    status, said = office.push()

    assert status == 0
    assert f"ĐÃ LÊN TRANG: {commit[:7]}" in said
    assert office.shows("Thêm một câu.")
    assert office.leftovers() == []


def test_another_branch_is_checked_and_not_shown(office: Office) -> None:
    before = office.live()
    office.introduce("Bản nháp.")

    assert "Nhánh này không lên trang" in office.push("main:nhap")[1]
    office.commit(FIGURES, "ben-lau,180,420", "ben-lau,480,420")
    status, said = office.push("main:nhap")

    assert (status != 0, "CHƯA NHẬN" in said) == (True, True)
    assert office.live() == before


def test_the_history_of_what_is_published_can_not_be_rewritten(office: Office) -> None:
    before = office.live()
    office.run("git", "commit", "--quiet", "--amend", "--message", "Như chưa có gì")

    rewritten, deleted = office.push("+main"), office.push(":main")

    assert (rewritten[0] != 0, "bỏ mất một phần lịch sử" in rewritten[1]) == (True, True)
    assert (deleted[0] != 0, "không được xóa nhánh main" in deleted[1]) == (True, True)
    assert office.live() == before


def test_of_two_pushes_at_once_one_is_live_and_the_other_is_told_to_pull(office: Office) -> None:
    other = office.clerk.with_name("other")
    office.run("git", "clone", "--quiet", office.home / "plan.git", other)
    office.introduce("Câu thứ nhất.")
    office.introduce("Câu thứ hai.", clone=other)
    pushing = office.begun("git", "push", "origin", "main")
    waited_for(lambda: list(office.work.glob(".site*")), pushing)

    late = office.ran("git", "-C", other, "push", "origin", "main")
    early = ended(pushing)

    assert early[0] == 0, early[1]
    assert late[0] != 0
    assert "đang đợi" in late[1]
    assert "đã có người đẩy lên trước. Hãy chạy git pull rồi đẩy lại." in late[1]
    assert office.shows("Câu thứ nhất.")
    assert not office.shows("Câu thứ hai.")


def processes_in(folder: Path) -> list[int]:
    """The processes that work in a folder, the oldest first."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if entry.name.isdigit() and (entry / "cwd").readlink() == folder:
                program = (entry / "cmdline").read_bytes().split(b"\0")
                if program[1:3] == [b"build.py", b"build"]:
                    found.append(int(entry.name))
    return sorted(found)


def test_a_build_that_is_killed_leaves_the_site_whole_and_the_next_push_goes_through(
    office: Office,
) -> None:
    before = office.live()
    office.introduce("Thêm một câu.")
    pushing = office.begun("git", "push", "origin", "main")
    waited_for(lambda: list(office.work.glob(".site*/fresh")), pushing)

    os.kill(processes_in(office.work / "tree")[0], signal.SIGKILL)

    status, said = ended(pushing)
    assert status != 0
    assert "CHƯA NHẬN: việc dựng trang bị ngắt giữa chừng." in said
    assert office.live() == before

    assert office.push()[0] == 0
    assert office.shows("Thêm một câu.")
    assert office.leftovers() == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 128 megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128m", "tiendo-test", disk],
        check=False,
        capture_output=True,
    )
    if mounted.returncode != 0:
        pytest.skip("only root can mount a disk, and not inside of every container")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("left", [1_200_000, 9_000_000], ids=["check", "build"])
def test_on_a_full_disk_a_push_is_refused_and_the_site_stays(
    office: Office, small_disk: Path, left: int
) -> None:
    shutil.copytree(office.home, small_disk / "srv", symlinks=True)
    office = Office(home=small_disk / "srv", clerk=office.clerk)
    office.run("git", "remote", "set-url", "origin", office.home / "plan.git")
    before = office.live()
    office.introduce("Thêm một câu.")
    free = shutil.disk_usage(small_disk).free
    (small_disk / "filler").write_bytes(bytes(free - left))

    status, said = office.push()

    assert status != 0
    assert "CHƯA NHẬN: ổ đĩa của máy chủ đã đầy. Trang đang có giữ nguyên." in said
    assert office.live() == before

    (small_disk / "filler").unlink()
    assert office.push()[0] == 0
    assert office.shows("Thêm một câu.")


def test_a_site_that_can_not_be_written_is_refused_and_the_old_one_stays(office: Office) -> None:
    before = office.live()
    office.introduce("Thêm một câu.")
    # No file of more than 400 kilobytes: the pushed files have none, the site has.
    office = Office(home=office.home, clerk=office.clerk, bounds=("prlimit", "--fsize=400000"))

    status, said = office.push()

    assert status != 0
    assert "CHƯA NHẬN" in said
    assert "Hãy sửa" not in said
    assert office.live() == before


def test_one_command_rolls_back_until_the_next_push(office: Office) -> None:
    first = office.live()
    office.introduce("Câu sai.")
    assert office.push()[0] == 0
    assert office.shows("Câu sai.")

    said = office.run(SERVER / "tiendo-rollback")

    assert "Trang ở lại bản này cho đến lần đẩy sau" in said
    assert office.live() == first

    # What comes due does not bring it back.
    office.run(SERVER / "tiendo-publish")
    assert office.live() == first
    assert "Không còn bản nào trước" in office.ran(SERVER / "tiendo-rollback")[1]

    office.commit(ABOUT, "Câu sai.", "Câu đúng.")
    assert office.push()[0] == 0
    assert office.shows("Câu đúng.")


def test_what_comes_due_is_shown_at_its_hour_and_not_before(office: Office) -> None:
    def years() -> list[str]:
        return sorted(path.name for path in (office.home / "live" / "nam").iterdir())

    assert years() == ["2023"]

    assert "Trang không có gì thay đổi." in office.run(SERVER / "tiendo-publish")
    status, said = office.ran(SERVER / "tiendo-publish", now=AT_2024)

    assert (status, "ĐÃ LÊN TRANG" in said) == (0, True)
    assert years() == ["2023", "2024"]


@pytest.fixture
def nginx(office: Office, tmp_path: Path) -> Iterator[int]:
    """The port of an nginx that shows the office's site by the configuration that ships."""
    assert NGINX, "these tests need nginx: apt install nginx"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    shipped = (SERVER / "nginx.conf").read_text("utf-8")
    for old, new in (
        ("  listen 80;\n  listen [::]:80;\n", f"  listen 127.0.0.1:{port};\n"),
        ("root /srv/tiendo/live;", f'root "{office.home}/live";'),
    ):
        assert shipped.count(old) == 1
        shipped = shipped.replace(old, new)
    # The office's site is in one language; what the configuration says of a second one is seen by these.
    for name in ("404.html", "nhung/biet-boi--dia-ban/index.html"):
        page = office.home / "live" / "en" / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text('<html lang="en">', "utf-8")
    own = tmp_path / "nginx"
    own.mkdir()
    (own / "site.conf").write_text(shipped, "utf-8")
    temporary = "".join(
        f"{kind}_temp_path {own / kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    owner = f"user {office.home.owner()};" if os.geteuid() == 0 else ""
    (own / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {own}/pid; {owner}\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{temporary}include {own}/site.conf;\n}}\n",
        "utf-8",
    )
    log = own / "error.log"
    running = subprocess.Popen([NGINX, "-p", own, "-e", log, "-c", own / "nginx.conf"])
    until = time.monotonic() + FEW
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except ConnectionRefusedError:
            assert running.poll() is None, log.read_text()
            assert time.monotonic() < until
            time.sleep(0.02)
    yield port
    running.terminate()
    running.wait(FEW)


def asked(port: int, path: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=FEW)
    with suppress(ConnectionError):
        connection.request(
            "GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()}
        )
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return Answer(status=answer.status, headers=answer.headers, body=body)


PROMISES = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cache-Control": "public, max-age=60",
}


def test_a_push_is_seen_through_the_web_server_at_once(office: Office, nginx: int) -> None:
    old = asked(nginx, "/gioi-thieu/")
    assert asked(nginx, "/gioi-thieu/", If_None_Match=old.headers["ETag"]).status == 304
    office.introduce("Thêm một câu.")
    assert office.push()[0] == 0

    new = asked(nginx, "/gioi-thieu/", If_None_Match=old.headers["ETag"])

    assert new.status == 200
    assert "Thêm một câu." in new.body.decode()
    assert {name: new.headers[name] for name in PROMISES} == PROMISES


def test_every_file_is_sent_as_what_it_is_with_the_headers_that_protect_it(
    office: Office, nginx: int
) -> None:
    site = office.home / "live"
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    kinds = {Path(path).suffix: path for path in paths if Path(path).name[0] != "."}

    answers = {
        kind: asked(nginx, f"/{path.removesuffix('index.html')}") for kind, path in kinds.items()
    }

    assert {kind: answer.status for kind, answer in answers.items() if answer.status != 200} == {}
    unknown = "application/octet-stream"
    assert [kind for kind, a in answers.items() if a.headers["Content-Type"] == unknown] == []
    assert [kind for kind, a in answers.items() if not a.headers["Content-Security-Policy"]] == []
    assert {a.headers["X-Content-Type-Options"] for a in answers.values()} == {"nosniff"}
    assert answers[".html"].headers["Content-Type"] == "text/html; charset=utf-8"
    assert answers[".csv"].headers["Content-Type"] == "text/csv; charset=utf-8"

    hashed = next(path for path in paths if re.search(r"/styles\.\w+\.css$", path))
    assert asked(nginx, f"/{hashed}").headers["Cache-Control"] == (
        "public, max-age=31536000, immutable"
    )
    table = next(path for path in paths if path.endswith(".csv"))
    assert asked(nginx, f"/{table}").headers["Access-Control-Allow-Origin"] == "*"
    assert asked(nginx, "/").headers["Access-Control-Allow-Origin"] is None
    packed = asked(nginx, "/", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.body) == (site / "index.html").read_bytes()


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/khong-co/", "vi"),
        ("/en/nothing/", "en"),
        ("/.tiendo", "vi"),
        ("/en/.git/config", "en"),
        ("/assets/", "vi"),
        ("/en/assets/", "en"),
        ("/%2e%2e/%2e%2e/etc/passwd", None),
    ],
)
def test_what_is_not_there_is_told_in_the_language_of_its_address(
    nginx: int, path: str, language: str | None
) -> None:
    answer = asked(nginx, path)

    assert answer.status == (404 if language else 400)
    if language:
        assert f'<html lang="{language}"' in answer.body.decode()
        assert answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_an_address_without_its_slash_leads_to_the_page(nginx: int) -> None:
    answer = asked(nginx, "/nam/2023")

    assert (answer.status, answer.headers["Location"]) == (301, "/nam/2023/")


@pytest.mark.parametrize(
    ("copied", "led"),
    [
        ("/dia-ban/ben-lau", "/dia-ban/ben-lau/"),
        ("/dia-ban/ben-lau?fbclid=IwAR0x", "/dia-ban/ben-lau/?fbclid=IwAR0x"),
        ("/dia-ban/ben-lau/index.html", "/dia-ban/ben-lau/"),
        ("/dia-ban/ben-lau/index.html?zarsrc=30", "/dia-ban/ben-lau/?zarsrc=30"),
        ("/dia-ban/ben-lau/,", "/dia-ban/ben-lau/"),
        ("/dia-ban/ben-lau/).", "/dia-ban/ben-lau/"),
        ("/dia-ban/ben-lau.", "/dia-ban/ben-lau"),
        ("/en/dia-ban/ben-lau/%E2%80%9D", "/en/dia-ban/ben-lau/"),
        ("/dia-ban/ben-lau/%E2%80%8B", "/dia-ban/ben-lau/"),
        ("/dia-ban/ben-lau/%C2%A0", "/dia-ban/ben-lau/"),
        ("/dia-ban/ben-lau/%20", "/dia-ban/ben-lau/"),
        ("/du-lieu/so-lieu.csv.", "/du-lieu/so-lieu.csv"),
    ],
)
def test_an_address_copied_with_what_stood_around_it_leads_to_the_page(
    nginx: int, copied: str, led: str
) -> None:
    answer = asked(nginx, copied)

    assert (answer.status, answer.headers["Location"]) == (301, led)


@pytest.mark.parametrize(
    "address",
    ["/dia-ban/ben-lau/?fbclid=IwAR0x", "/dia-ban/ben-lau/?utm_source=zalo.", "//nam/2023/"],
)
def test_what_networks_add_to_an_address_does_no_harm(nginx: int, address: str) -> None:
    assert asked(nginx, address).status == 200


def test_a_feed_is_sent_as_a_feed(nginx: int) -> None:
    answer = asked(nginx, "/dia-ban/ben-lau/feed.xml")

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer.headers["Content-Security-Policy"]


@pytest.mark.browser
def test_capitals_and_marks_in_an_address_are_forgiven(nginx: int, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        root = f"http://127.0.0.1:{nginx}/"
        page.goto(f"{root}Dia-Ban/Bến Lau/?x=1")
        page.wait_for_url(f"{root}dia-ban/ben-lau/?x=1")
        assert page.locator("h1").inner_text() == "Huyện Bến Lau"
        page.goto(f"{root}khong-co/")
        page.wait_for_load_state("networkidle")
        assert page.url == f"{root}khong-co/"


def test_no_script_stands_in_a_page_and_the_policy_lets_none_run(
    office: Office, nginx: int
) -> None:
    """Data in a script element (JSON) is never run, so no policy has to name it."""
    scripts = {
        text
        for page in (office.home / "live").rglob("*.html")
        for attributes, text in re.findall(r"(?s)<script([^>]*)>(.*?)</script>", page.read_text())
        if "src=" not in attributes and "json" not in attributes
    }
    assert scripts == set()

    policy = asked(nginx, "/").headers["Content-Security-Policy"]

    assert re.findall(r"script-src ([^;]*);", policy) == ["'self'"]


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/nhung/biet-boi--dia-ban/", "*"),
        ("/en/nhung/biet-boi--dia-ban/", "*"),
        ("/", "'self'"),
        ("/chi-tieu/biet-boi/", "'self'"),
        ("/dia-ban/nhung/", "'self'"),
    ],
)
def test_only_pages_made_for_it_may_stand_in_other_peoples_frames(
    nginx: int, path: str, who: str
) -> None:
    policy = asked(nginx, path).headers["Content-Security-Policy"]
    assert policy.rpartition("; ")[2] == f"frame-ancestors {who}"


@pytest.mark.browser
def test_under_the_policy_charts_and_search_work_in_a_browser(nginx: int, browser: Browser) -> None:
    faults: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda message: faults.append(message.text) if message.type == "error" else None,
        )
        page.goto(f"http://127.0.0.1:{nginx}/chi-tieu/biet-boi/")
        figure = page.locator("figure.td-figure[data-spec]").first
        figure.get_by_role("button").click()
        figure.locator(".td-figure__live svg").wait_for()
        page.get_by_role("combobox").fill("ben lau")
        page.locator(".td-found[href*='dia-ban/ben-lau/']").first.wait_for()

    assert faults == []
