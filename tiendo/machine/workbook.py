"""A workbook to be drawn.  The one door to XlsxWriter, which has no types."""

from __future__ import annotations

from typing import Any, BinaryIO

import xlsxwriter

Drawn = Any
"""XlsxWriter's books, sheets and formats."""


def begun(target: BinaryIO, way: dict[str, bool]) -> Drawn:
    """An empty workbook that will be written to ``target`` when it is closed."""
    return xlsxwriter.Workbook(target, way)
