"""Users: who may sign in and who not for the moment, their groups and passwords, and what each of them may do."""

from __future__ import annotations

from typing import Any

from sqlalchemy import true
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from mock_eloqua.access import sign_in
from mock_eloqua.access import users as logins
from mock_eloqua.access.matrix import MATRIX
from mock_eloqua.access.permissions import CONSUME_API, EVERYONE
from mock_eloqua.access.rights import apart
from mock_eloqua.access.users import BadUser, User
from mock_eloqua.console.visit import Declined, Visit, page
from mock_eloqua.crm import security_groups, users

NAME, PATH = "Users", "users"
_STATES: dict[str, tuple[dict[str, Any], str]] = {
    "enable": ({"is_enabled": True}, "is enabled"),
    "disable": ({"is_enabled": False}, "is disabled"),
    "lock": ({"is_locked": True}, "is locked"),
    "unlock": ({"is_locked": False}, "is no longer locked"),
    "expire": ({"is_password_expired": True}, "has an expired password"),
    "renew": ({"is_password_expired": False}, "has a password that is as new"),
    "sso": ({"is_sso_only": True}, "signs in with SSO only"),
    "passwords": ({"is_sso_only": False}, "signs in with a password"),
}
"""Word of a button to what it changes, and the rest of a sentence."""


def everyone(visit: Visit) -> Response:
    """All of them."""
    found = [(each, _state(visit, each), _groups(visit, each)) for each in _all(visit)]
    return visit.show("users", found=found, groups=_choice(visit))


def one(visit: Visit) -> Response:
    """One user."""
    user = _user(visit)
    actions, assets = apart(user.permissions)
    return visit.show(
        "user",
        user=user,
        state=_state(visit, user),
        held={each.id for each in _groups(visit, user)},
        groups=_choice(visit),
        actions=actions,
        assets=assets,
    )


def add(visit: Visit) -> Response:
    """A new user with a password and groups."""
    name = visit.form.get("name", "").strip()
    try:
        made = logins.add(visit.site, name, visit.form.get("password", ""), visit.chosen("group"))
    except BadUser as error:
        raise Declined(str(error)) from None
    return visit.go(f"users/{made.id}", f"{made.name} is new.")


def steer(visit: Visit) -> Response:
    """Put a user into another state."""
    user, word = _user(visit), visit.form.get("state", "")
    if word not in _STATES:
        raise Declined(f"name {', '.join(_STATES)}, not {word!r}")
    changes, said = _STATES[word]
    users.steer(visit.site, user.id, **changes)
    return visit.go(f"users/{user.id}", f"{user.name} {said}.")


def move(visit: Visit) -> Response:
    """Put a user into the groups that are ticked, and no others."""
    user = _user(visit)
    known = {each.name: each.id for each in _choice(visit)}
    users.steer(visit.site, user.id, groups=[known[name] for name in visit.chosen("group") if name in known])
    return visit.go(f"users/{user.id}", "The groups are changed.")


def set_password(visit: Visit) -> Response:
    """Another password."""
    user = _user(visit)
    must_change = bool(visit.form.get("must"))
    users.set_password(visit.site, user.id, visit.form.get("password", ""), must_change=must_change, user_id=user.id)
    return visit.go(f"users/{user.id}", "The password is changed.")


def matrix(visit: Visit) -> Response:
    """Who may do what."""
    things: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in MATRIX:
        things.setdefault(row.thing, {})[row.action] = row.needs
    shown = _all(visit)
    rows = [
        (thing, sorted({right for needs in does.values() for right in needs}), [_may(user, does) for user in shown])
        for thing, does in things.items()
    ]
    return visit.show("rights", users=shown, rows=rows)


def _may(user: User, does: dict[str, tuple[str, ...]]) -> str:
    """The actions that a user may do; with no right to call the API, none."""
    if not user.is_enabled or CONSUME_API not in user.permissions:
        return ""
    allowed = [action for action, needs in does.items() if user.permissions.issuperset(needs)]
    return "all" if len(allowed) == len(does) else ", ".join(allowed)


def _state(visit: Visit, user: User) -> dict[str, Any]:
    site = visit.site
    tried = sign_in.attempts(site, user.id)
    return {
        "locked": tried.is_locked(site.clock.now()),
        "until": tried.locked_until if tried.locked_until != sign_in.UNTIL_UNLOCKED else None,
        "failed": tried.count,
        "expired": sign_in.is_password_expired(site, user),
        "ends": sign_in.password_ends(site, user),
    }


def _all(visit: Visit) -> list[User]:
    return sorted(logins.everyone(visit.site).values(), key=lambda each: each.id)


def _user(visit: Visit) -> User:
    found = logins.by_id(visit.site, visit.request.path_params["key"])
    if found is None:
        raise HTTPException(404, "There is no such user.")
    return found


def _groups(visit: Visit, user: User) -> list[security_groups.SecurityGroup]:
    return security_groups.of_user(visit.site, user.id)


def _choice(visit: Visit) -> list[security_groups.SecurityGroup]:
    """The groups that a user may be in or not."""
    order = [security_groups.OPERANDS["id"].expression]
    return [each for each in security_groups.find(visit.site, true(), order_by=order)[0] if each.id != EVERYONE]


ROUTES = (
    Route("/users", page(everyone)),
    Route("/users", page(add), methods=["POST"]),
    Route("/users/rights", page(matrix)),
    Route("/users/{key:int}", page(one)),
    Route("/users/{key:int}/state", page(steer), methods=["POST"]),
    Route("/users/{key:int}/groups", page(move), methods=["POST"]),
    Route("/users/{key:int}/password", page(set_password), methods=["POST"]),
)
