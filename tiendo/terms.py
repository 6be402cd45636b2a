"""The nouns: what a plan, an area, an edition, a figure and a verdict are.

Everything here is frozen and does no work.  Words follow the field: Indicator, Target,
Observation, Area, Edition, Version, Revision, Verdict (SDMX, Frictionless, official statistics).
The glossary in ``docs/developers/glossary.md`` is made from the docstrings of this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

AREA_LEVELS_WITHOUT_RANK = frozenset({"remainder"})
"""Levels whose areas are parts of sums only: never counted, ranked, mapped or expected."""


class Measure(StrEnum):
    """How an indicator is measured."""

    RATIO = "ratio"
    """A numerator over a denominator, in per cent."""
    STANDARD = "standard"
    """A level that an area holds or not; the whole area counts the areas that do."""
    TITLE = "title"
    """Held or not, by the whole area."""


class Direction(StrEnum):
    """Which way an indicator is meant to go."""

    UP = "up"
    DOWN = "down"
    HOLD = "hold"
    """Keep what is reached."""
    REACH = "reach"
    """Get a title once."""


class Level(StrEnum):
    """Who reports an indicator: each local area of the edition's geography, or the whole area."""

    LOCAL = "local"
    WHOLE = "whole"


class Aggregation(StrEnum):
    """How local figures make the whole area's figure."""

    SUM = "sum"
    """Sum of numerators over sum of denominators."""
    COUNT = "count"
    """Areas that hold the standard, over all areas."""
    NONE = "none"
    """Only as reported."""


class Status(StrEnum):
    """Status of a figure (SDMX CL_OBS_STATUS); a verdict that rests on P or E is provisional.

    P is "sơ bộ", E "ước tính"; of the verdict the word is "tạm tính".
    """

    OFFICIAL = "A"
    PRELIMINARY = "P"
    ESTIMATED = "E"


class Missing(StrEnum):
    """Why there is no value."""

    NOT_APPLICABLE = "z"
    NOT_REPORTED = "x"
    CONFIDENTIAL = "c"
    NOT_COLLECTED = "n"


class Verdict(StrEnum):
    """What can be said of an indicator, an area and a milestone."""

    MET = "met"
    ON_TRACK = "on-track"
    BEHIND = "behind"
    NOT_MOVING = "not-moving"
    LOST = "lost"
    MISSED = "missed"
    NOT_HELD = "not-held"
    TOO_LITTLE_DATA = "too-little-data"
    NOT_MEASURABLE = "not-measurable"


class ActionState(StrEnum):
    """How far an action of the plan has come."""

    NOT_STARTED = "not-started"
    UNDER_WAY = "under-way"
    DONE = "done"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class DutyState(StrEnum):
    """What was said of a duty that has a date of its own; that it was late follows from the day."""

    DONE = "done"
    UNKNOWN = "unknown"


class PassageKind(StrEnum):
    """What a passage is in its document."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """One of a list; the mark before it is not part of its words."""
    SIGNATURE = "signature"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True, init=False)
class Text:
    """The same words in the first language of a site and, as far as translated, in its others."""

    said: tuple[tuple[str, str], ...]
    """Each language that there are words in, and these; the first language first."""

    def __init__(self, **said: str) -> None:
        """Words by language, those of the first language first; without these there are none."""
        first = next(iter(said.values()), "")
        kept = tuple(pair for pair in said.items() if pair[1]) if first else ()
        object.__setattr__(self, "said", kept)

    def __getitem__(self, language: str) -> str:
        """The words in this language, in the first one where they were not translated."""
        return self.given(language) or self.first

    @property
    def first(self) -> str:
        """The words in the first language."""
        return self.said[0][1] if self.said else ""

    @property
    def all(self) -> tuple[str, ...]:
        """The words in every language: who reads one often knows a name in another."""
        return tuple(words for _, words in self.said)

    def given(self, language: str) -> str:
        """The words in this language; empty where they were not translated."""
        return next((words for each, words in self.said if each == language), "")

    def spoken(self, language: str) -> str:
        """The language that the words are in which a reader of this one gets."""
        return language if self.given(language) or not self.said else self.said[0][0]

    def __bool__(self) -> bool:
        return bool(self.said)


NO_WORDS = Text()
"""What nothing is said in."""


# The plan -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The document whose promises are followed."""

    number: str
    signed: date
    title: Text
    short: Text
    """What the plan is called in passing."""
    issuer: Text
    start: int
    end: int
    scope: str
    """The area whose territory the plan covers, also after the unit itself ended."""
    first_report_year: int
    sections: Mapping[str, Text] = field(default_factory=dict)
    """Titles of the sections that actions stand in, by their number."""
    document: str = ""
    """Where the document itself can be read; empty: this is not known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """A group of indicators, as the plan heads them."""

    goal: str
    position: int
    name: Text
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """A level of one standard that another standard implies."""

    indicator: str
    at_least: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """What is measured (chỉ tiêu)."""

    indicator: str
    goal: str
    position: int
    parent: str | None
    name: Text
    short: Text
    measure: Measure
    direction: Direction
    level: Level
    aggregation: Aggregation
    counts: str | None
    """The level of the areas that a count counts."""
    threshold: int | None
    """The level of a standard from which on an area counts as holding it."""
    requires: tuple[Requirement, ...]
    reporter: str
    """The agency that owes the whole area's row."""
    decimals: int
    numerator: Text
    denominator: Text
    definition: Text
    caveat: Text
    since: int | None = None
    """The first edition that it is asked of, by year; ``None``: from the first one on."""
    until: int | None = None
    """The last edition that it is asked of, by year; ``None``: it goes on."""
    successor: str = ""
    """The indicator that is asked instead from then on."""
    row: int = 0


