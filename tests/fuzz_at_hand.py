"""Inputs that nobody thought of, from `check` to the finished small site, and what came of them.

Either `check` says what is wrong, with a place; or the whole site is made, every file of it can be
read, and each text stands in it letter by letter, as a text.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import random
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
import openpyxl
import pytest
from packages_at_hand import NOW, SITE, inspect, sign_again, small, table, write_table

from tiendo.config import Run
from tiendo.forms.form import forms
from tiendo.judge.assess import results
from tiendo.judge.editions import published
from tiendo.machine.write import write
from tiendo.office.diff import told
from tiendo.pages import help as help_pages
from tiendo.site import build as building
from tiendo.site.progress import Teller
from tiendo.terms import Problem
from tiendo.words import addresses
from tiendo.words.problems import FORMATS, reported
from tiendo.words.wording import words

Cell = tuple[str, int, str]
"""File, row (the first under the header is 0) and column; of a descriptor, file, -1 and path."""

EDITION = "results/2024/v1"
TEXTS: Mapping[str, Sequence[str]] = {
    "plan/goals.csv": ("name_vi", "name_en"),
    "plan/indicators.csv": (
        *("name_vi", "name_en", "short_vi", "short_en", "numerator_vi", "numerator_en"),
        *("denominator_vi", "denominator_en", "definition_vi", "definition_en", "caveat_vi"),
        "caveat_en",
    ),
    "plan/targets.csv": ("wording_vi", "wording_en"),
    "plan/agencies.csv": ("name_vi", "name_en", "short_vi"),
    "plan/duties.csv": ("text_vi", "text_en"),
    "plan/actions.csv": ("text_vi", "text_en"),
    "areas/areas.csv": ("name_vi", "name_en", "aliases"),
    "results/releases.csv": ("note_vi", "note_en"),
    f"{EDITION}/observations.csv": ("decision", "break_vi", "break_en", "note_vi", "note_en"),
    f"{EDITION}/reports.csv": ("note_vi",),
    f"{EDITION}/actions.csv": ("summary_vi", "summary_en", "evidence"),
}
"""Columns that hold what people write."""

OF_DESCRIPTORS = (
    ("plan/datapackage.json", ("plan", "number")),
    ("plan/datapackage.json", ("plan", "issuer_vi")),
    ("plan/datapackage.json", ("plan", "title_vi")),
    ("plan/datapackage.json", ("plan", "short_vi")),
    ("plan/datapackage.json", ("plan", "short_en")),
    (f"{EDITION}/datapackage.json", ("contributors", 0, "title")),
    (f"{EDITION}/datapackage.json", ("title",)),
)

MARKUP = (
    "<fuzz onfuzz=1>a</fuzz> <script>fuzz()</script> <!-- <img src=x onfuzz=1>",
    '"><fuzz onfuzz="1"> \' onfuzz=\'1\' src=x href=y',
    "&lt;b&gt; &amp;amp; &#60; &nbsp; &copy; &fuzz;",
    "]]> <![CDATA[ x ]]> <?php fuzz ?> <!DOCTYPE fuzz>",
    "**đậm** __đậm__ *nghiêng* _nghiêng_ ~~bỏ~~ `mã` ``mã``",
    "[chữ](http://fuzz.invalid/) ![hình](http://fuzz.invalid/x.png) [chữ][1] [^1] <http://fuzz.invalid/>",
    "# Đề mục { #fuzz .fuzz onfuzz=1 }",
    "## Đề mục {: onfuzz=1 }",
    "- mục", "1. mục", "1) mục", "> trích", "| a | b |", "a | b \\| c", "---", "***", "```fuzz",
    "    mã", "*[HTML]: fuzz", "[1]: http://fuzz.invalid/", "!!! note", ":fuzz: :smile:", "x^2^ H~2~O",
    "http://fuzz.invalid/ www.fuzz.invalid a@fuzz.invalid", "\\*a\\* \\\\ \\` \\[ \\<", "a  \\",
    "{{ 7*7 }} {% raise %} {# ẩn #} {{ ''.__class__ }} ${7*7} #{7*7} <%= 7*7 %>", "{% raw %}", "{#",
    "#panic() #let a = 1 $x^2$ *a* _a_ `a` <a> @a = b / c: d // e /* f */ \\u{41} ~ -- --- ...",
    '#import "x": *', '\\#eval("1")', "{0} {a} {{a}} %s %d %(a)s $a ${a} \\1 \\g<0> $& $1",
    "BEGIN:VEVENT;X=1:a,b\\;c\\nd END:VCALENDAR", "key: value", "- !!python/object:os.system x", "&a *a",
    "!fuzz x", "%YAML 1.2", "? a", "a: b: c", "# ghi chú", "'", "''", '"', '""', "\\", "\\n", "\\u0041",
    '"""', "[bảng]", "a = 1", "a,b;c\td|e".replace("\t", " "), "; rm -rf /", "null", "true", "NaN", "None",
    "0", "1e5", "1E400", "007", "12/3", "3-4", "2024-01-01", "[object Object]", "__proto__", "constructor",
    "datum.x + signal('a')", "datum['__fuzz']", "expr:1+1", "%1$s", "a\u0301".replace("a\u0301", "á"),
    "…", "–", "“a”", "‘a’", "«a»", "a'b\"c", "a & b && c", "a < b > c", "1 < 2", "a/b\\c", "../../a",
    "con", "index.html", "?a=b&c=d#e", "mailto:a@fuzz.invalid", "javascript:fuzz()", "data:text/html,fuzz",
    "x" * 290, "dài " * 70 + "hết", "W" * 60 + " " + "i" * 60,
)  # fmt: skip

