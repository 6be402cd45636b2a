"""When figures come, in words."""

from __future__ import annotations

from tiendo.judge.editions import is_public
from tiendo.terms import Release as ReleaseRow
from tiendo.words.desk import Desk


def when_words(desk: Desk, release: ReleaseRow) -> str:
    """The moment of a release where the site stands."""
    moment = desk.words.moment(release.released.astimezone(desk.site.timezone))
    return desk.say("calendar_page.when", moment=moment)


def release_title(desk: Desk, release: ReleaseRow) -> str:
    """What a release brings: its year, and whether that year was public before."""
    public = {edition.year for edition in desk.results.editions}
    again = not is_public(release, desk.results.now) and release.year in public
    return desk.say(f"calendar_page.{'again' if again else 'what'}", year=release.year)
