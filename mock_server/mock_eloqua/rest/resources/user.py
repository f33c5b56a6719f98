"""User (`rest` 17, `platform` 3.4): others see who a user is, the user alone what it may do [doc]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement

from mock_eloqua.access import users as logins
from mock_eloqua.access.matrix import CREATE, DELETE, READ, UPDATE, doing, may
from mock_eloqua.access.permissions import ACTION_PERMISSIONS, ASSET_TYPES, MANAGE_USERS
from mock_eloqua.access.users import User
from mock_eloqua.crm import security_groups, users
from mock_eloqua.crm.addresses import is_valid
from mock_eloqua.crm.errors import Failure, Invalid, Protected
from mock_eloqua.crm.users import Changes, UserRecord
from mock_eloqua.language.operands import Operand
from mock_eloqua.rest import parameters, wire
from mock_eloqua.rest.actions import version_of
from mock_eloqua.rest.reading import properties_of
from mock_eloqua.rest.resource import Depth, Extra, Property, ResourceType, Shape, Source, Stored, attribute, constant
from mock_eloqua.rest.writing import shown
from mock_eloqua.site import Site
from mock_eloqua.sureness import Sureness
from mock_eloqua.web.call import Call, Reply, json_reply

MINIMAL, PARTIAL, COMPLETE = Depth.MINIMAL, Depth.PARTIAL, Depth.COMPLETE
V1, V2 = ("1.0",), ("2.0",)

PREFERENCES = Shape(
    type="UserPreferences",
    has_id=False,
    properties=(Property("isMasterViewDocked", wire.BOOLEAN), Property("timezoneId", wire.ID)),
)
CRM_USER_NAMES = Shape(
    type="crmUserNames",
    has_id=False,
    properties=tuple(
        Property(f"{crm}UserName", wire.TEXT, longest=users.LONGEST) for crm in ("MSD", "OSC", "SFDC", "SOD")
    ),
)
INTERFACE_PERMISSION = Shape(
    type="InterfacePermission",
    has_id=False,
    is_open=True,
    properties=(Property("interfaceCode", wire.TEXT), Property("name", wire.TEXT)),
)
PRODUCT_PERMISSION = Shape(type="ProductPermission", has_id=False, properties=(Property("productCode", wire.TEXT),))
TYPE_PERMISSION = Shape(
    type="TypePermission",
    has_id=False,
    properties=(
        Property("objectType", wire.TEXT),
        Property(
            "permissions",
            wire.OBJECT,
            shape=Shape(
                type="TypePermissions",
                has_id=False,
                properties=tuple(Property(flag, wire.BOOLEAN) for flag in ("create", "delete", "read", "update")),
            ),
        ),
    ),
)
GROUP = Shape(
    type="SecurityGroup",
    shows_depth=True,
    properties=(
        Property("acronym", wire.TEXT, read_only=True),
        Property("description", wire.TEXT, read_only=True),
        Property("name", wire.TEXT, read_only=True),
    ),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A user as somebody sees it."""

    user: UserRecord
    details: bool
    """Preferences, security groups and permission blocks as well."""


def _of(name: str) -> Source:
    return attribute(f"user.{name}")


def _doc(name: str) -> Source:
    return Stored(name, "user.doc")


def _own(read: Source) -> Source:
    """What only the user itself sees."""
    return lambda site, shown_user: read(site, shown_user) if shown_user.details else None


def name_of(which: str) -> Source:
    """The name of the user whose id a record has there."""
    read = attrgetter(which)

    def name(site: Site, record: Any) -> str | None:
        key = read(record)
        return next((each.display_name for each in logins.everyone(site).values() if each.id == key), None)

    return name


def _permissions(site: Site, shown_user: Seen) -> frozenset[str]:
    known = logins.everyone(site).get(shown_user.user.login_name.lower())
    return known.permissions if known else frozenset()


def _capabilities(site: Site, shown_user: Seen) -> list[str] | None:
    """The action permissions, those on assets apart [inferred: which words]."""
    return sorted(_permissions(site, shown_user).intersection(ACTION_PERMISSIONS)) or None


