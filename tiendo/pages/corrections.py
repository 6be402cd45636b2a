"""The page of corrections: what was changed after it was published.

What changed is worked out by comparing what the public saw before a version came out with what it
saw from then on; the data only gives the reasons.  So a whole area's figure that changed because a
district's did is told too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tiendo.assess import results
from tiendo.editions import with_editions
from tiendo.pages import addresses
from tiendo.pages.agencies import agency_link
from tiendo.pages.contexts import Correction, CorrectionsPage, Link, Note
from tiendo.pages.desk import Desk, area_link, feed_link, head, indicator_link, release_of
from tiendo.pages.figure_words import figure_detail, figure_text, gap
from tiendo.pages.verdict_words import mark
from tiendo.revisions import (
    OF_THE_EDITION,
    Thing,
    reason_of,
    revision_of,
    row_differences,
    said,
)
from tiendo.terms import (
    ActionReport,
    Assessment,
    Edition,
    Figure,
    Missing,
    Report,
    Results,
    Text,
)

KINDS = ("correction", "scheduled", "late")


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One thing that differs between two versions of an edition."""

    before: Edition
    after: Edition
    resource: str
    """``observations``, ``reports``, ``actions``, or ``edition`` for its date and geography."""
    key: str
    """The reporter or the action; empty for figures and editions."""
    indicator: str
    area: str
    old: Thing | None
    new: Thing | None
    kind: str
    reason: Text
    """Empty for a whole area's figure that follows from local ones."""
    verdicts: tuple[Assessment, Assessment] | None = None
    """Old and new, at the same milestone, where the change made them differ."""


def corrections_page(desk: Desk) -> CorrectionsPage:
    """Everything that was changed after it was published, newest first."""
    title = desk.say("corrections_page.title")
    found = changes(desk.results)
    finding = (
        desk.say("corrections_page.finding", count=len(found))
        if found
        else desk.say("corrections_page.none")
    )
    return CorrectionsPage(
        head=head(desk, title=title, description=finding, group=2),
        title=title,
        finding=finding,
        introduction=desk.say("corrections_page.introduction"),
        feed=Link(text=desk.say("feeds.follow"), href=feed_link(desk).href),
        rows=tuple(correction_row(desk, change) for change in found),
    )


