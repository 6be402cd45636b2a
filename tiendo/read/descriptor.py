"""Whether a package's descriptor can be read: the part of Data Package v2 that is used here.

Frictionless would follow addresses in a descriptor, take other separators and encodings from it and
trust its constraints; so what a descriptor may say is looked at first, and said by its path in the
file, in the words of JSON Schema, which are the same in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tiendo.config import as_numbers
from tiendo.read.contract import PATTERNS

PROGRAM = "tiendo"
"""The name under which a package says which version of this program it needs."""

PROFILES = "https://datapackage.org/profiles/2.0/"

TEXTS = ("name", "title", "description", "homepage", "geography", "id")
REASON = "reason_"
"""How the names of an edition's reason begin, which has one for each language."""
GROUPS = ("licenses", "contributors", "sources")
RESOURCE = {
    "$schema": None,
    "name": None,
    "title": None,
    "description": None,
    "schema": None,
    "path": None,
    "type": "table",
    "scheme": "file",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
}
"""What a resource may say; with a value: nothing else."""

FIELD = ("name", "type", "title", "description", "constraints", "example", "format", "rdfType")
TYPES = ("string", "integer", "number", "date", "datetime", "boolean", "year", "any")
CONSTRAINTS = (
    "required",
    "unique",
    "enum",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
)


def descriptor_faults(descriptor: object) -> Iterator[str]:
    """Where a descriptor is not what can be read, as ``path: what is expected``."""
    if not isinstance(descriptor, dict):
        yield "{ }"
        return
    reasons = (name for name in descriptor if name.startswith(REASON))
    yield from _texts(descriptor, (*TEXTS, *reasons), "")
    yield from _profile(descriptor, "", "datapackage.json")
    yield from _needs(descriptor)
    for group in GROUPS:
        yield from _group(descriptor.get(group, []), group)
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not resources:
        yield "resources: array"
        return
    if not all(isinstance(resource, dict) for resource in resources):
        yield "resources: array of object"
        return
    for name in ("name", "path"):
        given = [resource.get(name) for resource in resources]
        yield from (f"{name}: {twin} ×2" for twin in given if given.count(twin) > 1)
    known = {}
    for place, resource in enumerate(resources):
        faults = list(_resource(resource, f"resources[{place}]"))
        yield from faults
        if not faults:
            known[resource["name"]] = [each["name"] for each in resource["schema"]["fields"]]
    if len(known) == len(resources):
        for place, resource in enumerate(resources):
            yield from _keys(resource, known, f"resources[{place}].schema")


