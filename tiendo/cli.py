"""The commands: from arguments to a site, and what to tell a person on the way.

Exit codes: 0 done (warnings allowed), 1 the data has problems and nothing was published, 2 the
command was wrong or the machine hindered it.  ``test`` and ``run`` are handled in ``build.py``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import NoReturn

from tiendo.build import build_site, inspected
from tiendo.config import ROOT, Run, Site, site_settings
from tiendo.report import FORMATS, reported, summary
from tiendo.serve import PortTakenError, serve
from tiendo.tell import Teller
from tiendo.wording import Words, words
from tiendo.write import CannotWrite, NotOurs

DONE, PROBLEMS, WRONG_COMMAND = 0, 1, 2
COMMANDS = ("build", "check", "serve")
ELSEWHERE = ("test", "run")
LANGUAGES = ("vi", "en")


def main(arguments: Sequence[str]) -> int:
    """Run one command; gives its exit code."""
    told = words(_language(arguments))
    teller = Teller(words=told, stream=sys.stderr)
    site = site_settings()
    try:
        options = _parser(told).parse_args(_with_command(arguments))
        run = _run(options, site)
    except _WrongCommandError as wrong:
        teller.line(wrong.key, what=wrong.what or " ".join(arguments))
        teller.line("command.see-help")
        return WRONG_COMMAND
    if not run.data.is_dir():
        teller.line("command.no-data", folder=str(run.data))
        return WRONG_COMMAND
    try:
        return _commands(options, run, site, teller)
    except NotOurs as error:
        teller.line("command.not-ours", path=str(error.path))
        return WRONG_COMMAND
    except CannotWrite as error:
        teller.line(f"command.cannot-write.{error.hindrance.value}", path=str(error.path))
        return WRONG_COMMAND


def _commands(options: argparse.Namespace, run: Run, site: Site, teller: Teller) -> int:
    if options.command == "serve":
        try:
            return serve(run, site, teller, port=options.port)
        except PortTakenError:
            teller.line("command.port-taken", port=options.port)
            return WRONG_COMMAND
    found = inspected(run, site)
    stops = any(problem.stops for problem in found.problems)
    if options.command == "check":
        sys.stdout.write(reported(found.problems, options.format, teller.words))
        teller.plain(summary(found.problems, teller.words))
        return PROBLEMS if stops else DONE
    sys.stderr.write(reported(found.problems, "text", teller.words))
    if stops or found.archive is None:
        teller.plain(summary(found.problems, teller.words))
        teller.line("command.nothing-published", site=str(run.site))
        return PROBLEMS
    build_site(found.archive, run, site, teller)
    return DONE


class _WrongCommandError(Exception):
    """The command line can't be understood; ``key`` is of the sentence that says so."""

    def __init__(self, key: str = "command.wrong", what: str = "") -> None:
        super().__init__(key, what)
        self.key = key
        self.what = what


class _Parser(argparse.ArgumentParser):
    """A parser whose own words, which are English, are never shown."""

    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - argparse's own signature
        """Raise, whatever is wrong; what was typed is told back instead of the message."""
        raise _WrongCommandError


def _language(arguments: Sequence[str]) -> str:
    """The language of the messages, needed before the arguments are understood."""
    for place, argument in enumerate(arguments):
        if argument in {f"--lang={name}" for name in LANGUAGES}:
            return argument.removeprefix("--lang=")
        if argument == "--lang" and list(arguments[place + 1 : place + 2])[:1] in (
            [name] for name in LANGUAGES
        ):
            return arguments[place + 1]
    return LANGUAGES[0]


def _with_command(arguments: Sequence[str]) -> list[str]:
    """The arguments with the command that is meant where none is named."""
    named = bool(arguments) and not arguments[0].startswith("-")
    asks_help = bool(arguments) and arguments[0] in {"-h", "--help"}
    return list(arguments) if named or asks_help else ["build", *arguments]


def _parser(told: Words) -> _Parser:
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
        if name == "check":
            options.add_argument(
                "--format", choices=FORMATS, default=FORMATS[0], help=told.say("help.format")
            )
        if name == "serve":
            options.add_argument("--port", type=int, default=8000, help=told.say("help.port"))
    for name in ELSEWHERE:
        commands.add_parser(name, help=told.say(f"help.{name}"))
    return parser


def _add_common(options: argparse._ArgumentGroup, told: Words) -> None:
    """What every command takes."""
    options.add_argument(
        "--data", type=Path, default=ROOT / "data", metavar="DIR", help=told.say("help.data")
    )
    options.add_argument(
        "--site", type=Path, default=ROOT / "site", metavar="DIR", help=told.say("help.site")
    )
    options.add_argument("--today", metavar="YYYY-MM-DD[THH:MM]", help=told.say("help.today"))
    options.add_argument(
        "--lang", choices=LANGUAGES, default=LANGUAGES[0], help=told.say("help.lang")
    )
    options.add_argument("--preview", action="store_true", help=told.say("help.preview"))
    options.add_argument("--official", action="store_true", help=told.say("help.official"))


def _run(options: argparse.Namespace, site: Site) -> Run:
    if options.command in ELSEWHERE:
        raise _WrongCommandError
    return Run(
        data=options.data.resolve(),
        site=options.site.absolute(),
        now=_moment(options.today, site),
        language=options.lang,
        official=options.official,
        preview=options.preview,
    )


def _moment(text: str | None, site: Site) -> datetime:
    """The moment to build for, in the site's time zone; a bare date is its first minute."""
    if text is None:
        return datetime.now(site.timezone)
    try:
        if "T" in text:
            moment = datetime.fromisoformat(text)
        else:
            moment = datetime.combine(date.fromisoformat(text), time())
    except ValueError:
        raise _WrongCommandError("command.wrong-moment", text) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=site.timezone)