REFUSED = (
    "", " ", "   ", "a ", " a", "a  b", "a\nb", "a\r\nb", "a\tb", "a\x00b", "a\x07", "=1+1", "+1", "-1",
    "@a", "a\u200bb", "a\u202eb", "a\u0301", "a\ufeff", "a\ufffd", "a\ue000", "a\U000e0041", "a\u00a0b",
    "a\U0001f3fb\ufe0f", "\ufffe", "\u0085", "a\u2028b", "x" * 301, "x" * 5_001, "１２", "a?b", "Ðạt",
    "Dа", "\U000e0100", "a\u0378", "\u034f", "\ud7ff\udb7f".encode("utf-16", "surrogatepass")[:0].decode(),
)  # fmt: skip
"""Mostly what `check` does not let through; whatever it lets through is built like all else."""

HOSTILE_VALUES: tuple[object, ...] = (
    None, True, False, 0, -1, 1, 1.5, -0.0, 1e308, 10**30, "", " ", "x", "null", "0", "-1", "1e5", "2024",
    [], {}, [[]], [{}], {"a": {}}, [None], "x" * 400, "../..", "<fuzz onfuzz=1>", "{{ 7*7 }}", "\u202e",
    ["a", 1], {"name": 1}, "http://fuzz.invalid/", "9999-12-31", "0001-01-01", "2024-02-30", 2024, 2199,
)  # fmt: skip

NUMBERS = (
    "0", "-0", "00", "007", "1", "-1", "+1", "1.0", "0.1", "1e5", "1E5", "1e400", "NaN", "Infinity", "-Infinity",
    "0x10", "1_000", "1,000", "1.000", "１２", "²", "½", " 1", "1 ", "9" * 15, "1" + "0" * 15, "9" * 16,
    "9" * 40, "9" * 400, "0.000000000001", "0." + "3" * 12, "0." + "3" * 40, "99.9999999999", "100", "100.1",
    "50.5", "--1", "1-", ".5", "5.", "٣", "2024-12-31", "true", "",
)  # fmt: skip
OF_NUMBERS = (
    ("plan/goals.csv", "position"), ("plan/indicators.csv", "position"),
    ("plan/indicators.csv", "threshold"), ("plan/indicators.csv", "decimals"),
    ("plan/targets.csv", "year"), ("plan/targets.csv", "value"), ("areas/areas.csv", "code"),
    ("areas/areas.csv", "tile_row"), ("areas/areas.csv", "tile_col"), ("results/releases.csv", "version"),
    ("results/releases.csv", "year"), (f"{EDITION}/observations.csv", "numerator"),
    (f"{EDITION}/observations.csv", "denominator"), (f"{EDITION}/observations.csv", "value"),
)  # fmt: skip

