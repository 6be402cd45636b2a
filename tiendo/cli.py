"""The commands: from arguments to a site, and what to tell a person on the way.

Exit codes: 0 done (warnings allowed), 1 the data has problems and nothing was published, 2 the
command was wrong or the machine hindered it.  ``test`` and ``run`` are handled in ``build.py``.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from tiendo import diff, versions
from tiendo.assess import results
from tiendo.build import Inspected, build_if_sound, inspected
from tiendo.config import ROOT, Run, Site, site_settings
from tiendo.editions import release_of, with_editions
from tiendo.history import commit_of, extracted, signed_before
from tiendo.report import FORMATS, reported, summary
from tiendo.serve import PortTakenError, serve
from tiendo.tables import EARLIEST, LATEST
from tiendo.tell import Teller
from tiendo.terms import Archive, Edition, Results
from tiendo.wording import Words, words
from tiendo.write import CannotWrite, NotOurs, put

DONE, PROBLEMS, WRONG_COMMAND = 0, 1, 2
COMMANDS = ("build", "check", "serve", "new", "correct", "release", "diff")
OF_A_YEAR = ("new", "correct", "release")
ELSEWHERE = ("test", "run")
LANGUAGES = ("vi", "en")


def main(arguments: Sequence[str]) -> int:
    """Run one command; gives its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that can't show Vietnamese letters is no reason for a traceback.
            stream.reconfigure(errors="backslashreplace")
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
    except versions.Refused as refused:
        zone = site.timezone
        facts = {
            name: told.moment(fact.astimezone(zone)) if isinstance(fact, datetime) else fact
            for name, fact in refused.facts.items()
        }
        teller.line(refused.key, **facts)
    except _WrongCommandError as wrong:
        teller.line(wrong.key, what=wrong.what or " ".join(arguments))
    except PortTakenError:
        teller.line("command.port-taken", port=options.port)
    except NotOurs as error:
        teller.line("command.not-ours", path=str(error.path))
    except CannotWrite as error:
        teller.line(f"command.cannot-write.{error.hindrance.value}", path=str(error.path))
    return WRONG_COMMAND


def _commands(options: argparse.Namespace, run: Run, site: Site, teller: Teller) -> int:
    if options.command == "serve":
        return serve(run, site, teller, port=options.port)
    found = inspected(run, site, past=signed_before(run.data))
    match options.command:
        case "check":
            folder = os.path.relpath(run.data)
            sys.stdout.write(reported(found.problems, options.format, teller.words, folder))
            teller.plain(summary(found.problems, teller.words))
            return PROBLEMS if found.stops else DONE
        case "new" | "correct":
            return _started(options, run, found, teller)
        case "release":
            return _released(options, run, site, found, teller)
        case "diff":
            return _compared(options, run, site, found, teller)
    return DONE if build_if_sound(found, run, site, teller) else PROBLEMS


def _not_readable(found: Inspected, teller: Teller) -> int:
    sys.stderr.write(reported(found.problems, "text", teller.words))
    teller.plain(summary(found.problems, teller.words))
    return PROBLEMS


# The life of a version ----------------------------------------------------------------------


def _started(options: argparse.Namespace, run: Run, found: Inspected, teller: Teller) -> int:
    """A version to fill in; what is wrong elsewhere in the data does not hinder it."""
    archive = found.archive
    if archive is None or archive.plan.scope not in archive.areas:
        return _not_readable(found, teller)
    given = versions.sources(run.data)
    if options.command == "new":
        files = versions.fresh(archive, given, options.year)
        put(files, run.data)
        teller.line(
            "versions.made-new",
            folder=f"results/{options.year}/v1",
            rows=_rows(files, "observations.csv"),
            actions=_rows(files, "actions.csv"),
        )
        return DONE
    edition = _newest(archive, given, options.year)
    if edition is None:
        return _not_readable(found, teller)
    put(versions.correction(edition, release_of(archive, edition)), run.data)
    folder = f"results/{edition.year}/v{edition.version + 1}"
    teller.line("versions.made-correction", folder=folder)
    return DONE


def _rows(files: versions.Files, name: str) -> int:
    """How many rows under its header a new file has."""
    (content,) = (content for path, content in files.items() if path.endswith(f"/{name}"))
    return content.count(b"\n") - 1


