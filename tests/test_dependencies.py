"""What the program is made of: declared, pinned, explained, and told to whoever asks."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

import pytest
from make_bill_of_materials import BILL, OURS, PINS, PROJECT, bill, pins
from packages_at_hand import NOW, SITE

from tiendo.config import Run, site_settings
from tiendo.site.build import _security

DOCUMENT = PROJECT / "docs" / "developers" / "dependencies.md"
LISTS = ("requirements", "requirements-dev", "site_config/deploy/pins")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(listed: str) -> set[str]:
    lines = (PROJECT / f"{listed}.in").read_text("utf-8").splitlines()
    return {normal(line) for line in lines if re.fullmatch(r"[A-Za-z][\w.-]*", line)}


def imported(folder: str) -> set[str]:
    """The packages, as they are installed, of what is imported in a folder of Python."""
    installed = metadata.packages_distributions()
    names = {
        name.split(".")[0]
        for path in (PROJECT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    own = {path.stem for path in (PROJECT / "tests").rglob("*.py")}
    own |= {path.name for path in (PROJECT / "tests").iterdir()}
    own |= {"tiendo", "tiendo_server", "build", "tests", ""}
    return {
        normal(package)
        for name in names - own - sys.stdlib_module_names
        for package in installed[name]
    }


def test_what_the_program_imports_is_asked_for() -> None:
    assert imported("tiendo") - asked_for("requirements") == set()


def test_what_the_tests_import_is_asked_for() -> None:
    everything = asked_for("requirements") | asked_for("requirements-dev")
    assert imported("tests") - everything == set()


def test_what_pipelines_and_server_run_needs_nothing_but_python() -> None:
    assert imported("site_config") == set()


@pytest.mark.parametrize("listed", LISTS)
def test_every_pin_has_hashes_and_what_is_asked_for_is_pinned(listed: str) -> None:
    found = list(pins((PROJECT / f"{listed}.txt").read_text("utf-8")))

    assert [pin.name for pin in found if not pin.hashes] == []
    assert asked_for(listed) - {pin.name for pin in found} == set()
    assert "://" not in (PROJECT / f"{listed}.txt").read_text("utf-8")


def test_the_bill_of_materials_is_that_of_the_pins() -> None:
    """Made again by: python3 build.py run tests.make_bill_of_materials"""
    assert BILL.read_text("utf-8") == bill(PINS.read_text("utf-8"))


def test_the_bill_of_materials_is_what_its_published_schema_asks_for() -> None:
    spec = importlib.util.find_spec("cyclonedx.schema")
    assert spec is not None
    assert spec.origin
    schema = Path(spec.origin).parent / "_res" / "bom-1.6.SNAPSHOT.schema.json"
    # Its parts stand beside it: nothing is fetched.
    parts = ("--schemafile", str(schema), "--base-uri", schema.as_uri())
    command = [sys.executable, "-m", "check_jsonschema", *parts, str(BILL)]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")

    assert (done.returncode, done.stdout) == (0, "ok -- validation done\n"), done.stderr


def test_the_bill_of_materials_leads_from_the_program_to_every_package() -> None:
    document = json.loads(BILL.read_text("utf-8"))
    needs = {each["ref"]: each["dependsOn"] for each in document["dependencies"]}
    reached = {document["metadata"]["component"]["bom-ref"]}
    while more := {ref for known in reached for ref in needs[known]} - reached:
        reached |= more

    assert {each["bom-ref"] for each in document["components"]} <= reached
    direct = {pin.name for pin in pins(PINS.read_text("utf-8")) if OURS in pin.needed_by}
    assert direct == asked_for("requirements")


def test_each_package_that_is_asked_for_has_its_reason_and_its_state() -> None:
    rows = re.findall(
        r"^\| ([\w.-]+) \| (\S+) \| (\S+) \| (.+?) \| (.{5,}?) \| (.{4,}?) \|$",
        DOCUMENT.read_text("utf-8"),
        re.MULTILINE,
    )
    told = {(normal(name), version) for name, version, *_ in rows}
    pinned = {
        (pin.name, pin.version)
        for listed in LISTS
        for pin in pins((PROJECT / f"{listed}.txt").read_text("utf-8"))
        if pin.name in asked_for(listed)
    }

    assert told == pinned
    assert all(re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", released) for _, _, released, *_ in rows)


# security.txt --------------------------------------------------------------------------------

RUN = Run(data=PROJECT, site=PROJECT, now=NOW, language="vi")


def test_whom_to_tell_of_a_hole_is_published_while_it_holds() -> None:
    assert _security(SITE, RUN) == {}
    later = NOW + timedelta(days=200)
    site = replace(SITE, security_contact="mailto:a@tiendo.example", security_expires=later)

    files = _security(site, RUN)

    assert set(files) == {".well-known/security.txt", "security.txt"}
    (content,) = {*files.values()}
    fields = [line.split(": ", 1) for line in content.decode().splitlines()]
    assert fields == [
        ["Contact", "mailto:a@tiendo.example"],
        ["Expires", later.isoformat()],
        ["Preferred-Languages", "vi, en"],
        ["Canonical", "https://tiendo.example/.well-known/security.txt"],
        ["Canonical", "https://tiendo.example/security.txt"],
    ]
    assert _security(site, replace(RUN, now=later)) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("contact_address", "javascript:alert(1)"),
        ("contact_address", "//evil.example/"),
        ("contact_address", "https://a.example/\\nX: y"),
        ("mistake_address", "javascript:alert(1)"),
        ("security_contact", "data:text/html,x"),
        ("security_contact", "mailto:a@b.example"),  # until when?
    ],
)
def test_an_address_in_the_settings_is_one_that_a_page_may_lead_to(
    tmp_path: Path, name: str, value: str
) -> None:
    (tmp_path / "site_config").mkdir()
    text = (PROJECT / "site_config" / "site.toml").read_text("utf-8")
    assert f'\n{name} = ""' in text
    settings = tmp_path / "site_config" / "site.toml"
    settings.write_text(text.replace(f'\n{name} = ""', f'\n{name} = "{value}"'), "utf-8")

    with pytest.raises(ValueError, match=name if "@" not in value else "isoformat"):
        site_settings(tmp_path)


def test_the_settings_that_ship_name_a_contact_with_its_end(tmp_path: Path) -> None:
    (tmp_path / "site_config").mkdir()
    text = (PROJECT / "site_config" / "site.toml").read_text("utf-8")
    text = text.replace('security_contact = ""', 'security_contact = "mailto:a@b.example"')
    text = text.replace('security_expires = ""', 'security_expires = "2027-12-31T00:00:00+07:00"')
    (tmp_path / "site_config" / "site.toml").write_text(text, "utf-8")

    site = site_settings(tmp_path)

    assert site.security_contact == "mailto:a@b.example"
    assert site.security_expires == datetime.fromisoformat("2027-12-31T00:00:00+07:00")