IDS = (
    "con", "nul", "aux.txt", "com1", "dia-ban", "spark", "narrow", "chung", "index", "feed", "en", "x" * 60,
    "x" * 61, "x" * 300, "", "-", "a-", "-a", "a--b", "A", "a_b", "a.b", "a/b", "..", ".", "a b", "á", "<fuzz>",
    "a'b", 'a"b', "{{a}}", "a;b", "a,b", "a\nb", "0", "1-2", "2024", "2024-v1", "biet-boi-excel", "bieu-do",
    "nhung", "so-lieu", "td-met", "top", "null", "true", "__proto__", "a" + "-a" * 29,
)  # fmt: skip
OF_IDS = (
    ("goal", "song-nuoc"), ("indicator", "biet-boi"), ("indicator", "tinh-doc"), ("area", "ben-lau"),
    ("area", "may-trang"), ("agency", "so-giao-duc"), ("action", "II.1.1"), ("duty", "III.1"),
)  # fmt: skip


# Texts ---------------------------------------------------------------------------------------


def of_all_scripts(chance: random.Random, letters: int = 6) -> Iterator[str]:
    """For each 128 numbers of the first two planes, and some beyond, a text of letters of theirs."""
    for start in (*range(0xA0, 0x20000, 0x80), *range(0x20000, 0x31400, 0x1000)):
        block = [chr(number) for number in range(start, start + 0x80)]
        seen = [each for each in block if unicodedata.category(each)[0] not in "CZ"]
        if seen:
            chosen = chance.choices(seen, k=letters)
            yield unicodedata.normalize("NFC", "a" + "".join(chosen))


@dataclass(kw_only=True)
class Planted:
    """Texts in a data folder: what stands where, and what stood there."""

    data: Path
    texts: dict[Cell, str] = field(default_factory=dict)
    before: dict[Cell, str] = field(default_factory=dict)
    refused: list[Cell] = field(default_factory=list)


def cells() -> list[Cell]:
    """Where a text can be planted in the small case."""
    from packages_at_hand import SMALL  # noqa: PLC0415 - the case of all tests

    return [
        *((file, -1, json.dumps(path)) for file, path in OF_DESCRIPTORS),
        *(
            (file, row, column)
            for file, columns in TEXTS.items()
            for row in range(len(table(SMALL / file)))
            for column in columns
        ),
    ]


def token(number: int) -> str:
    """A word that marks a text wherever it goes."""
    return f"Zq{number:04}zq"


def planted(folder: Path, texts: Sequence[str], *, marked: bool = True) -> Planted:
    """A small case with a text in each cell, as long as there are any.  Marked: with a token."""
    done = Planted(data=small(folder))
    for number, (cell, text) in enumerate(zip(cells(), texts, strict=False)):
        done.texts[cell] = f"{text} {token(number)}" if marked else text
    _write(done)
    return done


def _write(done: Planted) -> None:
    by_file: dict[str, dict[Cell, str]] = {}
    for cell, text in done.texts.items():
        by_file.setdefault(cell[0], {})[cell] = text
    for name, those in by_file.items():
        file = done.data / name
        if name.endswith(".json"):
            descriptor = json.loads(file.read_text("utf-8"))
            for cell, text in those.items():
                done.before.setdefault(cell, str(_at(descriptor, json.loads(cell[2]), text)))
            file.write_text(json.dumps(descriptor, ensure_ascii=False), "utf-8")
            continue
        rows = table(file)
        for cell, text in those.items():
            done.before.setdefault(cell, rows[cell[1]][cell[2]])
            rows[cell[1]][cell[2]] = text
        write_table(file, rows)
    copies(done.data)


def _at(descriptor: Any, path: Sequence[str | int], value: object) -> object:
    """Put a value at a path of a descriptor; gives what stood there."""
    for step in path[:-1]:
        descriptor = descriptor[step]
    before = descriptor.get(path[-1], "") if isinstance(descriptor, dict) else descriptor[path[-1]]
    descriptor[path[-1]] = value
    return before


