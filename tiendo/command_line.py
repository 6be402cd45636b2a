"""The grammar of the command line: what may be said to the program, and how it helps."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import NoReturn

from tiendo.config import EARLIEST, LATEST, ROOT, Site
from tiendo.terms import Status
from tiendo.words.problems import FORMATS
from tiendo.words.wording import Words

COMMANDS = ("build", "check", "serve", "new", "form", "import", "release", "correct", "diff")
ELSEWHERE = ("test", "run")
LANGUAGES = ("vi", "en")
HIGHEST_PORT = 65_535

DONE, PROBLEMS, WRONG_COMMAND = 0, 1, 2
"""How a command ends; 3, a fault of the program, and 130 are `build.py`'s."""


class WrongCommandError(Exception):
    """The command line can't be understood; ``key`` is of the sentence that says so."""

    def __init__(self, key: str = "command.wrong", what: str = "") -> None:
        super().__init__(key, what)
        self.key = key
        self.what = what


class _Parser(argparse.ArgumentParser):
    """A parser whose own words, which are English, are never shown."""

    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - argparse's own signature
        """Raise, whatever is wrong; what was typed is told back instead of the message."""
        raise WrongCommandError


def language_of(arguments: Sequence[str]) -> str:
    """The language of the messages, needed before the arguments are understood."""
    for place, argument in enumerate(arguments):
        if argument in {f"--lang={name}" for name in LANGUAGES}:
            return argument.removeprefix("--lang=")
        if argument == "--lang" and list(arguments[place + 1 : place + 2])[:1] in (
            [name] for name in LANGUAGES
        ):
            return arguments[place + 1]
    return LANGUAGES[0]


def config_of(arguments: Sequence[str]) -> Path | None:
    """The folder of one's own settings and wording, needed before anything is said."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--config="):
            return Path(argument.removeprefix("--config="))
        if argument == "--config" and arguments[place + 1 :]:
            return Path(arguments[place + 1])
    return None


def with_command(arguments: Sequence[str]) -> list[str]:
    """The arguments with the command that is meant where none is named."""
    named = bool(arguments) and not arguments[0].startswith("-")
    asks_help = bool(arguments) and arguments[0] in {"-h", "--help"}
    return list(arguments) if named or asks_help else ["build", *arguments]


def parser_of(told: Words) -> _Parser:
    """The grammar of the command line, with every word of its help from the wording."""

    class Help(argparse.HelpFormatter):
        def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            ours = f"{told.say('help.usage')} "
            super().add_usage(usage, actions, groups, ours if prefix is None else prefix)

    def made(parser: _Parser) -> argparse._ArgumentGroup:
        options = parser.add_argument_group(told.say("help.options"))
        options.add_argument("-h", "--help", action="help", help=told.say("help.help"))
        return options

    parser = _Parser(
        prog="python3 build.py",
        description=told.say("help.description"),
        epilog=told.say("help.epilog"),
        formatter_class=Help,
        add_help=False,
    )
    commands = parser.add_subparsers(
        dest="command",
        title=told.say("help.commands"),
        metavar=told.say("help.command"),
        parser_class=_Parser,
        required=True,
    )
    made(parser)
    for name in COMMANDS:
        text = told.say(f"help.{name}")
        command = commands.add_parser(
            name, help=text, description=text, formatter_class=Help, add_help=False
        )
        options = made(command)
        _add_common(options, told)
        OWN.get(name, _nothing)(options, told)
    for name in ELSEWHERE:
        commands.add_parser(name, help=told.say(f"help.{name}"))
    return parser


def _nothing(options: argparse._ArgumentGroup, told: Words) -> None:
    """A command that takes only what every command takes."""


def _add_year(options: argparse._ArgumentGroup, told: Words) -> None:
    options.add_argument(
        "year", type=_year, metavar=told.say("help.year-word"), help=told.say("help.year")
    )


def _add_check(options: argparse._ArgumentGroup, told: Words) -> None:
    options.add_argument(
        "--format", choices=FORMATS, default=FORMATS[0], help=told.say("help.format")
    )


def _add_serve(options: argparse._ArgumentGroup, told: Words) -> None:
    options.add_argument("--port", type=_port, default=8000, help=told.say("help.port"))


def _add_release(options: argparse._ArgumentGroup, told: Words) -> None:
    _add_year(options, told)
    options.add_argument("--at", metavar="YYYY-MM-DD HH:MM", help=told.say("help.at"))


def _add_diff(options: argparse._ArgumentGroup, told: Words) -> None:
    options.add_argument(
        "other",
        nargs="?",
        metavar=told.say("help.other-word"),
        help=told.say("help.other"),
    )


def _add_form(options: argparse._ArgumentGroup, told: Words) -> None:
    _add_year(options, told)
    options.add_argument(
        "--reporter", metavar=told.say("help.reporter-word"), help=told.say("help.reporter")
    )
    options.add_argument("--out", type=Path, metavar="DIR", help=told.say("help.out"))


def _add_import(options: argparse._ArgumentGroup, told: Words) -> None:
    options.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar=told.say("help.files-word"),
        help=told.say("help.files"),
    )
    options.add_argument(
        "--year",
        type=_year,
        required=True,
        metavar=told.say("help.year-word"),
        help=told.say("help.year"),
    )
    options.add_argument(
        "--status", choices=[each.value for each in Status], help=told.say("help.status")
    )


OWN: dict[str, Callable[[argparse._ArgumentGroup, Words], None]] = {
    "check": _add_check,
    "correct": _add_year,
    "diff": _add_diff,
    "form": _add_form,
    "import": _add_import,
    "new": _add_year,
    "release": _add_release,
    "serve": _add_serve,
}
"""What a command takes that others don't."""


