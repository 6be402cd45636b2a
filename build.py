"""The one command: ``python3 build.py``; with ``--help`` it says what else it can do.

Needs Python 3.11 or newer and nothing else.  If the Python that runs it has the packages of
``requirements.in`` in the versions of ``requirements.txt``, it is used.  Otherwise they are
installed into ``.venv`` beside this file, and the command goes on in there.

Two commands need ``requirements-dev.txt`` as well, and run in this file's folder::

    python3 build.py test [ARGS]            pytest
    python3 build.py run MODULE [ARGS]      any module, such as ruff or mypy

The few sentences here are the only ones in Python, in both languages at once: the files that hold
the others can't be counted on yet.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

TO_BUILD = "requirements"
TO_DEVELOP = "requirements-dev"

DONE, WRONG_COMMAND, FAULT, INTERRUPTED = 0, 2, 3, 130
"""How a command ends; 1 is for data with problems, and `tiendo.cli` alone gives it."""

TOO_OLD = (
    "Cần Python 3.11 trở lên; đang dùng {version}.",
    "Python 3.11 or newer is needed; this is {version}.",
)
INSTALLING = (
    "Cài các gói cần thiết vào {folder} (chỉ lần đầu, khoảng một phút)…",
    "Installing packages into {folder} (the first time only, about a minute)…",
)
NO_ENVIRONMENT = (
    "Không tạo được môi trường Python. Trên Debian: apt install python3-venv, rồi chạy lại.",
    "Can't make a Python environment. On Debian: apt install python3-venv, then run again.",
)
NO_PACKAGES = (
    "Không cài được các gói. Hãy kiểm tra mạng, proxy, ổ đĩa rồi chạy lại.",
    "Can't install the packages. Check the network, the proxy, the disk, then run again.",
)
FAULTY = (
    "Lỗi của chính chương trình, không phải của số liệu. Trang đang có giữ nguyên. Chi tiết: {log}",
    "A fault of the program itself, not of the data. The site stands as before. Details: {log}",
)
NOWHERE = ("không ghi được ở đâu cả", "could be written nowhere")


class NotPossible(Exception):
    """The environment can't be made; its argument is what to do, in both languages."""


def main(arguments: list[str]) -> int:
    """Run the command; gives its exit code."""
    _open_what_is_closed()
    develops = arguments[:1] in (["test"], ["run"])
    wanted = [TO_BUILD, TO_DEVELOP] if develops else [TO_BUILD]
    try:
        if _suits(wanted):
            return _run(arguments)
        with _alone():
            if not all(map(_stands, wanted)):
                say(INSTALLING, folder=ENVIRONMENT)
                install(wanted)
    except NotPossible as error:
        say(error.args[0])
        return WRONG_COMMAND
    except KeyboardInterrupt:
        return INTERRUPTED
    return _continue_in([str(PYTHON), str(HERE / "build.py"), *arguments])


def install(wanted: list[str]) -> None:
    """Make the environment hold what `wanted` names; what was left half done is done again.

    Raises `NotPossible`.
    """
    if not _stands(TO_BUILD):
        # Afresh: pip would leave behind what is no longer needed.
        base = getattr(sys, "_base_executable", sys.executable)
        _call([base, "-m", "venv", "--clear", str(ENVIRONMENT)], otherwise=NO_ENVIRONMENT)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input"]
    for name in wanted:
        if not _stands(name):
            listed = str(HERE / f"{name}.txt")
            command = [*pip, "--disable-pip-version-check", "--require-hashes", "-r", listed]
            _call(command, otherwise=NO_PACKAGES)
            _stamp(name).write_text(_fingerprint(name), encoding="ascii")


def say(sentences: tuple[str, ...], **facts: object) -> None:
    """Print a message in each language on standard error."""
    for sentence in sentences:
        print(sentence.format(**facts), file=sys.stderr, flush=True)


def _suits(wanted: list[str]) -> bool:
    """Whether this very Python has what is wanted."""
    if Path(sys.prefix).resolve() == ENVIRONMENT:
        return all(map(_stands, wanted))
    return all(
        _installed(package) in versions for name in wanted for package, versions in _pins(name)
    )


