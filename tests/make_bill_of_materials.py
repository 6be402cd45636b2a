"""What the program is made of, as CycloneDX: ``python3 build.py run tests.make_bill_of_materials``.

Made from the pins alone, so that whoever has them has the same bytes: no clock, no machine.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PINS = PROJECT / "requirements.txt"
BILL = PROJECT / "docs" / "developers" / "bill-of-materials.cdx.json"
OURS = "requirements.in"


@dataclass(frozen=True)
class Pin:
    """One version of a package; where a package has several, the marker says which is for whom."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]
    """Packages; `OURS` for those that we ask for ourselves."""

    @property
    def ref(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def pins(text: str) -> Iterator[Pin]:
    """The pins of a list with hashes, as ``uv pip compile`` writes it."""
    for block in re.split(r"(?m)^(?=[a-z0-9])", text):
        head = re.match(r"([a-z0-9-]+)==([^ ;\\]+)(?: ; (.+?))?(?: \\)?\n", block)
        if head is None:
            assert not block.strip(), block
            continue
        via = re.findall(r"(?m)^ +# (?:via +|  +)(?:-r )?([A-Za-z0-9._-]+)$", block)
        yield Pin(
            name=head[1],
            version=head[2],
            marker=head[3] or "",
            hashes=tuple(sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))),
            needed_by=tuple(via),
        )


def bill(text: str) -> str:
    """The bill of materials of a list of pins."""
    found = list(pins(text))
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    ours = f"pkg:generic/{project['name']}@{project['version']}"
    needs: dict[str, list[str]] = {ours: [], **{pin.ref: [] for pin in found}}
    for pin in found:
        for name in pin.needed_by:
            users = [ours] if name == OURS else [each.ref for each in found if each.name == name]
            for user in users:
                needs[user].append(pin.ref)
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": ours,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [
            {
                "type": "library",
                "bom-ref": pin.ref,
                "name": pin.name,
                "version": pin.version,
                "purl": pin.ref,
                "hashes": [{"alg": "SHA-256", "content": each} for each in pin.hashes],
                **(
                    {"properties": [{"name": "tiendo:marker", "value": pin.marker}]}
                    if pin.marker
                    else {}
                ),
            }
            for pin in found
        ],
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(set(needed))} for ref, needed in needs.items()
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    BILL.write_text(bill(PINS.read_text("utf-8")), "utf-8")
