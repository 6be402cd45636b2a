"""Addresses of everything published.  They never change once published."""

from __future__ import annotations

import hashlib
import re

from tiendo import ids

HOME = ""
PLACES = "dia-ban/"
TABLE = "bang-tong-hop/"
COMPARE = "so-sanh/"
PLAN = "ke-hoach/"
ACTIONS = "nhiem-vu/"
AGENCIES = "co-quan/"
DUE = "viec-den-han/"
REPORTS = "bao-cao/"
DATA = "so-lieu/"
CORRECTIONS = "dinh-chinh/"
QUALITY = "chat-luong/"
CALENDAR = "lich-cong-bo/"
METHOD = "phuong-phap/"
ABOUT = "gioi-thieu/"
CONTACT = f"{ABOUT}#lien-he"
ACCESSIBILITY = "tiep-can/"
HELP = "tro-giup/"
GUIDE = "huong-dan/"
FIND = "tim-kiem/"
NOT_FOUND = "404.html"

ALWAYS = (
    HOME,
    PLACES,
    TABLE,
    COMPARE,
    ACTIONS,
    AGENCIES,
    REPORTS,
    DUE,
    DATA,
    CORRECTIONS,
    QUALITY,
    CALENDAR,
    METHOD,
    ABOUT,
    ACCESSIBILITY,
    HELP,
    GUIDE,
    FIND,
)
"""Pages that every site has, whatever its data are."""

HANDWRITTEN = {
    METHOD: "phuong-phap.md",
    ABOUT: "gioi-thieu.md",
    ACCESSIBILITY: "tiep-can.md",
    GUIDE: "huong-dan.md",
}
"""Pages written by hand, by address: their files in ``docs/<language>/``."""

FIND_INDEX = "tim-kiem/muc-luc.json"
CALENDAR_FILE = "lich-cong-bo.ics"
DUE_FILE = "viec-den-han.ics"
FEED = "feed.xml"
FILES = "du-lieu/"
API = "api/v1/"
CHARTS = "bieu-do/"
EMBEDS = "nhung/"
CARDS = "anh-chia-se/"
ASSETS = "assets/"

DEPENDING = ("chi-tieu/", "dia-ban/", "nam/", "moc/", PLAN, HELP, FILES, API, CHARTS, EMBEDS, CARDS)
"""Folders whose pages and files depend on the data, or on the program's version."""

anchor = ids.anchor


def of_indicator(indicator: str) -> str:
    """The page of an indicator."""
    return f"chi-tieu/{indicator}/"


def of_area(area: str) -> str:
    """The page of an area."""
    return f"dia-ban/{area}/"


def feed_of_area(area: str) -> str:
    """The feed of what is new of an area."""
    return of_area(area) + FEED


def sheet_of_area(area: str) -> str:
    """An area's figures on one sheet of paper; each language has its own."""
    return f"{FILES}dia-ban/{area}.pdf"


def of_year(year: int) -> str:
    """The page of an edition."""
    return f"nam/{year}/"


def of_milestone(year: int) -> str:
    """The page of a milestone: a year by which targets are to be met."""
    return f"moc/{year}/"


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


def in_language(address: str, language: str, default: str) -> str:
    """A page's address in a language: the default one at the root, others in their folder."""
    return address if language == default else f"{language}/{address}"


def relative(target: str, here: str) -> str:
    """The way from one address to another, both from the root; "./" to itself's folder.

    >>> relative("so-lieu/", "chi-tieu/xmc-md2/")
    '../../so-lieu/'
    >>> relative("", "")
    './'
    """
    up = "../" * here.count("/")
    return (up + target) or "./"
