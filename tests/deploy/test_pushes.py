"""What is taken from a push and what is not, whatever is in it; how a push is told of its end."""

from __future__ import annotations

import io
import os
import shutil
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter

import pytest
from office_at_hand import AT_2024, BEFORE_2024, ROOT, SERVER, Office, opened_office

from tiendo.config import program_version
from tiendo.machine.write import locked

sys.path.append(str(SERVER))

from tiendo_server import moments
from tiendo_server.frames import asked
from tiendo_server.pushing import Server
from tiendo_server.settings import Settings
from tiendo_server.telling import harmless, sentences
from tiendo_server.unpacking import Unfit, unpacked


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Office:
    """A server with the small case's site, for pushes that leave it as it is."""
    shared = tmp_path_factory.getbasetemp()
    first = (shared if worker_id == "master" else shared.parent) / "office"
    with locked(first):
        if not (first / "done").exists():
            opened_office(first, ROOT / "tests" / "cases" / "small" / "data")
            (first / "done").touch()
    folder = tmp_path_factory.mktemp("pushes") / "máy chủ"
    shutil.copytree(first, folder, symlinks=True)
    return Office(home=folder / "srv", clerk=folder / "clerk")


@pytest.fixture
def office(opened: Office) -> Iterator[Office]:
    """The same server for each test, which has to leave it showing what it showed."""
    before = opened.live()
    opened.run("git", "checkout", "--quiet", "--force", "-B", "main", "origin/main")
    yield opened
    assert opened.live() == before
    assert opened.leftovers() == []


