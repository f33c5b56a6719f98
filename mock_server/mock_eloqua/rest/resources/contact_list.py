"""ContactList (`rest` 10). Members move through `membershipAdditions` and `membershipDeletions` [recorded]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mock_eloqua.crm import lists
from mock_eloqua.crm.lists import OPERANDS, SCOPES, Changes, ContactList
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest import wire
from mock_eloqua.rest.asset import PERMISSIONS, V2, user_name
from mock_eloqua.rest.resource import Depth, Property, ResourceType, attribute
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness

MINIMAL, PARTIAL = Depth.MINIMAL, Depth.PARTIAL


class ContactLists:
    """What the domain does for contact lists."""

    find = staticmethod(lists.find)
    get = staticmethod(lists.get)
    delete = staticmethod(lists.delete)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> ContactList:
        """A new list."""
        return lists.create(site, _changes(given), user_id)

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> ContactList:
        """A list after a PUT: folder and scope stay when they are left out [recorded]."""
        blank = site.settings.put_semantics == "replace"
        return lists.change(
            site, key, _changes({"name": "", "description": ""} | dict(given) if blank else given), user_id
        )

    def operand(self, site: Site, name: str) -> Operand | None:  # noqa: ARG002  as Repository has it
        """Properties."""
        return OPERANDS.get(name)


def _changes(given: Mapping[str, Any]) -> Changes:
    return Changes(
        name=given.get("name"),
        description=given.get("description"),
        folder_id=given.get("folderId"),
        scope=given.get("scope"),
        additions=given.get("membershipAdditions", ()),
        deletions=given.get("membershipDeletions", ()),
    )


CONTACT_LIST = ResourceType(
    type="ContactList",
    single="assets/contact/list",
    many="assets/contact/lists",
    repository=ContactLists(),
    versions={"1.0": "CRUDL", "2.0": "CRUDL"},
    sure={"1.0": Sureness.DOC, "2.0": Sureness.CLIENT},
    properties=(
        Property("type", wire.TEXT, MINIMAL, read_only=True),
        Property("id", wire.ID, MINIMAL, attribute("id"), read_only=True),
        Property("createdAt", wire.UNIX, MINIMAL, attribute("created_at"), read_only=True),
        Property("createdBy", wire.ID, MINIMAL, attribute("created_by"), read_only=True),
        Property("createdByName", wire.TEXT, PARTIAL, user_name("created_by"), read_only=True, versions=V2),
        Property("depth", wire.TEXT, MINIMAL, read_only=True),
        Property("description", wire.TEXT, MINIMAL, attribute("description")),
        Property("folderId", wire.ID, MINIMAL, attribute("folder_id")),
        Property("name", wire.TEXT, MINIMAL, attribute("name")),
        *PERMISSIONS,
        Property("updatedAt", wire.UNIX, MINIMAL, attribute("updated_at"), read_only=True),
        Property("updatedBy", wire.ID, MINIMAL, attribute("updated_by"), read_only=True),
        Property("updatedByName", wire.TEXT, PARTIAL, user_name("updated_by"), read_only=True, versions=V2),
        Property("count", wire.INTEGER, PARTIAL, attribute("count"), read_only=True),
        Property("dataLookupId", wire.TEXT, PARTIAL, attribute("data_lookup_id"), read_only=True),
        Property("membershipAdditions", wire.IDS),
        Property("membershipDeletions", wire.IDS),
        Property("scope", wire.WORD, PARTIAL, attribute("scope"), values=SCOPES),
    ),
)
