"""Each problem code has its help, true to the program, and no help is left of a code that is gone."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from packages_at_hand import CASES, SITE, draft, observed, problems, signed_again, table

from tiendo.config import ROOT
from tiendo.pages.help import EITHER, GROUPS, WARNINGS, codes, group_of
from tiendo.words.problems import FORMATS, help_at, reported
from tiendo.words.wording import words

LANGUAGES = ("vi", "en")
ENTRY: dict[str, type | tuple[type, ...]] = {
    "code": str,
    "stops": bool,
    "file": str,
    "row": (int, type(None)),
    "column": (str, type(None)),
    "value": (str, type(None)),
    "facts": dict,
    "what": str,
    "do": str,
    "help": str,
}
"""The fields of a problem for programs, as docs/developers/problems.md has them."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_that_is_about_a_code_is_about_one_that_there_is(language: str) -> None:
    told = words(language)
    about = {
        key.rpartition(".")[2]
        for key in told.sentences
        if re.match(r"help_page\.(instead_of|write|sign_off)\.", key)
    }

    assert about - {*codes(told)} == set()
    assert codes(told) == codes(words("vi"))


def test_every_group_has_a_code() -> None:
    assert {group_of(code) for code in codes(words("vi"))} == {name for name, _ in GROUPS}


def warnings_of_the_golden_cases() -> tuple[set[str], set[str]]:
    """The codes that stop somewhere in the bad cases, and those that only warn."""
    stops: set[str] = set()
    warns: set[str] = set()
    for file in CASES.glob("bad*/expected/*.en.txt"):
        for word, code in re.findall(
            r"^([A-Z]+) .*\n(?:    [^→].*\n)+    → .*\[([a-z-]+)\]$", file.read_text(), re.MULTILINE
        ):
            (stops if word == "ERROR" else warns).add(code)
    return stops, warns


def test_what_help_calls_a_warning_is_one_in_the_golden_cases() -> None:
    stops, warns = warnings_of_the_golden_cases()

    assert {code for code in WARNINGS if not code.startswith("import-")} == warns - stops - EITHER
    assert {code for code in EITHER if not code.startswith("import-")} >= warns & stops


def test_what_help_calls_a_warning_of_forms_is_made_as_one() -> None:
    made: dict[str, set[bool]] = {}
    for path in (ROOT / "tiendo" / "forms").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem":
                given = {each.arg: each.value for each in node.keywords}
                code, stops = given.get("code"), given.get("stops")
                if isinstance(code, ast.Constant):
                    stopping = not (isinstance(stops, ast.Constant) and stops.value is False)
                    made.setdefault(str(code.value), set()).add(stopping)

    assert {code for code, ways in made.items() if ways == {False}} == {
        code for code in WARNINGS if code.startswith("import-")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_group_says_why_and_how_in_steps(language: str) -> None:
    told = words(language)

    for name, _ in GROUPS:
        assert len(told.say(f"help_page.group.{name}.steps").split("|")) >= 3
        assert told.say(f"help_page.group.{name}.why")


def cells(text: str) -> dict[str, str] | None:
    """The cells that an example names: "numerator = 36, value empty"."""
    found = re.findall(r"(\w+)(?: = (\S+)| (empty))(?:, |$)", text)
    return {name: value for name, value, _ in found} or None


OF_OTHER_ROWS = {
    "level-with-parts": ("be-boi", "ben-lau"),
    "count-without-parts": ("be-boi", "may-trang"),
}
"""The rows that an example is tried in, where it is not one of a ratio."""


def examples() -> list[str]:
    told = words("en")
    return [
        code for code in codes(told) if cells(told.sentences.get(f"help_page.write.{code}", ""))
    ]


@pytest.mark.parametrize("code", examples())
@pytest.mark.parametrize("part", ["instead_of", "write"])
def test_an_example_is_refused_as_it_says_and_then_taken(
    code: str, part: str, tmp_path: Path
) -> None:
    """Each is tried in the small case, in a row of the kind that the code is about."""
    data = draft(tmp_path)
    name = OF_OTHER_ROWS.get(code, ("biet-boi", "ben-lau"))
    given = cells(words("en").say(f"help_page.{part}.{code}")) or {}
    status = "A" if given.get("value") or given.get("numerator") else ""
    empty = dict.fromkeys(("numerator", "denominator", "value", "status", "missing"), "")
    observed(data, *name, 2024, **{**empty, "status": status, **given})

    rows = table(data / "results/2024/v1/observations.csv")
    at = [(row["indicator"], row["area"]) for row in rows].index(name) + 2
    # A draft may be unfinished; what is signed off may not.
    found = {problem.code for problem in problems(signed_again(data)) if problem.place.row == at}

    assert (code in found) == (part == "instead_of"), found


def test_a_program_gets_the_fields_that_are_documented(tmp_path: Path) -> None:
    data = draft(tmp_path)
    observed(data, "biet-boi", "ben-lau", numerator="480", denominator="420")
    found = problems(data)
    page = (ROOT / "docs" / "developers" / "problems.md").read_text()

    text = reported(found, "json", words("vi"), helped=help_at(SITE, "vi"))

    entries = json.loads(text)["problems"]
    assert entries
    for entry in entries:
        assert list(entry) == list(ENTRY)
        assert [name for name, kind in ENTRY.items() if not isinstance(entry[name], kind)] == []
        assert entry["help"] == f"{SITE.address}tro-giup/{entry['code']}/"
    (example,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert list(json.loads(example)["problems"][0]) == list(ENTRY)
    fields = re.findall(
        r"^\| (`\w+`(?:, `\w+`)*) \| (?:string|boolean|integer|object)", page, re.MULTILINE
    )
    assert re.findall(r"\w+", " ".join(fields)) == list(ENTRY)


def test_an_annotation_leads_to_the_help_page_in_the_language_of_the_messages(
    tmp_path: Path,
) -> None:
    data = draft(tmp_path)
    observed(data, "biet-boi", "ben-lau", numerator="480", denominator="420")

    text = reported(problems(data), "github", words("en"), "data", help_at(SITE, "en"))

    assert f" {SITE.address}en/tro-giup/numerator-above/\n" in text
    assert "text" in FORMATS