class Tree:
    """A commit put together of parts that no working folder could hold."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.index = office.clerk / ".git" / "index-of-tree"
        self._git("read-tree", "HEAD")

    def _git(self, *arguments: object, given: bytes = b"") -> str:
        done = subprocess.run(
            ["git", *map(str, arguments)],
            cwd=self.office.clerk,
            env={**self.office.environment(), "GIT_INDEX_FILE": str(self.index)},
            input=given,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode().strip()

    def blob(self, content: bytes) -> str:
        return self._git("hash-object", "-w", "--stdin", given=content)

    def add(
        self,
        path: str | bytes,
        content: bytes = b"x\n",
        mode: str = "100644",
        *,
        more: str | None = None,
    ) -> None:
        name = self._git("rev-parse", "HEAD") if mode == "160000" else self.blob(content)
        raw = path if isinstance(path, bytes) else path.encode()
        entry = f"{mode} {name}\t".encode() + raw + b"\0"
        self._git("update-index", "--add", "-z", "--index-info", given=entry)
        if more is not None:
            self.add(more)

    def add_many(self, count: int) -> None:
        name = self.blob(b"x\n")
        entries = "".join(f"100644 {name}\tdata/results/{n}.csv\0" for n in range(count))
        self._git("update-index", "--add", "-z", "--index-info", given=entries.encode())

    def instead_of_data(self, mode: str) -> None:
        self._git("rm", "-r", "--cached", "--quiet", "data")
        self.add("data", b"/etc", mode)

    def bomb(self) -> None:
        """Ten folders in each of ten levels, all of them the same: 10^10 files in a kilobyte."""
        blob = self.blob(b"x\n")
        tree = self._git("mktree", "-z", given=f"100644 blob {blob}\tx.csv\0".encode())
        for _ in range(10):
            entries = "".join(f"040000 tree {tree}\td{n}\0" for n in range(10))
            tree = self._git("mktree", "-z", given=entries.encode())
        top = self._git("ls-tree", "-z", "HEAD")
        kept = [line for line in top.split("\0") if line and not line.endswith("\tdata")]
        entries = "\0".join([*kept, f"040000 tree {tree}\tdata"]) + "\0"
        self.tree = self._git("mktree", "-z", given=entries.encode())

    tree = ""

    def pushed(self, branch: str = "main") -> tuple[int, str]:
        tree = self.tree or self._git("write-tree")
        commit = self._git("commit-tree", tree, "-p", "HEAD", "-m", "x")
        return self.office.push(f"{commit}:refs/heads/{branch}")


LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
HERE = "data/results/2024/v1/"

HOSTILE: dict[str, tuple[Callable[[Tree], None], str]] = {
    "a link": (lambda t: t.add(f"{HERE}x.csv", b"/etc/passwd", "120000"), "là liên kết"),
    "a link in pages": (lambda t: t.add("docs/vi/x.md", b"../../x", "120000"), "là liên kết"),
    "a link for data": (lambda t: t.instead_of_data("120000"), "data là liên kết"),
    "a submodule": (lambda t: t.add(f"{HERE}more", b"", "160000"), "là kho con"),
    "a submodule for data": (lambda t: t.instead_of_data("160000"), "data là kho con"),
    "a file for data": (lambda t: t.instead_of_data("100644"), "không thấy thư mục data/"),
    "a pointer of LFS": (lambda t: t.add(f"{HERE}observations.csv", LFS), "chỉ trỏ tới"),
    "a pointer of annex": (
        lambda t: t.add(f"{HERE}x.csv", b"/annex/objects/SHA256E-s1--0.csv\n"),
        "chỉ trỏ tới",
    ),
    "names by case": (lambda t: t.add(f"{HERE}Reports.csv"), "là một tên trên nhiều máy"),
    "folders by case": (lambda t: t.add("data/Results/x.csv"), "là một tên trên nhiều máy"),
    "data by case": (lambda t: t.add("Data/plan/x.csv"), "là một tên trên nhiều máy"),
    "names by composition": (
        lambda t: t.add(f"{HERE}\u1ebf.csv", more=f"{HERE}e\u0302\u0301.csv"),
        "là một tên trên nhiều máy",
    ),
    "a line break in a name": (lambda t: t.add(f"{HERE}a\nb.csv"), "không dùng được"),
    "a colour in a name": (lambda t: t.add(f"{HERE}\x1b[31mb.csv"), "không dùng được"),
    "a turned name": (lambda t: t.add(f"{HERE}\u202evsc.x"), "không dùng được"),
    "a name of no letters": (lambda t: t.add(f"{HERE}".encode() + b"\xff\xfe.csv"), "không dùng"),
    "a backslash": (lambda t: t.add(f"{HERE}..\\x.csv"), "không dùng được"),
    "a long name": (lambda t: t.add(f"{HERE}{'x' * 200}.csv"), "không dùng được"),
    "a deep path": (lambda t: t.add(f"data/{'x/' * 150}x.csv"), "không dùng được"),
    "a filter": (
        lambda t: t.add(".gitattributes", b"* text=auto\n*.csv filter=lfs -text\n"),
        ".gitattributes, dòng 2: với thuộc tính filter=lfs",
    ),
    "what is left out": (
        lambda t: t.add("data/.gitattributes", b"results/** export-ignore\n"),
        "data/.gitattributes, dòng 1: với thuộc tính export-ignore",
    ),
    "what is filled in": (
        lambda t: t.add(f"{HERE}.gitattributes", b"*.csv export-subst\n"),
        "thuộc tính export-subst",
    ),
    "another encoding": (
        lambda t: t.add("docs/.gitattributes", b"*.md working-tree-encoding=UTF-16\n"),
        "thuộc tính working-tree-encoding=UTF-16",
    ),
    "hidden in a macro": (
        lambda t: t.add(".gitattributes", b"[attr]quiet ident\n*.csv quiet\n"),
        "thuộc tính ident",
    ),
    "a hundred thousand files": (lambda t: t.add_many(100_000), "có hơn 20000 tệp"),
    "a tree of ten thousand million files": (lambda t: t.bomb(), "có hơn 20000 tệp"),
    "a giant file": (lambda t: t.add(f"{HERE}x.csv", bytes(51 * 2**20)), "lớn hơn 50 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_tree_that_is_not_what_it_seems_is_refused_with_a_sentence(
    office: Office, name: str
) -> None:
    make, sentence = HOSTILE[name]
    tree = Tree(office)
    make(tree)

    status, said = tree.pushed()

    assert status != 0
    assert "CHƯA NHẬN" in said, said
    assert sentence in said, said
    assert "Traceback" not in said
    # Nothing that steers a terminal comes from a name.
    assert {letter for letter in said if ord(letter) < 32} <= {"\n", "\t"}


PROGRAM = "import pathlib; pathlib.Path('CANARY').write_text('ran')\n"


def test_a_program_in_a_push_is_not_run_and_that_it_was_not_looked_at_is_told(
    office: Office, tmp_path: Path
) -> None:
    canary = tmp_path / "canary"
    program = PROGRAM.replace("CANARY", str(canary)).encode()
    tree = Tree(office)
    for path in ("build.py", "tiendo/__init__.py", "tiendo/cli.py", "sitecustomize.py"):
        tree.add(path, program, "100755")
    tree.add("requirements.txt", b"evil==1.0 --hash=sha256:0\n")
    tree.add("docs/developers/x.md")
    tree.add("templates/home.md.jinja", b"{{ ''.__class__ }}")
    tree.add("site_config/site.toml", b'address = "https://evil.example/"\n')

    # On a branch of one's own: that way it came in.
    status, said = tree.pushed("nhap")

    assert status == 0, said
    line = next(line for line in said.splitlines() if "không xem các thay đổi ở" in line)
    for name in ("build.py", "requirements.txt", "site_config", "sitecustomize.py"):
        assert name in line
    assert " và 1 mục khác." in line
    assert not canary.exists()


def answering(folder: Path, code: int, *, command: str = "check", said: str = "") -> str:
    """A Python for the builder that ends in its own way at one command, and does all others."""
    python = folder / "python"
    python.write_text(
        f"#!/bin/sh\ncase $2 in\n{command}) printf '{said}'; exit {code};;\nesac\n"
        f'exec "{sys.executable}" "$@"\n'
    )
    python.chmod(0o755)
    return str(python)


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (1, "Hãy sửa các lỗi nêu trên"),
        (2, "máy chủ không dựng được trang vì lý do nêu trên; không phải lỗi của số liệu"),
        (3, "chương trình trên máy chủ có lỗi; không phải lỗi của số liệu"),
        (137, "việc dựng trang bị ngắt giữa chừng"),
    ],
)
def test_whose_fault_it_is_is_told_apart(
    office: Office, tmp_path: Path, command: str, code: int, sentence: str
) -> None:
    python = answering(tmp_path, code, command=command, said=r"\033[31mtiếng\007\n")
    office.introduce("Một câu.")
    office.set(now=BEFORE_2024, python=python)

    done = subprocess.run(
        ["git", "push", "origin", "main"],
        cwd=office.clerk,
        env=office.environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode != 0
    assert sentence in done.stderr
    assert ("Hãy sửa" in done.stderr) == (code == 1)
    # What a program says can't steer the terminal of who reads it.
    assert "\x1b[31m" not in done.stderr
    assert "[31mtiếng" in done.stderr


def test_data_for_a_newer_program_are_no_fault_of_the_data(office: Office) -> None:
    office.commit("data/plan/datapackage.json", '"tiendo": "0.2"', '"tiendo": "98.7"')

    status, said = office.push()

    assert status != 0
    assert f"cần chương trình từ bản 98.7; ở đây là bản {program_version()}" in said
    assert "không phải lỗi của số liệu" in said
    assert "Hãy sửa" not in said


def test_what_was_signed_is_compared_with_all_that_was_ever_pushed(office: Office) -> None:
    calendar = "data/results/releases.csv"
    office.commit(calendar, "2024-01-15T09:00:00", "2024-01-14T09:00:00")
    office.introduce("Một câu.")

    status, said = office.push()

    assert status != 0
    assert "[release-rewritten]" in said, said
    assert f"{office.run('git', 'rev-parse', 'origin/main')[:7]}" in said


def test_columns_that_the_program_does_not_know_may_be_of_a_newer_one(office: Office) -> None:
    path = "data/plan/datapackage.json"
    text = (office.clerk / path).read_text("utf-8")
    first = text.index('"fields": [') + len('"fields": [')
    new = '{"name": "tomorrow", "type": "string"},'
    office.commit(path, text, f"{text[:first]}{new}{text[first:]}")

    status, said = office.push()

    assert status != 0
    if "[column-unknown]" in said or "[resource-unknown]" in said:
        assert f"Chương trình trên máy chủ là bản {program_version()}." in said


def test_without_its_builder_a_server_says_so(office: Office) -> None:
    office.introduce("Một câu.")
    office.set(now=BEFORE_2024, sockets="/nirgends")

    done = subprocess.run(
        ["git", "push", "origin", "main"],
        cwd=office.clerk,
        env=office.environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode != 0
    assert "Dịch vụ dựng trang trên máy chủ không chạy." in done.stderr
    assert "Hãy sửa" not in done.stderr


# What becomes live ------------------------------------------------------------------------------


def member(
    name: str, kind: bytes = tarfile.REGTYPE, size: int = 1, to: str = ""
) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.size, made.linkname = kind, size, to
    return made


@pytest.mark.parametrize(
    "members",
    [
        [member("x", tarfile.SYMTYPE, 0, "/etc/passwd")],
        [member("x", tarfile.LNKTYPE, 0, "/etc/passwd")],
        [member("x", tarfile.SYMTYPE, 0, "/etc"), member("x/y")],
        [member("x", tarfile.FIFOTYPE, 0)],
        [member("x", tarfile.CHRTYPE, 0)],
        [member("x", tarfile.DIRTYPE, 0)],
        [member("../x")],
        [member("/x")],
        [member("x//y")],
        [member("./x")],
        [member("x"), member("x")],
        [member("x"), member("x/y")],
        [member(f"{n}") for n in range(11)],
        [member("x", size=10_001)],
        [member("/".join("x" * 30))],
    ],
)
def test_only_plain_files_of_a_bounded_number_and_size_are_unpacked(
    members: list[tarfile.TarInfo], tmp_path: Path
) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for each in members:
            tar.addfile(each, io.BytesIO(bytes(each.size)))
    made.seek(0)

    with pytest.raises((Unfit, OSError)):
        unpacked(made, tmp_path / "site", most_files=10, most_bytes=10_000)

    assert not [path for path in tmp_path.rglob("*") if path.is_symlink()]


def test_what_is_unpacked_belongs_to_who_unpacks_it_whatever_the_archive_says(
    tmp_path: Path,
) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        strange = member("a/b.html")
        strange.mode, strange.uid = 0o6777, 12345
        tar.addfile(strange, io.BytesIO(b"x"))
    made.seek(0)

    unpacked(made, tmp_path / "site", most_files=10, most_bytes=10_000)

    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert (file.read_bytes(), file.stat().st_uid) == (b"x", os.geteuid())
    assert stat.S_IMODE(file.stat().st_mode) & 0o6111 == 0


# The clock ---------------------------------------------------------------------------------------


def years(office: Office) -> list[str]:
    return sorted(path.name for path in (office.home / "live" / "nam").iterdir())


@pytest.fixture
def later(opened: Office, tmp_path: Path) -> Office:
    """A server of one's own, after the hour of the edition of 2024."""
    folder = tmp_path / "máy chủ"
    shutil.copytree(opened.home.parent, folder, symlinks=True)
    office = Office(home=folder / "srv", clerk=folder / "clerk")
    office.run("git", "checkout", "--quiet", "--force", "-B", "main", "origin/main")
    assert "ĐÃ LÊN TRANG" in office.ran(SERVER / "tiendo-publish", now=AT_2024)[1]
    assert years(office) == ["2023", "2024"]
    return office


