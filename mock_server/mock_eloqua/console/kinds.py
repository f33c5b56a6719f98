"""The types of objects that have pages: all that REST declares, each under a short name of its path."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from mock_eloqua.rest import wire
from mock_eloqua.rest.asset import AssetRepository
from mock_eloqua.rest.components import INPUT, of_version
from mock_eloqua.rest.resource import Property, ResourceType
from mock_eloqua.rest.resources import resource_types

_SECTIONS = {"contact": "contacts"}
"""Types whose pages are a section of their own."""
_COLUMNS = {
    "Contact": ("firstName", "lastName", "isSubscribed"),
    "Account": ("city", "country"),
    "ContactField": ("internalName", "dataType"),
    "AccountField": ("internalName", "dataType"),
    "ContactList": ("count",),
    "ContactSegment": ("count",),
    "CustomObjectData": ("uniqueCode", "contactId"),
    "EventRegistrationData": ("contactId",),
    "Email": ("subject",),
    "User": ("loginName", "emailAddress"),
}
"""What lists show besides name, status and stamp."""


@dataclass(frozen=True, eq=False)
class Kind:
    """One type of objects, in the version of REST that does most with it."""

    slug: str
    """Its name in addresses: `email-group`."""
    resource: ResourceType
    version: str

    @property
    def title(self) -> str:
        """`Email`; of several types with one name, the slug."""
        alone = sum(each.resource.type == self.resource.type for each in kinds().values()) == 1
        return self.resource.type if alone else f"{self.resource.type} ({self.slug})"

    @property
    def parent(self) -> Kind | None:
        """The type of the objects that these belong to, if they do."""
        stem, inside, _ = self.resource.single.partition("/{")
        return kinds().get(_slug(stem)) if inside else None

    @property
    def children(self) -> list[Kind]:
        """Types of objects that belong to one of these."""
        return [each for each in kinds().values() if each.parent is self]

    def path(self, parent: int | None = None) -> str:
        """Where their pages begin, below the site."""
        stem = _SECTIONS.get(self.slug, f"assets/{self.slug}")
        return stem if parent is None else f"{stem}/of/{parent}"

    def does(self, letter: str) -> bool:
        """Does the API create (C), update (U) or delete (D) them?"""
        return letter in self.resource.versions[self.version]

    @property
    def properties(self) -> list[Property]:
        """Those of the version."""
        return [each for each in self.resource.properties if self.version in each.versions]

    @property
    def columns(self) -> list[Property]:
        """What lists show."""
        wanted = ("name", *_COLUMNS.get(self.resource.type, ()), "currentStatus", "updatedAt")
        declared = {each.name: each for each in self.properties}
        return [declared[name] for name in wanted if name in declared]

    @property
    def example(self) -> dict[str, object]:
        """What has to be said of a new one, with the examples of the published contract."""
        schema = of_version(self.version).schemas[f"{self.resource.type}{INPUT}"]
        needed = {"type", "name", "emailAddress"} | {
            each.name for each in self.properties if each.required or each.values
        }
        return {name: value for name, value in schema["examples"][0].items() if name in needed}


@cache
def kinds() -> dict[str, Kind]:
    """Every type that is listed, by slug."""
    listed = [each for each in resource_types() if _is_listed(each)]
    found: dict[str, Kind] = {}
    for resource in sorted(listed, key=_weight):
        version = max(resource.versions, key=lambda each: (len(resource.versions[each]), each))
        is_inside = "{" in resource.single
        # Of whom it depends on who asks, the console sees all.
        seen = resource if is_inside or resource.within is None else replace(resource, within=None)
        slug = _slug(resource.single)
        found.setdefault(slug, Kind(slug, seen, version))
    return dict(sorted(found.items(), key=lambda each: each[0].lower()))


def is_scalar(each: Property) -> bool:
    """Is it one text or number?"""
    return each.shape is None and each.wire.schema in ("string", "integer") and each.wire is not wire.FIELD_VALUES


def _is_listed(resource: ResourceType) -> bool:
    served = "".join(resource.versions.values())
    return "L" in served or ("R" in served and isinstance(resource.repository, AssetRepository))


def _weight(resource: ResourceType) -> tuple[bool, int]:
    """What stands alone first, and of one path what does most."""
    return "{" in resource.single, -max(len(letters) for letters in resource.versions.values())


def _slug(path: str) -> str:
    first, *rest = [segment for segment in path.split("/") if not segment.startswith("{")]
    return "-".join(rest or [first])
