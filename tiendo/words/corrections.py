"""What a version changed, in words."""

from __future__ import annotations

from tiendo.judge.revisions import Thing, reporter_and_document
from tiendo.judge.steps import Change
from tiendo.terms import ActionReport, Edition, Figure, Report
from tiendo.words import addresses
from tiendo.words import figures as figure_words
from tiendo.words.desk import Desk, agency_link, area_link, indicator_link, release_of
from tiendo.words.figures import differing, figure_aspects, reason_words
from tiendo.words.parts import Correction, Link
from tiendo.words.verdicts import mark

KINDS = ("correction", "scheduled", "late")


def correction_row(desk: Desk, change: Change) -> Correction:
    """A change in words."""
    edition = change.after
    release = release_of(desk, edition)
    moment = release.released.astimezone(desk.site.timezone) if release is not None else None
    old, new = old_and_new(desk, change.old, change.new)
    if change.hidden:
        old = desk.say("withdrawn.hidden-old")
    names = tuple(filter(None, (change.indicator, change.area, change.key)))
    kind = change.kind if change.kind in KINDS else "correction"
    return Correction(
        id=addresses.correction_id(edition.year, edition.version, *(names or (change.resource,))),
        released=desk.words.date(moment.date()) if moment else desk.say("notice.preview"),
        datetime=moment.isoformat(timespec="minutes") if moment else "",
        edition=Link(
            text=desk.say("corrections_page.edition", year=edition.year, version=edition.version),
            href=desk.href(addresses.of_year(edition.year)),
        ),
        what=_what(desk, change),
        area=area_link(desk, change.area) if change.area else Link(text=""),
        old=old,
        new=new,
        kind=kind,
        kind_word=desk.say(f"correction_kind.{kind}"),
        reason=reason_words(desk, change.reason[desk.language], change.follows_from),
        verdict_old=mark(desk, change.verdicts[0]) if change.verdicts else None,
        verdict_new=mark(desk, change.verdicts[1]) if change.verdicts else None,
    )


def _what(desk: Desk, change: Change) -> Link:
    if change.indicator:
        return indicator_link(desk, desk.indicators[change.indicator])
    if change.resource == "reports":
        reporter, document = reporter_and_document(change.key)
        body = agency_link(desk, reporter)
        key = "corrections_page.report-document" if document else "corrections_page.report"
        return Link(
            text=desk.say(key, body=body.text, document=document),
            href=desk.href(addresses.REPORTS),
        )
    if change.resource == "actions":
        return Link(
            text=desk.say("corrections_page.action", action=change.key),
            href=desk.href(addresses.of_action(change.key)),
        )
    return Link(text=desk.say("corrections_page.whole-edition", year=change.after.year))


def old_and_new(desk: Desk, was: Thing | None, now: Thing | None) -> tuple[str, str]:
    """Both sides in words that differ: the figure, and of the rest what changed."""
    if isinstance(was, Figure) and isinstance(now, Figure):
        return figure_words.old_and_new(desk, was, now)
    return differing(desk, _aspects(desk, was), _aspects(desk, now))


def _aspects(desk: Desk, what: Thing | None) -> dict[str, str]:
    """What is said of a thing, each part in words."""
    if isinstance(what, Figure):
        return figure_aspects(desk, what)
    if isinstance(what, Report):
        received = desk.words.date(what.received_on)
        return {
            "received": desk.say("corrections_page.received", day=received),
            "document": what.document,
            "note": what.note[desk.language],
        }
    if isinstance(what, ActionReport):
        return {
            "state": desk.say(f"action_state.{what.state.value}.word"),
            "summary": what.summary[desk.language],
            "evidence": what.evidence,
        }
    if isinstance(what, Edition):
        as_of = desk.words.date(what.as_of)
        return {
            "as_of": desk.say("corrections_page.as-of", day=as_of),
            "geography": desk.say(f"level.{what.geography}", count=2),
        }
    return {}