class Unit(StrEnum):
    """What a value is told in."""

    PERCENT = "percent"
    LEVEL = "level"
    """The level of a standard, 0 for none."""
    TITLE = "title"
    """1 where it is held, else 0."""


class Difference(StrEnum):
    """What the difference of two values is told in."""

    POINTS = "points"
    AREAS = "areas"
    """Areas more or fewer; where they are not out of as many as before, points."""
    LEVELS = "levels"


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """What a value of an indicator in an area is measured in (`tiendo.judge.scale`)."""

    unit: Unit
    lowest: Fraction
    """No value is less."""
    highest: Fraction | None
    """No value is more; ``None``: there is no such bound."""
    decimals: int
    """With how many decimals a value is shown, unless it needs more."""
    difference: Difference
    has_pace: bool
    """Whether it changes from year to year by amounts that can be told and led on."""
    held_from: int = 0
    """The level from which on it counts as held; 0: it is a rate, and nothing is held."""

    @property
    def is_held(self) -> bool:
        """Whether a value is what is held, a level or a title: a whole number without parts."""
        return self.held_from > 0

    @property
    def bounds(self) -> tuple[Fraction, ...]:
        """Its ends, which no other value is ever rounded onto."""
        return (self.lowest,) if self.highest is None else (self.lowest, self.highest)


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A value to be reached by the end of a year (mục tiêu)."""

    indicator: str
    area: str | None
    """The area whose own target it is; ``None``: the whole plan's."""
    year: int
    value: Decimal
    """Per cent for ratios and counts; a level for an area's standard; 1 for a title."""
    wording: Text
    clause: str
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Agency:
    """A body with duties, dated, because bodies merge."""

    agency: str
    area: str | None
    name: Text
    short: Text
    since: date | None
    until: date | None
    successors: tuple[str, ...]
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """What the plan asks of one agency."""

    duty: str
    agency: str
    role: str
    text: Text
    clause: str
    due: str
    """``before:MM-DD`` (each year), ``yearly``, a year, or empty."""
    since: date | None
    until: date | None
    recipients: tuple[str, ...] = ()
    """The agencies to which it is owed, where the plan names them."""
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """A task of the plan that can be followed."""

    action: str
    section: str
    text: Text
    recurrence: str
    leads: tuple[str, ...]
    lead_basis: str
    """``plan`` where the plan names the lead, ``inferred`` where this site does."""
    lead_clause: str = ""
    """The clause that names the lead, or from which it is inferred."""
    lead_reason: Text = NO_WORDS
    """From what the lead is inferred; empty where the plan names it."""
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One piece of the plan's own text, word for word: a heading, a paragraph, a list's item."""

    position: int
    clause: str
    """As the plan numbers it; of an item its parent's with a running number (``II.2.1-3``).  Empty:
    it belongs to the clause before it; a title, a recipient and a signature belong to none."""
    kind: PassageKind
    text: Text
    note: Text
    """The site's own remark, never the plan's words."""
    note_source: str
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class MeaningChange:
    """A change of what the plan or an area means, made after a version was signed off on it."""

    on: date
    resource: str
    key: str
    column: str
    old: str
    new: str
    reason: Text
    breaks: str = ""
    """``yes``: series can't be read across it; ``no``: they can; empty: nothing is said."""
    row: int = 0


