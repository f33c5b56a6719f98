"""SecurityGroup (`rest` 17, `platform` 3.8): the groups that give users their rights, and who is in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_

from mock_eloqua.access.matrix import UPDATE, doing
from mock_eloqua.crm import security_groups
from mock_eloqua.crm.errors import Failure, Invalid
from mock_eloqua.crm.security_groups import Changes, SecurityGroup
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest import parameters, wire
from mock_eloqua.rest.handlers import envelope
from mock_eloqua.rest.reading import json_of
from mock_eloqua.rest.resource import Depth, Extra, ListOf, PageOf, Property, ResourceType, Shape, attribute, constant
from mock_eloqua.rest.resources.user import USER, for_administrators, name_of, visible
from mock_eloqua.rest.writing import shown
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.body import BadBody
from mock_eloqua.web.call import Call, Reply, json_reply
from mock_eloqua.web.headers import SERIALIZATION

MINIMAL, PARTIAL = Depth.MINIMAL, Depth.PARTIAL
V2 = ("2.0",)
PATCHES = ("add", "remove")
"""The words of `patchMethod` [inferred]."""


class SecurityGroups:
    """What the domain does for security groups."""

    find = staticmethod(security_groups.find)
    get = staticmethod(security_groups.get)
    delete = staticmethod(security_groups.delete)

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> SecurityGroup:
        """A new group."""
        return security_groups.create(site, _changes(given), user_id)

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> SecurityGroup:
        """PUT: what is left out is blanked, unless a switch says merge."""
        blank = {"name": "", "description": "", "acronym": ""} if site.settings.put_semantics == "replace" else {}
        return security_groups.change(site, key, _changes(blank | dict(given)), user_id)

    def operand(self, site: Site, name: str) -> Operand | None:  # noqa: ARG002  as Repository has it
        """Properties."""
        return security_groups.OPERANDS.get(name)


_GROUPS = SecurityGroups()


def _changes(given: Mapping[str, Any]) -> Changes:
    return Changes(
        name=given.get("name"),
        description=given.get("description"),
        acronym=given.get("acronym"),
    )


def _visible(call: Call) -> SecurityGroups:
    for_administrators(call)
    return _GROUPS


def users_of(call: Call) -> Reply:
    """The users of a group."""
    for_administrators(call)
    key, query = parameters.path_id(call, GROUP.type), call.query()
    security_groups.get(call.site, key)
    users, page = visible(call), parameters.page_of(call.site, query)
    found, total = users.find(
        call.site,
        and_(security_groups.has_member(key), parameters.condition_of(USER, call.site, query)),
        order_by=parameters.order_of(USER, call.site, query),
        offset=page.offset,
        limit=page.size,
    )
    depth = parameters.depth_of(query, MINIMAL)
    shown_users = [{"type": MEMBER.type, "user": shown(USER, call.site, each, depth, "2.0")} for each in found]
    return json_reply(envelope(shown_users, page, total))


def patch_users(call: Call) -> Reply:
    """Put users into a group, and take others out: all or nothing."""
    call.state["type"] = MEMBER.type
    key = parameters.path_id(call, GROUP.type)
    moves = [_move(each) for each in _list_of(call)]
    security_groups.move(
        call.site,
        key,
        additions=[user for word, user in moves if word == "add"],
        deletions=[user for word, user in moves if word == "remove"],
    )
    return json_reply([
        {"type": MEMBER.type, "patchMethod": word, "user": {"type": USER.type, "id": str(user), "depth": "minimal"}}
        for word, user in moves
    ])  # fmt: skip


def _list_of(call: Call) -> list[Any]:
    given = json_of(call)
    if not isinstance(given, list):
        raise BadBody(SERIALIZATION)
    return given


def _move(item: Any) -> tuple[str, int]:
    user = item.get("user") if isinstance(item, dict) else None
    if not isinstance(user, dict):
        raise BadBody(SERIALIZATION)
    word = wire.text_of(item.get("patchMethod") or "")
    if word.lower() not in PATCHES:
        raise Invalid(Failure("patchMethod", "EnumRequirement", word or None, PATCHES))
    given = user.get("id")
    try:
        return word.lower(), wire.id_of("" if given is None else given)
    except ValueError:
        raise Invalid(Failure("user", "IdRequirement", None if given is None else wire.text_of(given))) from None


MEMBER = Shape(
    type="SecurityGroupUser",
    has_id=False,
    properties=(Property("user", wire.OBJECT, shape=Shape(type="User", properties=USER.properties)),),
)
MOVE = Shape(
    type=MEMBER.type,
    has_id=False,
    properties=(
        Property("patchMethod", wire.WORD, required=True, values=PATCHES, sure=Sureness.INFERRED),
        Property(
            "user",
            wire.OBJECT,
            required=True,
            shape=Shape(type="User", properties=(Property("id", wire.ID, required=True),), shows_depth=True),
        ),
    ),
)
"""What a PATCH does with one user."""
GROUP = ResourceType(
    type="SecurityGroup",
    single="system/security/group",
    many="system/security/groups",
    repository=_GROUPS,
    within=_visible,
    versions={"2.0": "CRUDL"},
    properties=(
        Property("type", wire.TEXT, MINIMAL, read_only=True),
        Property("id", wire.ID, MINIMAL, attribute("id"), read_only=True),
        Property("createdAt", wire.UNIX, MINIMAL, attribute("created_at"), read_only=True),
        Property("createdBy", wire.ID, MINIMAL, attribute("created_by"), read_only=True),
        Property("createdByName", wire.TEXT, PARTIAL, name_of("created_by"), read_only=True),
        Property("depth", wire.TEXT, MINIMAL, read_only=True),
        Property("description", wire.TEXT, MINIMAL, attribute("description"), longest=2000),
        Property("name", wire.TEXT, MINIMAL, attribute("name")),
        Property("updatedAt", wire.UNIX, MINIMAL, attribute("updated_at"), read_only=True),
        Property("updatedBy", wire.ID, MINIMAL, attribute("updated_by"), read_only=True),
        Property("updatedByName", wire.TEXT, PARTIAL, name_of("updated_by"), read_only=True),
        Property("acronym", wire.TEXT, PARTIAL, attribute("acronym"), longest=100),
        Property("isEffective", wire.BOOLEAN, PARTIAL, constant(value=True), read_only=True),
        Property("isReadOnly", wire.BOOLEAN, PARTIAL, attribute("is_read_only"), read_only=True),
    ),
    more=(
        Extra(
            method="GET",
            path="system/security/group/{id}/users",
            handler=users_of,
            name="The Users of a SecurityGroup",
            versions=V2,
            sure=Sureness.DOC,
            query=("depth", "count", "page", "search", "orderBy"),
            answers={"200": "A page"},
            returns=PageOf(MEMBER),
        ),
        Extra(
            method="PATCH",
            path="system/security/group/{id}/users",
            handler=patch_users,
            name="Put Users into a SecurityGroup, or take them out",
            versions=V2,
            sure=Sureness.DOC,
            does=doing(UPDATE, "SecurityGroup"),
            takes=ListOf(MOVE),
            answers={"200": "What was done"},
            returns=ListOf(MOVE),
        ),
    ),
)
