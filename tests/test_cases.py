"""The golden cases: data in, text out; ``pytest --accept`` takes what is given now."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from packages_at_hand import (
    CASES,
    NOW,
    SMALL,
    draft,
    inspect,
    observed,
    table,
    unobserved,
    write_table,
)

from tiendo.check.drafts import release_problems
from tiendo.config import ROOT
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.terms import Assessment, Figure, Results
from tiendo.words.problems import reported, summary
from tiendo.words.wording import words

Golden = Callable[[Path, str], None]

BAD = ("bad", "bad-calendar", "bad-files", "bad-plan")


def known() -> Results:
    found = inspect(SMALL)
    assert found.problems == ()
    assert found.archive is not None
    return results(published(found.archive, NOW), NOW)


def test_the_small_case_gives_these_figures(golden: Golden) -> None:
    figures = known().figures
    lines = [
        " ".join(filter(None, (str(figure.year), *key, *_figure(figure))))
        for key in sorted(figures)
        for figure in figures[key]
    ]

    golden(CASES / "small" / "expected" / "figures.txt", "\n".join(lines) + "\n")


def test_the_small_case_gives_these_verdicts(golden: Golden) -> None:
    found = known()
    lines = [
        " ".join((str(each.target.year), *key, *_assessment(each)))
        + ("  ← headline" if each == found.headlines[key] else "")
        for key in sorted(found.assessments)
        for each in found.assessments[key]
    ]

    golden(CASES / "small" / "expected" / "verdicts.txt", "\n".join(lines) + "\n")


def _figure(figure: Figure) -> Iterator[str]:
    """Figure by figure in one line that a person can follow."""
    if figure.numerator is not None:
        upper = "" if figure.numerator == figure.numerator_high else f"–{figure.numerator_high}"
        yield f"{figure.numerator}{upper}/{figure.denominator}"
    if figure.low is None:
        yield f"missing={figure.missing}"
    elif figure.low == figure.high:
        yield f"= {_number(figure.low)}"
    else:
        yield f"= {_number(figure.low)}–{_number(figure.high)}"
    yield figure.status.value if figure.status else ""
    yield "provisional" if figure.provisional else ""
    yield "aggregated" if figure.aggregated else ""
    yield f"without {', '.join(figure.absent)}" if figure.absent else ""
    yield "break" if figure.break_ else ""


def _assessment(each: Assessment) -> Iterator[str]:
    yield each.verdict.value
    if each.provisional:
        yield "provisional"
    yield f"target {_number(each.level)}" + (" of its own" if each.own_target else "")
    for name in ("gap", "pace", "needed_pace", "leads_to"):
        number = getattr(each, name)
        if number is not None:
            yield f"{name} {_number(number)}"
    if each.gap_count is not None:
        yield f"needs {each.needed_count} lacks {each.gap_count}"
    if each.ended:
        yield f"ended {each.ended}"


def _number(number: Fraction | None) -> str:
    return "?" if number is None else f"{float(number):.4f}".rstrip("0").rstrip(".")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("case", BAD)
def test_all_findings_of_a_bad_case_are_told_at_once(
    case: str, language: str, golden: Golden
) -> None:
    found = inspect(CASES / case / "data", official=case == "bad")
    told = words(language)

    text = reported(found.problems, "text", told) + summary(found.problems, told) + "\n"

    golden(CASES / case / "expected" / f"problems.{language}.txt", text)


@pytest.mark.parametrize("case", BAD)
def test_a_program_reads_the_cell_and_every_fact_of_a_finding(case: str, golden: Golden) -> None:
    found = inspect(CASES / case / "data", official=case == "bad")

    golden(
        CASES / case / "expected" / "problems.json", reported(found.problems, "json", words("en"))
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_a_release_insists_on_is_told_at_once(
    language: str, golden: Golden, tmp_path: Path
) -> None:
    data = draft(tmp_path)
    unobserved(data, "biet-boi", "doi-che")
    unobserved(data, "be-boi", "doi-che")
    observed(data, "be-boi", "song-xanh", value="", status="", decision="", source="")
    unobserved(data, "dong-cua", "may-trang")
    actions = data / "results/2024/v1/actions.csv"
    write_table(actions, [{**row, "state": "unknown"} for row in table(actions)])
    archive = inspect(data).archive
    assert archive is not None

    asked = [*release_problems(archive, archive.editions[-1])]

    golden(
        CASES / "bad" / "expected" / f"release.{language}.txt",
        reported(asked, "text", words(language)),
    )


def told_in_cases() -> dict[str, str]:
    """The codes in the golden cases' own files, each with the word for how bad it is."""
    return {
        code: word
        for file in sorted(CASES.glob("bad*/expected/*.en.txt"))
        for word, code in re.findall(
            r"^([A-Z]+) .*\n(?:    [^→].*\n)+    → .*\[([a-z-]+)\]$", file.read_text(), re.MULTILINE
        )
    }


def codes_of_the_program() -> set[str]:
    """Every code that a Problem of reading and checking is made with, the built ones among them.

    Strings that are codes stand in ``code=`` or in tables and functions that give codes; all of them
    are lower-case words joined by hyphens, so a string of the modules that read and check is a code
    exactly where the wording has a sentence for it, or where it is given to ``code=`` as it is.
    """
    sentences = sentences_of("vi", "what")
    found: set[str] = set()
    for path in sorted((ROOT / "tiendo").rglob("*.py")):
        source = path.read_text()
        if path.parent.name in {"forms", "pages", "words"}:
            continue
        if "Problem(" not in source and path.name not in {"letters.py", "questions.py"}:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.keyword) and node.arg == "code":
                found |= _codes(node.value)
            if isinstance(node, ast.Constant) and node.value in sentences:
                found.add(str(node.value))
    return found


def _codes(node: ast.expr) -> set[str]:
    """The codes that an expression can give: a constant, a choice, or a prefix with its endings."""
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return _codes(node.body) | _codes(node.orelse)
    if isinstance(node, ast.JoinedStr):
        from tiendo.read import tables  # noqa: PLC0415 - its tables are the endings

        endings = {*tables.CELL_FORMS, *tables.CELL_CONSTRAINTS.values()}
        return {f"cell-{ending}" for ending in endings}
    return set()


def test_every_code_of_a_problem_occurs_in_a_golden_case() -> None:
    assert codes_of_the_program() - {*told_in_cases()} == set()


def sentences_of(language: str, part: str) -> set[str]:
    """The codes that have a sentence; those of Excel forms are held by the tests of that room."""
    keys = (key.split(".") for key in words(language).sentences)
    return {
        key[1]
        for key in keys
        if key[0] == "problem" and key[-1] == part and not key[1].startswith("import-")
    }


@pytest.mark.parametrize("part", ["what", "do"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_code_of_a_problem_has_its_sentences_and_no_sentence_is_without_a_code(
    language: str, part: str
) -> None:
    assert sentences_of(language, part) == codes_of_the_program()


def test_the_developers_list_of_problems_is_the_programs(golden: Golden) -> None:
    page = ROOT / "docs" / "developers" / "problems.md"
    said = words("en").sentences
    rows = [
        f"| `{code}` | {word.lower()} | {said[f'problem.{code}.what']} "
        f"{said[f'problem.{code}.do']} |"
        for code, word in sorted(told_in_cases().items())
    ]
    head, mark, _ = page.read_text().partition("| code |")
    assert mark

    golden(
        page,
        head
        + "| code | | what is wrong, and what to do |\n| --- | --- | --- |\n"
        + "\n".join(rows)
        + "\n",
    )
