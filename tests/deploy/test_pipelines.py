"""What ships for GitHub, GitLab and systemd, and the scripts: valid, thin, with least rights."""

from __future__ import annotations

import json
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

from tiendo.site import build

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
def test_a_workflow_may_read_and_only_one_job_may_do_one_thing_more(path: Path) -> None:
    workflow = loaded(path)
    more = {
        name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job
    }
    read = {"contents": "read"}

    assert workflow["permissions"] == (
        read | {"issues": "write"} if path.name == "pins.yml" else read
    )
    assert more == (
        {"deploy": {"pages": "write", "id-token": "write"}} if path.name == "publish.yml" else {}
    )
    # Nothing that a stranger can write is pasted into a command.
    assert [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")] == []
    # No secret of the repository, and no token left where a later step could take it.
    assert "secrets" not in path.read_text("utf-8")
    checkouts = [step for step in steps(workflow) if "actions/checkout@" in step.get("uses", "")]
    assert [step["with"]["persist-credentials"] for step in checkouts] == [False] * len(checkouts)


def test_what_a_request_brings_along_is_read_and_never_run() -> None:
    """By the workflow of the branch that it is meant for; of the request, its data and its pages."""
    targeted = [
        path.name for path in WORKFLOWS if "pull_request_target:" in path.read_text("utf-8")
    ]
    workflow = loaded(DEPLOY / "github" / "check.yml")
    (job,) = workflow["jobs"].values()
    program, request = (
        step["with"] for step in job["steps"] if "checkout@" in step.get("uses", "")
    )
    commands = [step["run"] for step in job["steps"] if "run" in step]

    assert targeted == ["check.yml"]
    assert set(program) == {"path", "persist-credentials"}
    assert request["sparse-checkout"].split() == ["/data/", "/docs/"]
    assert {request[name] for name in ("lfs", "submodules") if name in request} == set()
    scripts = {word for line in commands for word in re.findall(r"\S+\.py\b", line)}
    assert scripts == {
        "../program/build.py",
        "../program/site_config/deploy/outcome.py",
        "program/build.py",
    }
    assert not any(re.search(r"request/(?!data\b)|\bcache\b", line) for line in commands)
    assert "cache" not in {key for step in job["steps"] for key in step}


def test_a_request_on_gitlab_is_checked_by_the_program_of_its_target() -> None:
    pipeline = loaded(DEPLOY / "gitlab" / ".gitlab-ci.yml")

    for name in ("data", "preview"):
        calls = [line for line in pipeline[name]["script"] if "build.py" in line]
        assert calls
        assert all(line.startswith("python3 ../program/build.py ") for line in calls)
        assert all(" --data data" in line for line in calls)
        assert pipeline[name]["cache"] == []
        assert pipeline[name]["artifacts"]["access"] == "developer"


def test_a_preview_is_kept_only_where_not_everyone_reads_the_repository() -> None:
    job = loaded(DEPLOY / "github" / "check.yml")["jobs"]["data"]
    (rule,) = loaded(DEPLOY / "gitlab" / ".gitlab-ci.yml")["preview"]["rules"]

    for step in job["steps"]:
        if "preview" in step.get("run", "") or "upload-artifact@" in step.get("uses", ""):
            assert step["if"] == "github.event.repository.private"
    assert '$CI_PROJECT_VISIBILITY != "public"' in rule["if"]


def caches(job: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What a job of GitLab keeps: one, or several in a list."""
    cache = job["cache"]
    return cache if isinstance(cache, list) else [cache]


def test_what_is_kept_goes_from_one_publication_to_the_next_and_nowhere_else() -> None:
    """A request may not leave anything that a publication would take."""
    kept = [f"build/{folder.name}" for folder in build._kept()]
    caching = {
        (path.name, name): step["with"]
        for path in WORKFLOWS
        for name, job in loaded(path)["jobs"].items()
        for step in job["steps"]
        if "actions/cache@" in step.get("uses", "")
    }
    pipeline = loaded(DEPLOY / "gitlab" / ".gitlab-ci.yml")
    listed = {
        name: [path for each in caches(job) for path in each["paths"]]
        for name, job in pipeline.items()
        if isinstance(job, dict) and "cache" in job
    }
    server = (DEPLOY / "server" / "tiendo_server" / "building.py").read_text("utf-8")

    assert [*caching] == [("publish.yml", "build")]
    assert caching["publish.yml", "build"]["path"].split() == kept
    assert {name for name, paths in listed.items() if {*paths} & {*kept}} == {"pages"}
    assert listed["pages"] == [".cache/pip", *kept]
    (named,) = re.findall(r"^KEPT = \((.*)\)$", server, re.MULTILINE)
    assert [f"build/{name}" for name in re.findall(r'"(\w+)"', named)] == kept


@pytest.mark.parametrize("name", ["check.yml", "publish.yml"])
def test_a_pipeline_says_who_can_read_the_repository(name: str) -> None:
    workflow = loaded(DEPLOY / "github" / name)

    assert workflow["env"] == {"TIENDO_VISIBILITY": "${{ github.event.repository.visibility }}"}


def test_every_job_does_no_more_than_call_the_projects_own_commands() -> None:
    pipeline = loaded(DEPLOY / "gitlab" / ".gitlab-ci.yml")
    commands = {
        line
        for path in WORKFLOWS
        for step in steps(loaded(path))
        for line in step.get("run", "").splitlines()
    } | {line for job in pipeline.values() if "script" in job for line in job["script"]}

    ours = {line for line in commands if re.match(r"\.ci/run|python3 \S*build\.py( |$)", line)}

    assert {line.split()[0] for line in commands - ours} <= {
        "apt-get",
        "audit/bin/pip-audit",
        "audit/bin/python",
        "git",
        "python3",
    }
    assert {line.split()[2] for line in ours if "build.py " in line} == {
        "check",
        "diff",
        "--preview",
        "--site",
        "||",
    }


@pytest.mark.parametrize(
    ("code", "whose"), [(1, "số liệu có lỗi"), (2, "máy"), (3, "chương trình")]
)
def test_a_pipeline_says_whose_fault_it_is(code: int, whose: str) -> None:
    ended, said = ran(sys.executable, DEPLOY / "outcome.py", code)

    assert ended == code
    assert whose in said.lower()
    # Nobody is told to mend data for what the machine or the program did.
    assert ("sửa ở những chỗ" in said) == (code == 1)


def test_every_command_whose_fault_can_be_the_datas_ends_in_saying_so() -> None:
    files = [*WORKFLOWS, DEPLOY / "gitlab" / ".gitlab-ci.yml"]
    calls = [
        line.strip()
        for path in files
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"build\.py( check|$| \|\|| --site public)", line)
        and line.strip().startswith("-")
    ]

    assert len(calls) == 4
    assert [line for line in calls if "outcome.py $?" not in line] == []


def test_the_pins_of_the_program_and_of_what_looks_after_them_are_asked_about_each_week() -> None:
    workflow = loaded(DEPLOY / "github" / "pins.yml")
    (command,) = (step["run"] for step in steps(workflow) if "pip-audit" in step.get("run", ""))
    (job,) = (
        job for name, job in loaded(DEPLOY / "gitlab/.gitlab-ci.yml").items() if name == "pins"
    )

    for listed in ("requirements.txt", "requirements-dev.txt", "site_config/deploy/pins.txt"):
        assert f"-r {listed}" in command
        assert f"-r {listed}" in job["script"][-1]
    (cron,) = workflow[True]["schedule"]  # YAML reads "on" so
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", cron["cron"])


@pytest.mark.parametrize(("open_issues", "does"), [("[]", "create"), (None, "edit 7")])
def test_one_issue_is_opened_however_often_it_is_asked(
    tmp_path: Path, open_issues: str | None, does: str
) -> None:
    """By a client that writes down what it was told, in the place of the host's own."""
    title = re.findall(r'TITLE = "(.*)"', (DEPLOY / "one_issue.py").read_text("utf-8"))[0]
    listed = open_issues or json.dumps([{"number": 7, "title": title}, {"number": 8, "title": "x"}])
    client = tmp_path / "gh"
    client.write_text(
        f"#!/bin/sh\nif [ $2 = list ]; then cat <<'E'\n{listed}\nE\n"
        f'else echo "$2 $3" >>{tmp_path}/called; cat >>{tmp_path}/called; fi\n'
    )
    client.chmod(0o755)
    (tmp_path / "known.md").write_text("| a | 1.0 | PYSEC-1 |\n")
    done = subprocess.run(
        [sys.executable, DEPLOY / "one_issue.py", tmp_path / "known.md"],
        check=False,
        env=os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )

    assert done.returncode == 0
    called = (tmp_path / "called").read_text()
    assert called.startswith(does)
    assert "PYSEC-1" in called


def test_owners_review_whatever_is_no_data() -> None:
    """As hosts read the file: the last line that fits decides."""
    lines = [
        line.split()
        for line in (DEPLOY / "github" / "CODEOWNERS").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]

    def owners(path: str) -> list[str]:
        found: list[str] = []
        for pattern, *named in lines:
            folder = pattern.endswith("/") and f"/{path}".startswith(pattern)
            name = path.rpartition("/")[2]
            if pattern == "*" or folder or (pattern == ".git*" and name.startswith(".git")):
                found = named
        return found

    for data in ("data/results/2024/v1/observations.csv", "docs/vi/gioi-thieu.md", "docs/en/x.md"):
        assert owners(data) == []
    for program in (
        *("build.py", "tiendo/cli.py", "site_config/site.toml", "docs/developers/faults.md"),
        *(".github/workflows/check.yml", "data/.gitattributes", ".gitmodules", ".ci/run"),
    ):
        assert owners(program), program


def test_a_ruleset_asks_for_the_owners_and_for_both_pipelines() -> None:
    ruleset = json.loads((DEPLOY / "github" / "ruleset.json").read_text("utf-8"))
    rules = {rule["type"]: rule.get("parameters", {}) for rule in ruleset["rules"]}
    jobs = {
        name
        for path in ("check.yml", "tests.yml")
        for name in loaded(DEPLOY / "github" / path)["jobs"]
    }

    assert set(rules) >= {"deletion", "non_fast_forward", "pull_request", "required_status_checks"}
    assert rules["pull_request"]["require_code_owner_review"] is True
    assert rules["pull_request"]["dismiss_stale_reviews_on_push"] is True
    asked = rules["required_status_checks"]["required_status_checks"]
    assert {each["context"] for each in asked} == jobs
    assert ruleset["bypass_actors"] == []


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
