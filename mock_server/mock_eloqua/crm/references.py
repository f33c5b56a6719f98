"""What the properties of assets refer to: the base of relationship rules and of dependencies (`rest` 7.3, 14.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import delete as sql_delete
from sqlalchemy import insert, literal, select

from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.crm.transfer import lifetime
from mock_eloqua.site import Site
from mock_eloqua.store import tables

REFERENCES: dict[str, str] = {
    "campaignId": "Campaign",
    "contactFieldId": "ContactField",
    "contentSectionId": "ContentSection",
    "createdFromContactFieldId": "ContactField",
    "customObjectId": "CustomObject",
    "defaultLandingPageId": "LandingPage",
    "dynamicContentId": "DynamicContent",
    "defaultSenderId": "User",
    "emailFooterId": "EmailFooter",
    "emailGroupId": "EmailGroup",
    "emailHeaderId": "EmailHeader",
    "emailId": "Email",
    "externalAssetTypeId": "ExternalAssetType",
    "filterId": "ContactFilter",
    "formId": "Form",
    "imageId": "ImageFile",
    "importedFileId": "ImportedFile",
    "landingPageId": "LandingPage",
    "listId": "ContactList",
    "micrositeId": "Microsite",
    "optionListId": "OptionList",
    "programId": "Program",
    "segmentId": "ContactSegment",
    "sendFromUserId": "User",
    "senderCodeId": "SenderCode",
    "signatureLayoutId": "EmailSignatureLayout",
    "submitFailedLandingPageId": "LandingPage",
    "subscriptionLandingPageId": "LandingPage",
    "unsubscriptionLandingPageId": "LandingPage",
}
"""Property, wherever it stands in an asset, to the kind of what it names by id."""

_OF_EMAILS = {"emailIds": "Email", "campaignIds": "Campaign", "emailGroupIds": "EmailGroup"}
_BY_TYPE: dict[str, dict[str, str]] = {
    "AccountFieldCriterion": {"fieldId": "AccountField"},
    "CampaignAccountFieldComparisonRule": {"fieldId": "AccountField"},
    "CampaignContactFieldComparisonRule": {"fieldId": "ContactField"},
    "ContactFieldCriterion": {"fieldId": "ContactField"},
    "ContactListMembershipCriterion": {"listIds": "ContactList"},
    "EmailClickThroughCriterion": _OF_EMAILS,
    "EmailOpenCriterion": _OF_EMAILS,
    "EmailSentCriterion": _OF_EMAILS,
    "ProgramAccountFieldComparisonRule": {"fieldId": "AccountField"},
    "ProgramContactFieldComparisonRule": {"fieldId": "ContactField"},
    "LinkedToCampaignCriterion": {"campaignIds": "Campaign"},
    "SubmitFormCriterion": {"formIds": "Form"},
}
"""The same for properties that name different kinds in objects of different types."""

_ID = re.compile(r"[0-9]{1,18}")
_FIELDS = {"AccountField": "Account", "ContactField": "Contact"}
"""Kinds that are fields, to their entity; all others are assets."""


def named(doc: Any) -> Iterator[tuple[str, str, int]]:
    """Property, kind and id of everything that a document refers to."""
    if isinstance(doc, list):
        for each in doc:
            yield from named(each)
    elif isinstance(doc, Mapping):
        own = _BY_TYPE.get(str(doc.get("type")), {})
        for name, value in doc.items():
            kind = own.get(name) or REFERENCES.get(name)
            for each in value if isinstance(value, list) else (value,):
                if kind is not None and isinstance(each, str) and _ID.fullmatch(each) and int(each):
                    yield name, kind, int(each)
                elif isinstance(each, list | Mapping):
                    yield from named(each)


def check(site: Site, doc: Mapping[str, Any]) -> None:
    """Everything that a document refers to has to exist.

    Raises:
        Invalid: something does not [inferred: RelationshipRequirement].
    """
    missing = [(name, key) for name, kind, key in dict.fromkeys(named(doc)) if not exists(site, kind, key)]
    if missing:
        raise Invalid(*(Failure(name, "RelationshipRequirement", str(key)) for name, key in missing))


def exists(site: Site, kind: str, key: int) -> bool:
    """Is there such an object?"""
    if kind in _FIELDS:
        table = tables.field
        query = select(table.c.id).where(table.c.entity == _FIELDS[kind], table.c.id == key)
    elif kind == "User":
        query = select(tables.user.c.id).where(tables.user.c.id == key)
    else:
        query = select(tables.asset.c.id).where(tables.asset.c.kind == kind, tables.asset.c.id == key)
    with site.database.reading() as connection:
        return connection.execute(query).first() is not None


def note(site: Site, kind: str, key: int, doc: Mapping[str, Any]) -> None:
    """Keep what an asset refers to now."""
    table = tables.dependency
    found = {(on_kind, on_id) for _, on_kind, on_id in named(doc) if (on_kind, on_id) != (kind, key)}
    with site.database.writing() as connection:
        forget(site, kind, key)
        if found:
            rows = [{"kind": kind, "id": key, "on_kind": on_kind, "on_id": on_id} for on_kind, on_id in sorted(found)]
            connection.execute(insert(table), rows)


def forget(site: Site, kind: str, key: int) -> None:
    """Keep nothing of what an asset refers to."""
    table = tables.dependency
    with site.database.writing() as connection:
        connection.execute(sql_delete(table).where(table.c.kind == kind, table.c.id == key))


def dependants(site: Site, kind: str, key: int) -> list[tuple[str, int, str]]:
    """Kind, id and name of the assets, the fields, then the definitions of Bulk, that refer to an object."""
    table, asset, field = tables.dependency, tables.asset, tables.field
    field_kind = field.c.entity + literal("Field")
    queries = [
        select(of_kind.label("kind"), record.c.id, record.c.name)
        .join(table, (table.c.kind == of_kind) & (table.c.id == record.c.id))
        .where(table.c.on_kind == kind, table.c.on_id == key)
        .order_by(of_kind, record.c.id)
        for of_kind, record in ((asset.c.kind, asset), (field_kind, field))
    ]
    with site.database.reading() as connection:
        found = [(row.kind, row.id, row.name) for query in queries for row in connection.execute(query)]
    return [*found, *_definitions(site, kind, key)]


_USED = {"ContactList": lifetime.LISTS, "EmailGroup": lifetime.GROUPS}


def _definitions(site: Site, kind: str, key: int) -> list[tuple[str, int, str]]:
    """Those that use a field [client], a list or an e-mail group [inferred]; what else they name may go [inferred]."""
    if kind in _USED:
        return lifetime.using(site, _USED[kind], key)
    if kind not in _FIELDS:
        return []
    query = select(tables.field.c.internal_name).where(tables.field.c.entity == _FIELDS[kind], tables.field.c.id == key)
    with site.database.reading() as connection:
        name = connection.execute(query).scalar()
    return lifetime.using(site, lifetime.FIELDS, name) if name else []
