"""Account (`rest` 9) and the groups that accounts are in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, true

from mock_eloqua.access import users
from mock_eloqua.crm import accounts, fields
from mock_eloqua.crm.accounts import Account, Changes
from mock_eloqua.crm.assets import Asset
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.crm.standard_fields import ACCOUNT_FIELDS, ACCOUNT_PROPERTIES
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest import parameters, wire, writing
from mock_eloqua.rest.actions import asked_for, search_by_ids
from mock_eloqua.rest.asset import V2, asset, user_name
from mock_eloqua.rest.failures import BadParameter
from mock_eloqua.rest.field_values import Values
from mock_eloqua.rest.resource import Depth, Extra, ListOf, Property, ResourceType, Shape, attribute
from mock_eloqua.rest.wire import id_of
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

MINIMAL, PARTIAL, COMPLETE = Depth.MINIMAL, Depth.PARTIAL, Depth.COMPLETE

_KEYS = {name: str(key) for key, name, _, _ in ACCOUNT_FIELDS}
FIELDS = Values(
    entity="Account",
    catalogue=fields.account_fields,
    reader=accounts.reader,
    instants=accounts.INSTANTS,
    field_of={name: _KEYS[internal] for name, internal in ACCOUNT_PROPERTIES.items()},
    depth=MINIMAL,
)
field_property = FIELDS.property

MAPPING = Shape(
    type="CrmSystemMapping",
    properties=(Property("loginName", wire.TEXT), Property("name", wire.TEXT)),
    is_open=True,
)
"""A user who is linked to an account, by id or login name."""


class Accounts:
    """What the domain does for accounts."""

    find = staticmethod(accounts.find)
    get = staticmethod(accounts.get)
    delete = staticmethod(accounts.delete)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Account:
        """A new account."""
        return FIELDS.named(lambda: accounts.create(site, _changes(site, given, blank_rest=False), user_id))

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Account:
        """PUT: properties left out are blanked unless a switch says merge; field values and owners stay."""
        blank = site.settings.put_semantics == "replace"
        return FIELDS.named(lambda: accounts.change(site, key, _changes(site, given, blank_rest=blank), user_id))

    def operand(self, site: Site, name: str) -> Operand | None:
        """Internal names of fields, properties, and stamps."""
        if name in accounts.OPERANDS:
            return accounts.OPERANDS[name]
        return accounts.operand(site, ACCOUNT_PROPERTIES.get(name, name))


def _changes(site: Site, given: Mapping[str, Any], *, blank_rest: bool) -> Changes:
    return Changes(
        values=FIELDS.read(site, given, blank_rest=blank_rest),
        description=given.get("description", "" if blank_rest else None),
        owners=_owners(site, given["crmSystemMappings"]) if "crmSystemMappings" in given else None,
    )


def _owners(site: Site, given: Sequence[Mapping[str, Any]]) -> list[int]:
    """Who is meant: by id, else by login name [inferred]."""
    found, known = [], users.everyone(site)
    for each in given:
        login = str(each.get("loginName", "")).lower()
        if "id" in each:
            found.append(int(each["id"]))
        elif login in known:
            found.append(known[login].id)
        else:
            raise Invalid(Failure("crmSystemMappings", "RelationshipRequirement", login or None))
    return found


def mappings(site: Site, account: Account) -> list[dict[str, str]] | None:
    """The users who are linked to an account; nothing where there are none [doc]."""
    found = [
        {"type": "CrmSystemMapping", "id": str(user.id), "name": user.display_name, "loginName": user.name}
        for user in accounts.owners(site, account.id)
    ]
    return found or None


def owned(call: Call) -> ColumnElement[bool]:
    """`ownedByUserId`: the accounts that a user is linked to [doc].

    Raises:
        BadParameter: it is no id.
    """
    text = call.query().get("ownedByUserId", "")
    if not text:
        return true()
    try:
        return accounts.is_owned_by(id_of(text))
    except ValueError:
        raise BadParameter("ownedByUserId", "IdRequirement", text) from None


def by_ids(call: Call) -> Reply:
    """Up to 200 accounts by their ids: a bare array in the order asked for, unknown ids passed over [doc; inferred]."""
    wanted, depth = asked_for(call)
    found = accounts.by_ids(call.site, wanted)
    known = [found[each] for each in wanted if each in found]
    return json_reply(writing.listed(ACCOUNT, call.site, known, depth, "2.0"))


def membership(call: Call) -> Reply:
    """The groups that an account is in: a bare array of type, id and name [doc]."""
    key = parameters.path_id(call, "Account")
    accounts.get(call.site, key)
    found = accounts.groups_of(call.site, key)
    return json_reply([{"type": "AccountGroup", "id": str(group_id), "name": name} for group_id, name in found])


def _as_created(site: Site, answer: dict[str, Any]) -> dict[str, Any]:
    """By a switch, unset texts are blank instead of left out [client]."""
    if not site.settings.blank_strings_on_account_create:
        return answer
    texts = {"description", *ACCOUNT_PROPERTIES}
    names = [each.name for each in ACCOUNT.properties if each.name in answer or each.name in texts]
    return {name: answer.get(name, "") for name in names}


ACCOUNT = ResourceType(
    type="Account",
    single="data/account",
    many="data/accounts",
    repository=Accounts(),
    versions={"1.0": "CRUDL", "2.0": "CRUDL"},
    sure={"1.0": Sureness.DOC, "2.0": Sureness.CLIENT},
    narrowed=owned,
    query=("ownedByUserId",),
    as_created=_as_created,
    by_view=FIELDS.by_view,
    properties=(
        Property("type", wire.TEXT, MINIMAL, read_only=True),
        Property("id", wire.ID, MINIMAL, attribute("id"), read_only=True),
        Property("createdAt", wire.UNIX, MINIMAL, attribute("created_at"), read_only=True),
        Property("createdBy", wire.ID, MINIMAL, attribute("created_by"), read_only=True),
        Property("createdByName", wire.TEXT, PARTIAL, user_name("created_by"), read_only=True, versions=V2),
        Property("depth", wire.TEXT, MINIMAL, read_only=True),
        Property("description", wire.TEXT, MINIMAL, attribute("description")),
        Property("name", wire.TEXT, MINIMAL, attribute("name"), required=True),
        Property("updatedAt", wire.UNIX, MINIMAL, attribute("updated_at"), read_only=True),
        Property("updatedBy", wire.ID, MINIMAL, attribute("updated_by"), read_only=True),
        Property("updatedByName", wire.TEXT, PARTIAL, user_name("updated_by"), read_only=True, versions=V2),
        field_property("address1"),
        field_property("address2"),
        field_property("address3"),
        field_property("businessPhone"),
        field_property("city"),
        field_property("country"),
        Property("crmSystemMappings", wire.OBJECTS, COMPLETE, mappings, shape=MAPPING, is_brief=False),
        Property("fieldValues", wire.FIELD_VALUES, COMPLETE, FIELDS.shown),
        field_property("postalCode"),
        field_property("province"),
    ),
    more=(
        Extra(
            method="GET",
            path="data/account/{id}/membership",
            handler=membership,
            name="The groups an Account is in",
            versions=("2.0",),
            sure=Sureness.DOC,
            returns=ListOf("AccountGroup"),
        ),
        search_by_ids("data/accounts", by_ids, "Read Accounts by their ids", returns=ListOf("Account")),
    ),
)


def _count(site: Site, group: Asset) -> int:
    return accounts.count_members(site, group.id)


def _emptied(site: Site, key: int) -> None:
    accounts.remove_members(site, key)


ACCOUNT_GROUP = asset(
    "AccountGroup",
    "assets/account/group",
    Property("count", wire.INTEGER, PARTIAL, _count, read_only=True),
    Property("isArchived", wire.BOOLEAN, PARTIAL, read_only=True, default=False),
    versions={"2.0": "CRUDL"},
    gone=_emptied,
)