# Areas --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """A unit of territory in its time.  ``area`` is unique for ever, ``code`` only in its time."""

    area: str
    level: str
    parent: str | None
    code: str
    name: Text
    type: str
    since: date | None
    """First day; ``None``: before the plan."""
    until: date | None
    """Last day; ``None``: goes on."""
    tile_row: int | None
    tile_col: int | None
    aliases: tuple[str, ...]
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaChange:
    """One area, wholly or in part, became another or part of it."""

    on: date
    from_area: str
    to_area: str
    part: str
    """``whole`` or ``partial``."""
    act: str
    row: int = 0


Outline = tuple[tuple[tuple[tuple[float, float], ...], ...], ...]
"""An area's territory: polygons of rings of positions (longitude, latitude); the first ring of a
polygon is its outer one."""


# Results as read ----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """The act of publication: a row of the calendar, signed off once it has a hash."""

    year: int
    version: int
    released: datetime
    sha256: str | None
    note: Text
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawal:
    """What was published is taken back in the open: a whole version, or one figure of it.

    From its moment on the figures are shown nowhere; that they were, and why they are not, is.
    """

    year: int
    version: int
    indicator: str
    """Of a single figure; empty: the whole version."""
    area: str
    withdrawn: datetime
    instead: int | None
    """The earlier version that stands again; ``None``: none does until a later one is out."""
    reason: Text
    row: int = 0

    @property
    def of_version(self) -> bool:
        """Whether it takes back a whole version."""
        return not self.indicator


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A report that came in, and when."""

    reporter: str
    received_on: date
    document: str
    note: Text
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionReport:
    """What was said of an action in an edition."""

    action: str
    state: ActionState
    summary: Text
    evidence: str
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyReport:
    """What was said of a duty with a date of its own, in an edition."""

    duty: str
    agency: str
    """Who had the duty, or took over from them."""
    state: DutyState
    on: date | None
    """The day on which it was done."""
    summary: Text
    evidence: str
    row: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """Why a figure, a report or an action's state differs from the version before."""

    indicator: str
    area: str
    resource: str
    key: str
    kind: str
    """``correction``, ``scheduled`` or ``late``."""
    reason: Text
    row: int = 0