def _add_common(options: argparse._ArgumentGroup, told: Words) -> None:
    """What every command takes."""
    options.add_argument(
        "--data", type=Path, default=ROOT / "data", metavar="DIR", help=told.say("help.data")
    )
    options.add_argument(
        "--site", type=Path, default=ROOT / "site", metavar="DIR", help=told.say("help.site")
    )
    options.add_argument("--config", type=Path, metavar="DIR", help=told.say("help.config"))
    options.add_argument("--today", metavar="YYYY-MM-DD[THH:MM]", help=told.say("help.today"))
    options.add_argument(
        "--lang", choices=LANGUAGES, default=LANGUAGES[0], help=told.say("help.lang")
    )
    options.add_argument("--preview", action="store_true", help=told.say("help.preview"))
    options.add_argument("--official", action="store_true", help=told.say("help.official"))
    options.add_argument("--fresh", action="store_true", help=told.say("help.fresh"))
    options.add_argument("--explain", metavar="PAGE", help=told.say("help.explain"))


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= HIGHEST_PORT:
        raise ValueError(port)
    return port


def _year(text: str) -> int:
    year = int(text)
    if not EARLIEST.year <= year <= LATEST.year:
        raise ValueError(year)
    return year


def moment_said(text: str | None, site: Site) -> datetime:
    """The moment to build for, in the site's time zone; a bare date is its first minute."""
    if text is None:
        return datetime.now(site.timezone)
    try:
        if {*text} & {"T", " "}:
            read = datetime.fromisoformat(text)
        else:
            read = datetime.combine(date.fromisoformat(text), time())
        here = read.astimezone(site.timezone) if read.tzinfo else read.replace(tzinfo=site.timezone)
    except (ValueError, OverflowError):
        raise WrongCommandError("command.wrong-moment", text) from None
    # Outside of these no date of the data lies, and at the ends of the calendar none can be said
    # in another time zone.
    if not EARLIEST <= here.date() <= LATEST:
        raise WrongCommandError("command.wrong-moment", text)
    return here
