"""Addresses of everything published.  They never change once published.

Within the program a page's address begins with its id (``area/tu-ky/``).  What it is called in
public is a word of the site's first language, from ``[names]`` in its settings: `named` puts it
in, wherever an address leaves the program.
"""

from __future__ import annotations

import hashlib
import re

from tiendo import ids
from tiendo.config import Site

HOME = ""
INDICATORS = "indicator/"
AREAS = "area/"
YEARS = "year/"
MILESTONES = "milestone/"
PLACES = AREAS
TABLE = "table/"
COMPARE = "compare/"
PLAN = "plan/"
ACTIONS = "actions/"
AGENCIES = "agencies/"
DUE = "due/"
REPORTS = "reports/"
DATA = "data/"
CORRECTIONS = "corrections/"
QUALITY = "quality/"
CALENDAR = "calendar/"
METHOD = "method/"
ABOUT = "about/"
CONTACT = f"{ABOUT}#lien-he"
ACCESSIBILITY = "accessibility/"
HELP = "help/"
GUIDE = "guide/"
GLOSSARY = "glossary/"
FIND = "find/"

HANDWRITTEN = {
    METHOD: "phuong-phap.md",
    ABOUT: "gioi-thieu.md",
    ACCESSIBILITY: "tiep-can.md",
    GUIDE: "huong-dan.md",
}
"""Pages written by hand, by address: their files in ``docs/<language>/``."""

FIND_INDEX = f"{FIND}muc-luc.json"
CALENDAR_FILE = "calendar.ics"
DUE_FILE = "due.ics"
FEED = "feed.xml"
FILES = "du-lieu/"
API = "api/v1/"
CHARTS = "bieu-do/"
EMBEDS = "embed/"
CARDS = "card/"
ASSETS = "assets/"

KINDS = (INDICATORS, YEARS, MILESTONES, PLAN, EMBEDS, CARDS)
"""Folders whose pages depend on the data, and where there may be none."""

DEPENDING = (*KINDS, AREAS, HELP, FILES, API, CHARTS)
"""Folders whose pages and files depend on the data, or on the program's version."""

anchor = ids.anchor


def of_indicator(indicator: str) -> str:
    """The page of an indicator."""
    return f"{INDICATORS}{indicator}/"


def of_area(area: str) -> str:
    """The page of an area."""
    return f"{AREAS}{area}/"


def feed_of_area(area: str) -> str:
    """The feed of what is new of an area."""
    return of_area(area) + FEED


def sheet_of_area(area: str) -> str:
    """An area's figures on one sheet of paper; each language has its own."""
    return f"{FILES}dia-ban/{area}.pdf"


def of_year(year: int) -> str:
    """The page of an edition."""
    return f"{YEARS}{year}/"


def of_milestone(year: int) -> str:
    """The page of a milestone: a year by which targets are to be met."""
    return f"{MILESTONES}{year}/"


def of_place(area: str) -> str:
    """An area's line in the list of all areas, those without a page too."""
    return f"{PLACES}#{anchor(area)}"


def of_action(action: str) -> str:
    """An action's place on the page of actions."""
    return f"{ACTIONS}#{anchor(action)}"


def of_clause(clause: str) -> str:
    """A clause's place in the plan's text."""
    return f"{PLAN}#{ids.clause_anchor(clause)}"


def of_agency(agency: str) -> str:
    """An agency's place on the page of agencies."""
    return f"{AGENCIES}#{anchor(agency)}"


def of_goal(goal: str) -> str:
    """A goal's place on the home page."""
    return f"#{anchor(goal)}"


def correction_id(year: int, version: int, *names: str) -> str:
    """The id of what a version changed, on the page of corrections and wherever it is noted."""
    return anchor("-".join(filter(None, (f"sua-{year}-v{version}", *map(_of_any_letters, names)))))


def _of_any_letters(name: str) -> str:
    """A name that may be a sentence, as a part of an id: an id stays as it is."""
    is_id = re.fullmatch(r"[A-Za-z0-9.-]+", name)
    return name if is_id else hashlib.sha256(name.encode()).hexdigest()[:12]


def withdrawal_id(year: int, version: int, *names: str) -> str:
    """The id of what was withdrawn, on the page of corrections."""
    return anchor("-".join(filter(None, (f"rut-{year}-v{version}", *names))))


def of_problem(code: str) -> str:
    """The help page of a problem code."""
    return f"{HELP}{code}/"


def of_term(term: str) -> str:
    """A term's place on the page of terms."""
    return f"{GLOSSARY}#{term}"


def named(address: str, site: Site) -> str:
    """An address as the site's settings name it; files for programs are called the same anywhere.

    >>> from tiendo.config import site_settings
    >>> [named(each, site_settings()) for each in ("area/tu-ky/", "calendar.ics", "api/v1/")]
    ['dia-ban/tu-ky/', 'lich-cong-bo.ics', 'api/v1/']
    """
    page = re.match(r"[a-z-]+(?=[/.])", address)
    return site.names.get(page[0], page[0]) + address[page.end() :] if page else address


def in_language(address: str, language: str, site: Site) -> str:
    """A public address in a language: the first one's at the root, others in their folder."""
    name = named(address, site)
    return name if language == site.languages[0] else f"{language}/{name}"


def relative(target: str, here: str) -> str:
    """The way from one address to another, both from the root; "./" to itself's folder.

    >>> relative("so-lieu/", "chi-tieu/xmc-md2/")
    '../../so-lieu/'
    >>> relative("", "")
    './'
    """
    up = "../" * here.count("/")
    return (up + target) or "./"