def test_what_was_shown_once_is_not_taken_back_by_a_clock(later: Office) -> None:
    status, said = later.ran(SERVER / "tiendo-publish", now=BEFORE_2024)
    assert (status, "Trang không có gì thay đổi." in said) == (0, True), said
    assert "Đồng hồ máy chủ đang chậm: 15/01/2025 08:59" in said
    assert years(later) == ["2023", "2024"]

    commit = later.introduce("Một câu.")
    status, said = later.ran("git", "push", "origin", "main", now=BEFORE_2024)

    assert (status, f"ĐÃ LÊN TRANG: {commit[:7]}" in said) == (0, True), said
    assert "Đồng hồ máy chủ đang chậm" in said
    assert years(later) == ["2023", "2024"]


def test_folders_that_are_gone_come_back_with_their_rights(later: Office) -> None:
    room = later.home / "plan.git" / "prepared"
    shutil.rmtree(room)
    shutil.rmtree(later.work.parent)
    (later.home / "moment").write_text("không phải thời điểm")
    commit = later.introduce("Một câu.")

    status, said = later.ran("git", "push", "origin", "main", now=AT_2024)

    assert (status, f"ĐÃ LÊN TRANG: {commit[:7]}" in said) == (0, True), said
    assert [stat.S_IMODE(path.stat().st_mode) for path in (room, later.work.parent)] == [0o700] * 2

    for site in (later.home / "sites").iterdir():
        shutil.rmtree(site)
    (later.home / "sites").rmdir()
    room.chmod(0o755)
    (later.home / "moment").unlink()
    assert "ĐÃ LÊN TRANG" in later.ran(SERVER / "tiendo-publish", now=AT_2024)[1]
    assert later.shows("Một câu.")
    assert stat.S_IMODE(room.stat().st_mode) == 0o700
    assert stat.S_IMODE((later.home / "sites").stat().st_mode) == 0o755


