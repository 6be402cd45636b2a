"""The commands: from arguments to a site, and what to tell a person on the way.

Exit codes: 0 done (warnings allowed), 1 the data has problems and nothing was published, 2 the
command was wrong or the machine hindered it.  ``test`` and ``run`` are handled in ``build.py``,
and so is 3, a fault of the program.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path

from tiendo.command_line import (
    ELSEWHERE,
    WRONG_COMMAND,
    WrongCommandError,
    config_of,
    language_of,
    moment_said,
    parser_of,
    with_command,
)
from tiendo.config import (
    Run,
    Site,
    WrongNameError,
    site_settings,
    with_own,
)
from tiendo.machine.write import hindrance_of
from tiendo.site.progress import Outlet, Teller, Unheard
from tiendo.words.wording import words

VISIBILITY = ("TIENDO_VISIBILITY", "CI_PROJECT_VISIBILITY")
"""Variables in which whoever runs a check says who can read the repository; GitLab's own is one."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; gives its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that can't show Vietnamese letters is no reason for a traceback.
            stream.reconfigure(errors="backslashreplace")
    own = config_of(arguments)
    with_own(own)
    unfit = ""
    try:
        told = words(language_of(arguments))
    except ValueError as wrong:
        unfit = str(wrong)
        with_own(None)
        told = words(language_of(arguments))
    with Outlet(sys.stdout) as results_to, Outlet(sys.stderr) as messages_to:
        teller = Teller(words=told, stream=messages_to)
        try:
            with redirect_stdout(results_to), redirect_stderr(messages_to):
                if unfit:
                    teller.line("command.wrong-settings", what=unfit)
                    return WRONG_COMMAND
                code = _obeyed(arguments, teller)
                results_to.flush()
        except Unheard:
            with suppress(Unheard):
                teller.line("command.output-closed")
            return WRONG_COMMAND
        except (OSError, MemoryError) as error:
            hindrance = hindrance_of(error)
            if hindrance is None:
                raise
            path = getattr(error, "filename", None)
            teller.line(
                f"command.hindered.{hindrance.value}",
                path=path if path is not None else told.say("command.somewhere"),
            )
            return WRONG_COMMAND
    return code


def _obeyed(arguments: Sequence[str], teller: Teller) -> int:
    """Do what is asked, or say why it can't be done; gives the exit code.

    Raises:
        OSError, MemoryError: the machine hinders it where nobody has thought that it might.

    """
    try:
        site = site_settings()
    except WrongNameError as wrong:
        teller.line(wrong.sentence, **wrong.facts)
        return WRONG_COMMAND
    except (ValueError, KeyError, TypeError) as wrong:
        teller.line("command.wrong-settings", what=str(wrong))
        return WRONG_COMMAND
    told = teller.words
    try:
        options = parser_of(told).parse_args(with_command(arguments))
        run = _run(options, site, own=config_of(arguments))
    except WrongCommandError as wrong:
        teller.line(wrong.key, what=wrong.what or " ".join(arguments))
        teller.line("command.see-help")
        return WRONG_COMMAND
    # Only what is asked for is loaded: who asks for help does not wait for what draws charts.
    from tiendo.commands import done  # noqa: PLC0415

    return done(options, run, site, teller)


def _run(options: argparse.Namespace, site: Site, own: Path | None) -> Run:
    if options.command in ELSEWHERE or options.config != own:
        raise WrongCommandError
    if own is not None and not own.is_dir():
        raise WrongCommandError("command.no-config", str(own))
    return Run(
        # Links that lead in a circle are no folder, and no fault either.
        data=Path(os.path.realpath(options.data)),
        site=options.site.absolute(),
        now=moment_said(options.today, site),
        language=options.lang,
        official=options.official,
        preview=options.preview,
        fresh=options.fresh,
        explain=options.explain,
        exposed=any(os.environ.get(name) == "public" for name in VISIBILITY),
    )