def correction_notes(
    desk: Desk, *, indicator: str = "", area: str = "", year: int | None = None
) -> tuple[Note, ...]:
    """The corrections of an indicator, an area or a year's edition, newest first, as notes."""
    return tuple(
        Note(about=row.released, text=_note(desk, row))
        for change in changes(desk.results)
        if (not indicator or change.indicator == indicator)
        and (not area or change.area == area)
        and (year is None or change.after.year == year)
        for row in (correction_row(desk, change),)
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A version that came out, and what it changed of what the public had seen until then."""

    edition: Edition
    changes: tuple[Change, ...]
    """Against the version of the same year before it; none for the first of a year."""
    verdicts: tuple[tuple[Assessment, Assessment], ...]
    """Old and new, at the milestone in question, of whatever was judged before and after."""


def changes(known: Results) -> tuple[Change, ...]:
    """All that differs between versions of the same year, the newest version first."""
    return tuple(change for step in steps(known) for change in step.changes)


@lru_cache(maxsize=4)
def steps(known: Results) -> tuple[Step, ...]:
    """Every version that may be seen, the newest first, with what it changed."""
    released = {
        (release.year, release.version): release.released.timestamp() for release in known.calendar
    }

    def when(edition: Edition) -> tuple[float, int, int]:
        # A draft, seen in a preview, has no date yet: it comes last.
        key = (edition.year, edition.version)
        return released.get(key, float("inf")), edition.year, edition.version

    found: list[Step] = []
    order = tuple(sorted(known.archive.editions, key=when))
    old: Results | None = None
    for at, edition in enumerate(order, start=1):
        is_last = at == len(order)
        new = known if is_last else results(with_editions(known.archive, order[:at]), known.now)
        if old is not None:
            earlier = [each for each in order[: at - 1] if each.year == edition.year]
            is_corrected = bool(earlier) and earlier[-1].version < edition.version
            found.append(
                Step(
                    edition=edition,
                    changes=tuple(_between(earlier[-1], edition, old, new)) if is_corrected else (),
                    verdicts=tuple(_verdict_changes(old, new)),
                )
            )
        else:
            found.append(Step(edition=edition, changes=(), verdicts=()))
        old = new
    return tuple(reversed(found))


def _verdict_changes(old: Results, new: Results) -> Iterator[tuple[Assessment, Assessment]]:
    """The verdicts that differ, where a figure stood behind the old one.

    That one is no longer provisional is no change of it.
    """
    for indicator, area in new.headlines:
        was, now = _verdicts(old, new, indicator, area) or (None, None)
        if was is None or now is None or was.latest is None:
            continue
        if was.verdict is not now.verdict:
            yield was, now


def _between(before: Edition, after: Edition, old: Results, new: Results) -> Iterator[Change]:
    yield from _descriptor_changes(before, after)
    yield from _figure_changes(before, after, old, new)
    yield from _row_changes(
        before,
        after,
        "reports",
        {report.reporter: report for report in before.reports},
        {report.reporter: report for report in after.reports},
    )
    yield from _row_changes(
        before,
        after,
        "actions",
        {report.action: report for report in before.actions},
        {report.action: report for report in after.actions},
    )


def _descriptor_changes(before: Edition, after: Edition) -> Iterator[Change]:
    if (before.as_of, before.geography) != (after.as_of, after.geography):
        revision = revision_of(after, keys=frozenset(OF_THE_EDITION))
        yield Change(
            before=before,
            after=after,
            resource="edition",
            key="",
            indicator="",
            area="",
            old=before,
            new=after,
            kind=revision.kind if revision is not None else "correction",
            reason=revision.reason if revision is not None else after.reason,
        )


def _row_changes(
    before: Edition,
    after: Edition,
    resource: str,
    old: Mapping[str, Report] | Mapping[str, ActionReport],
    new: Mapping[str, Report] | Mapping[str, ActionReport],
) -> Iterator[Change]:
    for difference in row_differences(resource, old, new):
        key = difference.key
        revision = reason_of(after, difference)
        kind = "correction" if key in old else "late"
        yield Change(
            before=before,
            after=after,
            resource=resource,
            key=key,
            indicator="",
            area="",
            old=difference.old,
            new=difference.new,
            kind=revision.kind if revision is not None else kind,
            reason=revision.reason if revision is not None else after.reason,
        )


def _figure_changes(
    before: Edition, after: Edition, old: Results, new: Results
) -> Iterator[Change]:
    """The figures that differ; a whole area's after the local ones that it follows from."""
    scope = new.archive.plan.scope
    keys = sorted(dict.fromkeys([*old.figures, *new.figures]), key=lambda key: key[1] == scope)
    for indicator, area in keys:
        was = _figure(old, indicator, area, before)
        now = _figure(new, indicator, area, after)
        if said(was, before.as_of) == said(now, after.as_of):
            continue
        revision = revision_of(after, indicator=indicator, area=area)
        derived = revision is None and area == scope
        if revision is not None:
            kind, reason = revision.kind, revision.reason
        else:
            kind = _common_kind(after, indicator)
            reason = Text(vi="") if derived else after.reason
        yield Change(
            before=before,
            after=after,
            resource="observations",
            key="",
            indicator=indicator,
            area=area,
            old=was,
            new=now,
            kind=kind,
            reason=reason,
            verdicts=_verdicts(old, new, indicator, area),
        )


def _figure(known: Results, indicator: str, area: str, edition: Edition) -> Figure | None:
    series = known.figures.get((indicator, area), ())
    return next((figure for figure in series if figure.year == edition.year), None)


def _common_kind(edition: Edition, indicator: str) -> str:
    """The kind of the local changes that a whole area's figure follows from."""
    kinds = {each.kind for each in edition.revisions if each.indicator == indicator}
    return kinds.pop() if len(kinds) == 1 else "correction"


def _verdicts(
    old: Results, new: Results, indicator: str, area: str
) -> tuple[Assessment, Assessment] | None:
    """The verdicts before and after at the milestone in question, where they differ."""
    now = new.headlines.get((indicator, area))
    if now is None:
        return None
    for was in old.assessments.get((indicator, area), ()):
        if was.target.year == now.target.year:
            same = (was.verdict, was.provisional) == (now.verdict, now.provisional)
            return None if same else (was, now)
    return None


# In words -----------------------------------------------------------------------------------


def correction_row(desk: Desk, change: Change) -> Correction:
    """A change in words."""
    edition = change.after
    release = release_of(desk, edition)
    moment = release.released.astimezone(desk.site.timezone) if release is not None else None
    old, new = old_and_new(desk, change.old, change.new)
    name = "-".join(filter(None, (change.indicator, change.area, change.key)))
    kind = change.kind if change.kind in KINDS else "correction"
    return Correction(
        id=addresses.anchor(f"sua-{edition.year}-v{edition.version}-{name or change.resource}"),
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
        reason=change.reason[desk.language] or desk.say("corrections_page.derived"),
        verdict_old=mark(desk, change.verdicts[0]) if change.verdicts else None,
        verdict_new=mark(desk, change.verdicts[1]) if change.verdicts else None,
    )


def _what(desk: Desk, change: Change) -> Link:
    if change.indicator:
        return indicator_link(desk, desk.indicators[change.indicator])
    if change.resource == "reports":
        body = agency_link(desk, change.key)
        return Link(
            text=desk.say("corrections_page.report", body=body.text),
            href=desk.href(addresses.REPORTS),
        )
    if change.resource == "actions":
        return Link(
            text=desk.say("corrections_page.action", action=change.key),
            href=desk.href(addresses.of_action(change.key)),
        )
    return Link(text=desk.say("corrections_page.whole-edition", year=change.after.year))


def _note(desk: Desk, row: Correction) -> str:
    what = ", ".join(filter(None, (row.what.text, row.area.text)))
    return desk.say(
        "corrections_page.note",
        what=what,
        edition=row.edition.text,
        old=row.old,
        new=row.new,
        reason=row.reason,
    )


def old_and_new(desk: Desk, was: Thing | None, now: Thing | None) -> tuple[str, str]:
    """Both sides in words that differ: the figure, and of the rest what changed."""
    old, new = _aspects(desk, was), _aspects(desk, now)
    told = [name for name in new if old.get(name) != new[name] or name not in old]
    told += [name for name in old if name not in new]
    nothing = desk.say("corrections_page.nothing")
    return (
        ", ".join(old[name] for name in told if old.get(name)) or nothing,
        ", ".join(new[name] for name in told if new.get(name)) or nothing,
    )


def _aspects(desk: Desk, what: Thing | None) -> dict[str, str]:
    """What is said of a thing, each part in words."""
    if isinstance(what, Figure):
        return _figure_aspects(desk, what)
    if isinstance(what, Report):
        received = desk.words.date(what.received_on)
        return {
            "received": desk.say("corrections_page.received", day=received),
            "document": what.document,
            "note": what.note,
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


def _figure_aspects(desk: Desk, figure: Figure) -> dict[str, str]:
    if figure.low is None:
        value = gap(desk, figure.missing or Missing.NOT_REPORTED).word
    else:
        detail = figure_detail(desk, figure)
        value = figure_text(desk, figure)
        value = desk.say("corrections_page.value", value=value, detail=detail) if detail else value
    until = desk.words.date(figure.valid_until) if figure.valid_until is not None else ""
    as_of = desk.words.date(figure.as_of)
    reason = figure.break_[desk.language]
    return {
        "value": value,
        "status": desk.say(f"status.{figure.status.value}") if figure.status else "",
        "as_of": desk.say("corrections_page.as-of", day=as_of),
        "valid_until": desk.say("corrections_page.valid-until", day=until) if until else "",
        "break": desk.say("closing.break", reason=reason) if reason else "",
    }
