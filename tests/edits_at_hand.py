"""Changes to a project, of every kind of thing that a site is made from."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from packages_at_hand import table, write_table

WHOLE = "may-trang"

Edit = Callable[[Path, Random], None]
"""What changes something in a copy of the project, its data in ``data/``."""


def _changed(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    if old not in text:
        raise ValueError(path, old)
    path.write_text(text.replace(old, new, 1), "utf-8")


def _one_of(project: Path, random: Random, *patterns: str) -> Path:
    found = [path for pattern in patterns for path in project.glob(pattern)]
    return random.choice(sorted(found))


def a_figure(project: Path, random: Random) -> None:
    """A numerator of the draft, one more or less, and a remark on it."""
    path = project / "data" / "results" / "2024" / "v1" / "observations.csv"
    rows = table(path)
    row = random.choice([row for row in rows if row["numerator"] and row["area"] != WHOLE])
    step = random.choice((-1, 1))
    row["note_vi"] = row["note_en"] = f"{random.randint(1, 99)}."
    for each in rows:
        same = each["indicator"] == row["indicator"] and each["area"] in {row["area"], WHOLE}
        if same and each["numerator"]:
            each["numerator"] = str(int(each["numerator"]) + step)
    write_table(path, rows)


def a_setting(project: Path, random: Random) -> None:
    """How the site is called."""
    path = project / "site_config" / "site.toml"
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(r"(?m)^(jump_points = )\d+", rf"\g<1>{random.randint(5, 40)}", text), "utf-8"
    )
    _changed(path, "https://tiendo.example/", f"https://tiendo.example/{random.randint(1, 9)}/")


def a_sentence(project: Path, random: Random) -> None:
    """A fixed label of a page."""
    path = _one_of(project, random, "site_config/wording/*/pages.toml")
    lines = path.read_text("utf-8").splitlines(keepends=True)
    plain = [
        at for at, line in enumerate(lines) if re.fullmatch(r'\w+ = "[^"{}<>&]+[\w.]"\n', line)
    ]
    at = random.choice(plain)
    lines[at] = lines[at].replace('"\n', ' +"\n')
    path.write_text("".join(lines), "utf-8")


def a_template(project: Path, random: Random) -> None:
    """What stands at the end of a kind of page."""
    path = _one_of(project, random, "templates/*.md.jinja")
    path.write_text(path.read_text("utf-8") + f"\n<p>{random.randint(1, 99)}</p>\n", "utf-8")


def a_part_of_templates(project: Path, random: Random) -> None:
    """What several kinds of pages share: the name of a class."""
    path = _one_of(project, random, "templates/parts/*.jinja")
    text = path.read_text("utf-8")
    path.write_text(text.replace('class="td-', f'class="x{random.randint(1, 99)} td-', 1), "utf-8")


def the_frame(project: Path, random: Random) -> None:
    """What the theme puts around each page."""
    path = _one_of(
        project, random, "site_config/theme/partials/footer.html", "site_config/theme/main.html"
    )
    path.write_text(
        path.read_text("utf-8").replace('class="td-', f'class="y{random.randint(1, 99)} td-', 1),
        "utf-8",
    )


def a_style(project: Path, random: Random) -> None:
    """A rule of the style sheets."""
    path = _one_of(project, random, "site_config/assets/*.css")
    path.write_text(
        path.read_text("utf-8") + f"\n.x {{ order: {random.randint(1, 99)} }}\n", "utf-8"
    )


def the_program(project: Path, random: Random) -> None:
    """How wide a chart takes its letters to be, and how long a ranking may be on a page."""
    path = project / "tiendo" / "charts" / "draw" / "labels.py"
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(r"(?m)^_OTHER = [\d.]+", f"_OTHER = 0.{random.randint(50, 60)}", text), "utf-8"
    )


def a_page_by_hand(project: Path, random: Random) -> None:
    """A page that somebody wrote."""
    path = _one_of(project, random, "docs/vi/*.md", "docs/en/*.md")
    path.write_text(path.read_text("utf-8") + f"\n{random.randint(1, 99)}\n", "utf-8")


def what_is_kept_is_damaged(project: Path, random: Random) -> None:
    """Of what an earlier build kept: a letter changed, the end cut off, another's file, nothing."""
    kept = sorted(
        path
        for path in (project / "build").glob("*/*.*")
        if path.suffix != ".yml" and path.is_file()
    )
    for path in random.sample(kept, min(40, len(kept))):
        content = path.read_bytes()
        at = random.randrange(len(content) or 1)
        path.write_bytes(
            random.choice(
                (
                    content[:at] + b"?" + content[at + 1 :],
                    content[:at],
                    random.choice(kept).read_bytes()[:at],
                    b"",
                )
            )
        )


EDITS: tuple[Edit, ...] = (
    a_figure,
    a_setting,
    a_sentence,
    a_template,
    a_part_of_templates,
    the_frame,
    a_style,
    the_program,
    a_page_by_hand,
    what_is_kept_is_damaged,
)
