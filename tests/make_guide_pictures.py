"""The pictures of the clerk's guide, made from the program itself.

    PYTHONPATH=. python tests/make_guide_pictures.py

An office is opened on this machine, a form goes out and comes back, a push with a slip in one cell
is refused, the mended one is released, and what the page then shows is photographed on a phone.
Run by hand after forms, messages or pages have changed; needs LibreOffice, poppler-utils and
ImageMagick besides what the tests need.
"""

from __future__ import annotations

import html
import subprocess
import sys
import tempfile
from pathlib import Path

from browser_at_hand import opened_browser
from excel_at_hand import as_reported, filled
from office_at_hand import ROOT, Office, opened_office, read_on_the_site
from packages_at_hand import plan_until, table, write_table
from playwright.sync_api import Page

from tiendo.words.wording import words

PICTURES = ROOT / "site_config" / "assets" / "guide"
FONT = ROOT / "site_config" / "assets" / "fonts" / "tiendo-sans-400.ttf"
ROWS = "data/results/2024/v1/observations.csv"
REPORTER, AREA, INDICATOR = "ubnd-tu-ky", "tu-ky", "kn-song"
SIGNED = "2024-12-20"
OUT = "2025-01-16T09:00"
PLANNED = "2024,1,2025-01-16T09:00:00+07:00,,Ngày dự kiến minh họa.,Illustrative planned date.\n"

VIETNAMESE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>vi-VN</value></prop></item></oor:items>
"""
"""What a spreadsheet program of ours is set to: 52.600, not 52,600."""

TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #10151c; color: #e6edf3; width: 46rem; }
pre { margin: 0; padding: 1rem 1.2rem; font: 15px/1.5 "DejaVu Sans Mono", monospace;
      white-space: pre-wrap; overflow-wrap: anywhere; }
b { color: #7ee787; font-weight: 400; } </style><pre>"""


def main() -> None:
    """Make all three pictures anew."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        office = opened(folder)
        picture_of_form(filled_form(office), folder)
        refused = push_with_a_slip(office)
        published(office)
        with opened_browser() as browser, read_on_the_site(office, browser) as (page, address):
            picture_of_page(page, address)
            picture_of_terminal(page, refused)


def opened(folder: Path) -> Office:
    """An office whose last public year is 2023, with a draft of 2024 and its forms."""
    data = plan_until(folder / "2023", 2023)
    with (data / "results" / "releases.csv").open("a", encoding="utf-8") as calendar:
        calendar.write(PLANNED)
    office = opened_office(folder / "office", data, now="2024-11-18")
    program(office, "2024-11-20", "new", "2024")
    program(office, "2024-11-20", "form", "2024")
    return office


def program(office: Office, day: str, *arguments: str) -> None:
    """Run a command of the program that has to succeed."""
    command = [sys.executable, "build.py", *arguments, "--today", day]
    status, said = office.ran(*command, now=day)
    if status:
        raise SystemExit(said)


def filled_form(office: Office) -> Path:
    """The form of one district, filled in but for its last rows; all forms are taken in."""
    forms = office.clerk / "build" / "forms" / "2024"
    shown = forms.parent / "shown.xlsx"
    for path in sorted(forms.iterdir()):
        rows = as_reported(path.read_bytes(), ROOT / "data", 2024)
        document = "Báo cáo minh họa"
        if path.stem.endswith(REPORTER):
            some = dict(list(rows.items())[:6])
            shown.write_bytes(filled(path.read_bytes(), some, document=document))
        path.write_bytes(filled(path.read_bytes(), rows, document=document))
    program(office, "2024-12-16", "import", "build/forms/2024", "--year", "2024")
    return shown


def picture_of_form(form: Path, folder: Path) -> None:
    """The page to fill in, as a spreadsheet program shows it, without its right edge."""
    profile = folder / "office-suite"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(VIETNAMESE, encoding="utf-8")
    own = f"-env:UserInstallation={profile.as_uri()}"
    convert = ["soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    quiet = subprocess.DEVNULL
    subprocess.run([*convert, str(form)], check=True, stdout=quiet, stderr=quiet)
    pages = ["pdftoppm", "-r", "150", "-f", "2", "-l", "2", "-png"]
    area = ["-x", "40", "-y", "60", "-W", "1000", "-H", "800"]
    subprocess.run([*pages, *area, str(folder / "shown.pdf"), str(folder / "form")], check=True)
    (made,) = folder.glob("form*.png")
    # The form says it at its right edge, which is cut off.
    notice = ["-font", str(FONT), "-pointsize", "20", "-fill", "#b00020", "-gravity", "NorthEast"]
    said = words("vi").say("notice.short")
    keep(made, "form", *notice, "-annotate", "+12+8", said)


def push_with_a_slip(office: Office) -> str:
    """What a clerk sees who pushes one figure with a letter in it; the slip is taken back."""
    rows = table(office.clerk / ROWS)
    (row,) = (each for each in rows if (each["indicator"], each["area"]) == (INDICATOR, AREA))
    right = row["numerator"]
    row["numerator"] = f"{right[:-1]}O"
    write_table(office.clerk / ROWS, rows)
    told = committed_and_pushed(office, "Số liệu năm 2024")
    row["numerator"] = right
    write_table(office.clerk / ROWS, rows)
    committed_and_pushed(office, "Sửa một ô")
    return told


def committed_and_pushed(office: Office, message: str) -> str:
    """What a push says."""
    office.run("git", "add", "--all", "data")
    office.run("git", "commit", "--quiet", "--message", message)
    return office.ran("git", "push", "origin", "main", now=SIGNED)[1]


def published(office: Office) -> None:
    """Sign the year off and let its hour come."""
    program(office, SIGNED, "release", "2024")
    committed_and_pushed(office, "Ký số liệu năm 2024")
    office.ran(ROOT / "site_config/deploy/server/tiendo-publish", now=OUT)


def picture_of_terminal(page: Page, told: str) -> None:
    """What a push said, as a terminal shows it, from the command to its end."""
    lines = [line for line in told.splitlines() if not line.startswith(("To ", " ! ", "error:"))]
    said = html.escape("\n".join(lines))
    page.set_content(f"{TERMINAL}<b>$ git push</b>\n{said}</pre>")
    page.set_viewport_size({"width": 736, "height": 400})
    shot = PICTURES / "refused.raw.png"
    page.locator("pre").screenshot(path=shot)
    keep(shot, "refused")


def picture_of_page(page: Page, address: str) -> None:
    """The district's page on a phone, once its figures are public."""
    answer = page.goto(f"{address}/nam/2024/")
    if answer is None or not answer.ok:
        raise SystemExit("2024 is not public")
    page.goto(f"{address}/dia-ban/{AREA}/", wait_until="networkidle")
    shot = PICTURES / "published.raw.png"
    page.screenshot(path=shot)
    keep(shot, "published")


def keep(made: Path, name: str, *drawn: str) -> None:
    """A picture with few colours: small enough for a slow line."""
    target = PICTURES / f"{name}.png"
    few = ["-strip", "+dither", "-colors", "24"]
    command = ["convert", str(made), *drawn, *few, f"png8:{target}"]
    subprocess.run(command, check=True)
    made.unlink()


if __name__ == "__main__":
    main()
