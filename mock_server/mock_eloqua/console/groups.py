"""Security groups: the rights and labels that their members have, and who these are."""

from __future__ import annotations

from sqlalchemy import true
from starlette.responses import Response
from starlette.routing import Route

from mock_eloqua.access import users as logins
from mock_eloqua.access.permissions import ACTION_PERMISSIONS, ASSET_TYPES, EVERYONE, asset_right, words_of
from mock_eloqua.console.visit import Visit, page
from mock_eloqua.crm import labels, security_groups
from mock_eloqua.crm.security_groups import Changes

NAME, PATH = "Groups", "groups"


def every(visit: Visit) -> Response:
    """All of them."""
    order = [security_groups.OPERANDS["id"].expression]
    found = security_groups.find(visit.site, true(), order_by=order)[0]
    return visit.show(
        "groups",
        found=[
            (each, len(security_groups.members_of(visit.site, each.id)), security_groups.rights_of(visit.site, each.id))
            for each in found
        ],
    )


def one(visit: Visit) -> Response:
    """One, with a box for each right, and one for each user."""
    key = visit.request.path_params["key"]
    return visit.show(
        "group",
        group=security_groups.get(visit.site, key),
        held=set(security_groups.rights_of(visit.site, key)),
        actions=ACTION_PERMISSIONS,
        assets=[(kind, [(word, asset_right(word, kind)) for word in words_of(kind)]) for kind in ASSET_TYPES],
        labels=labels.of_group(visit.site, key),
        users=[] if key == EVERYONE else list(logins.everyone(visit.site).values()),
        members=set(security_groups.members_of(visit.site, key)),
    )


def add(visit: Visit) -> Response:
    """A group without rights and users."""
    made = security_groups.create(visit.site, Changes(name=visit.form.get("name", "").strip()), None)
    return visit.go(f"groups/{made.id}", f"{made.name} is new.")


def change(visit: Visit) -> Response:
    """Rights, labels and users as they are ticked and typed, and no others."""
    key = visit.request.path_params["key"]
    known = {*ACTION_PERMISSIONS, *(asset_right(word, kind) for kind in ASSET_TYPES for word in words_of(kind))}
    lines = visit.form.get("labels", "").split("\n")
    security_groups.steer(
        visit.site,
        key,
        rights=[each for each in visit.chosen("right") if each in known],
        label_names=[line.strip() for line in lines if line.strip()],
        members=None if key == EVERYONE else [int(each) for each in visit.chosen("user") if each.isdecimal()],
    )
    return visit.go(f"groups/{key}", "The group is changed; the next call goes by it.")


def delete(visit: Visit) -> Response:
    """Remove one that nobody is in."""
    key = visit.request.path_params["key"]
    security_groups.delete(visit.site, key)
    return visit.go("groups", f"The group {key} is gone.")


ROUTES = (
    Route("/groups", page(every)),
    Route("/groups", page(add), methods=["POST"]),
    Route("/groups/{key:int}", page(one)),
    Route("/groups/{key:int}", page(change), methods=["POST"]),
    Route("/groups/{key:int}/delete", page(delete), methods=["POST"]),
)
