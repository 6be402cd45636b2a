"""What Poppler's programs read in a sheet of paper (PDF)."""

from __future__ import annotations

import subprocess


def asked(program: str, pdf: bytes, *arguments: str) -> str:
    """What one of Poppler's programs says of a PDF; only a text has to be whole UTF-8."""
    text = program == "pdftotext"
    run = subprocess.run(
        [program, *arguments, *(["-", "-"] if text else ["-"])],
        input=pdf,
        capture_output=True,
        check=True,
    )
    return run.stdout.decode(errors="strict" if text else "replace")
