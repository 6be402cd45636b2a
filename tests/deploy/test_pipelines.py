"""What ships for GitHub, GitLab and systemd, and the scripts: valid, thin, with least rights."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "site_config" / "deploy"
WORKFLOWS = tuple(sorted((DEPLOY / "github").glob("*.yml")))
SERVER = DEPLOY / "server"
SCRIPTS = tuple(
    path
    for path in sorted(SERVER.rglob("*"))
    if path.is_file() and path.read_bytes().startswith(b"#!")
)


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def ran(*command: object) -> tuple[int, str]:
    done = subprocess.run(
        list(map(str, command)), check=False, capture_output=True, encoding="utf-8"
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        *(("vendor.github-workflows", path) for path in WORKFLOWS),
        *(("custom.github-workflows-require-timeout", path) for path in WORKFLOWS),
        ("vendor.gitlab-ci", DEPLOY / "gitlab" / ".gitlab-ci.yml"),
    ],
    ids=lambda given: given if isinstance(given, str) else given.name,
)
def test_a_pipeline_is_what_its_published_schema_asks_for(schema: str, path: Path) -> None:
    assert ran(sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, path) == (
        0,
        "ok -- validation done\n",
    )


def steps(workflow: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_an_action_is_pinned_by_its_commit_with_the_release_beside(path: Path) -> None:
    named = [step["uses"] for step in steps(loaded(path)) if "uses" in step]
    pinned = re.findall(r"uses: (\S+@[0-9a-f]{40}) # v\d+\.\d+\.\d+\n", path.read_text("utf-8"))

    assert named == pinned


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_and_only_its_last_job_may_publish(path: Path) -> None:
    workflow = loaded(path)
    more = {
        name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job
    }

    assert workflow["permissions"] == {"contents": "read"}
    assert more in ({}, {"deploy": {"pages": "write", "id-token": "write"}})
    # What a stranger's pull request brings along never runs with the repository's own rights.
    assert "pull_request_target" not in path.read_text("utf-8")
    # Nothing that a stranger can write is pasted into a command.
    assert [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")] == []


def test_every_job_does_no_more_than_call_the_projects_own_commands() -> None:
    pipeline = loaded(DEPLOY / "gitlab" / ".gitlab-ci.yml")
    commands = {
        line
        for path in WORKFLOWS
        for step in steps(loaded(path))
        for line in step.get("run", "").splitlines()
    } | {line for job in pipeline.values() if "script" in job for line in job["script"]}

    ours = {line for line in commands if line.startswith((".ci/run", "python3 build.py "))}

    assert {line.split()[0] for line in commands - ours} <= {"apt-get", "git", "python3"}
    assert {line.split()[2] for line in ours if "build.py" in line} == {
        "check",
        "diff",
        "--preview",
        "--site",
    }


def test_the_scripts_have_no_known_faults() -> None:
    assert len(SCRIPTS) >= 7
    shell = [path for path in SCRIPTS if path.read_bytes().partition(b"\n")[0].endswith(b"sh")]
    assert ran(Path(sys.executable).with_name("shellcheck"), "-x", *shell) == (0, "")


def test_every_script_that_is_called_can_be() -> None:
    called = [path for path in SCRIPTS if path.read_bytes().startswith(b"#!")]

    assert [path.name for path in called if not os.access(path, os.X_OK)] == []


UNITS = tuple(
    sorted(path for path in SERVER.iterdir() if path.suffix in {".service", ".socket", ".timer"})
)


@pytest.fixture
def units(tmp_path: Path) -> tuple[Path, ...]:
    """The units that ship, of accounts and programs that there are on this machine."""
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/opt/tiendo/current/", f"{ROOT}/")
        own = re.sub(r"(?m)^((Socket)?(User|Group))=tiendo.*$", r"\1=daemon", text)
        (tmp_path / unit.name).write_text(own, "utf-8")
    return tuple(tmp_path.iterdir())


def test_systemd_understands_every_unit(units: tuple[Path, ...]) -> None:
    if not (systemd := shutil.which("systemd-analyze")):
        pytest.skip("a system without systemd")

    assert len(units) >= 6
    assert ran(systemd, "verify", *units) == (0, "")


def test_what_a_unit_starts_is_exposed_to_next_to_nothing(units: tuple[Path, ...]) -> None:
    if not (systemd := shutil.which("systemd-analyze")):
        pytest.skip("a system without systemd")
    services = [unit for unit in units if unit.suffix == ".service"]

    # In tenths, from 0 (nothing can be reached) to 100.
    said = {
        unit.name: ran(systemd, "security", "--offline=true", "--threshold=10", unit)
        for unit in services
    }

    assert len(said) == 3
    assert {name: text[-100:] for name, (status, text) in said.items() if status} == {}
