"""Inputs that nobody thought of, by hand: from `check` to the finished small site.

    python tests/bench/fuzz.py [--seed 0] [--minutes 10] [--only texts|one-by-one] [--whole]

First texts, as many in a site as it has cells: letters of every block of Unicode's first two
planes, markup of every format in use, the longest and the shortest; then numbers, ids and
descriptors, one at a time.  Says how many were tried, refused and built, and each fault.  The same
seed tries the same.  ``--whole`` makes the finished pages of what is tried one by one too; else
all but MkDocs, pictures and sheets is made of those.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from fuzz_at_hand import (  # noqa: E402  (the script runs from a checkout, not installed)
    MARKUP,
    REFUSED,
    cells,
    complaints,
    copies,
    fresh,
    made,
    mutations,
    of_all_scripts,
    outcome,
    planted,
    settled,
    token,
)
from packages_at_hand import small  # noqa: E402


def texts_in_sites(chance: random.Random) -> Iterator[tuple[list[str], bool]]:
    """Texts for one site after another, and whether they carry tokens."""
    every = [*MARKUP, *of_all_scripts(chance)]
    chance.shuffle(every)
    room = len(cells())
    for start in range(0, len(every), room):
        part = every[start : start + room]
        yield part + chance.choices(every, k=room - len(part)), True
    yield [chance.choice(REFUSED) for _ in range(room)], False


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--only", choices=("texts", "one-by-one"))
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_args()
    ends = time.monotonic() + 60 * options.minutes
    count: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.only != "one-by-one":
            chance = random.Random(options.seed)  # noqa: S311 - the same seed tries the same
            _texts(folder, chance, ends, count, faults)
        if options.only != "texts":
            _one_by_one(folder, options, ends, count, faults)
    print(", ".join(f"{name}: {number}" for name, number in sorted(count.items())))
    for fault in dict.fromkeys(faults):
        print(fault)
    return 1 if faults else 0


def _texts(
    folder: Path, chance: random.Random, ends: float, count: Counter[str], faults: list[str]
) -> None:
    for texts, marked in texts_in_sites(chance):
        if time.monotonic() > ends:
            count["texts not tried for lack of time"] += len(texts)
            continue
        done = planted(fresh(folder / "case"), texts, marked=marked)
        tried = len(done.texts)
        try:
            left = settled(done)
            if left:
                faults += [f"refused elsewhere: {each}" for each in left]
                continue
            made(done.data, folder / "site", folder / "kept")
            wrong, met = complaints(folder / "site", done.texts)
        except Exception:  # noqa: BLE001 - that is what is looked for
            faults.append(traceback.format_exc())
            (Path(tempfile.gettempdir()) / "fuzz-texts.txt").write_text(
                "\n".join(f"{cell}: {text!r}" for cell, text in done.texts.items())
            )
            continue
        faults += wrong
        count["texts tried"] += tried
        count["texts refused"] += len(done.refused)
        count["texts built"] += len(done.texts)
        count["sites of texts"] += 1
        if marked:
            marks = {token(number) for number, cell in enumerate(cells()) if cell in done.texts}
            count["texts on no page"] += len(marks - {f"Zq{each}zq" for each in met})
        print(f"{dict(count)}", file=sys.stderr, flush=True)


def _one_by_one(
    folder: Path,
    options: argparse.Namespace,
    ends: float,
    count: Counter[str],
    faults: list[str],
) -> None:
    chance = random.Random(options.seed)  # noqa: S311 - the same seed tries the same
    every = list(mutations(chance))
    chance.shuffle(every)
    for told, change in every:
        if time.monotonic() > ends:
            count["one by one not tried for lack of time"] += 1
            continue
        data = small(fresh(folder / "case"))
        change(data)
        try:
            copies(data)
            how, wrong = outcome(data, folder / "site", folder / "kept", whole=options.whole)
        except Exception:  # noqa: BLE001 - that is what is looked for
            faults.append(f"{told}\n{traceback.format_exc()}")
            print(faults[-1], file=sys.stderr, flush=True)
            continue
        count[f"one by one {how}"] += 1
        faults += [f"{told}: {each}" for each in wrong]


if __name__ == "__main__":
    sys.exit(main())
