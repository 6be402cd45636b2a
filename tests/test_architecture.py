"""What the documents say of the program's shape, held over its syntax trees."""

from __future__ import annotations

import ast
import csv
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

import pytest
from jinja2 import Environment, nodes

from tiendo.pages.home import HomePage
from tiendo.words import parts
from tiendo.words.wording import words

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "tiendo"
PAGES = PROGRAM / "pages"
SOURCES = tuple(sorted(PROGRAM.rglob("*.py")))
LANGUAGES = ("vi", "en")

LIBRARIES = {
    "Altair": {"altair"},
    "Babel": {"babel"},
    "Frictionless": {"frictionless"},
    "Jinja": {"jinja2"},
    "Markdown": {"markdown"},
    "MkDocs": {"mkdocs", "yaml"},
    "Typst": {"typst"},
    "XlsxWriter": {"xlsxwriter"},
    "icalendar": {"icalendar"},
    "nh3": {"nh3"},
    "openpyxl": {"openpyxl"},
    "oxipng": {"oxipng"},
    "vl-convert": {"vl_convert"},
}
"""What is imported of each library that has one door.

pandas may be imported anywhere, and MarkupSafe, which says of a text that it is markup.
"""

CLOCKS = {
    "now": {"command_line"},
    "today": {"command_line"},
    "utcnow": set(),
    "time": {"machine/cache", "site/standing"},
    "monotonic": {"site/progress"},
    "perf_counter": set(),
}
"""Who may ask what time it is; everything else is told."""

TOUCHES_FILES = {
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "mkdir",
    "iterdir",
    "glob",
    "rglob",
    "unlink",
}


def name_of(source: Path) -> str:
    """A module's name within the program: ``areas``, ``pages/home``, ``draw``."""
    return source.relative_to(PROGRAM).with_suffix("").as_posix().removesuffix("/__init__")


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room_of(source: Path) -> str:
    return name_of(source).split("/")[0]


@cache
def tree(source: Path) -> ast.Module:
    return ast.parse(source.read_text(encoding="utf-8"))


def imports(source: Path) -> Iterator[str]:
    """The full names of what a module imports."""
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source}: a relative import"
            module = node.module or ""
            folder = ROOT.joinpath(*module.split("."))
            for alias in node.names:
                is_module = (folder / f"{alias.name}.py").is_file() or (
                    folder / alias.name
                ).is_dir()
                yield f"{module}.{alias.name}" if is_module else module


def rooms() -> list[str]:
    """The rooms in their order, as the program's own docstring tells them."""
    return named_in(PROGRAM)


def named_in(package: Path) -> list[str]:
    """What a package's docstring says is in it, in its order."""
    told = ast.get_docstring(tree(package / "__init__.py")) or ""
    return re.findall(r"^([a-z_]+)  +\S", told, re.MULTILINE)


PACKAGES = tuple(sorted(source.parent for source in SOURCES if source.name == "__init__.py"))


def architecture() -> str:
    return (ROOT / "docs" / "developers" / "architecture.md").read_text(encoding="utf-8")


# One direction ------------------------------------------------------------------------------


def test_every_module_is_named_by_its_room_and_every_room_by_the_program() -> None:
    unlike = {
        short(package): set(named_in(package)) ^ there
        for package in PACKAGES
        if set(named_in(package))
        != (
            there := {
                each.stem
                for each in package.iterdir()
                if each.stem[:2] != "__"
                and (each.suffix == ".py" or (each / "__init__.py").is_file())
            }
        )
    }
    assert unlike == {}


def test_no_number_that_is_told_is_rounded_by_a_format() -> None:
    """`rounding` alone rounds figures; coordinates of drawings are none, nor is a clock."""
    found = [
        f"{short(source)}:{node.lineno}"
        for source in SOURCES
        if room_of(source) != "charts" and name_of(source) != "site/progress"
        for node in ast.walk(tree(source))
        if isinstance(node, ast.FormattedValue)
        and node.format_spec is not None
        and re.search(r"\.(\d|\{).*[feg%]", ast.unparse(node.format_spec))
    ]
    assert found == []


