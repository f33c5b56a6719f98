"""Control calls: who may sign in, and who not for the moment."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import true
from starlette.exceptions import HTTPException

from mock_eloqua import dates
from mock_eloqua.access import sign_in
from mock_eloqua.access import users as logins
from mock_eloqua.access.sign_in import UNTIL_UNLOCKED
from mock_eloqua.access.users import User
from mock_eloqua.control.call import Answer, Body, OfSite
from mock_eloqua.crm import security_groups, users
from mock_eloqua.mistyped import unknown
from mock_eloqua.site import Site

router = APIRouter(tags=["users"])


class UserAnswer(Answer):
    """A user and what keeps it from signing in. `lockedUntil` is null when it is, until somebody unlocks it."""

    id: int
    name: str
    enabled: bool
    locked: bool
    locked_until: str | None
    failed_attempts: int
    password_expired: bool
    sso_only: bool
    groups: list[str]


class UserPage(Answer):
    """The users of the site."""

    items: list[UserAnswer]


class UserState(Body):
    """`{"locked": true}`; what is left out stays. `groups` are names, and all that the user is in besides Everyone."""

    enabled: bool | None = None
    locked: bool | None = None
    password_expired: Annotated[bool | None, Field(alias="passwordExpired")] = None
    sso_only: Annotated[bool | None, Field(alias="ssoOnly")] = None
    groups: list[str] | None = None


@router.get("/_mock/users", summary="Who may sign in, and who not")
def get_users(site: OfSite) -> UserPage:
    return UserPage(items=[_shown(site, each) for each in sorted(logins.everyone(site).values(), key=lambda u: u.id)])


@router.put(
    "/_mock/users/{name}", summary="Lock, disable, expire a password, make SSO only, move to groups; or undo it"
)
def set_user(site: OfSite, name: str, wanted: UserState) -> UserAnswer:
    users.steer(
        site,
        _named(site, name).id,
        is_enabled=wanted.enabled,
        is_locked=wanted.locked,
        is_password_expired=wanted.password_expired,
        is_sso_only=wanted.sso_only,
        groups=None if wanted.groups is None else _ids(site, wanted.groups),
    )
    return _shown(site, _named(site, name))


def _named(site: Site, name: str) -> User:
    found = logins.everyone(site).get(name.lower())
    if found is None:
        known = [each.name for each in logins.everyone(site).values()]
        raise HTTPException(404, unknown("user", name, known))
    return found


def _ids(site: Site, names: list[str]) -> list[int]:
    known = {each.name.lower(): each for each in security_groups.find(site, true())[0]}
    for name in names:
        if name.lower() not in known:
            raise HTTPException(400, unknown("security group", name, [each.name for each in known.values()]))
    return [known[name.lower()].id for name in names]


def _shown(site: Site, user: User) -> UserAnswer:
    tried, now = sign_in.attempts(site, user.id), site.clock.now()
    until = tried.locked_until if tried.is_locked(now) else None
    return UserAnswer(
        id=user.id,
        name=user.name,
        enabled=user.is_enabled,
        locked=until is not None,
        locked_until=None if until in (None, UNTIL_UNLOCKED) else dates.iso(until or 0),
        failed_attempts=tried.count,
        password_expired=sign_in.is_password_expired(site, user),
        sso_only=user.is_sso_only,
        groups=[each.name for each in security_groups.of_user(site, user.id)],
    )