def copies(data: Path) -> None:
    """Let each version carry the plan and the areas as they are now, and be signed with them."""
    for edition in data.glob("results/*/v*"):
        for name, source in (("indicators", "plan"), ("targets", "plan"), ("areas", "areas")):
            file = edition / f"{name}.csv"
            if file.is_file() and (data / source / f"{name}.csv").is_file():
                rows = table(data / source / f"{name}.csv")
                columns = file.read_text("utf-8").split("\n", 1)[0].split(",")
                write_table(
                    file, [{key: row[key] for key in columns if key in row} for row in rows]
                )
    try:
        sign_again(data)
    except (AssertionError, KeyError, ValueError):
        return  # there is nothing that could be signed


def settled(done: Planted) -> tuple[Problem, ...]:
    """Take back what `check` refuses, until it refuses nothing; what it refuses at other places."""
    for _ in range(8):
        found = inspect(done.data).problems
        stops = [problem for problem in found if problem.stops]
        if not stops:
            return ()
        back = {cell for problem in stops for cell in _cells_of(problem, done)}
        if not back:
            return tuple(stops)
        for cell in back:
            done.texts[cell] = done.before[cell]
            done.refused.append(cell)
        _write(done)
        for cell in back:
            del done.texts[cell]
    return tuple(problem for problem in inspect(done.data).problems if problem.stops)


def _cells_of(problem: Problem, done: Planted) -> Iterator[Cell]:
    """The planted cells that a problem is about: of a whole file, those with signs of control."""
    place = problem.place
    of_columns = (place.column or "", problem.facts.get("other", ""))
    for cell in done.texts:
        same_table = place.file.rpartition("/")[2] == cell[0].rpartition("/")[2]
        if place.row is None and same_table and re.search(r"[\x00\r\n]", done.texts[cell]):
            yield cell
            continue
        name = cell[2] if cell[1] >= 0 else ".".join(map(str, json.loads(cell[2])))
        if cell[1] < 0:
            named = (place.column or "").replace("[", ".").replace("]", "")
            if place.file == cell[0] and named in {name, "plan"}:
                yield cell
        elif (
            place.row == cell[1] + 2 and any(cell[2] in each for each in of_columns) and same_table
        ):
            yield cell


# The site ------------------------------------------------------------------------------------


def made(data: Path, site: Path, kept: Path, *, whole: bool = True) -> None:
    """Build the site of a sound folder in this process; what takes long to make is kept.

    Not whole: all but what MkDocs makes of the pages, and pictures and sheets of paper.  Of the
    help on problems, which says the same whatever the data hold, there are a few pages.
    """
    found = inspect(data)
    assert found.archive is not None
    run = Run(data=data, site=site, now=NOW, language="vi")
    codes = help_pages.codes
    with pytest.MonkeyPatch.context() as instead:
        instead.setattr(building, "BUILD", kept)
        instead.setattr(building, "CHARTS", kept / "charts")
        instead.setattr(building, "PAPER", kept / "paper")
        instead.setattr(building, "PAGES_KEPT", kept / "pages")
        instead.setattr(building, "FILES_KEPT", kept / "files")
        instead.setattr(help_pages, "codes", lambda told: codes(told)[:3])
        if not whole:
            instead.setattr(building, "pixels", lambda *_, **__: iter(()))
            instead.setattr(building, "printed", lambda *_, **__: iter(()))
            instead.setattr(building, "publish", _put_beside)
        teller = Teller(words=words("vi"), stream=io.StringIO())
        building.build_site(found.archive, run, SITE, teller)
    # What goes out by other ways than the site: forms to be filled in, and what has changed.
    for language in SITE.languages:
        sent = forms(found.archive, NOW.year, None, words(language), NOW)
        for name, content in sent.items():
            (site / f"{language}-{name}").write_bytes(content)
    known = results(published(found.archive, NOW), NOW)
    empty = results(published(found.archive, NOW.replace(year=2000)), NOW)
    (site / "diff.md").write_text(told(empty, known, SITE, words("vi"), "x"), "utf-8")


def _put_beside(_: object, into: Path, *, beside: Mapping[str, bytes], **__: object) -> None:
    write(beside, into)