def test_the_architecture_page_tells_the_same_order() -> None:
    table = re.findall(r"^\| (`[^|]+`) \|", architecture(), re.MULTILINE)
    told = [name.rstrip("/") for cell in table for name in re.findall(r"`([a-z_/]+)`", cell)]
    assert told == rooms()


def test_a_module_imports_only_modules_before_it() -> None:
    order = {room: place for place, room in enumerate(rooms())}
    later = [
        (name_of(source), imported)
        for source in SOURCES
        for imported in imports(source)
        if imported.startswith("tiendo.")
        and (room := imported.split(".")[1]) != (here := room_of(source))
        and order.get(room, -1) >= order.get(here, len(order))
    ]
    assert later == []


NEVER = {"files": {"pages"}, "forms": {"pages", "files"}, "judge": {"check"}, "machine": {"read"}}
"""What a room does not import, though some of it stands before: no file is made of a page."""


def test_no_file_or_form_is_made_of_a_page() -> None:
    found = [
        (name_of(source), imported)
        for source in SOURCES
        for imported in imports(source)
        if imported.startswith("tiendo.")
        and imported.split(".")[1] in NEVER.get(room_of(source), set())
    ]
    assert found == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph: dict[str, set[str]] = {
        name_of(source): {
            imported.removeprefix("tiendo.").replace(".", "/") for imported in imports(source)
        }
        for source in SOURCES
    }
    reached = dict(graph)
    for _ in graph:
        reached = {
            name: near | {far for other in near for far in graph.get(other, set())}
            for name, near in reached.items()
        }
    assert [name for name, found in reached.items() if name in found] == []


# Doors --------------------------------------------------------------------------------------


def doors() -> dict[str, set[str]]:
    """What each room may import from outside, as the architecture page tells it."""
    rows = re.findall(r"^\| `([a-z_]+)/?` \| .* \| (.+) \|$", architecture(), re.MULTILINE)
    return {
        room: {name for library in cell.split(", ") for name in LIBRARIES[library]}
        for room, cell in rows
    }


def test_each_library_has_one_door() -> None:
    behind = [name for libraries in doors().values() for name in libraries]
    assert sorted(behind) == sorted(name for names in LIBRARIES.values() for name in names)


def test_a_library_comes_in_by_its_door() -> None:
    allowed = doors()
    everywhere = sys.stdlib_module_names | {"tiendo", "pandas", "markupsafe"}
    strangers = [
        (name_of(source), imported)
        for source in SOURCES
        for imported in imports(source)
        if imported.split(".")[0] not in everywhere | allowed.get(room_of(source), set())
    ]
    assert strangers == []


@pytest.mark.parametrize("room", ["pages/rendering", "words/wording", "site/frame"])
def test_every_door_is_one_module_where_it_can_be(room: str) -> None:
    library = {"pages/rendering": "jinja2", "words/wording": "babel", "site/frame": "mkdocs"}[room]
    assert [
        name_of(source)
        for source in SOURCES
        if library in {imported.split(".")[0] for imported in imports(source)}
    ] == [room]


def test_nothing_reaches_for_the_network() -> None:
    clients = {"urllib.request", "http.client", "socket", "ftplib", "smtplib", "ssl"}
    assert [name_of(source) for source in SOURCES if clients & set(imports(source))] == [], (
        "a build needs no network"
    )


# Effects ------------------------------------------------------------------------------------


def effectful() -> set[str]:
    """The modules that the architecture page allows files, clock and processes."""
    (line,) = re.findall(r"^Effects .*$", architecture(), re.MULTILINE)
    return set(re.findall(r"`([a-z_/]+)`", line))


