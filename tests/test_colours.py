"""Colours under the eyes of readers who see fewer of them: what they still tell, and what shapes do.

Simulated are readers without one kind of cone, by the matrices of Machado, Oliveira and Fernandes,
"A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), at full severity,
in linear sRGB.  Differences are CIEDE2000, by the formulas of Sharma, Wu and Dalal (2005), whose
own table of pairs tests ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations, pairwise
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest

from tiendo.config import ROOT
from tiendo.terms import Verdict

Colour = tuple[float, float, float]

EYES: Mapping[str, tuple[Colour, Colour, Colour]] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
SCHEMES = ("light", "dark")
CSS = (ROOT / "site_config" / "assets" / "tiendo.css").read_text(encoding="utf-8")
MARKS = (ROOT / "site_config" / "theme" / "partials" / "marks.html").read_text(encoding="utf-8")

SEEN = 2.3
"""The difference that is just noticed (Mahy, Van Eycken and Oosterlinck, 1994)."""
TOLD = 10.0
"""A difference that is seen without searching, in things that do not touch each other."""

every_eye = pytest.mark.parametrize("eyes", EYES)
every_scheme = pytest.mark.parametrize("scheme", SCHEMES)


def variables(scheme: str) -> dict[str, str]:
    """The colours of a scheme by the names of their variables."""
    blocks = re.findall(
        r'\[data-md-color-scheme="tiendo"\] \{\s*color-scheme: (\w+);(.*?)\}', CSS, re.DOTALL
    )
    found = dict(blocks)
    assert set(found) == set(SCHEMES)
    return {
        name: "#" + "".join(2 * letter for letter in value[1:]) if len(value) == 4 else value
        for name, value in re.findall(r"--td-([\w-]+): (#[0-9a-f]{3,6});", found[scheme])
    }


def kinds(scheme: str) -> dict[str, tuple[str, str]]:
    """The colour of each kind's sign and the tint behind it."""
    known = variables(scheme)
    found = {verdict.value: (known["muted"], known["mute-tint"]) for verdict in Verdict}
    for selectors, ink, tint in re.findall(
        r"^(\.td-k-[^{]*)\{ --k: var\(--td-([\w-]+)\); --k-tint: var\(--td-([\w-]+)\); \}",
        CSS,
        re.MULTILINE,
    ):
        for kind in re.findall(r"\.td-k-([\w-]+)", selectors):
            if kind in found:
                found[kind] = (known[ink], known[tint])
    return found