def _type_permissions(site: Site, shown_user: Seen) -> list[dict[str, Any]]:
    held = _permissions(site, shown_user)
    return [
        {
            "type": "TypePermission",
            "objectType": kind,
            "permissions": {
                "type": "TypePermissions",
                **{action: _word(may(held, action, kind)) for action in (CREATE, DELETE, READ, UPDATE)},
            },
        }
        for kind in ASSET_TYPES
    ]


def _word(on: object) -> str:
    return "true" if on else "false"


def _preferences(_site: Site, shown_user: Seen) -> dict[str, Any]:
    found: dict[str, Any] = shown_user.user.doc.get("preferences") or {"type": "UserPreferences"}
    return found


def _groups(site: Site, shown_user: Seen) -> list[dict[str, Any]] | None:
    found = security_groups.of_user(site, shown_user.user.id)
    return [
        {"type": "SecurityGroup", "id": str(each.id), "depth": "minimal", "name": each.name} for each in found
    ] or None


def _text(name: str) -> Property:
    return Property(name, wire.TEXT, PARTIAL, _doc(name), versions=V2, longest=users.LONGEST)


def _stored(name: str, form: wire.Wire, **more: Any) -> Property:
    return Property(name, form, more.pop("depth", PARTIAL), _doc(name), **({"versions": V2} | more))


_OWN = (
    *map(_text, ("address1", "address2", "cellPhone", "city", "companyDisplayName", "companyUrl", "country")),
    *map(_text, ("crmUsername", "department", "fax", "federationId", "jobTitle", "personalUrl", "phone")),
    *map(_text, ("senderDisplayName", "state", "zipCode")),
    _stored("personalMessage", wire.TEXT, longest=2000),
    _stored("replyToAddress", wire.TEXT, longest=400),
    _stored("senderEmailAddress", wire.TEXT, longest=400),
    _stored("digitalSignatureId", wire.ID),
    _stored("personalPhotoId", wire.ID),
    _stored("isUsingBrightenTemplate", wire.BOOLEAN),
    _stored("passwordExpires", wire.BOOLEAN),
    _stored("sendWelcomeEmail", wire.BOOLEAN),
    _stored("ssoOnly", wire.BOOLEAN),
    _stored("shortcuts", wire.TEXTS, depth=COMPLETE),
    _stored("crmUserNames", wire.OBJECT, depth=COMPLETE, shape=CRM_USER_NAMES),
    _stored("defaultAccountViewId", wire.ID, versions=V1 + V2),
    _stored("defaultContactViewId", wire.ID, versions=V1 + V2),
    Property("company", wire.TEXT, PARTIAL, _doc("companyDisplayName"), read_only=True, versions=V1),
    Property("loginName", wire.TEXT, PARTIAL, _of("login_name"), read_only=True, versions=V1),
    Property("loginName", wire.TEXT, PARTIAL, _of("login_name"), versions=V2),
    Property("emailAddress", wire.TEXT, PARTIAL, _of("email_address"), read_only=True, versions=V1),
    Property("emailAddress", wire.TEXT, PARTIAL, _of("email_address"), versions=V2),
    Property("firstName", wire.TEXT, PARTIAL, _of("first_name"), versions=V2),
    Property("lastName", wire.TEXT, PARTIAL, _of("last_name"), versions=V2),
    Property("isDeleted", wire.BOOLEAN, PARTIAL, constant(value=False), read_only=True, versions=V2),
    Property("isDisabled", wire.BOOLEAN, PARTIAL, lambda _site, each: not each.user.is_enabled, versions=V2),
    Property("preferences", wire.OBJECT, COMPLETE, _own(_preferences), shape=PREFERENCES),
    Property("securityGroups", wire.OBJECTS, COMPLETE, _own(_groups), shape=GROUP, versions=V2),
    Property("betaAccess", wire.TEXTS, COMPLETE, _own(_doc("betaAccess")), versions=V2),
    Property("capabilities", wire.TEXTS, COMPLETE, _own(_capabilities), read_only=True, versions=V2),
    Property(
        "interfacePermissions",
        wire.OBJECTS,
        COMPLETE,
        _own(_doc("interfacePermissions")),
        shape=INTERFACE_PERMISSION,
        versions=V2,
    ),
    Property(
        "productPermissions",
        wire.OBJECTS,
        COMPLETE,
        _own(_doc("productPermissions")),
        shape=PRODUCT_PERMISSION,
        versions=V2,
    ),
    Property(
        "typePermissions",
        wire.OBJECTS,
        COMPLETE,
        _own(_type_permissions),
        read_only=True,
        shape=TYPE_PERMISSION,
        versions=V2,
    ),
)
_IN_COLUMNS = ("loginName", "emailAddress", "firstName", "lastName", "isDisabled", "securityGroups")
_FORMS = {each.name: each for each in _OWN if each.name not in _IN_COLUMNS and not each.read_only}
_KEPT = ("mustChangePassword",)
"""What a PUT has no word for."""