def calls(source: Path) -> Iterator[tuple[str, str]]:
    """The functions and methods that a module calls: what of, and which."""
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name):
                    yield "", name
                case ast.Attribute(value=ast.Name(id=of), attr=name):
                    yield of, name
                case ast.Attribute(attr=name):
                    yield "…", name


def test_files_are_touched_only_where_the_architecture_says() -> None:
    allowed = effectful()
    touched = [
        (name_of(source), name)
        for source in SOURCES
        for _, name in calls(source)
        if name in TOUCHES_FILES and name_of(source) not in allowed
    ]
    assert touched == []


def test_only_the_command_line_knows_what_day_it_is() -> None:
    asked = [
        (name_of(source), name)
        for source in SOURCES
        for of, name in calls(source)
        if name in CLOCKS
        and of in {"datetime", "date", "time", "dt"}
        and name_of(source) not in CLOCKS[name]
    ]
    assert asked == []


def test_only_who_tells_of_progress_prints() -> None:
    printing = {name_of(source) for source in SOURCES if ("", "print") in set(calls(source))}
    assert printing <= {"site/progress", "cli"}


# Words --------------------------------------------------------------------------------------


def docstrings(source: Path) -> Iterator[ast.Constant]:
    """What explains a module, a class, a function or a field, and is no part of what runs."""
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def literals(source: Path) -> Iterator[str]:
    """The texts in a module that are no docstrings."""
    told = {id(node) for node in docstrings(source)}
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def has_letters_beyond_ascii(text: str) -> bool:
    return any(letter.isalpha() and not letter.isascii() for letter in text)


def test_no_vietnamese_stands_in_the_program() -> None:
    """But in `letters`, whose subject it is."""
    found = [
        (name_of(source), text)
        for source in SOURCES
        if source.stem != "letters"
        for text in literals(source)
        if has_letters_beyond_ascii(text)
    ]
    assert found == []


def test_no_sentence_stands_in_the_program() -> None:
    """Three words with a space between them, of letters alone, that end as a sentence does."""
    sentence = re.compile(r"^[A-Z][a-z]+( [a-z]+){2,}.*[.!?:]$")
    found = [
        (name_of(source), text)
        for source in SOURCES
        for text in literals(source)
        if sentence.match(text)
    ]
    assert found == []


def cells(file: str, *columns: str) -> set[str]:
    with (ROOT / "data" / file).open(encoding="utf-8", newline="") as table:
        return {row[column] for row in csv.DictReader(table) for column in columns}


@cache
def words_of_the_plan() -> re.Pattern[str]:
    """Its number, the ids of its indicators, areas and agencies, the names of its areas."""
    ids = (
        cells("plan/indicators.csv", "indicator")
        | cells("areas/areas.csv", "area")
        | {name for name in cells("plan/agencies.csv", "agency") if "-" in name}
    )
    names = cells("areas/areas.csv", "name_vi") | {"Hải Dương", "Hải Phòng", "4206"}
    every = sorted(ids | names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, every))})(?![\w-])")


PLACES = [
    *SOURCES,
    ROOT / "build.py",
    *sorted((ROOT / "templates").rglob("*.jinja")),
    *sorted((ROOT / "templates").rglob("*.typ")),
    *sorted((ROOT / "site_config" / "wording").rglob("*.toml")),
    ROOT / "site_config" / "site.toml",
]


def test_no_word_of_the_plan_stands_in_program_templates_and_wording() -> None:
    """But in docstrings, whose examples may be taken from it."""
    found = [
        (short(source), found.group())
        for source in PLACES
        for found in words_of_the_plan().finditer(without_docstrings(source))
    ]
    assert found == []


def without_docstrings(source: Path) -> str:
    lines = source.read_text(encoding="utf-8").splitlines()
    for told in docstrings(source) if source.suffix == ".py" else ():
        lines[told.lineno - 1 : told.end_lineno] = [""] * len(
            lines[told.lineno - 1 : told.end_lineno]
        )
    return "\n".join(lines)