def test_a_site_is_not_shown_before_its_hour_nor_for_an_hour_that_was(tmp_path: Path) -> None:
    home = tmp_path / "srv"
    home.mkdir()
    office = Office(home=home, clerk=tmp_path)
    office.set(now=BEFORE_2024)
    (home / "moment").write_text("2025-01-10T00:00:00+07:00\n")
    site = io.BytesIO()
    with tarfile.open(fileobj=site, mode="w") as tar:
        for name in (".tiendo", "index.html"):
            tar.addfile(member(name), io.BytesIO(b"x"))

    def answer(moment: str) -> object:
        site.seek(0)
        question = {"do": "place", "commit": "0" * 40, "moment": moment}
        size = len(site.getvalue())
        return [*asked(office.sockets / "live.sock", question, site, size, 60)][-1][0]

    assert answer("2025-01-15T09:00:00+07:00") == {"exit": 2, "why": "moment"}
    assert answer("2025-01-09T23:59:00+07:00") == {"exit": 2, "why": "moment"}
    assert not (home / "live").exists()
    assert answer("2025-01-15T08:59:00+07:00") == {"exit": 0, "same": False}
    assert (home / "live" / "index.html").read_bytes() == b"x"
    assert (home / "moment").read_text() == "2025-01-15T08:59:00+07:00\n"