class Read(HTMLParser):
    """A page as a reader gets it: its text, what its attributes say, where it leads."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.said: list[str] = []
        self.wrong: list[str] = []
        self._raw = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._raw = "data" if dict(attrs).get("type") == "application/ld+json" else tag
        if tag == "fuzz":
            self.wrong.append("<fuzz>")
        for name, value in attrs:
            if "fuzz" in name:
                self.wrong.append(f"{tag} {name}=")
            if name in {"href", "src", "srcset", "action"}:
                if "fuzz.invalid" in (value or "") or (value or "").startswith("javascript:"):
                    self.wrong.append(f"{tag} {name}={value}")
            elif value:
                self.said.append(value)

    def handle_endtag(self, tag: str) -> None:
        self._raw = "" if tag in {"script", "style"} else self._raw

    def handle_data(self, data: str) -> None:
        if not self._raw:
            self.text.append(data)
        elif self._raw == "script" and "fuzz()" in data:
            self.wrong.append("a script of the input's")
        elif self._raw == "data" and "<" in data:
            self.wrong.append("an element within data")


Found = tuple[list[str], list[str]]
"""The texts in a file as its readers get them, and what is wrong with it."""


def _page(content: bytes) -> Found:
    page = Read()
    page.feed(content.decode())
    page.close()
    return ["".join(page.text), *page.said], page.wrong


def _table(content: bytes, parted_by: str = ",") -> Found:
    lines = io.StringIO(content.decode("utf-8-sig"), newline="")
    rows = csv.reader(lines, delimiter=parted_by, strict=True)
    return [cell for row in rows for cell in row], []


def _json(content: bytes) -> Found:
    return list(_strings_of(json.loads(content))), []


def _xml(content: bytes) -> Found:
    root = ET.fromstring(content)  # noqa: S314 - made by the program
    wrong = [each.tag for each in root.iter() if "fuzz" in each.tag]
    wrong += [name for each in root.iter() for name in each.attrib if "fuzz" in name]
    return ["".join(each.itertext()) for each in root.iter() if not len(each)], wrong


def _drawing(content: bytes) -> Found:
    # Its texts are cut into lines, and are read letter by letter in what stands around it.
    return [], _xml(content)[1]


def _calendar(content: bytes) -> Found:
    calendar = icalendar.Calendar.from_ical(content.decode())
    return [str(value) for each in calendar.walk() for value in each.values()], []


def _workbook(content: bytes) -> Found:
    book = openpyxl.load_workbook(io.BytesIO(content))
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = [each for each in values if isinstance(each, str)]
    return texts, [each for each in texts if each.startswith("=") and "zq" in each]


def _packed(content: bytes) -> Found:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        broken = packed.testzip()
    return [], [broken] if broken else []


READERS: Mapping[str, Callable[[bytes], Found]] = {
    "-excel.csv": partial(_table, parted_by=";"),
    ".csv": _table,
    ".html": _page,
    ".ics": _calendar,
    ".json": _json,
    ".jsonld": _json,
    ".svg": _drawing,
    ".xlsx": _workbook,
    ".xml": _xml,
    ".zip": _packed,
}


def strings(path: str, content: bytes) -> Found:
    """What there is to read in a file, by its ending; of the search, words alone are looked for."""
    if path.endswith(addresses.named(addresses.FIND_INDEX, SITE)):
        return [], _json(content)[1]
    reader = next((READERS[ending] for ending in READERS if path.endswith(ending)), None)
    return reader(content) if reader else ([], [])


def _strings_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _strings_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings_of(each)


_MARK = re.compile(r"Zq(\d{4})zq")


def complaints(site: Path, texts: Mapping[Cell, str]) -> tuple[list[str], set[str]]:
    """What is wrong in a site with planted texts, and the tokens that were met in a page."""
    text_of = {
        mark[1]: text[: mark.start()] for text in texts.values() if (mark := _MARK.search(text))
    }
    by_token = {mark: _plain(text) for mark, text in text_of.items()}
    wrong: list[str] = []
    met: set[str] = set()
    for file in sorted(site.rglob("*")):
        path = file.relative_to(site).as_posix()
        # As they were brought: packages of their own, signed.
        if not file.is_file() or path.startswith("du-lieu/nam/"):
            continue
        try:
            found, faults = strings(path, file.read_bytes())
        except Exception as error:  # noqa: BLE001 - whatever it is, the file can't be read
            wrong.append(f"{path}: {error!r}")
            continue
        wrong += [f"{path}: {fault}" for fault in faults]
        for text in found:
            for mark in _MARK.finditer(text):
                known = by_token.get(mark[1])
                before = _plain(text[: mark.start()])
                if path.endswith(".html"):
                    met.add(mark[1])
                # What others put into their pages is shown as the code that they copy.
                as_code = _plain(escape(text_of.get(mark[1], "")))
                if known is not None and not before.endswith((known, as_code)):
                    wrong.append(f"{path}: {known[-80:]!r} became {before[-80:]!r}")
    return wrong, met


def _plain(text: str) -> str:
    """A text whose spaces and capitals do not matter: a sentence may begin or end with it."""
    return " ".join(text.split()).casefold()


# One thing at a time -------------------------------------------------------------------------


def mutations(chance: random.Random) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Numbers, ids and descriptors that nobody thought of, each as a change of a data folder."""
    for file, column in OF_NUMBERS:
        for number in NUMBERS:
            yield f"{file} {column} {number[:30]!r}", _number(file, column, number, chance.random())
    for kind, old in OF_IDS:
        for new in IDS:
            yield f"{kind} {old} → {new[:30]!r}", _renamed(old, new)
    for name in ("plan", "areas", "results", EDITION):
        for path in _leaves(name):
            for value in chance.sample(HOSTILE_VALUES, 4):
                told = f"{name} {'.'.join(map(str, path))} = {str(value)[:30]!r}"
                yield told, _property(name, path, value)
            yield f"{name} without {'.'.join(map(str, path))}", _property(name, path, _GONE)


