"""What lies in a folder of tables and is none: known by name, so that it is told and not read."""

from __future__ import annotations

import re

from tiendo.terms import Place, Problem

_FILES = re.compile(
    r"""
    thumbs\.db(?::encryptable)? | ehthumbs(?:_vista)?\.db | desktop\.ini   # Windows Explorer
    | \.ds_store | \._.* | \.localized | icon\r?                       # macOS Finder
    | \.directory | \.hidden                                            # desktops of Linux
    | ~\$.* | ~wrl\d*\.tmp | \.~lock\..*\#                              # Office, LibreOffice: open
    | [0-9a-f]{8}\.tmp | ~.*\.tmp | .*\.crdownload | .*\.partial   # half-saved, half-fetched
    | \.git(?:ignore|attributes|keep|modules) | \.sync_.*\.db | \.dropbox(?:\.attr)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FOLDERS = re.compile(
    r"""
    __macosx | \.git | \.svn | \.hg | \.trash.* | \.spotlight-.* | \.fseventsd | \.temporaryitems
    | \$recycle\.bin | system\ volume\ information | \.dropbox\.cache | \.idea | \.vscode
    | \.venv | __pycache__ | node_modules
    """,
    re.IGNORECASE | re.VERBOSE,
)


def litter(name: str, place: str) -> Problem | None:
    """What is told of a file that an operating system or an open program left; None: it may be a
    table.

    >>> litter("Thumbs.db", "x/Thumbs.db").code, litter("bieu.xlsx", "x/bieu.xlsx")
    ('import-file-ignored', None)
    """
    return unread(place) if _FILES.fullmatch(name) else None


def unread(place: str) -> Problem:
    """What is told of what is no file of figures."""
    return Problem(code="import-file-ignored", place=Place(file=place), stops=False)


def not_entered(name: str, place: str, *, link: bool) -> Problem | None:
    """What is told of a folder that is a program's own, or elsewhere; None: it is entered.

    >>> not_entered("__MACOSX", "x/__MACOSX", link=False).code
    'import-folder-passed-over'
    """
    if not link and not _FOLDERS.fullmatch(name):
        return None
    return Problem(code="import-folder-passed-over", place=Place(file=place), stops=False)