# Templates ----------------------------------------------------------------------------------

TEMPLATES = tuple(sorted((ROOT / "templates").rglob("*.jinja")))
FILLED_IN = TEMPLATES
COMPUTES = (
    nodes.Compare,
    nodes.BinExpr,
    nodes.UnaryExpr,
    nodes.Concat,
    nodes.CondExpr,
    nodes.Filter,
    nodes.FilterBlock,
    nodes.Test,
    nodes.Assign,
    nodes.AssignBlock,
    nodes.Slice,
)


@cache
def template(path: Path) -> nodes.Template:
    return Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))


def test_a_template_places_and_never_decides() -> None:
    computed = [
        (short(path), node.lineno, type(node).__name__)
        for path in FILLED_IN
        for node in template(path).find_all(COMPUTES)
    ]
    assert computed == []


def test_a_template_asks_only_whether_there_is_something() -> None:
    asked = [
        (short(path), node.lineno, type(node.test).__name__)
        for path in FILLED_IN
        for node in template(path).find_all(nodes.If)
        if not isinstance(node.test, nodes.Name | nodes.Getattr)
    ]
    assert asked == []


def test_a_template_calls_only_macros_and_say() -> None:
    unknown = [
        (short(path), node.lineno)
        for path in FILLED_IN
        for node in template(path).find_all(nodes.Call)
        if not is_known(node.node, template(path))
    ]
    assert unknown == []


def is_known(called: nodes.Node, parsed: nodes.Template) -> bool:
    match called:
        case nodes.Name(name=name):
            return name in {
                "say",
                "caller",
                *(macro.name for macro in parsed.find_all(nodes.Macro)),
                *(
                    each if isinstance(each, str) else each[1]
                    for imported in parsed.find_all(nodes.FromImport)
                    for each in imported.names
                ),
            }
        case nodes.Getattr(node=nodes.Name(name=name)):
            return name in {node.target for node in parsed.find_all(nodes.Import)}
    return False


def test_a_template_says_only_fixed_words_that_there_are_in_every_language() -> None:
    unknown = []
    for path in FILLED_IN:
        for node in template(path).find_all(nodes.Call):
            if not (isinstance(node.node, nodes.Name) and node.node.name == "say"):
                continue
            match node:
                case nodes.Call(args=[nodes.Const(value=key)], kwargs=[]) if all(
                    words(language).knows(key) for language in LANGUAGES
                ):
                    continue
            unknown.append((short(path), node.lineno))
    assert unknown == []


@cache
def hints(kind: type) -> Mapping[str, Any]:
    found = get_type_hints(kind)
    assert set(found) >= {field.name for field in fields(kind)}
    return found


def parts_of(kind: object) -> Iterator[type]:
    """The classes in a type: itself, or what it may be, or what it holds."""
    if isinstance(kind, type) and is_dataclass(kind):
        yield kind
    for argument in get_args(kind):
        yield from parts_of(argument)


def kind_of(node: nodes.Node, names: Mapping[str, object]) -> object:
    """The type of an expression as far as it is known; None: it is not."""
    if isinstance(node, nodes.Name):
        return names.get(node.name)
    if isinstance(node, nodes.Getattr):
        of = next(parts_of(kind_of(node.node, names)), None)
        return hints(of).get(node.attr) if of else None
    return None


def wrong_names(node: nodes.Node, names: Mapping[str, object]) -> Iterator[str]:
    """The names in a template that its class and what it holds do not have."""
    match node:
        case nodes.Getattr():
            yield from wrong_attribute(node, present(kind_of(node.node, names)))
        case nodes.For(target=nodes.Name(name=each)):
            held = present(kind_of(node.iter, names))
            if held is not None and get_origin(held) is not tuple:
                yield f"{node.lineno}: {held} is no tuple"
            names = {**names, each: get_args(held)[0] if get_origin(held) is tuple else None}
        case nodes.Macro():
            names = {**names, **{str(argument.name): None for argument in node.args}}
        case nodes.Include(template=nodes.Const(value=file)):
            yield from wrong_names(template(ROOT / "templates" / file), names)
    for child in node.iter_child_nodes():
        yield from wrong_names(child, names)