def strange_patterns(descriptor: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Patterns that a sound descriptor asks for and that are not of our list, with their places.

    None is ever tried: some take a computer years for a short text.
    """
    for place, resource in enumerate(descriptor["resources"]):
        for number, each in enumerate(resource["schema"]["fields"]):
            pattern = each.get("constraints", {}).get("pattern", "")
            if pattern and pattern.removeprefix("^").removesuffix("$") not in PATTERNS:
                at = f"resources[{place}].schema.fields[{number}].constraints.pattern"
                yield at, pattern


def _needs(descriptor: Mapping[str, Any]) -> Iterator[str]:
    if "needs" in descriptor and as_numbers(needs_of(descriptor) or "") is None:
        yield 'needs: { "tiendo": "1.2" }'


def needs_of(descriptor: object) -> str | None:
    """The oldest version of the program that reads a package, where its descriptor says it."""
    needs = descriptor.get("needs") if isinstance(descriptor, dict) else None
    version = needs.get(PROGRAM) if isinstance(needs, dict) else None
    return version if isinstance(version, str) else None


def _texts(owner: Mapping[str, Any], names: Sequence[str], at: str) -> Iterator[str]:
    for name in names:
        if not isinstance(owner.get(name, ""), str):
            yield f"{at}{name}: string"


def _profile(owner: Mapping[str, Any], at: str, name: str) -> Iterator[str]:
    if owner.get("$schema", PROFILES + name) != PROFILES + name:
        yield f"{at}$schema: {PROFILES}{name}"
    if "profile" in owner:
        yield f"{at}profile: –"


def _group(entries: object, name: str) -> Iterator[str]:
    if not isinstance(entries, list):
        yield f"{name}: array"
        return
    for place, entry in enumerate(entries):
        at = f"{name}[{place}]"
        if not isinstance(entry, dict):
            yield f"{at}: object"
            continue
        yield from _texts(entry, ("name", "title", "path", "email", "version"), f"{at}.")
        if not entry.get("name" if name == "licenses" else "title"):
            yield f"{at}.{'name' if name == 'licenses' else 'title'}: string"


def _resource(resource: Mapping[str, Any], at: str) -> Iterator[str]:
    for name, value in resource.items():
        if name not in RESOURCE:
            yield f"{at}.{name}: –"
        elif RESOURCE[name] is not None and value != RESOURCE[name]:
            yield f"{at}.{name}: {RESOURCE[name]}"
    yield from _texts(resource, ("title", "description"), f"{at}.")
    yield from _profile(resource, f"{at}.", "dataresource.json")
    for name, form in (("name", "[a-z0-9_-]+"), ("path", r"[a-z0-9_-]+\.csv")):
        text = resource.get(name)
        if not isinstance(text, str) or not re.fullmatch(form, text):
            yield f"{at}.{name}: {form}"
    schema = resource.get("schema")
    if not isinstance(schema, dict):
        yield f"{at}.schema: object"
        return
    yield from _profile(schema, f"{at}.schema.", "tableschema.json")
    if schema.get("missingValues", [""]) != [""]:
        yield f'{at}.schema.missingValues: [""]'
    fields = schema.get("fields")
    if not isinstance(fields, list) or not fields:
        yield f"{at}.schema.fields: array"
        return
    for place, each in enumerate(fields):
        yield from _field(each, f"{at}.schema.fields[{place}]")
    names = [each.get("name") for each in fields if isinstance(each, dict)]
    yield from (f"{at}.schema.fields: {name} ×2" for name in names if names.count(name) > 1)


def _field(each: object, at: str) -> Iterator[str]:
    if not isinstance(each, dict):
        yield f"{at}: object"
        return
    yield from (f"{at}.{name}: –" for name in each if name not in FIELD)
    yield from _texts(each, ("name", "title", "description"), f"{at}.")
    if not each.get("name"):
        yield f"{at}.name: string"
    kind = each.get("type", "string")
    if kind not in TYPES:
        yield f"{at}.type: {', '.join(TYPES)}"
        return
    if each.get("format", "default") != "default":
        yield f"{at}.format: default"
    constraints = each.get("constraints", {})
    if not isinstance(constraints, dict):
        yield f"{at}.constraints: object"
        return
    for name, value in constraints.items():
        if name not in CONSTRAINTS or not _fits(name, value, kind):
            yield f"{at}.constraints.{name}"


def _fits(name: str, value: object, kind: str) -> bool:
    """Whether a constraint can be asked of cells of a type."""
    if name in {"required", "unique"}:
        return isinstance(value, bool)
    if name == "enum":
        wanted = int if kind == "integer" else str
        return (
            isinstance(value, list)
            and bool(value)
            and kind in {"string", "integer"}
            and all(isinstance(each, wanted) for each in value)
        )
    if isinstance(value, bool):
        return False
    if name == "pattern":
        return kind == "string" and isinstance(value, str)
    if name in {"minLength", "maxLength"}:
        return kind == "string" and isinstance(value, int)
    return (kind == "integer" and isinstance(value, int)) or (
        kind == "number" and isinstance(value, int | float)
    )


def _keys(
    resource: Mapping[str, Any], known: Mapping[str, Sequence[str]], at: str
) -> Iterator[str]:
    own = known[resource["name"]]
    schema = resource["schema"]
    if not _names(schema.get("primaryKey", []), own):
        yield f"{at}.primaryKey"
    keys = schema.get("foreignKeys", [])
    if not isinstance(keys, list):
        yield f"{at}.foreignKeys: array"
        return
    for place, key in enumerate(keys):
        reference = key.get("reference") if isinstance(key, dict) else None
        if not isinstance(reference, dict):
            yield f"{at}.foreignKeys[{place}].reference: object"
            continue
        table = reference.get("resource") or resource["name"]
        if (
            not isinstance(table, str)
            or table not in known
            or not key.get("fields")
            or not _names(key["fields"], own)
            or not _names(reference.get("fields"), known[table])
            or len(_listed(key["fields"])) != len(_listed(reference["fields"]))
        ):
            yield f"{at}.foreignKeys[{place}]"


def _names(value: object, known: Sequence[str]) -> bool:
    """Whether a property holds names of columns, one or several."""
    names = _listed(value)
    return isinstance(value, str | list) and all(
        isinstance(name, str) and name in known for name in names
    )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
