"""The page `docs/fields.md`: fields of records in Bulk, and properties of types in REST, written by `coverage`."""

from __future__ import annotations

from collections.abc import Iterator

from mock_eloqua.crm.standard_fields import ACCOUNT_PROPERTIES, PROPERTIES
from mock_eloqua.crm.transfer.entities import FAMILIES
from mock_eloqua.crm.transfer.entity import FieldInfo
from mock_eloqua.embedded import MockEloqua
from mock_eloqua.rest.resource import Property, ResourceType
from mock_eloqua.rest.resources import resource_types

_INTRODUCTION = """# Fields

What a new site has. More of them come with a seed, with `POST /API/REST/1.0/assets/contact/field`, or in a test with
`eloqua.seed(contactFields=[...])`; custom objects have the fields that they are made with.

## In Bulk

The statement is what a definition names. What has no id has no column of its own: it is read through others.
"""
_REST = """## In REST

Properties in the order of the wire. Every scalar is a JSON string unless its form is `number`; requests may bring the
native types as well. *Depth* is the lowest that shows a property. Whole forms, with what is inside the objects of
objects, are in `/_mock/openapi/rest-1.0.json` and `rest-2.0.json`, to be browsed at `/_mock/docs`.
"""
_PROPERTIES = {"contacts": PROPERTIES, "accounts": ACCOUNT_PROPERTIES}
_LETTERS = {"C": "create", "R": "read", "U": "update", "D": "delete", "L": "list"}


def fields() -> str:
    """The whole page."""
    return "\n".join([_INTRODUCTION, *_in_bulk(), _REST, *_in_rest()])


def _in_bulk() -> Iterator[str]:
    with MockEloqua(seed="empty") as eloqua:
        for family in FAMILIES.values():
            if family.has_fields and not family.has_parent:
                yield from (f"### /{family.path}", "")
                yield from (
                    "| id | name | internalName | dataType | statement | |",
                    "| --- | --- | --- | --- | --- | --- |",
                )
                shown_as = {field: name for name, field in _PROPERTIES.get(family.path, {}).items()}
                found = family.entity(eloqua.site, 0).fields(eloqua.site)
                yield from (_field(each, shown_as.get(each.internal_name, "")) for each in found)
                yield ""


def _field(of: FieldInfo, shown_as: str) -> str:
    more = [f"in REST `{shown_as}`"] if shown_as else []
    more += ["read only"] if of.is_read_only and not of.activity_types else []
    more += ["required"] if of.is_required else []
    more += ["unique"] if of.is_unique else []
    more += [", ".join(of.activity_types)] if of.activity_types else []
    return (
        f"| {of.id or ''} | {of.name} | `{of.internal_name}` | {of.data_type} | `{of.statement}` | {'; '.join(more)} |"
    )


def _in_rest() -> Iterator[str]:
    for each in sorted(resource_types(), key=lambda each: (each.type, each.single)):
        yield from (f"### {each.type}: /{each.single}", "", _served(each), "")
        yield from ("| property | form | depth | |", "| --- | --- | --- | --- |")
        yield from (_property(of) for of in each.properties)
        yield ""


def _served(of: ResourceType) -> str:
    served = (
        f"{version}: {', '.join(_LETTERS[letter] for letter in letters) or 'operations of its own'}"
        for version, letters in of.versions.items()
    )
    return f"{'; '.join(served)}."


def _property(of: Property) -> str:
    more = [f"{', '.join(of.versions)} only"] if len(of.versions) == 1 else []
    more += ["required"] if of.required else []
    more += ["read only"] if of.read_only else []
    more += ["in requests only"] if of.source is None and not of.read_only else []
    more += [", ".join(f"`{word}`" for word in of.values)] if of.values else []
    more += [f"a new one has `{of.wire.write(of.default)}`"] if of.default is not None else []
    more += [f"at most {of.longest:,} characters"] if of.longest else []
    more += [_inside(of)] if of.shape else []
    return f"| `{of.name}` | {of.wire.name} | {of.depth.word} | {'; '.join(more)} |"


def _inside(of: Property) -> str:
    shape = of.shape
    assert shape  # noqa: S101  only asked of those that have one
    kinds = dict.fromkeys([shape.type, *shape.variants])
    names = [f"`{each.name}`" for each in (*shape.properties, *(own for of in shape.variants.values() for own in of))]
    return f"{', '.join(kinds)}: {', '.join(dict.fromkeys(names)) or 'open'}"