@dataclass(frozen=True)
class Users:
    """What the domain does for users, as *caller* sees them."""

    caller: User | None = None

    def get(self, site: Site, key: int) -> Seen:
        """One user."""
        return self._seen(site, users.get(site, key))

    def find(
        self,
        site: Site,
        where: ColumnElement[bool],
        *,
        order_by: Sequence[ColumnElement[Any]],
        offset: int,
        limit: int,
    ) -> tuple[Sequence[Seen], int]:
        """A page of users."""
        found, total = users.find(site, where, order_by=order_by, offset=offset, limit=limit)
        return [self._seen(site, each) for each in found], total

    def create(self, site: Site, given: Mapping[str, Any], user_id: int) -> Seen:
        """A new user."""
        return self._seen(site, users.create(site, _changes(given, {}), user_id))

    def change(self, site: Site, key: int, given: Mapping[str, Any], user_id: int) -> Seen:
        """PUT: names, address and groups left out stay [inferred], the rest is blanked unless a switch says merge."""
        with site.database.writing():
            old = users.get(site, key).doc
            if site.settings.put_semantics == "replace":
                old = {name: value for name, value in old.items() if name in _KEPT}
            return self._seen(site, users.change(site, key, _changes(given, old), user_id))

    def delete(self, site: Site, key: int) -> None:
        """Remove a user."""
        users.delete(site, key)

    def operand(self, site: Site, name: str) -> Operand | None:  # noqa: ARG002  as Repository has it
        """Properties."""
        return users.OPERANDS.get(name)

    def _seen(self, site: Site, user: UserRecord) -> Seen:
        mine = self.caller is not None and self.caller.id == user.id
        return Seen(user, mine or site.settings.user_details == "all")


def _changes(given: Mapping[str, Any], kept: Mapping[str, Any]) -> Changes:
    forms = {name: _FORMS[name] for name in given if name in _FORMS}
    doc = {name: given[name] if each.shape else each.wire.write(given[name]) for name, each in forms.items()}
    _check_addresses(doc)
    disabled, groups = given.get("isDisabled"), given.get("securityGroups")
    return Changes(
        login_name=given.get("loginName"),
        first_name=given.get("firstName"),
        last_name=given.get("lastName"),
        email_address=given.get("emailAddress"),
        is_enabled=None if disabled is None else not disabled,
        groups=None if groups is None else [int(each.get("id", 0)) for each in groups],
        doc={name: value for name, value in (dict(kept) | doc).items() if value not in ("", [], {})},
    )


def _check_addresses(doc: Mapping[str, Any]) -> None:
    wrong = [
        Failure(name, "EmailAddressRequirement", doc[name])
        for name in ("replyToAddress", "senderEmailAddress")
        if doc.get(name) and not is_valid(doc[name])
    ]
    if wrong:
        raise Invalid(*wrong)


def visible(call: Call) -> Users:
    """Users as the caller sees them.

    Raises:
        Protected: a switch keeps them to administrators.
    """
    for_administrators(call)
    return Users(call.user)


