"""What ``build.py`` does before there is anything to build with.

It is tried on a project of its own with one small package, which needs no network.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent

CLI = """
import sys
def main(arguments):
    import tiendo_tiny
    print(tiendo_tiny.VERSION, sys.prefix, *arguments)
    return 0
"""


def make_wheel(folder: Path, version: str) -> str:
    """Make a package with one line in it; gives the line that pins it."""
    folder.mkdir(exist_ok=True)
    info = f"tiendo_tiny-{version}.dist-info"
    files = {
        "tiendo_tiny.py": f"VERSION = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiendo-tiny\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},{len(text)}\n"
        for name, text in files.items()
    )
    wheel = folder / f"tiendo_tiny-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"tiendo-tiny=={version} \\\n    --hash=sha256:{digest}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in a folder with spaces and Vietnamese letters in its name."""
    project = tmp_path / "Tiến độ thực hiện"
    (project / "tiendo").mkdir(parents=True)
    shutil.copy(PROJECT / "build.py", project)
    (project / "tiendo" / "__init__.py").touch()
    (project / "tiendo" / "cli.py").write_text(CLI, "utf-8")
    pin(project, "1.0")
    return project


def pin(project: Path, version: str) -> None:
    line = make_wheel(project / "wheels", version)
    for name in ("requirements", "requirements-dev"):
        (project / f"{name}.in").write_text("tiendo-tiny\n", "utf-8")
        (project / f"{name}.txt").write_text(line, "utf-8")


def environment(project: Path) -> dict[str, str]:
    """The environment of a process whose pip sees the project's own packages and no network."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    # A file address, as pip splits what it finds here at spaces.
    wheels = (project / "wheels").as_uri()
    return {**kept, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels, "PIP_CONFIG_FILE": os.devnull}


def build(
    project: Path, *arguments: str, python: str = sys.executable
) -> subprocess.CompletedProcess[str]:
    """Run the project's ``build.py`` from a folder that is not the project's."""
    return subprocess.run(
        [python, str(project / "build.py"), *arguments],
        cwd=project.parent,
        env=environment(project),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_first_command_makes_an_environment_and_the_next_uses_it(project: Path) -> None:
    first = build(project, "check", "--data", "số liệu")
    second = build(project, "check")

    assert first.stdout == f"1.0 {project / '.venv'} check --data số liệu\n", first.stderr
    assert (first.returncode, second.returncode) == (0, 0)
    assert len(first.stderr.splitlines()) == 2
    assert second.stdout == f"1.0 {project / '.venv'} check\n"
    assert second.stderr == ""


def test_a_python_that_has_the_packages_is_used_as_it_is(project: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    subprocess.run([sys.executable, "-m", "venv", own], check=True)
    wheel = project / "wheels" / "tiendo_tiny-1.0-py3-none-any.whl"
    subprocess.run([own / "bin" / "python", "-m", "pip", "install", "-q", wheel], check=True)

    ended = build(project, python=str(own / "bin" / "python"))

    assert ended.stdout == f"1.0 {own}\n"
    assert not (project / ".venv").exists()


def test_a_list_that_builds_on_another_is_found_in_it_too(project: Path, tmp_path: Path) -> None:
    (project / "requirements-dev.in").write_text("-r requirements.in\n\ntiendo-tiny\n", "utf-8")
    own = tmp_path / "own"
    subprocess.run([sys.executable, "-m", "venv", own], check=True)
    wheel = project / "wheels" / "tiendo_tiny-1.0-py3-none-any.whl"
    subprocess.run([own / "bin" / "python", "-m", "pip", "install", "-q", wheel], check=True)

    ended = build(project, "run", "tiendo_tiny", python=str(own / "bin" / "python"))

    assert ended.returncode == 0, ended.stderr
    assert not (project / ".venv").exists()


def test_an_environment_follows_the_versions_that_are_pinned(project: Path) -> None:
    before = build(project)
    pin(project, "2.0")
    after = build(project)
    from_inside = build(project, python=str(project / ".venv" / "bin" / "python"))

    assert [ended.stdout.split()[0] for ended in (before, after, from_inside)] == [
        "1.0",
        "2.0",
        "2.0",
    ]


def test_an_environment_that_was_left_half_made_is_made_again(project: Path) -> None:
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to("/nowhere")

    assert build(project).stdout.startswith("1.0 ")


def test_killed_while_installing_it_is_whole_after_the_next_command(project: Path) -> None:
    for seconds in (0.3, 1.2, 2.0):
        with subprocess.Popen(
            [sys.executable, str(project / "build.py")],
            env=environment(project),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as child:
            time.sleep(seconds)
            os.killpg(child.pid, signal.SIGKILL)

    assert build(project).stdout.startswith("1.0 ")


def test_interrupted_it_ends_with_130_and_without_a_traceback(project: Path) -> None:
    (project / "tiendo" / "cli.py").write_text(
        "import time\ndef main(arguments):\n    print('up', flush=True)\n    time.sleep(60)\n    return 0\n"
    )
    with subprocess.Popen(
        [sys.executable, str(project / "build.py")],
        env=environment(project),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        assert child.stdout.readline() == b"up\n"
        child.send_signal(signal.SIGINT)
        assert child.wait() == 130
        assert b"Traceback" not in child.stderr.read()


def test_without_a_network_it_says_what_to_do_in_both_languages_and_ends_with_2(
    project: Path,
) -> None:
    shutil.rmtree(project / "wheels")
    (project / "wheels").mkdir()

    ended = build(project)

    assert ended.returncode == 2
    assert "Không cài được các gói. Hãy kiểm tra mạng" in ended.stderr
    assert "Can't install the packages. Check the network" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_where_python_can_not_make_environments_it_says_what_to_install(project: Path) -> None:
    # A file in the place of the environment is as good as no venv module: both end in a failure.
    (project / ".venv").write_bytes(b"")

    ended = build(project)

    assert ended.returncode == 2
    assert "Trên Debian: apt install python3-venv" in ended.stderr
    assert "On Debian: apt install python3-venv" in ended.stderr


def test_a_package_that_is_not_the_one_that_was_pinned_is_not_installed(project: Path) -> None:
    wheel = project / "wheels" / "tiendo_tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("tiendo_more.py", "")

    ended = build(project)

    assert ended.returncode == 2
    assert ended.stdout == ""


def test_a_module_runs_in_the_environment_from_the_folder_of_the_project(project: Path) -> None:
    ended = build(project, "run", "tiendo_tiny")
    (project / "where.py").write_text("import os, sys\nprint(os.getcwd(), *sys.argv[1:])\n")
    where = build(project, "run", "where", "a b")

    assert ended.returncode == 0
    assert where.stdout == f"{project} a b\n"


def test_two_first_commands_at_once_do_not_get_into_each_other_s_way(project: Path) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, str(project / "build.py")],
            env=environment(project),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]

    assert [child.communicate()[0].startswith(b"1.0 ") for child in children] == [True, True]


def test_the_packages_asked_for_are_pinned_with_hashes_and_no_index_is_named() -> None:
    for name in ("requirements", "requirements-dev"):
        pinned = (PROJECT / f"{name}.txt").read_text("utf-8")
        lines = [line for line in pinned.splitlines() if line and line[0] not in " #"]

        assert "://" not in pinned
        assert all("==" in line and line.endswith("\\") for line in lines)
        for asked in (PROJECT / f"{name}.in").read_text("utf-8").split():
            if asked[0] != "-" and not asked.endswith(".in"):
                assert any(line.startswith(f"{asked.lower()}==") for line in lines), asked
