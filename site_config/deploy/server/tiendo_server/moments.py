"""The moment that a site is built for: the clock's, unless a later one was built for already."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tiendo_server.settings import Settings

_UNSYNCHRONISED = 5
"""What adjtimex(2) gives where nothing keeps the clock right: TIME_ERROR."""
_ROOM = 512
"""Bytes, more than its ``struct timex`` has on any machine."""


def remembered(settings: Settings) -> datetime | None:
    """The latest moment that was built for; None before the first, or where it can't be read."""
    with suppress(OSError, ValueError):
        found = datetime.fromisoformat(_file(settings).read_text("ascii").strip())
        return found if found.tzinfo else None
    return None


def remember(settings: Settings, moment: datetime) -> None:
    """Let no later build be for an earlier moment than this."""
    known = remembered(settings)
    if known is None or moment > known:
        fresh = _file(settings).with_suffix(".next")
        fresh.write_text(f"{moment.isoformat()}\n", "ascii")
        fresh.replace(_file(settings))


def clock(settings: Settings) -> datetime:
    """What the clock says, in the site's time zone."""
    zone = ZoneInfo(settings.timezone)
    if settings.now:
        return datetime.fromisoformat(settings.now).replace(tzinfo=zone)
    return datetime.now(UTC).astimezone(zone)


def to_build_for(settings: Settings, now: datetime) -> datetime:
    """The later of what the clock says and the moment that is remembered, in the clock's zone."""
    known = remembered(settings)
    return now if known is None else max(now, known.astimezone(now.tzinfo))


def is_unsynchronised(settings: Settings) -> bool:
    """Whether the system says that nothing keeps its clock right; where it can't say, no."""
    if settings.now:
        return False
    # It makes memory that can be run, which whoever takes a site live may not.
    import ctypes  # noqa: PLC0415

    with suppress(OSError, AttributeError):
        adjtimex = ctypes.CDLL(None, use_errno=True).adjtimex
        return bool(adjtimex(ctypes.create_string_buffer(_ROOM)) == _UNSYNCHRONISED)
    return False


def _file(settings: Settings) -> Path:
    return settings.home / "moment"