def for_administrators(call: Call) -> None:
    """Let the call pass, unless a switch keeps reading users and groups to administrators.

    Raises:
        Protected: it does, and the caller is none.
    """
    if call.site.settings.read_users_requires_admin and MANAGE_USERS not in call.user.permissions:
        raise Protected("users and groups are for administrators")


def current(call: Call) -> Reply:
    """The calling user."""
    depth = parameters.depth_of(call.query(), COMPLETE)
    mine = Users(call.user).get(call.site, call.user.id)
    return json_reply(shown(USER, call.site, mine, depth, version_of(call)))


def _current(path: str, versions: tuple[str, ...], sure: Sureness) -> Extra:
    """The path of `current`; in 1.0 clients leave the id out [client]."""
    return Extra(
        method="GET",
        path=path,
        handler=current,
        name="Read the calling User",
        versions=versions,
        sure=sure,
        query=("depth",),
        answers={"200": "The calling user"},
        returns="{type}",
    )


def set_password(call: Call) -> Reply:
    """Another password for a user; no body in the answer."""
    call.state["type"] = PASSWORD.type
    key = parameters.path_id(call, USER.type)
    given = properties_of(call, PASSWORD)
    must_change = given.get("mustChangePassword", False)
    users.set_password(call.site, key, given.get("password", ""), must_change=must_change, user_id=call.user.id)
    return Reply(200)


def set_enabled(call: Call) -> Reply:
    """A user who may sign in, or no longer."""
    call.state["type"] = ENABLED.type
    key = parameters.path_id(call, USER.type)
    enabled = properties_of(call, ENABLED)["enabled"]
    users.enable(call.site, key, enabled=enabled, user_id=call.user.id)
    return json_reply({"type": ENABLED.type, "enabled": wire.BOOLEAN.write(enabled)})


PASSWORD = Shape(
    type="UserPassword",
    has_id=False,
    properties=(Property("mustChangePassword", wire.BOOLEAN), Property("password", wire.TEXT)),
)
ENABLED = Shape(type="UserEnabled", has_id=False, properties=(Property("enabled", wire.BOOLEAN, required=True),))

USER = ResourceType(
    type="User",
    single="system/user",
    many="system/users",
    repository=Users(),
    within=visible,
    versions={"1.0": "RUL", "2.0": "CRUDL"},
    properties=(
        Property("type", wire.TEXT, MINIMAL, read_only=True),
        Property("id", wire.ID, MINIMAL, _of("id"), read_only=True),
        Property("createdAt", wire.UNIX, MINIMAL, _of("created_at"), read_only=True),
        Property("createdBy", wire.ID, MINIMAL, _of("created_by"), read_only=True),
        Property("createdByName", wire.TEXT, PARTIAL, name_of("user.created_by"), read_only=True, versions=V2),
        Property("depth", wire.TEXT, MINIMAL, read_only=True),
        Property("name", wire.TEXT, MINIMAL, _of("name"), read_only=True),
        Property("updatedAt", wire.UNIX, MINIMAL, _of("updated_at"), read_only=True),
        Property("updatedBy", wire.ID, MINIMAL, _of("updated_by"), read_only=True),
        Property("updatedByName", wire.TEXT, PARTIAL, name_of("user.updated_by"), read_only=True, versions=V2),
        *sorted(_OWN, key=lambda each: each.name),
    ),
    more=(
        _current("system/user/current", V2, Sureness.DOC),
        _current("system/user", V1, Sureness.CLIENT),
        Extra(
            method="PUT",
            path="system/user/{id}/password",
            handler=set_password,
            name="Set the password of a User",
            versions=V2,
            sure=Sureness.DOC,
            does=doing(UPDATE, "User"),
            takes=PASSWORD,
            answers={"200": "It is set; no body"},
        ),
        Extra(
            method="PUT",
            path="system/user/{id}/enabled",
            handler=set_enabled,
            name="Let a User sign in, or no longer",
            versions=V2,
            sure=Sureness.DOC,
            does=doing(UPDATE, "User"),
            takes=ENABLED,
            answers={"200": "What holds now"},
            returns=ENABLED,
        ),
    ),
)
