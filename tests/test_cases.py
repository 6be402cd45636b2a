"""The golden cases: data in, text out; ``pytest --accept`` takes what is given now."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from packages_at_hand import CASES, NOW, SMALL, inspect

from tiendo.assess import results
from tiendo.config import ROOT
from tiendo.editions import published
from tiendo.report import reported, summary
from tiendo.terms import Assessment, Figure, Results
from tiendo.wording import words

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


def told_codes() -> set[str]:
    """The codes in the golden cases' own files."""
    return {
        code
        for case in BAD
        for code in re.findall(
            r"\[([a-z-]+)\]$",
            (CASES / case / "expected" / "problems.vi.txt").read_text(),
            re.MULTILINE,
        )
    }


def codes_of_the_program() -> set[str]:
    """Every code that a Problem is made with, the built ones among them.

    Strings that are codes stand in ``code=`` or in tables and functions that give codes; all of them
    are lower-case words joined by hyphens, so a string of the modules that read and check is a code
    exactly where the wording has a sentence for it, or where it is given to ``code=`` as it is.
    """
    sentences = {
        key.split(".")[1] for key in words("vi").sentences if re.match(r"problem\..*\.what$", key)
    }
    found: set[str] = set()
    for name in ("read", "packages", "tables", "letters", "check", "check_plan"):
        tree = ast.parse((ROOT / "tiendo" / f"{name}.py").read_text())
        for node in ast.walk(tree):
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
        from tiendo import tables  # noqa: PLC0415 - its tables are the endings

        endings = {*tables.CELL_FORMS, *tables.CELL_CONSTRAINTS.values()}
        return {f"cell-{ending}" for ending in endings}
    return set()


def test_every_code_of_a_problem_occurs_in_a_golden_case() -> None:
    assert codes_of_the_program() - told_codes() == set()


def test_every_code_of_a_problem_has_its_sentences_and_no_sentence_is_without_a_code() -> None:
    for language in ("vi", "en"):
        sentences = {
            key.split(".")[1]
            for key in words(language).sentences
            if re.match(r"problem\..*\.(what|do)$", key)
        }
        assert sentences == codes_of_the_program()
