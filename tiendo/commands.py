"""What each command does: from what was asked to what a person is told of it.

A command loads what it alone needs when it is asked for: a check waits for no library that draws.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tiendo.check.drafts import release_problems
from tiendo.command_line import (
    DONE,
    LANGUAGES,
    PROBLEMS,
    WRONG_COMMAND,
    WrongCommandError,
    moment_said,
)
from tiendo.config import BUILD, Run, Site, as_numbers, program_version
from tiendo.judge.assess import results
from tiendo.judge.editions import with_editions
from tiendo.machine.write import CannotWrite, NotOurs, put
from tiendo.office import diff, versions
from tiendo.read.history import commit_of, extracted, other_state, signed_before
from tiendo.read.packages import needed_program
from tiendo.site.inspection import Inspected, inspected, inspected_with
from tiendo.site.progress import Teller
from tiendo.terms import Archive, Edition, Problem, Results, Status
from tiendo.words.problems import closing, help_at, reported, where
from tiendo.words.wording import words


@dataclass(frozen=True, kw_only=True, slots=True)
class _Call:
    """What a command works with."""

    options: argparse.Namespace
    run: Run
    site: Site
    found: Inspected
    teller: Teller


def done(options: argparse.Namespace, run: Run, site: Site, teller: Teller) -> int:
    """Do what is asked, or say why it can't be done; gives the exit code.

    Raises:
        OSError, MemoryError: the machine hinders it where nobody has thought that it might.

    """
    if not _can_begin(run, teller):
        return WRONG_COMMAND
    try:
        if options.command == "serve":
            return _served(options, run, site, teller)
        found = inspected(run, site, past=signed_before(run.data))
        return DOES[options.command](
            _Call(options=options, run=run, site=site, found=found, teller=teller)
        )
    except versions.Refused as refused:
        zone = site.timezone
        facts = {
            name: teller.words.moment(fact.astimezone(zone)) if isinstance(fact, datetime) else fact
            for name, fact in refused.facts.items()
        }
        teller.line(refused.key, **facts)
    except WrongCommandError as wrong:
        teller.line(wrong.key, what=wrong.what)
    except NotOurs as error:
        teller.line("command.not-ours", path=str(error.path))
    except CannotWrite as error:
        teller.line(f"command.cannot-write.{error.hindrance.value}", path=str(error.path))
    return WRONG_COMMAND


def _can_begin(run: Run, teller: Teller) -> bool:
    """Whether there are data, and none that a newer program was made for; else that is told."""
    if not run.data.is_dir():
        teller.line("command.no-data", folder=str(run.data))
        return False
    # Before anything of it is judged: what is newer than the program is no mistake of the data.
    needed = needed_program(run.data)
    if needed is None:
        return True
    version = program_version()
    if (as_numbers(needed) or ()) <= (as_numbers(version) or ()):
        return True
    teller.line("command.needs-newer", needed=needed, version=version)
    return False


def _not_readable(found: Inspected, call: _Call) -> int:
    sys.stderr.write(reported(found.problems, "text", call.teller.words))
    for line in closing(found.problems, call.teller.words, call.site):
        call.teller.plain(line)
    return PROBLEMS


# Forms --------------------------------------------------------------------------------------


def _handed_out(call: _Call) -> int:
    """Forms to send to those who report; what is wrong elsewhere in the data does not hinder."""
    from tiendo.office.collecting import handed_out  # noqa: PLC0415

    if call.found.archive is None or call.found.archive.plan.scope not in call.found.archive.areas:
        return _not_readable(call.found, call)
    folder = call.options.out or BUILD / "forms" / str(call.options.year)
    done = handed_out(
        call.found.archive,
        call.options.year,
        call.options.reporter,
        words=call.teller.words,
        now=call.run.now,
        folder=folder,
    )
    for name in done.kept:
        call.teller.line("collecting.form-kept", file=name)
    call.teller.line(
        "collecting.forms",
        count=len(done.written) + len(done.same),
        folder=os.path.relpath(folder),
    )
    return DONE


def _taken_in(call: _Call) -> int:
    """What forms and tables hold taken into the draft of a year; all of it, or nothing."""
    from tiendo.office.collecting import brought, taken_in  # noqa: PLC0415

    if call.found.archive is None:
        return _not_readable(call.found, call)
    told = call.teller.words
    others = tuple(words(name) for name in LANGUAGES if name != told.language)
    status = Status(call.options.status) if call.options.status else None
    came = brought(call.options.files)
    taken = taken_in(
        came.files,
        call.found,
        call.options.year,
        run=call.run,
        site=call.site,
        languages=(told, *others),
        status=status,
    )
    listed = (("repairs", taken.intake.repairs), ("replaced", taken.intake.replaced))
    for heading, repairs in listed:
        if repairs:
            call.teller.line(f"collecting.{heading}")
        for each in repairs:
            call.teller.line(
                "collecting.repair",
                where=where(each.place, told),
                what=told.say(f"excel.repair.{each.kind}"),
                old=each.old,
                new=each.new,
            )
    problems = (*came.told, *taken.problems)
    call.teller.plain(reported(problems, "text", told).removesuffix("\n"))
    for line in closing(problems, told, call.site):
        call.teller.plain(line)
    if taken.stops:
        call.teller.line("collecting.nothing-taken")
        return PROBLEMS
    put(taken.files, call.run.data)
    call.teller.line(
        "collecting.taken" if taken.files else "collecting.taken-before",
        rows=len(taken.intake.observations),
        reports=len(taken.intake.reports),
        folder=taken.intake.folder,
    )
    agencies = {agency.agency: agency.name for agency in call.found.archive.agencies}
    for agency, count in taken.lacking.items():
        call.teller.line("collecting.lacking", agency=agencies[agency][told.language], count=count)
    if not taken.lacking:
        call.teller.line("collecting.complete", year=call.options.year)
    return DONE


# The life of a version ----------------------------------------------------------------------


def _started(call: _Call) -> int:
    """A version to fill in; what is wrong elsewhere in the data does not hinder it."""
    archive = call.found.archive
    if archive is None or archive.plan.scope not in archive.areas:
        return _not_readable(call.found, call)
    given = versions.sources(call.run.data, call.site.languages)
    if call.options.command == "new":
        files = versions.fresh(archive, given, call.options.year)
        put(files, call.run.data)
        call.teller.line(
            "versions.made-new",
            folder=f"results/{call.options.year}/v1",
            rows=_rows(files, "observations.csv"),
            actions=_rows(files, "actions.csv"),
        )
        return DONE
    edition = _newest(archive, given, call.options.year)
    if edition is None:
        return _not_readable(call.found, call)
    put(versions.correction(archive, edition), call.run.data)
    folder = f"results/{edition.year}/v{versions.next_version(archive, edition)}"
    call.teller.line("versions.made-correction", folder=folder)
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


def _released(call: _Call) -> int:
    """Sign the newest version of a year off, if it and all else stands every check."""
    asked = moment_said(call.options.at, call.site) if call.options.at is not None else None
    given = versions.sources(call.run.data, call.site.languages)
    edition = (
        _newest(call.found.archive, given, call.options.year)
        if call.found.archive is not None
        else None
    )
    if call.found.archive is None or edition is None:
        return _not_signed(call.found, call)
    moment = versions.moment_of_release(call.found.archive, edition, asked=asked, now=call.run.now)
    insisted = tuple(release_problems(call.found.archive, edition))
    found = replace(
        call.found,
        problems=(
            *(each for each in call.found.problems if not _is_said_again(each, edition)),
            *insisted,
        ),
    )
    if found.stops:
        return _not_signed(found, call)
    files = versions.signed(call.found.archive, given, edition, moment)
    # What is about to stand is checked as a whole before anything of it does.
    after = inspected_with(files, call.run, call.site)
    if after.archive is None or after.stops:
        return _not_signed(after, call)
    asked_first = tuple(each for each in insisted if not each.stops)
    sys.stderr.write(reported((*after.problems, *asked_first), "text", call.teller.words))
    title = call.teller.words.say(
        "versions.diff.title-release", year=edition.year, version=edition.version
    )
    before = _signed_off(call.found.archive, call.run)
    sys.stdout.write(
        diff.told(before, _signed_off(after.archive, call.run), call.site, call.teller.words, title)
    )
    put(files, call.run.data)
    call.teller.line(
        "versions.released-later" if moment > call.run.now else "versions.released-now",
        folder=edition.folder,
        moment=call.teller.words.moment(moment.astimezone(call.site.timezone)),
    )
    return DONE


def _is_said_again(problem: Problem, edition: Edition) -> bool:
    """Whether what is told of a draft is insisted on at its release."""
    return problem.code == "draft-lacks" and problem.place.file.startswith(f"{edition.folder}/")


def _not_signed(found: Inspected, call: _Call) -> int:
    code = _not_readable(found, call)
    call.teller.line("versions.not-signed")
    return code


def _signed_off(archive: Archive, run: Run) -> Results:
    """What was signed off, whether or not its hour has come."""
    signed = {(row.year, row.version) for row in archive.releases if row.sha256 is not None}
    kept = tuple(each for each in archive.editions if (each.year, each.version) in signed)
    return results(with_editions(archive, kept), run.now)


def _compared(call: _Call) -> int:
    """Tell what the data here changes, drafts among it, against another state of it."""
    if call.found.archive is None or call.found.stops:
        return _not_readable(call.found, call)
    named = call.options.other
    if named is None:
        named = other_state(call.run.data)
    with TemporaryDirectory() as folder:
        other = Path(named)
        if not (other / "plan").is_dir():
            commit = commit_of(call.run.data, named)
            other = Path(folder)
            if commit is None or not extracted(call.run.data, commit, other):
                raise versions.Refused("versions.no-other", other=named)
        before = inspected(replace(call.run, data=other.resolve(), official=False), call.site)
    title = call.teller.words.say("versions.diff.title", other=named)
    if before.archive is None or not diff.can_be_measured(before.archive, before.problems):
        sys.stdout.write(f"# {title}\n\n{call.teller.words.say('versions.other-broken')}\n")
        return DONE
    old, new = results(before.archive, call.run.now), results(call.found.archive, call.run.now)
    sys.stdout.write(diff.told(old, new, call.site, call.teller.words, title))
    return DONE


def _checked(call: _Call) -> int:
    """Only say what is wrong."""
    folder, form = os.path.relpath(call.run.data), call.options.format
    told = call.teller.words
    helped = help_at(call.site, told.language)
    sys.stdout.write(reported(call.found.problems, form, told, folder, helped))
    for line in closing(call.found.problems, told, call.site):
        call.teller.plain(line)
    return PROBLEMS if call.found.stops else DONE


def _built(call: _Call) -> int:
    from tiendo.site.build import build_if_sound  # noqa: PLC0415

    return DONE if build_if_sound(call.found, call.run, call.site, call.teller) else PROBLEMS


def _served(options: argparse.Namespace, run: Run, site: Site, teller: Teller) -> int:
    """The same site on this machine, until it is interrupted."""
    from tiendo.site.serve import PortTakenError, serve  # noqa: PLC0415

    try:
        return serve(run, site, teller, port=options.port)
    except PortTakenError:
        teller.line("command.port-taken", port=options.port)
        return WRONG_COMMAND


DOES: Mapping[str, Callable[[_Call], int]] = {
    "build": _built,
    "check": _checked,
    "correct": _started,
    "diff": _compared,
    "form": _handed_out,
    "import": _taken_in,
    "new": _started,
    "release": _released,
}
