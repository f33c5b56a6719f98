"""Control calls: the security groups of a site, what their members may do, and who is in them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import true
from starlette.exceptions import HTTPException

from mock_eloqua.access import users as logins
from mock_eloqua.access.permissions import EVERYONE
from mock_eloqua.access.rights import apart, rights
from mock_eloqua.control.call import Answer, Body, OfSite
from mock_eloqua.crm import labels, security_groups
from mock_eloqua.crm.errors import Invalid
from mock_eloqua.crm.security_groups import Changes, SecurityGroup
from mock_eloqua.mistyped import unknown
from mock_eloqua.site import Site

router = APIRouter(tags=["groups"])


class GroupAnswer(Answer):
    """A security group: its rights, the contacts' labels that its members see, and who they are."""

    id: int
    name: str
    action_permissions: list[str]
    asset_permissions: dict[str, list[str]]
    labels: list[str]
    users: list[str]


class GroupPage(Answer):
    """The groups of the site, by id."""

    items: list[GroupAnswer]


class Rights(Body):
    """`{"actionPermissions": ["Consume API"], "assetPermissions": {"Email": ["Retrieve"]}, "users": ["api.only"]}`.

    Each replaces what there was; what is left out stays.
    """

    action_permissions: Annotated[list[str] | None, Field(alias="actionPermissions")] = None
    asset_permissions: Annotated[dict[str, list[str]] | None, Field(alias="assetPermissions")] = None
    labels: list[str] | None = None
    users: list[str] | None = None


class NewGroup(Rights):
    """A name, and what else there is to say."""

    name: str


@router.get("/_mock/groups", summary="The security groups, what their members may do, and who is in them")
def groups(site: OfSite) -> GroupPage:
    return GroupPage(items=[_shown(site, each) for each in _all(site)])


@router.post("/_mock/groups", summary="Add a security group")
def add_group(site: OfSite, wanted: NewGroup) -> GroupAnswer:
    try:
        with site.database.writing():
            made = security_groups.create(site, Changes(name=wanted.name), None)
            _write(site, made, wanted)
    except Invalid as refused:
        (failure,) = refused.failures
        raise HTTPException(400, f"the name {wanted.name!r} breaks a {failure.requirement}") from refused
    finally:
        site.forget()
    return _shown(site, made)


@router.put("/_mock/groups/{name}", summary="Change what the members of a group may do, and who they are")
def set_group(site: OfSite, name: str, wanted: Rights) -> GroupAnswer:
    group = _named(site, name)
    _write(site, group, wanted)
    return _shown(site, group)


def _all(site: Site) -> list[SecurityGroup]:
    return security_groups.find(site, true(), order_by=[security_groups.OPERANDS["id"].expression])[0]


def _named(site: Site, name: str) -> SecurityGroup:
    found = {each.name.lower(): each for each in _all(site)}
    if name.lower() not in found:
        raise HTTPException(404, unknown("security group", name, [each.name for each in found.values()]))
    return found[name.lower()]


def _write(site: Site, group: SecurityGroup, wanted: Rights) -> None:
    actions, assets = apart(security_groups.rights_of(site, group.id))
    security_groups.steer(
        site,
        group.id,
        rights=rights(
            actions if wanted.action_permissions is None else wanted.action_permissions,
            assets if wanted.asset_permissions is None else wanted.asset_permissions,
        ),
        label_names=wanted.labels,
        members=None if wanted.users is None else _ids(site, group, wanted.users),
    )


def _ids(site: Site, group: SecurityGroup, names: list[str]) -> set[int]:
    if group.id == EVERYONE:
        raise HTTPException(400, f"all users are in {group.name}, always")
    known = logins.everyone(site)
    for name in names:
        if name.lower() not in known:
            raise HTTPException(400, unknown("user", name, [each.name for each in known.values()]))
    return {known[name.lower()].id for name in names}


def _shown(site: Site, group: SecurityGroup) -> GroupAnswer:
    actions, assets = apart(security_groups.rights_of(site, group.id))
    members = set(security_groups.members_of(site, group.id))
    return GroupAnswer(
        id=group.id,
        name=group.name,
        action_permissions=actions,
        asset_permissions=assets,
        labels=labels.of_group(site, group.id),
        users=[each.name for each in logins.everyone(site).values() if each.id in members],
    )
