"""A page for each problem code, for those who enter figures, and the list of them all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tiendo.pages.page import Page
from tiendo.words import addresses
from tiendo.words.desk import Desk, head, home_link
from tiendo.words.parts import DescribedLink, Head, Link, LinkGroup
from tiendo.words.wording import Words

GROUPS = (
    ("forms", ("import-",)),
    ("files", ("file-", "header-", "table-empty", "row-quotes", "row-cells", "row-blank", "page-")),
    (
        "package",
        ("descriptor-", "resource-", "schema-", "edition-", "illustrative-", "official-"),
    ),
    ("letters", ("letters-", "cell-spaces", "cell-lines", "cell-formula", "translation-")),
    ("cells", ("cell-", "key-unknown", "row-twice")),
    (
        "plan",
        (
            "name-unknown",
            "threshold-",
            "counts-",
            "indicator-misfit",
            "target-",
            "due-",
            "lead-",
            "dates-",
            "circle",
            "alias-",
            "boundaries-",
            "meaning-",
        ),
    ),
    ("versions", ("release-", "signed-", "version-", "revision-", "history-", "withdrawal-")),
    ("figures", ("",)),
)
"""Where one meets a problem: groups by how the codes begin; the first that fits."""

WARNINGS = frozenset(
    {
        "draft-lacks",
        "history-shallow",
        "import-areas-absent",
        "import-column-again",
        "import-column-left-out",
        "import-comment",
        "import-drawing",
        "import-file-ignored",
        "import-folder-passed-over",
        "import-form-older",
        "import-headless-words",
        "import-hidden-names",
        "import-hidden-rows",
        "import-hidden-sheet",
        "import-macros",
        "import-note-outside",
        "import-sheet-passed-over",
        "jump",
        "figure-zero",
        "denominator-jump",
        "denominator-size",
        "denominator-apart",
        "level-fall",
        "child-share",
        "report-copied",
        "year-copied",
        "whole-unlikely",
        "release-actions-unknown",
        "page-unknown",
        "release-overdue",
        "row-blank",
        "schema-unknown",
        "withdrawal-elsewhere",
    }
)
"""The codes of what does not keep from publishing."""

EITHER = frozenset(
    {"action-missing", "child-above-parent", "import-column-ignored", "report-not-yet"}
)
"""The codes of what stops in some places and in others does not."""

_FACT = re.compile(r"\{[^}]*\}")
_MENU = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpPage:
    """All problem codes."""

    head: Head
    title: str
    groups: tuple[LinkGroup, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HelpExample:
    """What was written, and what should have been."""

    wrong: str
    right: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProblemPage:
    """What one problem code means, and how to mend it."""

    head: Head
    trail: tuple[Link, ...]
    code: str
    what: str
    kind: str
    """Whether it keeps from publishing, in words."""
    do: str
    sign_off: str
    """How a note answers it; empty where none does."""
    why: str
    steps: tuple[str, ...]
    example: HelpExample | None


def codes(words: Words) -> tuple[str, ...]:
    """Every problem code that there are sentences for, in order."""
    keys = (key.split(".") for key in words.sentences)
    return tuple(
        sorted(key[1] for key in keys if len(key) == 3 and (key[0], key[2]) == ("problem", "what"))  # noqa: PLR2004 - problem, its code, what
    )


def group_of(code: str) -> str:
    """Where one meets a problem."""
    return next(name for name, beginnings in GROUPS if code.startswith(beginnings))


def help_index(desk: Desk) -> HelpPage:
    """All codes, by where one meets them."""
    every = codes(desk.words)
    return HelpPage(
        head=head(
            desk,
            title=desk.say("help_page.title"),
            description=desk.say("help_page.description"),
            group=_MENU,
        ),
        title=desk.say("help_page.title"),
        groups=tuple(
            LinkGroup(
                title=desk.say(f"help_page.group.{name}.title"),
                id=name,
                entries=tuple(
                    DescribedLink(
                        link=Link(text=code, href=desk.href(addresses.of_problem(code))),
                        text=_pattern(desk, code, "what"),
                    )
                    for code in every
                    if group_of(code) == name
                ),
            )
            for name, _ in GROUPS
        ),
    )


def help_page(desk: Desk, code: str) -> ProblemPage:
    """What one code means, and how to mend it."""
    what = _pattern(desk, code, "what")
    group = f"help_page.group.{group_of(code)}"
    kind = "warns" if code in WARNINGS else "either" if code in EITHER else "stops"
    signed = f"help_page.sign_off.{code}"
    index = Link(text=desk.say("help_page.title"), href=desk.href(addresses.HELP))
    return ProblemPage(
        head=head(
            desk,
            title=desk.say("help_page.code", code=code),
            description=desk.say("help_page.page_description", code=code, what=what),
            group=_MENU,
            trail=(home_link(desk), index),
        ),
        trail=(index,),
        code=code,
        what=what,
        kind=desk.say(f"help_page.{kind}"),
        do=_pattern(desk, code, "do"),
        sign_off=desk.say(signed) if desk.words.knows(signed) else "",
        why=desk.say(f"{group}.why"),
        steps=tuple(desk.say(f"{group}.steps").split("|")),
        example=HelpExample(
            wrong=desk.say(f"help_page.instead_of.{code}"),
            right=desk.say(f"help_page.write.{code}"),
        )
        if desk.words.knows(f"help_page.instead_of.{code}")
        else None,
    )


def _pattern(desk: Desk, code: str, part: str) -> str:
    """A message with a gap for each of its facts."""
    return _FACT.sub("…", desk.words.sentences[f"problem.{code}.{part}"])


PAGE = Page(
    id="help",
    address=addresses.HELP,
    build=lambda at, _material, _: help_index(at),
)

OF_A_PROBLEM = Page(
    id="problem",
    address=addresses.HELP,
    build=lambda at, _, code: help_page(at, code),
    subjects=lambda _, words: codes(words),
)
