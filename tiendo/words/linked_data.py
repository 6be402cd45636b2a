"""What a page is, said to machines: JSON-LD in the words of schema.org.

It says no more than the page does.  No address in it leads out of the site but that of the
vocabulary, which is a name: nothing asks for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from urllib.parse import urljoin

from markupsafe import Markup

from tiendo.words.parts import Link

Node = Mapping[str, object]
"""A thing with its properties."""

CONTEXT = "https://schema.org"

_ESCAPED = {letter: f"\\u{ord(letter):04x}" for letter in "<>&'\u2028\u2029"}
"""What would end the script element, or the front matter that carries it."""


def embedded(nodes: Sequence[Node]) -> Markup:
    """Things as one line that may stand in a script element; nothing for none."""
    if not nodes:
        return Markup("")
    document = {"@context": CONTEXT, "@graph": list(nodes)}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for letter, escaped in _ESCAPED.items():
        text = text.replace(letter, escaped)
    return Markup(text)  # noqa: S704 - escaped for the place it goes to


def breadcrumbs(trail: Sequence[Link], *, title: str, canonical: str) -> Node:
    """The way from the home page to the page itself, which comes last."""
    steps = [(each.text, urljoin(canonical, each.href)) for each in trail]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": name, "item": address}
            for at, (name, address) in enumerate([*steps, (title, canonical)], start=1)
        ],
    }