def wrong_attribute(node: nodes.Getattr, kind: object) -> Iterator[str]:
    if isinstance(kind, type) and is_dataclass(kind):
        if node.attr not in hints(kind):
            yield f"{node.lineno}: {kind.__name__}.{node.attr}"
    elif kind is not None:
        yield f"{node.lineno}: {kind} has no parts"


def present(kind: object) -> object:
    """A type without the None that it may be instead."""
    if get_origin(kind) in {Union, UnionType}:
        return next(each for each in get_args(kind) if each is not NoneType)
    return kind


def page_class(path: Path) -> type:
    """What a template is filled from, by its name; pages written by hand share one class."""
    stem = path.name.split(".")[0]
    (kind,) = {
        found
        for module in (parts, *(import_module(f"tiendo.pages.{each}") for each in named_in(PAGES)))
        if (found := vars(module).get(f"{stem.title()}Page")) is not None
    }
    return cast("type", kind)


def test_a_template_names_only_what_its_page_has() -> None:
    wrong = [
        (short(path), name)
        for path in FILLED_IN
        if path.parent.name != "parts"
        for name in wrong_names(template(path), {"page": page_class(path)})
    ]
    assert wrong == []


def test_a_name_that_its_page_has_not_is_found() -> None:
    text = "{{ page.titel }}{% for row in page.goals %}{{ row.nom }}{% endfor %}{{ page.head.x }}"
    found = wrong_names(Environment(autoescape=True).parse(text), {"page": HomePage})
    assert list(found) == ["1: HomePage.titel", "1: GoalGroup.nom", "1: Head.x"]


# Keys ---------------------------------------------------------------------------------------


def said(source: Path) -> Iterator[tuple[int, re.Pattern[str]]]:
    """The keys of sentences that a module says; where a part is put in, anything stands for it."""
    for node in ast.walk(tree(source)):
        match node:
            case ast.Call(func=ast.Attribute(attr="say"), args=[ast.Constant(value=str(key)), *_]):
                yield node.lineno, re.compile(re.escape(key))
            case ast.Call(func=ast.Attribute(attr="say"), args=[ast.JoinedStr(values=parts), *_]):
                pattern = "".join(
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-zA-Z_-]+"
                    for part in parts
                )
                yield node.lineno, re.compile(pattern.replace(r"\.[a-zA-Z_-]+", r"\.[\w.-]+"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_says_stands_in_the_wording(language: str) -> None:
    keys = {
        form
        for key in words(language).sentences
        for form in (key, re.sub(r"\.(one|other|zero|two|few|many)$", "", key))
    }
    unknown = [
        (name_of(source), line, key.pattern)
        for source in SOURCES
        for line, key in said(source)
        if not any(key.fullmatch(known) for known in keys)
    ]
    assert unknown == []


def test_no_module_remembers_what_it_was_asked_of_an_archive() -> None:
    """What depends on data is kept with them (`judge/once`), and goes with them."""
    of_data = {"Archive", "Results", "Desk", "Edition"}
    remembered = [
        f"{name_of(source)}.{node.name}"
        for source in SOURCES
        for node in ast.walk(tree(source))
        if isinstance(node, ast.FunctionDef)
        and any("cache" in ast.unparse(each) for each in node.decorator_list)
        and of_data
        & {
            name
            for argument in node.args.args
            if argument.annotation is not None
            for name in re.findall(r"\w+", ast.unparse(argument.annotation))
        }
    ]
    assert remembered == []