def linear(text: str) -> Colour:
    """A hex colour as linear sRGB (IEC 61966-2-1)."""
    parts = [int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def seen(text: str, eyes: str) -> Colour:
    """What is left of a colour, as linear sRGB."""
    colour = linear(text)
    red, green, blue = (
        min(max(sum(a * b for a, b in zip(row, colour, strict=True)), 0.0), 1.0)
        for row in EYES[eyes]
    )
    return red, green, blue


def lab(colour: Colour) -> Colour:
    """Linear sRGB as CIE L*a*b* under D65."""
    rows = (
        (0.4124564, 0.3575761, 0.1804375),
        (0.2126729, 0.7151522, 0.0721750),
        (0.0193339, 0.1191920, 0.9503041),
    )
    white = (0.95047, 1.0, 1.08883)

    def bent(part: float) -> float:
        return part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116

    x, y, z = (
        bent(sum(a * b for a, b in zip(row, colour, strict=True)) / most)
        for row, most in zip(rows, white, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: Colour, other: Colour) -> float:
    """CIEDE2000 of two colours in L*a*b*."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    chroma = (hypot(a1, b1) + hypot(a2, b2)) / 2
    grey = (1 - sqrt(chroma**7 / (chroma**7 + 25**7))) / 2
    a1, a2 = a1 * (1 + grey), a2 * (1 + grey)
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = (degrees(atan2(b, a)) % 360 if hypot(a, b) else 0.0 for a, b in ((a1, b1), (a2, b2)))
    turn = h2 - h1
    if c1 * c2 == 0:
        turn = 0.0
    elif abs(turn) > 180:
        turn += -360 if turn > 0 else 360
    lightness, chroma = l2 - l1, c2 - c1
    hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    if c1 * c2 == 0:
        mean_h = h1 + h2
    elif abs(h1 - h2) <= 180:
        mean_h = (h1 + h2) / 2
    else:
        mean_h = (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2
    weight = (
        1
        - 0.17 * cos(radians(mean_h - 30))
        + 0.24 * cos(radians(2 * mean_h))
        + 0.32 * cos(radians(3 * mean_h + 6))
        - 0.20 * cos(radians(4 * mean_h - 63))
    )
    by_l = 1 + 0.015 * (mean_l - 50) ** 2 / sqrt(20 + (mean_l - 50) ** 2)
    by_c, by_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * weight
    rotation = -sin(radians(60 * exp(-(((mean_h - 275) / 25) ** 2)))) * (
        2 * sqrt(mean_c**7 / (mean_c**7 + 25**7))
    )
    parts = lightness / by_l, chroma / by_c, hue / by_h
    return sqrt(sum(part**2 for part in parts) + rotation * parts[1] * parts[2])


def apart(one: str, other: str, eyes: str) -> float:
    """How different two hex colours look to eyes."""
    return difference(lab(seen(one, eyes)), lab(seen(other, eyes)))


def contrast(one: str, other: str, eyes: str) -> float:
    """The contrast of WCAG 2, of what is left of two colours."""

    def luminance(text: str) -> float:
        red, green, blue = seen(text, eyes)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ],
)
def test_our_measure_gives_the_differences_that_its_authors_give(
    one: Colour, other: Colour, known: float
) -> None:
    assert difference(one, other) == pytest.approx(known, abs=0.0001)


def test_the_simulation_takes_red_and_green_for_each_other_where_a_cone_is_missing() -> None:
    red, green = "#a3243b", "#4d6b1f"
    assert apart(red, green, "all cones") > 40
    assert apart(red, green, "deuteranopia") < apart(red, green, "all cones") / 2


@every_eye
@every_scheme
def test_a_sign_and_its_word_can_be_read_on_paper_and_on_their_tint(scheme: str, eyes: str) -> None:
    known = variables(scheme)
    faint = {
        (kind, name): contrast(ink, ground, eyes)
        for kind, (ink, tint) in kinds(scheme).items()
        for name, ground in (("paper", known["paper"]), ("tint", tint))
        if contrast(ink, ground, eyes) < 4.5
    }
    assert faint == {}
    words = {tint: contrast(known["ink"], tint, eyes) for _, tint in kinds(scheme).values()}
    assert min(words.values()) >= 7


@every_eye
@every_scheme
def test_good_and_bad_are_never_one_colour(scheme: str, eyes: str) -> None:
    inks = {kind: ink for kind, (ink, _) in kinds(scheme).items()}
    for bad in ("lost", "missed"):
        assert apart(inks["met"], inks[bad], eyes) >= TOLD
    known = variables(scheme)
    assert apart(known["series"], known["target"], eyes) >= TOLD


@every_eye
@every_scheme
def test_verdicts_whose_colours_can_be_taken_for_each_other_differ_in_shape(
    scheme: str, eyes: str
) -> None:
    inks = {kind: ink for kind, (ink, _) in kinds(scheme).items()}
    alike = [
        {one, other}
        for one, other in combinations(inks, 2)
        if apart(inks[one], inks[other], eyes) < TOLD
    ]
    assert [pair for pair in alike if len({shapes()[kind] for kind in pair}) == 1] == []


def shapes() -> dict[str, str]:
    """What each verdict's sign is drawn of."""
    drawn = dict(re.findall(r'<symbol id="td-([\w-]+)"[^>]*>(.*?)</symbol>', MARKS))
    return {verdict.value: drawn[verdict.value] for verdict in Verdict}


def test_every_verdict_has_a_shape_of_its_own() -> None:
    assert len(set(shapes().values())) == len(Verdict)


@every_eye
@every_scheme
def test_steps_of_the_home_pages_map_go_one_way(scheme: str, eyes: str) -> None:
    """Lighter to darker, or the other way round: an order that needs no colour."""
    known = variables(scheme)
    steps = [lab(seen(known[f"step-{step}"], eyes)) for step in range(5)]
    light = [step[0] for step in steps]
    assert light == sorted(light, reverse=scheme == "light")
    assert min(difference(a, b) for a, b in pairwise(steps)) > SEEN