class Observation(NamedTuple):
    """A row of observations as it was read: one indicator in one area, in one version.

    Its fields are the columns of `tiendo.read.archive.OBSERVATION_COLUMNS`, in their order.
    """

    year: int
    version: int
    row: int
    sound: bool
    indicator: str
    area: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    status: str
    missing: str
    as_of: date | None
    decision: str
    decided_on: date | None
    valid_until: date | None
    source: str
    break_: Text
    note: Text

    @property
    def text(self) -> str:
        """The value as it is written, with all of its decimals; empty where there is none."""
        return "" if self.value is None else f"{self.value:f}"

    @property
    def exact(self) -> Fraction | None:
        """The value to compare and to reckon with."""
        return None if self.value is None else Fraction(self.value)

    @property
    def has_figure(self) -> bool:
        """Whether it holds a figure, or a part of one."""
        return self.value is not None or self.numerator is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Signed:
    """What a version was measured by, as copied into it when it was signed off."""

    indicators: tuple[Indicator, ...]
    targets: tuple[Target, ...]
    areas: tuple[Area, ...]
    """Those alone that it reported for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """The results of one year in one version."""

    year: int
    version: int
    folder: str
    """Path of its package, relative to the data folder."""
    as_of: date
    illustrative: bool
    geography: str
    """The level of the areas that reported."""
    reason: Text
    sources: tuple[str, ...]
    licenses: tuple[str, ...]
    reports: tuple[Report, ...]
    actions: tuple[ActionReport, ...]
    revisions: tuple[Revision, ...]
    signed: Signed | None
    sha256: str
    """Over its files as they are now; see `tiendo.judge.editions.seal`."""
    files: Mapping[str, bytes] = field(repr=False)
    """Its files by name, as they are, for the archive of downloads."""
    unread: Mapping[str, tuple[Mapping[str, object], ...] | None] = field(
        default_factory=dict, repr=False
    )
    """What of its tables could not be read, by table: the cells of those rows that could be, or
    None where no row of it could.  Nothing is said to be missing that may stand there."""
    duties: tuple[DutyReport, ...] = ()
    """What it says of duties with a date of their own."""
    stands: bool = True
    """Whether it may be shown as its year's figures: not where a later version was withdrawn and
    nothing says that this one stands again."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Archive:
    """Everything that was read.  Nothing in it has been judged yet."""

    plan: Plan
    goals: tuple[Goal, ...]
    indicators: tuple[Indicator, ...]
    targets: tuple[Target, ...]
    agencies: tuple[Agency, ...]
    duties: tuple[Duty, ...]
    actions: tuple[Action, ...]
    meaning_changes: tuple[MeaningChange, ...]
    areas: Mapping[str, Area]
    area_changes: tuple[AreaChange, ...]
    releases: tuple[Release, ...]
    editions: tuple[Edition, ...]
    """By year, then version."""
    observations: pd.DataFrame
    """All rows of all editions; columns and dtypes: `tiendo.read.archive.OBSERVATION_COLUMNS`."""
    boundaries: Mapping[str, Outline] = field(default_factory=dict, repr=False)
    """Outlines by area, of those that have one."""
    withdrawals: tuple[Withdrawal, ...] = ()
    """By moment, oldest first."""
    text: tuple[Passage, ...] = field(default=(), repr=False)
    """The plan's own text, by position; empty where it is not given, or not all of it was read."""
    withdrawn: tuple[Edition, ...] = ()
    """The versions that were public and are withdrawn: their names without their figures."""
    worked_out: dict[object, object] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What was asked of it already (`tiendo.judge.once`)."""
    languages: tuple[str, ...] = ()
    """Those that its words were read in, the first language first."""


# Problems -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where in the data something is: a file, and as far as it is known row, column and value."""

    file: str
    row: int | None = None
    """Line in the file as Excel counts: the header is row 1."""
    column: str | None = None
    value: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Something wrong with the input.  Its sentence stands in the wording, under its code."""

    code: str
    place: Place
    facts: Mapping[str, str] = field(default_factory=dict)
    stops: bool = True
    """Whether nothing may be published with it; a problem that does not stop warns."""


# Results as measured ------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """What is known of an indicator in an area in a year.

    ``low`` and ``high`` are the same where the figure is exact; a count with areas missing is a
    range from certain to possible.  Both ``None``: no figure; ``missing`` and ``absent`` say why.
    """

    indicator: str
    area: str
    year: int
    version: int
    as_of: date
    low: Fraction | None = None
    """Per cent for ratios and counts; the level held for a standard; 1 or 0 for a title."""
    high: Fraction | None = None
    numerator: int | None = None
    """For a count that is a range: the certain part."""
    numerator_high: int | None = None
    denominator: int | None = None
    status: Status | None = None
    provisional: bool = False
    """Whether it is, or an aggregate contains, a preliminary or estimated figure."""
    missing: Missing | None = None
    absent: tuple[str, ...] = ()
    """The areas whose figures an aggregate lacks."""
    aggregated: bool = False
    """Whether this site worked it out from local figures, instead of quoting a report."""
    rounding: Fraction = Fraction(0)
    """Half of the last decimal of a rate given without its parts; of a level it means nothing."""
    contradicted: bool = False
    """Whether it is the whole area's own and can't be true beside its parts: it gives no verdict.
    """
    decision: str = ""
    decided_on: date | None = None
    valid_until: date | None = None
    source: str = ""
    break_: Text = NO_WORDS
    """Why it can't be compared with earlier figures; empty: it can."""
    note: Text = NO_WORDS
    reshaped: bool = False
    """Whether the area's borders are not those that its figure before stood for."""

    @property
    def breaks(self) -> bool:
        """Whether the series breaks here: by its row, or since the borders are others."""
        return self.reshaped or bool(self.break_)

    @property
    def value(self) -> Fraction | None:
        """The figure where it is exact."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Corrected:
    """A figure that says otherwise than it did when it was first published, and why.

    Also a whole area's figure that follows from local ones that were changed.
    """

    indicator: str
    area: str
    year: int
    before: int
    """The version that said otherwise."""
    version: int
    """The version that says it as it is now."""
    on: datetime | None
    """When that version came out; ``None``: it is a draft, seen in a preview."""
    old: Figure | None
    """What stood there; ``None``: nothing did."""
    new: Figure | None
    """What stands there since; ``None``: nothing does."""
    kind: str
    """``correction``, ``scheduled``, ``late``, or ``withdrawn`` for what was taken back."""
    reason: Text
    """Empty where it follows from others."""
    follows_from: tuple[str, ...] = ()
    """The areas whose figures were changed, where this one is made of them."""
    hidden: bool = False
    """Whether what stood there was withdrawn, so that it is told no more."""


class Obstacle(StrEnum):
    """Why a figure can't be restated on other borders."""

    UNTRACED = "untraced"
    """The rows of changes don't tell where all of the land went, among the areas that report."""
    ALL_STRADDLE = "all-straddle"
    """No area that reports lies wholly inside the borders."""
    ABSENT = "absent"
    """An area that lies inside, or straddles, has no numerator and denominator."""
    EMPTY = "empty"
    """There is nobody to count inside the borders."""
    REDEFINED = "redefined"
    """What is counted was changed in between, so that the two can't be compared."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Restated:
    """A year of an area's series on borders that were not those of the year.

    The site's own working from what the areas of that year reported: never official, and no
    verdict rests on it.  Where areas straddle the borders it is a range, from what is certain to
    what is possible.
    """

    indicator: str
    area: str
    """The area whose borders these are."""
    year: int
    version: int
    as_of: date
    low: Fraction | None
    """Per cent.  Both ends ``None``: it can't be restated; ``obstacle`` says why."""
    high: Fraction | None
    certain: tuple[int, int] | None
    """Numerator and denominator of the areas that lie wholly inside."""
    straddling_parts: tuple[int, int] | None
    """Numerator and denominator of the areas that straddle, each in full."""
    inside: tuple[str, ...]
    straddling: tuple[str, ...]
    """The areas that lie inside with a part, or may; by id."""
    provisional: bool
    """Whether a preliminary or estimated figure is in it."""
    obstacle: Obstacle | None
    absent: tuple[str, ...]
    """The areas whose figures it lacks."""
    breaks: bool = False
    """Whether it can't be compared with earlier years: since the last figure on these borders the
    whole area's series broke, or that of an area that it is made of."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What a figure is asked about: it may be right, but looks wrong.  A note answers it."""

    code: str
    """Of the problem that warns of it; `tiendo.judge.questions` tells them all."""
    figure: Figure
    other: Figure | None
    """What it is compared with: last year's figure, that of another indicator; None: the usual."""
    change: Fraction
    """By how much it differs from the other, in points, levels or people; of a part its share in
    its whole in per cent; of what was copied how many figures."""
    answer: Text
    """The figure's note; empty: nobody answered yet."""
    usual: Fraction | None = None
    """The median denominator of its area's type, or last year's share of a part."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """A verdict with all of its arithmetic, for one indicator, area and milestone.

    Points are percentage points; changes are points for each edition year.
    """

    indicator: str
    area: str
    target: Target
    own_target: bool
    """Whether the target is this area's own, not the whole plan's."""
    level: Fraction
    """What is compared with: the target's value, or the threshold of a standard."""
    verdict: Verdict
    provisional: bool
    latest: Figure | None
    """The last figure up to the milestone that is known, exact or a range."""
    first: Figure | None
    """The first exact figure since the last break; where the pace starts."""
    gap: Fraction | None
    """What is still missing to the target, in points or levels; 0 or less when met."""
    needed_count: int | None
    """For figures with a denominator of areas: the least count that meets the target."""
    gap_count: int | None
    """How many areas are still missing to it."""
    pace: Fraction | None
    """Mean change a year so far; ``None`` where there is no pace."""
    needed_pace: Fraction | None
    """Change a year that would be needed from the latest figure to the milestone."""
    leads_to: Fraction | None
    """Where the pace leads by the milestone."""
    ended: date | None
    """Last day of the area, where it ended: the verdict is its last."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Results:
    """Everything that pages and open data are made from."""

    archive: Archive
    """Only what may be seen: of the versions those that are public at ``now``."""
    now: datetime
    """In the time zone of the site: its day is the day there."""
    editions: tuple[Edition, ...]
    """The newest version of each year, by year."""
    calendar: tuple[Release, ...]
    """All releases, past and to come; of those to come the dates alone."""
    figures: Mapping[tuple[str, str], tuple[Figure, ...]]
    """By indicator and area; one for each edition where the figure is expected or given."""
    assessments: Mapping[tuple[str, str], tuple[Assessment, ...]]
    """By indicator and area; one for each milestone, by year."""
    headlines: Mapping[tuple[str, str], Assessment]
    """By indicator and area: the assessment at the milestone in question."""
    locals_: Mapping[int, tuple[str, ...]]
    """The local areas of each edition, by year."""
    illustrative: bool
    preview: bool = False
    """Whether more is shown than is public: drafts, and versions whose hour has not come."""
    corrected: Mapping[tuple[str, str, int], tuple[Corrected, ...]] = field(default_factory=dict)
    """By indicator, area and year: how a figure was changed after it was published; oldest first.
    """
    restated: Mapping[tuple[str, str], tuple[Restated, ...]] = field(default_factory=dict)
    """By indicator and area: the years in which the area's land was under other borders."""
    worked_out: dict[object, object] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What was asked of it already (`tiendo.judge.once`)."""