def test_a_clock_that_nothing_keeps_right_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    known = Settings(
        python=Path(), languages=("vi",), timezone="Asia/Ho_Chi_Minh", home=Path("/nirgends")
    )
    server = Server(known)
    monkeypatch.setattr(server, "tell", lambda key, **_: told.append(key))
    for answer in (True, False):
        monkeypatch.setattr(moments, "is_unsynchronised", lambda _, says=answer: says)
        server._moment(tells=True)

    assert told == ["told.clock-unsynchronised"]
    monkeypatch.undo()
    assert moments.is_unsynchronised(known) in {True, False}


# What is said ------------------------------------------------------------------------------------


def test_a_clerk_is_told_the_same_in_both_languages() -> None:
    def facts(language: str) -> dict[str, set[str | None]]:
        return {
            key: {name for _, name, _, _ in Formatter().parse(sentence) if name}
            for key, sentence in sentences(language).items()
        }

    sources = "".join(path.read_text("utf-8") for path in (SERVER / "tiendo_server").glob("*.py"))

    assert facts("vi") == facts("en")
    made = {"program.current", "program.before"}
    assert [key for key in facts("vi") if f'"{key}"' not in sources and key not in made] == []


def test_what_could_steer_a_terminal_is_not_passed_on() -> None:
    assert harmless("Số\tliệu \x1b[2J\x07\u202e\r") == "Số\tliệu \ufffd[2J\ufffd\ufffd\ufffd"
