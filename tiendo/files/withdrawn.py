"""What stands where files were that are withdrawn: a notice, in the form that the name promises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tiendo.judge.past import as_once_published, subjects_gone
from tiendo.read.contract import DESCRIPTOR, contract
from tiendo.words import addresses
from tiendo.words.desk import Desk
from tiendo.words.downloads import version_file, version_note
from tiendo.words.withdrawals import notice_file, withdrawal_notes, withdrawal_words


def withdrawn_files(desks: Sequence[Desk]) -> Iterator[tuple[str, bytes]]:
    """A notice at each address where a file of a withdrawn version stood, in all languages."""
    archive = desks[0].results.archive
    names = {(each.year, each.version): tuple(each.files) for each in archive.withdrawn}
    for one in archive.withdrawals:
        if one.of_version:
            told = [f"{each.say('withdrawn.file')} {withdrawal_words(each, one)}" for each in desks]
            # Of a version whose folder is gone too, what every version has.
            usual = (DESCRIPTOR, *(f"{name}.csv" for name in contract(archive.languages).edition))
            for name in names.get((one.year, one.version), usual):
                yield version_file(one.year, one.version, name), notice_file(name, told)
            yield version_note(one.year, one.version), notice_file("", told)
    yield from _files_of_subjects(desks)


def _files_of_subjects(desks: Sequence[Desk]) -> Iterator[tuple[str, bytes]]:
    """The same for the tables of an indicator or an area of which no figure is left."""
    known = desks[0].results
    once = as_once_published(known)
    if once is None:
        return
    told = [
        " ".join([each.say("withdrawn.file"), *(note.text for note in withdrawal_notes(each))])
        for each in desks
    ]
    for kind, name in subjects_gone(known):
        for path in (
            f"{addresses.FILES}{kind}/{name}.csv",
            f"{addresses.FILES}{kind}/{name}-excel.csv",
            f"{addresses.API}{kind}/{name}.json",
        ):
            yield path, notice_file(path, told)