def _pins(name: str) -> Iterator[tuple[str, set[str]]]:
    """Each package that we ask for ourselves, with its pinned versions (one for each platform)."""
    pinned = (HERE / f"{name}.txt").read_text("utf-8")
    for line in (HERE / f"{name}.in").read_text("utf-8").splitlines():
        if re.fullmatch(r"[A-Za-z][\w.-]*", line):
            pattern = rf"(?im)^{re.escape(line)}==([^\s;]+)"
            yield line, set(re.findall(pattern, pinned))


def _installed(package: str) -> str | None:
    # Pythons that are too old to say so themselves lack it.
    from importlib import metadata  # noqa: PLC0415

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _stamp(name: str) -> Path:
    """The file that is written when everything of a list is installed, and only then."""
    return ENVIRONMENT / f"tiendo-{name}.sha256"


def _stands(name: str) -> bool:
    try:
        return PYTHON.exists() and _stamp(name).read_text("ascii") == _fingerprint(name)
    except OSError:
        return False


def _fingerprint(name: str) -> str:
    """What an environment depends on: the list, and which Python it was made by."""
    listed = hashlib.sha256((HERE / f"{name}.txt").read_bytes()).hexdigest()
    return f"{listed} {sys.version_info.major}.{sys.version_info.minor}\n"


@contextmanager
def _alone() -> Iterator[None]:
    """Inside, no other build.py of this folder installs anything."""
    with Path(__file__).open("rb") as lock:
        # Windows has no such lock; nor have some network disks.
        with suppress(ImportError, OSError):
            import fcntl  # noqa: PLC0415

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _call(command: list[str], *, otherwise: tuple[str, ...]) -> None:
    try:
        done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    except OSError as error:
        raise NotPossible(otherwise) from error
    if done.returncode != DONE:
        raise NotPossible(otherwise)


def _run(arguments: list[str]) -> int:
    if arguments[:1] == ["test"]:
        return _in_this_folder(["pytest", *arguments[1:]])
    if arguments[:1] == ["run"]:
        return _in_this_folder(arguments[1:])
    try:
        from tiendo.cli import main as command  # noqa: PLC0415

        return command(arguments)
    except Exception:  # noqa: BLE001 - whatever it is, it is ours, and a person is told so
        return _faulty(arguments)


def _faulty(arguments: list[str]) -> int:
    """Tell of a fault of the program, whose traceback is for those who mend it; the exit code."""
    details = (
        f"{' '.join(map(repr, arguments))}\n"
        f"Python {platform.python_version()}, {platform.platform()}\n\n{traceback.format_exc()}"
    )
    # What can't be told any more is still to be told apart by how it ends.
    with suppress(OSError):
        say(FAULTY, log=_logged(details) or " / ".join(NOWHERE))
    return FAULT


def _logged(details: str) -> Path | None:
    """The file that now holds the details; None where no folder takes it."""
    # A service of systemd names the folder that outlives it.
    kept = [Path(name) for name in os.environ.get("LOGS_DIRECTORY", "").split(":") if name]
    for folder in (*kept, HERE / "build", Path(tempfile.gettempdir())):
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(prefix="fault-", suffix=".log", dir=folder)
            os.close(number)
            Path(name).write_text(details, encoding="utf-8", errors="backslashreplace")
            return Path(name)
    return None


def _open_what_is_closed() -> None:
    """Let no file that is opened later be taken for an output that the caller has closed.

    What is told of the work goes nowhere then.  A result that was asked for does not: writing it
    fails, like writing to a full disk.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free is this one; for reading only, so that writing fails.
            os.open(os.devnull, os.O_RDONLY)
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - to the end
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _in_this_folder(module: list[str]) -> int:
    os.chdir(HERE)
    return _continue_in([sys.executable, "-m", *module])


def _continue_in(command: list[str]) -> int:
    """Become `command`: it gets this process's signals, terminal and exit code."""
    if os.name != "nt":
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(command[0], command)  # noqa: S606
    # On Windows, exec would return to the prompt at once.
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - that is what is being found out
        say(TOO_OLD, version=".".join(map(str, sys.version_info[:3])))
        sys.exit(WRONG_COMMAND)
    sys.exit(main(sys.argv[1:]))
