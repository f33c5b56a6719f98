"""The operations on group membership: contacts in contact groups, companies in company groups (`soap` 10.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from mock_eloqua.crm import accounts, assets, lists
from mock_eloqua.crm.errors import NotFound
from mock_eloqua.site import Site
from mock_eloqua.soap import asset_types, entity_types, faults, results
from mock_eloqua.soap.asset_types import COMPANY_GROUP, CONTACT_GROUP, AssetType
from mock_eloqua.soap.company import Companies
from mock_eloqua.soap.contact import Contacts
from mock_eloqua.soap.contract.faults import INVALID_ASSET, INVALID_ENTITY
from mock_eloqua.soap.entity_types import Stored
from mock_eloqua.soap.results import Action, Values
from mock_eloqua.web.call import Call


@dataclass(frozen=True)
class Grouping:
    """What groups there are for a type of entities. *add* and *remove* take a group's id and members' ids."""

    group: AssetType
    add: Callable[[Site, int, Iterable[int]], int]
    remove: Callable[[Site, int, Iterable[int]], int]
    groups_of: Callable[[Site, int], list[tuple[int, str]]]
    """Id and name of each group that an entity is in."""


_GROUPINGS: Mapping[type, Grouping] = {
    Contacts: Grouping(CONTACT_GROUP, lists.add_members, lists.remove_members, lists.of_contact),
    Companies: Grouping(COMPANY_GROUP, accounts.add_members, accounts.remove_members, accounts.groups_of),
}


def list_group_membership(call: Call, entity: Values | None) -> list[Values]:
    """The groups that an entity is in: each an asset without fields [recorded]."""
    kind, key = _entity(call, entity)
    grouping = _GROUPINGS.get(type(kind))
    if grouping is None:
        return []
    return [
        {
            "AssetType": {"ID": group_id, "Name": name, "Type": grouping.group.word},
            "FieldValueCollection": [],
            "Id": group_id,
        }
        for group_id, name in grouping.groups_of(call.site, key)
    ]


def add_group_member(call: Call, entity: Values | None, asset: Values | None) -> Values:
    """Put an entity into a group; one that is in it already stays there [inferred]."""
    return _move(call, entity, asset, lambda grouping: grouping.add)


def remove_group_member(call: Call, entity: Values | None, asset: Values | None) -> Values:
    """Take an entity out of a group; one that is not in it is no error [inferred]."""
    return _move(call, entity, asset, lambda grouping: grouping.remove)


def _move(
    call: Call,
    entity: Values | None,
    asset: Values | None,
    choose: Callable[[Grouping], Callable[[Site, int, Iterable[int]], int]],
) -> Values:
    missing = {name: faults.NULL for name, given in (("entity", entity), ("asset", asset)) if given is None}
    if missing or asset is None:
        raise faults.invalid(**missing)
    kind, key = _entity(call, entity)
    group = asset_types.of("asset", asset["AssetType"])
    grouping = _GROUPINGS.get(type(kind))
    if grouping is None or group is not grouping.group:
        raise faults.typed(INVALID_ASSET)
    try:
        assets.get(call.site, group.kind, asset["Id"])
    except NotFound as error:
        raise faults.typed(INVALID_ASSET) from error
    errors = results.unauthorized(call, Action.UPDATE, group)
    if not errors:
        choose(grouping)(call.site, asset["Id"], [key])
    return {"Errors": errors, "Success": not errors}


def _entity(call: Call, entity: Values | None) -> tuple[Stored, int]:
    """An entity that exists and that the caller sees, else InvalidEntityFault [inferred]."""
    if entity is None:
        raise faults.invalid(entity=faults.NULL)
    kind = entity_types.stored(call, "entity", entity["EntityType"])
    if entity["Id"] not in kind.by_ids(call, [entity["Id"]]):
        raise faults.typed(INVALID_ENTITY)
    return kind, entity["Id"]