_GONE = object()


def _number(file: str, column: str, number: str, where: float) -> Callable[[Path], None]:
    def change(data: Path) -> None:
        rows = table(data / file)
        filled = [row for row in rows if row[column]] or rows
        filled[int(where * len(filled))][column] = number
        write_table(data / file, rows)

    return change


def _renamed(old: str, new: str) -> Callable[[Path], None]:
    def change(data: Path) -> None:
        for file in data.rglob("*.csv"):
            rows = table(file)
            for row in rows:
                for column, text in row.items():
                    parts = [new if part == old else part for part in (text or "").split(";")]
                    row[column] = ";".join(parts)
            write_table(file, rows)
        file = data / "plan" / "datapackage.json"
        scope = json.dumps(f"{old}")
        file.write_text(file.read_text("utf-8").replace(scope, json.dumps(new)), "utf-8")

    return change


def _leaves(name: str) -> Iterator[tuple[str | int, ...]]:
    from packages_at_hand import SMALL  # noqa: PLC0415 - the case of all tests

    descriptor = json.loads((SMALL / name / "datapackage.json").read_text("utf-8"))

    def within(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
        if path:
            yield path
        steps: Sequence[str | int] = ()
        if isinstance(value, dict):
            steps = list(value)
        elif isinstance(value, list):
            steps = list(range(len(value)))[:2]
        for step in steps:
            yield from within(value[step], (*path, step))  # type: ignore[index]

    return within(descriptor, ())


def _property(name: str, path: tuple[str | int, ...], value: object) -> Callable[[Path], None]:
    def change(data: Path) -> None:
        file = data / name / "datapackage.json"
        descriptor = json.loads(file.read_text("utf-8"))
        _at(descriptor, path, copy.deepcopy(value) if value is not _GONE else None)
        if value is _GONE:
            owner = descriptor
            for step in path[:-1]:
                owner = owner[step]
            del owner[path[-1]]
        file.write_text(json.dumps(descriptor, ensure_ascii=False), "utf-8")

    return change


def outcome(data: Path, site: Path, kept: Path, *, whole: bool) -> tuple[str, list[str]]:
    """`refused` or `built`, and what is wrong with that: a refusal without a place, a broken file."""
    found = inspect(data)
    for form in FORMATS:
        for language in SITE.languages:
            reported(found.problems, form, words(language))
    if found.stops:
        nowhere = [each.code for each in found.problems if each.stops and not each.place.file]
        return "refused", nowhere
    made(data, site, kept, whole=whole)
    return "built", complaints(site, {})[0]


def fresh(folder: Path) -> Path:
    """An empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
