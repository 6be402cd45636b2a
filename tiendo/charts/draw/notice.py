"""A picture that is nothing but words: what stands where a picture was withdrawn."""

from __future__ import annotations

from html import escape
from textwrap import wrap

_WIDTH = 360
_LETTERS = 44
"""So many letters fit in a line."""
_LINE = 20


def notice_svg(text: str, *, language: str) -> str:
    """Words as a picture that stands alone, in lines that fit."""
    lines = wrap(text, _LETTERS) or [""]
    height = _LINE * (len(lines) + 1)
    told = "".join(
        f'<text x="14" y="{_LINE * place}">{escape(line)}</text>'
        for place, line in enumerate(lines, start=1)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}"'
        f' viewBox="0 0 {_WIDTH} {height}" role="img" lang="{language}"'
        ' font-family="Tiendo Sans, system-ui, sans-serif" font-size="14" fill="#1b2733">'
        f"<title>{escape(text)}</title>"
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>{told}</svg>\n'
    )