def _newest(archive: Archive, given: versions.Sources, year: int) -> Edition | None:
    """The newest version of a year; None where it can't be read.

    Raises:
        Refused: there is none.

    """
    there = given.versions(year)
    if not there:
        raise versions.Refused("versions.no-year", year=year)
    for edition in archive.editions:
        if (edition.year, edition.version) == (year, there[-1]):
            return edition
    return None


def _released(
    options: argparse.Namespace, run: Run, site: Site, found: Inspected, teller: Teller
) -> int:
    """Sign the newest version of a year off, if it and all else stands every check."""
    asked = _moment(options.at, site) if options.at is not None else None
    given = versions.sources(run.data)
    edition = _newest(found.archive, given, options.year) if found.archive is not None else None
    if found.archive is None or edition is None:
        return _not_signed(found, teller)
    moment = versions.moment_of_release(found.archive, edition, asked=asked, now=run.now)
    if found.stops:
        return _not_signed(found, teller)
    files = versions.signed(found.archive, given, edition, moment)
    with TemporaryDirectory() as folder:
        # What is about to stand is checked as a whole before anything of it does.
        staged = replace(run, data=Path(folder) / "data")
        shutil.copytree(run.data, staged.data, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        put(files, staged.data)
        after = inspected(staged, site)
    if after.archive is None or after.stops:
        return _not_signed(after, teller)
    sys.stderr.write(reported(after.problems, "text", teller.words))
    title = teller.words.say(
        "versions.diff.title-release", year=edition.year, version=edition.version
    )
    before = _signed_off(found.archive, run)
    sys.stdout.write(diff.told(before, _signed_off(after.archive, run), site, teller.words, title))
    put(files, run.data)
    teller.line(
        "versions.released-later" if moment > run.now else "versions.released-now",
        folder=edition.folder,
        moment=teller.words.moment(moment.astimezone(site.timezone)),
    )
    return DONE


def _not_signed(found: Inspected, teller: Teller) -> int:
    code = _not_readable(found, teller)
    teller.line("versions.not-signed")
    return code


def _signed_off(archive: Archive, run: Run) -> Results:
    """What was signed off, whether or not its hour has come."""
    signed = {(row.year, row.version) for row in archive.releases if row.sha256 is not None}
    kept = tuple(each for each in archive.editions if (each.year, each.version) in signed)
    return results(with_editions(archive, kept), run.now)


def _compared(
    options: argparse.Namespace, run: Run, site: Site, found: Inspected, teller: Teller
) -> int:
    """Tell what the data here changes, drafts among it, against another state of it."""
    if found.archive is None or found.stops:
        return _not_readable(found, teller)
    with TemporaryDirectory() as folder:
        other = Path(options.other)
        if not (other / "plan").is_dir():
            commit = commit_of(run.data, options.other)
            other = Path(folder)
            if commit is None or not extracted(run.data, commit, other):
                raise versions.Refused("versions.no-other", other=options.other)
        before = inspected(replace(run, data=other.resolve(), official=False), site)
    title = teller.words.say("versions.diff.title", other=options.other)
    if before.archive is None or not diff.can_be_measured(before.archive, before.problems):
        sys.stdout.write(f"# {title}\n\n{teller.words.say('versions.other-broken')}\n")
        return DONE
    old, new = results(before.archive, run.now), results(found.archive, run.now)
    sys.stdout.write(diff.told(old, new, site, teller.words, title))
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
        if name in OF_A_YEAR:
            options.add_argument(
                "year", type=_year, metavar=told.say("help.year-word"), help=told.say("help.year")
            )
        if name == "release":
            options.add_argument("--at", metavar="YYYY-MM-DD HH:MM", help=told.say("help.at"))
        if name == "diff":
            options.add_argument(
                "other",
                nargs="?",
                default="HEAD",
                metavar=told.say("help.other-word"),
                help=told.say("help.other"),
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


def _year(text: str) -> int:
    year = int(text)
    if not EARLIEST.year <= year <= LATEST.year:
        raise ValueError(year)
    return year


def _moment(text: str | None, site: Site) -> datetime:
    """The moment to build for, in the site's time zone; a bare date is its first minute."""
    if text is None:
        return datetime.now(site.timezone)
    try:
        if {*text} & {"T", " "}:
            moment = datetime.fromisoformat(text)
        else:
            moment = datetime.combine(date.fromisoformat(text), time())
    except ValueError:
        raise _WrongCommandError("command.wrong-moment", text) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=site.timezone)
